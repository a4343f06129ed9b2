/**
 * The contract of every detector that reads events in their order.
 *
 * As in `detector.ts`: a kind learns and returns an immutable, fitted detector; a score is a number, higher is more anomalous;
 * where the line is drawn is no business of a detector; scoring never trains.
 *
 * @module
 */
import type { DetectorSnapshot, FitOptions } from "./detector.ts";
import type { SequenceSet } from "./sequence_set.ts";

/**
 * How the surprises of single events become the score of a sequence: the mean of the `largest` largest −ln p, or the number of
 * events that were not among the `top` likeliest ones at their place (DeepLog's rule: above 0 is anomalous).
 */
export type SequenceMeasure =
  | { readonly by: "surprise"; readonly largest: number }
  | { readonly by: "rank"; readonly top: number };

/** What fitting may use beside the sequences. */
export interface SequenceFitOptions extends FitOptions {
  /**
   * Whether sequences are whole (sessions), so that how one begins and ends is learned and judged, too; `false` where they are
   * cut out of something longer (chains within windows of time). Default `true`.
   */
  whole?: boolean;
  /** Default: the largest surprise. */
  measure?: SequenceMeasure;
}

/** A fitted detector of sequences. */
export interface SequenceDetector {
  /** The {@linkcode SequenceKind.name} that made it. */
  readonly kind: string;
  /** The least score above 0 that it gives, where scores have such a gap. */
  readonly smallest?: number;
  /** What a person should know of how it was fitted; empty or absent when there is nothing. */
  readonly note?: string;
  /** Template ids that training showed. A set's own vocabulary may be another: events are told by their ids. */
  readonly vocabulary: readonly string[];
  /** Scores, shape [set.rows]; higher is more anomalous, never negative, never NaN. */
  score(set: SequenceSet): Float64Array;
  /**
   * −ln p of each event, given those before it, shape [events + 1]; the last is of the sequence's end. Where sequences are not
   * whole, the first event's and the end's are 0.
   *
   * @throws {RangeError} if the row is none of the set.
   */
  surprises(set: SequenceSet, row: number): Float64Array;
  /**
   * How much each event contributed to the score of a sequence, shape [events + 1], the last being its end: not negative, sums
   * to 1 (or all 0 where the score is 0).
   *
   * @throws {RangeError} if the row is none of the set.
   */
  contributions(set: SequenceSet, row: number): Float64Array;
  /**
   * Template id of the event that was likeliest at each place, shape [events + 1]; `null` = the end (or, where sequences are not
   * whole, that nothing was expected there).
   *
   * @throws {RangeError} if the row is none of the set.
   */
  expected(set: SequenceSet, row: number): (string | null)[];
  /** Plain data for {@linkcode SequenceKind.restore}; templates by id. */
  toJSON(): DetectorSnapshot;
}

/** An algorithm: one file, one of these. */
export interface SequenceKind {
  /** As settings and reasons name it: `ngram`, `lstm`. */
  readonly name: string;
  /** What it finds, for people: one line. */
  readonly title: string;
  /** As in `DetectorKind`: whether a threshold still holds after fitting on the held-back part, too. Default false. */
  readonly refits?: boolean;
  /**
   * Learns from sequences in order of time (earliest first; a repeated one stands where it first appeared). Rows of weight 0
   * are left out.
   *
   * @throws {RangeError} if there is no sequence with an event, or a measure is none.
   */
  fit(training: SequenceSet, options?: SequenceFitOptions): Promise<SequenceDetector>;
  /**
   * A detector from its snapshot.
   *
   * @throws {TypeError} if a field is missing, of the wrong type, or of an unknown version.
   */
  restore(snapshot: DetectorSnapshot): Promise<SequenceDetector>;
}
