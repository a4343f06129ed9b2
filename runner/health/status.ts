/**
 * Whether DeepScan works, and why not.
 *
 * @module
 */
import { countText, lengthText } from "../../lib/mod.ts";
import { plainLine } from "../alert/plain_text.ts";
import type { HealthConfig } from "../config/health_schema.ts";
import { SKIPS_BEFORE_ALARM } from "../detect/run_state.ts";
import type { HealthSnapshot } from "./snapshot.ts";

/** Characters of what failed, and failures that are named. */
const SHOWN = 300, NAMED = 5;

/** Whether it works. */
export interface HealthStatus {
  healthy: boolean;
  /** Why not, a sentence each; empty where it does. */
  reasons: string[];
}

/** What {@linkcode healthStatus} goes by. */
export interface StatusOptions extends Pick<HealthConfig, "stale_after"> {
  /** ms since the epoch. */
  now: number;
  /** When the service began, ms since the epoch: what runs before it came to does not count, and its first one may take its time. */
  since?: number;
}

/**
 * Whether it works: the last run is not too long ago and nothing failed in it, runs are not skipped again and again, and no message
 * was given up. That an input gives nothing is a matter for alerts: no restart of DeepScan helps there.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { healthStatus } from "./status.ts";
 *
 * const run = { startedAt: 0, finishedAt: 5, succeededAt: 5, failures: [], skipped: 0 };
 * const snapshot = { run, unsent: [] };
 * assert.equal(healthStatus(snapshot, { stale_after: 60_000, now: 60_000 }).healthy, true);
 * assert.deepEqual(healthStatus(snapshot, { stale_after: 60_000, now: 120_005 }).reasons, [
 *   "the last run that succeeded ended 2 min ago, health.stale_after is 60 s",
 * ]);
 * assert.equal(healthStatus(snapshot, { stale_after: 60_000, now: 120_005, since: 100_000 }).healthy, true);
 * ```
 */
export function healthStatus(
  { run, unsent }: Pick<HealthSnapshot, "run" | "unsent">,
  options: StatusOptions,
): HealthStatus {
  const { since = -Infinity } = options, last = run !== null && run.finishedAt >= since ? run : null;
  const { failures = [], skipped = 0 } = last ?? {};
  const reasons = [staleness(run?.succeededAt ?? null, options, run !== null)].filter((reason) =>
    reason !== ""
  );
  for (const { stream, message } of failures.slice(0, NAMED)) {
    reasons.push(
      plainLine(stream === "" || message.includes(stream) ? message : `${stream}: ${message}`, SHOWN),
    );
  }
  if (failures.length > NAMED) reasons.push(`and ${failures.length - NAMED} more failures`);
  if (skipped >= SKIPS_BEFORE_ALARM) reasons.push(`${skipped} runs in a row found another one at work`);
  const dead = unsent.filter(({ status }) => status === "dead");
  for (const { channel, messages } of dead) {
    reasons.push(
      `${countText(messages, "message")} to ${channel} given up; \`deepscan alerts retry\` sends them again`,
    );
  }
  return { healthy: reasons.length === 0, reasons };
}

function staleness(
  succeededAt: number | null,
  { stale_after: limit, now, since }: StatusOptions,
  hasRun: boolean,
): string {
  const last = Math.max(succeededAt ?? -Infinity, since ?? -Infinity);
  if (now - last <= limit) return "";
  if (succeededAt === null) return hasRun ? "no run has succeeded yet" : "there was no run yet";
  const ago = lengthText(now - succeededAt);
  return `the last run that succeeded ended ${ago} ago, health.stale_after is ${lengthText(limit)}`;
}
