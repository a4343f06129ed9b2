/**
 * A closed window as detectors read it that follow time or order.
 *
 * @module
 */

import { levelOf, templateOf } from "../window/symbol.ts";

/** Events counted: what windows with equal counts share, as one object. */
export interface EventCounts {
  /** Template indices, ascending, each once. */
  readonly templates: Int32Array;
  /** Events of each, shape [templates.length], above 0. */
  readonly counts: Int32Array;
  /** Most severe level class of each (0 none … 3 warn, 4 error, 5 fatal, see `lib/window/symbol.ts`), shape [templates.length]. */
  readonly levels: Uint8Array;
  /** The same by symbol, `symbol, count, …` (see `CountVectors.pairs`): a template may have several levels. Absent = each has its one. */
  readonly pairs?: Int32Array;
}

/**
 * Events counted from `symbol, count, …`, sorted by symbol.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { symbolOf } from "../window/symbol.ts";
 * import { eventCountsOf } from "./event_window.ts";
 *
 * const { templates, counts, levels } = eventCountsOf(Int32Array.of(symbolOf(2, 9), 3, symbolOf(2, 17), 1));
 * assert.deepEqual([...templates, ...counts, ...levels], [2, 4, 4]);
 * ```
 */
export function eventCountsOf(pairs: Int32Array): EventCounts {
  const templates: number[] = [], counts: number[] = [], levels: number[] = [];
  for (let i = 0; i < pairs.length; i += 2) {
    const template = templateOf(pairs[i]), level = levelOf(pairs[i]), last = templates.length - 1;
    if (templates[last] === template) {
      counts[last] += pairs[i + 1];
      levels[last] = Math.max(levels[last], level);
    } else {
      templates.push(template);
      counts.push(pairs[i + 1]);
      levels.push(level);
    }
  }
  return {
    templates: Int32Array.from(templates),
    counts: Int32Array.from(counts),
    levels: Uint8Array.from(levels),
    pairs: pairs.slice(),
  };
}

/** Events as `symbol, count, …`, sorted by symbol. */
export function pairsOf({ templates, counts, levels, pairs }: EventCounts): Int32Array {
  if (pairs !== undefined) return pairs;
  return Int32Array.from({ length: 2 * templates.length }, (_, i) => {
    const event = i >> 1;
    return i % 2 === 0 ? (templates[event] << 3) | levels[event] : counts[event];
  });
}

/** A session, or a service's window of time. */
export interface EventWindow {
  /** Milliseconds since the epoch, UTC; NaN where lines have no times. A session's first and last record; a time window's borders. */
  readonly start: number;
  readonly end: number;
  /** Records; 0 for an empty time window. */
  readonly lines: number;
  /** Windows with equal counts have the same object. */
  readonly events: EventCounts;
  /** Template indices of a session's events in order (sessions with equal order have the same object); `null` = not kept. */
  readonly sequence: Int32Array | null;
  /** What collectors noted, by their names (see `lib/window/collector.ts`); absent = nothing. */
  readonly facts?: ReadonlyMap<string, unknown>;
  /** In a training: time passes over it, and nothing is learned from it. */
  readonly leftOut?: boolean;
}

/** What a template is called, for what is saved and shown: indices hold within one run only. */
export interface TemplateNames {
  /** Stable id. */
  id(index: number): string;
  /** Text for people. */
  text(index: number): string;
  /** Most severe OpenTelemetry `SeverityNumber` that it was seen with; 0 = none. */
  severity(index: number): number;
  /** Index of the template with this id; -1 = there is none. */
  indexOf(id: string): number;
}
