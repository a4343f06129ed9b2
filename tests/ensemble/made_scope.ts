/** A small scope: its columns, and windows that are counted in them. */
import { eventCountsOf, type EventWindow, type TemplateNames } from "../../lib/feature/event_window.ts";
import { FeatureSpace } from "../../lib/feature/feature_space.ts";
import type { FeatureMatrix } from "../../lib/feature/feature_matrix.ts";
import { CountVectors } from "../../lib/window/count_vectors.ts";
import { symbolOf } from "../../lib/window/symbol.ts";

/** Severities of events. */
export const INFO = 9, ERROR = 17;
const TEXTS = ["started", "stopped", "disk full", "cache warm"];

/** Names of four templates; the scope knows the first two. */
export const NAMES: TemplateNames = {
  id: (index) => `id${index}`,
  text: (index) => TEXTS[index],
  severity: () => INFO,
  indexOf: (id) => Number(id.slice(2)),
};

/** An event of a window: template, severity, count. */
export type Event = [template: number, severity: number, count: number];

/** The symbols and counts of events, in turn. */
function pairs(events: readonly Event[]): Int32Array {
  return Int32Array.from(
    events.flatMap(([template, severity, count]) => [symbolOf(template, severity), count]),
  );
}

/** A window of a minute with these events. */
export function windowOf(start: number, ...events: Event[]): EventWindow {
  const lines = events.reduce((sum, [, , count]) => sum + count, 0);
  return { start, end: start + 60_000, lines, events: eventCountsOf(pairs(events)), sequence: null };
}

/** Columns of two calm windows, and their matrix. */
export function madeSpace(): { space: FeatureSpace; matrix: FeatureMatrix } {
  const vectors = new CountVectors();
  const normal = Int32Array.of(
    vectors.intern([symbolOf(0, INFO)], [2]),
    vectors.intern([symbolOf(0, INFO), symbolOf(1, INFO)], [1, 1]),
  );
  const template = (index: number) => ({ id: NAMES.id(index), text: TEXTS[index] });
  const space = FeatureSpace.fit(vectors, normal, { template });
  return { space, matrix: space.project(vectors, normal).matrix };
}
