/**
 * What somebody may set an alarm on: the facts of `deepscan health`, each with whether it is as it should be.
 *
 * @module
 */
import { heartbeatLines, outboxLines, runLines, streamLines } from "../../health/health_text.ts";
import type { HealthSnapshot, StreamHealth } from "../../health/snapshot.ts";
import { healthStatus } from "../../health/status.ts";
import type { DataSource } from "./source.ts";

/** A check that somebody may set an alarm on. */
export interface CheckView {
  name: string;
  status: "ok" | "warning" | "failed";
  text: string;
}

/** Share of `state.max_size` from which the state is nearly full. */
const NEARLY_FULL = 0.9;

/**
 * The checks, worst first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { defaultConfig } from "../../config.ts";
 * import { checksOf } from "./checks.ts";
 * import { DataSource } from "./source.ts";
 *
 * const config = defaultConfig(await Deno.makeTempDir());
 * const [first] = checksOf(new DataSource({ plan: { kind: "settings", config, path: null }, now: () => 0 }));
 * assert.deepEqual(first, { name: "runs", status: "failed", text: "there was no run yet" });
 * ```
 */
export function checksOf(source: DataSource): CheckView[] {
  const snapshot = source.health, now = source.now();
  const checks = [
    runCheck(source, snapshot),
    ...snapshot.streams.map((stream) => streamCheck(stream, now)),
    ...messageChecks(snapshot, now),
    ...heartbeatChecks(snapshot, now),
    ...source.state === null ? [] : [modelCheck(source), roomCheck(source)],
  ];
  const order = ["failed", "warning", "ok"];
  return checks.sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
}

function runCheck(source: DataSource, snapshot: HealthSnapshot): CheckView {
  const now = source.now(), { healthy, reasons } = healthStatus(snapshot, { ...source.config.health, now });
  return healthy
    ? { name: "runs", status: "ok", text: runLines(snapshot, now).join("; ") }
    : { name: "runs", status: "failed", text: reasons.join("; ") };
}

function streamCheck(stream: StreamHealth, now: number): CheckView {
  const { name, condition, sources, waits } = stream, [first, ...more] = streamLines(stream, now);
  const isTroubled = sources.some(({ problem, deliveredAt, limit }) =>
    problem !== "" || now - deliveredAt > limit
  );
  const isUnready = condition === null || waits.length > 0;
  const failed = condition !== null && condition.failure !== "";
  const text = [first.slice(`${name}: `.length), ...more.map((line) => line.trim())].join("; ");
  return {
    name: `stream ${name}`,
    status: failed ? "failed" : isTroubled || isUnready ? "warning" : "ok",
    text,
  };
}

function messageChecks({ unsent, ...snapshot }: HealthSnapshot, now: number): CheckView[] {
  if (unsent.length === 0) return [{ name: "messages", status: "ok", text: "nothing waits" }];
  return unsent.map((count) => ({
    name: "messages",
    status: count.status === "dead" ? "failed" : "ok",
    text: outboxLines({ ...snapshot, unsent: [count] }, now).join(),
  }));
}

function heartbeatChecks(snapshot: HealthSnapshot, now: number): CheckView[] {
  const { heartbeat } = snapshot;
  if (heartbeat === null) return [];
  const text = heartbeatLines(snapshot, now).join().slice("heartbeat: ".length);
  return [{ name: "heartbeat", status: heartbeat.error === "" ? "ok" : "warning", text }];
}

function modelCheck({ registry }: DataSource): CheckView {
  const active = registry.active();
  return active === null
    ? { name: "model", status: "warning", text: "there is no model yet: nothing is judged" }
    : { name: "model", status: "ok", text: `${active} is active` };
}

function roomCheck({ state, config }: DataSource): CheckView {
  const share = state!.space.used / config.state.max_size;
  const text = `the state holds ${Math.round(100 * share)} % of state.max_size`;
  return { name: "room", status: share > NEARLY_FULL ? "warning" : "ok", text };
}
