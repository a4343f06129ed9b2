/**
 * What came from the inputs that the settings name.
 *
 * @module
 */
import type { InputQuality, LogClock } from "../../lib/mod.ts";

/** What came from a source: one of the inputs that the settings name. */
export interface SeenSource {
  /** The pattern of files or the index, as in the settings. */
  source: string;
  records: number;
  /** Records that were not understood. */
  unparsed: number;
  /** The latest time among all of its records so far, ms; `null` where none has one. */
  newest: number | null;
}

/**
 * What came from each source that has inputs.
 *
 * @param logs The logs, each with the largest time handed out.
 */
export function sourcesSeen(inputs: readonly InputQuality[], logs: readonly LogClock[]): SeenSource[] {
  const clocks = new Map(logs.map(({ name, clock }) => [name, clock]));
  const groups = Map.groupBy(inputs, ({ pattern }) => pattern);
  return [...groups].map(([source, own]) => {
    const newest = Math.max(...own.map(({ log }) => clocks.get(log) ?? -Infinity));
    const sum = (count: (input: InputQuality) => number) => own.reduce((all, input) => all + count(input), 0);
    return {
      source,
      records: sum(({ quality }) => quality.records),
      unparsed: sum(({ quality: { records, share } }) => Math.round(records * (1 - share))),
      newest: newest === -Infinity ? null : newest,
    };
  });
}
