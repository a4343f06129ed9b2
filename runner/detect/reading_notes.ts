/**
 * What is noted of each checkpoint, to see whether a stream drifts away from its model.
 *
 * @module
 */
import {
  type Catalogue,
  type DayScores,
  dayScores,
  type JudgedWindows,
  noScores,
  type Reading,
  type State,
  type StreamModel,
} from "../../lib/mod.ts";
import type { ScannedRecords } from "./scanned_records.ts";

/** A checkpoint, as far as it is noted. */
export interface NotedCheckpoint {
  judged: JudgedWindows[];
  /** Time up to which all was read, ms. */
  watermark: number;
  records: Pick<ScannedRecords, "seen">;
  catalogue: Catalogue;
  /** Records of each birth that the state has already. */
  births: readonly number[];
}

const DAY = 86_400_000;

/** Adds up the checkpoints of one scan, day by day. */
export class ReadingNotes {
  #read = 0;
  #unparsed = 0;

  constructor(private readonly model: StreamModel) {}

  /**
   * Adds a checkpoint; to be called in its transaction. What was read is told by day as the windows are that were judged, which is
   * exact where a checkpoint is about one day.
   */
  note(state: State, { judged, watermark, records, catalogue, births }: NotedCheckpoint): void {
    const { settings: { name: stream }, trained: { fingerprint: training } } = this.model;
    const days = dayScores(judged), { quality } = records.seen();
    const read = quality.records - this.#read, all = Math.round(quality.records * (1 - quality.share));
    const unseen = catalogue.provisional().reduce((sum, { count }, i) => sum + count - (births[i] ?? 0), 0);
    const counts = { read, unseen: within(unseen, read), unparsed: within(all - this.#unparsed, read) };
    [this.#read, this.#unparsed] = [quality.records, all];
    if (days.size === 0 && read > 0 && Number.isFinite(watermark)) {
      days.set(Math.floor(watermark / DAY) * DAY, { windows: 0, records: 0, scores: noScores() });
    }
    for (const [day, sums] of divided(days, counts)) state.readings.add({ stream, training }, day, sums);
  }
}

type Counts = Pick<Reading, "read" | "unseen" | "unparsed">;

/** Days with their parts of what was read, by the records of their windows; the parts add up to the whole. */
function* divided(days: ReadonlyMap<number, DayScores>, counts: Counts): Generator<[number, Reading]> {
  const total = [...days.values()].reduce((sum, { records }) => sum + records, 0);
  let before = 0, passed = 0;
  for (const [day, sums] of days) {
    passed += total === 0 ? 1 / days.size : sums.records / total;
    const part = (count: number) => Math.round(count * passed) - Math.round(count * before);
    yield [day, {
      ...sums,
      read: part(counts.read),
      unseen: part(counts.unseen),
      unparsed: part(counts.unparsed),
    }];
    before = passed;
  }
}

function within(count: number, most: number): number {
  return Math.min(most, Math.max(0, count));
}
