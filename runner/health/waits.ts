/**
 * What can't be judged yet, what is missing, and when it will probably be there.
 *
 * @module
 */
import { countText, lengthText, savedFields } from "../../lib/mod.ts";
import { formatTime, plainLine } from "../alert/plain_text.ts";
import { formatDuration } from "../config/duration.ts";

const { arrayOf, fieldsOf, integer, pairOf, text } = savedFields("what can't be judged yet");

/** Services that are named. */
const NAMED = 3;

/** Something that can't be judged yet. Plain data. */
export interface Wait {
  /** Detectors that wait; empty = nothing of the stream can be judged. */
  detectors: string[];
  /** Services that they wait for; empty = that is about the stream as a whole. */
  services: string[];
  /** Time that is missing, ms; `null` = nobody knows. */
  missing: number | null;
  /** When it will probably be there, ms since the epoch; `null` = nobody knows. */
  readyAt: number | null;
  /** All of it in a sentence. */
  text: string;
}

/** Detectors that wait, and for how many windows, by service (empty = sessions). */
export type WaitingServices = ReadonlyMap<
  string,
  readonly { detectors: readonly string[]; windows: number }[]
>;

/** Something for which nobody knows when it can be judged. */
export function endlessWait(text: string): Wait {
  return { detectors: [], services: [], missing: null, readyAt: null, text };
}

/**
 * That a stream has no model until its logs span more time.
 *
 * @param has Span of its logs, and what it must be, ms.
 * @param by When they will, by the clock that counts: real time, or what the lines say.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { historyWait } from "./waits.ts";
 *
 * const hour = 3_600_000, { text } = historyWait({ span: hour, least: 24 * hour }, { readyAt: 23 * hour, clock: "wall" });
 * assert.equal(text, "no model yet: the logs span 1h, min_history is 1d: 23h more, probably by 1970-01-01 23:00 UTC");
 * ```
 */
export function historyWait(
  has: { span: number; least: number },
  by: { readyAt: number; clock: "wall" | "data" },
): Wait {
  const missing = Math.max(60_000, has.least - has.span), isWall = by.clock === "wall";
  const span = has.span < 60_000
    ? "less than a minute"
    : formatDuration(Math.floor(has.span / 60_000) * 60_000);
  const when = isWall
    ? `probably by ${formatTime(by.readyAt)}`
    : `up to ${formatTime(by.readyAt)} in the lines`;
  return {
    ...{ detectors: [], services: [], missing, readyAt: isWall ? by.readyAt : null },
    text: `no model yet: the logs span ${span}, min_history is ${formatDuration(has.least)}: ${
      formatDuration(missing)
    } more, ${when}`,
  };
}

/**
 * What detectors of a stream's services wait for, one entry for detectors that wait together.
 *
 * @param waiting As `Judge.waiting` gives it.
 * @param stream Name of the stream, length of its windows (ms), and what time is for it.
 * @param reached How far it was judged, ms.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { detectorWaits } from "./waits.ts";
 *
 * const waiting = new Map([["web", [{ detectors: ["low", "total"], windows: 12 }]]]);
 * const [{ text }] = detectorWaits(waiting, { name: "shop", window: 300_000, clock: "wall" }, 0);
 * assert.equal(text, "low, total of web: 12 more windows (60 min), probably by 1970-01-01 01:00 UTC");
 * ```
 */
export function detectorWaits(
  waiting: WaitingServices,
  stream: { name: string; window: number; clock: "wall" | "data" },
  reached: number,
): Wait[] {
  const groups = new Map<string, { detectors: readonly string[]; windows: Map<string, number> }>();
  for (const [service, own] of waiting) {
    for (const { detectors, windows } of own) {
      const key = detectors.join(", "), group = groups.get(key) ?? { detectors, windows: new Map() };
      groups.set(key, group);
      group.windows.set(service, windows);
    }
  }
  return [...groups.values()].map((group) => waitOf(group, stream, reached));
}

function waitOf(
  { detectors, windows }: { detectors: readonly string[]; windows: ReadonlyMap<string, number> },
  { name, window, clock }: { name: string; window: number; clock: "wall" | "data" },
  reached: number,
): Wait {
  const services = [...windows.keys()].sort(), most = Math.max(...windows.values()), missing = most * window;
  const readyAt = Number.isFinite(reached) ? reached + missing : null;
  const by = readyAt === null
    ? ""
    : clock === "wall"
    ? `, probably by ${formatTime(readyAt)}`
    : `, up to ${formatTime(readyAt)} in the lines`;
  const of = services.length === 1 && services[0] === name ? "" : ` of ${servicesText(services)}`;
  return {
    ...{ detectors: [...detectors], services, missing, readyAt: clock === "wall" ? readyAt : null },
    text: `${detectors.join(", ")}${of}: ${windows.size > 1 ? "up to " : ""}${
      countText(most, "more window")
    } (${lengthText(missing)})${by}`,
  };
}

function servicesText(services: readonly string[]): string {
  const names = services.map((service) => service === "" ? "sessions" : plainLine(service, 40));
  const shown = names.slice(0, NAMED).join(", ");
  return names.length > NAMED ? `${shown} and ${names.length - NAMED} more` : shown;
}

/** For programs: lengths of time in seconds, times in ISO 8601. */
export function jsonWait({ detectors, services, missing, readyAt, text }: Wait) {
  return {
    ...{ detectors, services, missing: missing === null ? null : missing / 1000 },
    ...{ ready: readyAt === null ? null : new Date(readyAt).toISOString(), text },
  };
}

/** {@linkcode WaitingServices} as plain data. */
export function saveWaiting(waiting: WaitingServices): unknown {
  return [...waiting];
}

/**
 * As it was saved.
 *
 * @throws {TypeError} if something in it is of the wrong type.
 */
export function readWaiting(saved: unknown): WaitingServices {
  return new Map(
    arrayOf(
      saved,
      "waiting",
      (entry, path) =>
        pairOf(entry, path, text, (own, at) =>
          arrayOf(own, at, (one, path) => {
            const { detectors, windows } = fieldsOf(one, path);
            return {
              detectors: arrayOf(detectors, `${path}.detectors`, text),
              windows: integer(windows, `${path}.windows`),
            };
          })),
    ),
  );
}
