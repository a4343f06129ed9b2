/**
 * How DeepScan does, for people.
 *
 * @module
 */
import { countText, lengthText } from "../../lib/mod.ts";
import { formatTime, plainLine } from "../alert/plain_text.ts";
import { formatSize } from "../config/size.ts";
import type { HealthSnapshot, SourceHealth, StreamHealth } from "./snapshot.ts";
import type { HealthStatus } from "./status.ts";

/** Characters of what can't be read, and of a source. */
const SHOWN = 200;

/**
 * All that is known, line by line.
 *
 * @param now ms since the epoch.
 */
export function healthLines(
  snapshot: HealthSnapshot,
  { healthy, reasons }: HealthStatus,
  now: number,
): string[] {
  return [
    healthy ? "healthy" : "not healthy",
    ...reasons.map((reason) => `  ${reason}`),
    ...runLines(snapshot, now),
    ...snapshot.streams.flatMap((stream) => streamLines(stream, now)),
    ...alertLines(snapshot),
    ...outboxLines(snapshot, now),
    ...heartbeatLines(snapshot, now),
    ...Number.isNaN(snapshot.stateBytes) ? [] : [`state: ${formatSize(snapshot.stateBytes)}`],
  ];
}

/** Of the last run. */
export function runLines({ run }: HealthSnapshot, now: number): string[] {
  if (run === null) return [];
  const { startedAt, finishedAt, failures } = run, took = lengthText(Math.max(0, finishedAt - startedAt));
  const failed = failures.length === 0 ? "nothing failed" : `${failures.length} failed`;
  return [`last run: ${ago(finishedAt, now)}, took ${took}, ${failed}`];
}

/** Of a stream: how it stands, then what it can't judge yet and each of its inputs. */
export function streamLines({ name, condition, sources, waits }: StreamHealth, now: number): string[] {
  if (condition === null) return [`${name}: not read yet`];
  const { failure, reached, open, model } = condition;
  const parts = [
    failure === "" ? "read" : "could not be read or judged",
    reached === null ? "no record with a time" : `newest record ${ago(reached, now)}`,
    ...model === null
      ? []
      : [`model ${model.version}${model.to === null ? "" : ` learned up to ${formatTime(model.to)}`}`],
    ...open === 0 ? [] : [`${countText(open, "window")} open`],
  ];
  return [
    `${name}: ${parts.join(", ")}`,
    ...waits.map(({ text }) => `  cannot judge yet: ${text}`),
    ...sources.map((source) => `  ${sourceText(source, now)}`),
  ];
}

function sourceText(
  { source, deliveredAt, delay, limit, parsed, problem }: SourceHealth,
  now: number,
): string {
  const silence = now - deliveredAt, parts = [`something came ${ago(deliveredAt, now)}`];
  if (silence > limit) parts.push(`silent for longer than ${lengthText(limit)}`);
  else if (limit !== Infinity) parts.push(`may be silent for ${lengthText(limit)}`);
  if (delay > 0) parts.push(`${lengthText(delay)} old when it came`);
  if (parsed !== null) parts.push(`${Math.round(100 * parsed)} % fit the format`);
  if (problem !== "") parts.push(plainLine(problem, SHOWN));
  return `${plainLine(source, SHOWN)}: ${parts.join(", ")}`;
}

function alertLines({ alerts }: HealthSnapshot): string[] {
  const firing = alerts.filter(({ status }) => status === "firing");
  if (firing.length === 0) return ["alerts: none fires"];
  const bySeverity = Map.groupBy(firing, ({ severity }) => severity);
  const counts = [...bySeverity].map(([severity, own]) =>
    `${own.reduce((sum, { alerts }) => sum + alerts, 0)} ${severity}`
  );
  return [`alerts that fire: ${counts.join(", ")}`];
}

/** Of messages that were not sent. */
export function outboxLines({ unsent }: HealthSnapshot, now: number): string[] {
  return unsent.map(({ channel, status, messages, since }) =>
    `${channel}: ${countText(messages, "message")} ${
      status === "due" ? "waiting" : "given up"
    }, the oldest from ${ago(since, now)}`
  );
}

/** Of the sign of life. */
export function heartbeatLines({ heartbeat }: HealthSnapshot, now: number): string[] {
  if (heartbeat === null) return [];
  const { at, error } = heartbeat, last = at === null ? "never heard" : `last heard ${ago(at, now)}`;
  return [`heartbeat: ${last}${error === "" ? "" : `; then: ${plainLine(error, SHOWN)}`}`];
}

/** How long ago a time is; of one that is ahead, when it is. */
function ago(time: number, now: number): string {
  return time > now ? `at ${formatTime(time)}` : `${lengthText(now - time)} ago`;
}
