/**
 * What a service's ensemble can't judge, and from when on it can.
 *
 * @module
 */
import type { EventWindow } from "../../feature/event_window.ts";
import type { Waiting } from "../ensemble.ts";
import type { Channel, ChannelState } from "./channel.ts";

/** A channel and what it has learned. */
type Learned = { channels: readonly ChannelState[] };

/**
 * A length of time for people, in its greatest unit.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { timeText } from "./notes.ts";
 *
 * assert.equal(timeText(300_000), "5 min");
 * assert.equal(timeText(36 * 3_600_000), "36 h");
 * assert.equal(timeText(3 * 86_400_000), "3 d");
 * ```
 */
export function timeText(ms: number): string {
  const [size, unit] = ms >= 2 * 86_400_000
    ? [86_400_000, "d"]
    : ms >= 2 * 3_600_000
    ? [3_600_000, "h"]
    : [60_000, "min"];
  return `${Math.ceil(ms / size)} ${unit}`;
}

/**
 * One sentence for each reason why a channel can't judge yet, or not well.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { record } from "../../detector/series/record.ts";
 * import { Channel } from "./channel.ts";
 * import { seriesNotes } from "./notes.ts";
 *
 * const names = { id: String, text: String, severity: () => 0, indexOf: Number };
 * const channel = new Channel(record, .2, { windowMs: 300_000, names });
 * assert.equal(seriesNotes([channel], { channels: [channel.start()] }, 300_000)[0], "Cannot judge record yet: 1 more window (5 min)");
 * ```
 */
export function seriesNotes(channels: readonly Channel[], state: Learned, windowMs: number): string[] {
  const notes = missingNotes(channels, state, windowMs);
  const uncertain = channels.filter((channel, i) => {
    const { certified } = channel.describe(state.channels[i]);
    return !certified && channel.missing(state.channels[i]) === 0;
  });
  if (uncertain.length > 0) {
    const days = Math.max(...uncertain.map(({ budget }) => 1 / budget));
    notes.push(
      `Too short a history to certify the rates of ${uncertain.map(({ name }) => name).join(", ")}: ` +
        `that takes ${timeText(days * 86_400_000)}; until then the lines lie at or above all that was seen`,
    );
  }
  return notes;
}

/**
 * Why not everything in the window could be judged; empty = all could.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { record } from "../../detector/series/record.ts";
 * import { Channel } from "./channel.ts";
 * import { cannotJudge } from "./notes.ts";
 *
 * const names = { id: String, text: String, severity: () => 0, indexOf: Number };
 * const channel = new Channel(record, .2, { windowMs: 300_000, names }), state = { channels: [channel.start()] };
 * const events = { templates: new Int32Array(0), counts: new Int32Array(0), levels: new Uint8Array(0) };
 * const window = { start: 0, end: 300_000, lines: 0, events, sequence: null };
 * assert.equal(cannotJudge([channel], state, window, 300_000), "Cannot judge record yet: 1 more window (5 min)");
 * ```
 */
export function cannotJudge(
  channels: readonly Channel[],
  state: Learned,
  window: EventWindow,
  windowMs: number,
): string {
  const notes = missingNotes(channels, state, windowMs);
  for (const { name, detector } of channels) {
    const why = detector.blind?.(window);
    if (why !== undefined) notes.push(`Cannot judge ${name} in this window: ${why}`);
  }
  return notes.join("; ");
}

/**
 * Channels that wait for more windows, grouped by for how long; not those of which nobody knows when they can judge, or that never will.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { record } from "../../detector/series/record.ts";
 * import { Channel } from "./channel.ts";
 * import { waitingChannels } from "./notes.ts";
 *
 * const names = { id: String, text: String, severity: () => 0, indexOf: Number };
 * const channel = new Channel(record, .2, { windowMs: 300_000, names });
 * assert.deepEqual(waitingChannels([channel], { channels: [channel.start()] }), [{ detectors: ["record"], windows: 1 }]);
 * ```
 */
export function waitingChannels(channels: readonly Channel[], state: Learned): Waiting[] {
  const timed = channels.map(({ kind, detector }) => !kind.untimed && !detector.isHopeless);
  return [...groupedByMissing(channels, state, timed)].map(([windows, detectors]) => ({
    detectors,
    windows,
  }));
}

function missingNotes(channels: readonly Channel[], state: Learned, windowMs: number): string[] {
  return [...groupedByMissing(channels, state)].map(([windows, names]) =>
    `Cannot judge ${names.join(", ")} yet: ${windows} more ${windows === 1 ? "window" : "windows"} (${
      timeText(windows * windowMs)
    })`
  );
}

/** Names of channels that wait, by for how many windows, the least first. */
function groupedByMissing(
  channels: readonly Channel[],
  state: Learned,
  wanted: readonly boolean[] = channels.map(() => true),
): Map<number, string[]> {
  const waiting = channels.flatMap(({ name }, i) => {
    const missing = channels[i].missing(state.channels[i]);
    return wanted[i] && missing > 0 ? [{ name, missing }] : [];
  });
  const groups = Map.groupBy(waiting, ({ missing }) => missing);
  return new Map(
    [...groups].sort(([a], [b]) => a - b).map(([missing, own]) => [missing, own.map(({ name }) => name)]),
  );
}
