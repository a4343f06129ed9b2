/**
 * The contract of every detector.
 *
 * A *detector kind* learns from a training matrix and returns a *detector*: an immutable, fitted thing that scores rows.
 * A score is a number, higher is more anomalous, never flipped. Where the line is drawn is no business of a detector
 * (see `lib/threshold`). Scanning never trains.
 *
 * @module
 */
import type { FeatureMatrix } from "../feature/feature_matrix.ts";

/** Plain, versioned data that a detector is restored from. */
export interface DetectorSnapshot {
  /** The {@linkcode DetectorKind.name} that made it. */
  kind: string;
  /** Version of this kind's snapshot. */
  version: number;
  [field: string]: unknown;
}

/** What fitting may use beside the data. */
export interface FitOptions {
  /** Seed of everything random; equal seeds and data give equal detectors. Default 0. */
  seed?: number;
  /** Told how far a long fit has come. The fit goes on when what this returns has settled, so that something may be drawn in between. */
  onProgress?: (progress: FitProgress) => void | Promise<void>;
}

/** How far a long fit has come. */
export interface FitProgress {
  /** The step's name. */
  step: string;
  /** Parts of the step done, from 1; it begins with 1 again where a training starts anew. */
  done: number;
  /** Parts of the step in all, at most. */
  total: number;
  /** Loss on what is held back to tell when to stop, where there is such a thing. */
  loss?: number;
  /** Loss on what is learned: the mean of this part of the step, while it was learned. */
  trainingLoss?: number;
}

/** A fitted detector. */
export interface Detector {
  /** The {@linkcode DetectorKind.name} that made it. */
  readonly kind: string;
  /**
   * The least score above 0 that it gives, where known rows score exactly 0: a threshold must lie below it. Absent where
   * scores have no such gap.
   */
  readonly smallest?: number;
  /** What a person should know of how it was fitted; empty or absent when there is nothing. */
  readonly note?: string;
  /**
   * Scores, shape [matrix.rows]; higher is more anomalous, never NaN.
   * The columns are those of the training matrix, in its order.
   *
   * @throws {TypeError} if the columns are not the training matrix's.
   */
  score(matrix: FeatureMatrix): Float64Array;
  /**
   * How much each column contributed to the score of one row, shape [columns]: not negative, sums to 1
   * (or all 0 where the row scores no higher than a perfectly normal one).
   */
  contributions(matrix: FeatureMatrix, row: number): Float64Array;
  /** What a perfectly normal row like this one would have counted, shape [columns]; for *actual against expected*. */
  expected(matrix: FeatureMatrix, row: number): Float64Array;
  /** Plain data for {@linkcode DetectorKind.restore}. */
  toJSON(): DetectorSnapshot;
}

/** An algorithm: one file, one of these. */
export interface DetectorKind {
  /** As settings and reasons name it: `autoencoder`, `new-template`, `unseen-vector`. */
  readonly name: string;
  /** What it finds, for people: one line. */
  readonly title: string;
  /**
   * Whether a threshold chosen on windows that a fit had not seen still holds after fitting on those windows, too: true of a
   * memory of what was seen, which only grows; not of a training whose scores come out on another scale each time.
   * Default false.
   */
  readonly refits?: boolean;
  /**
   * Learns from rows in order of time (earliest first; a repeated row stands where it first appeared).
   *
   * @throws {RangeError} if the matrix has no rows.
   */
  fit(training: FeatureMatrix, options?: FitOptions): Promise<Detector>;
  /**
   * A detector from its snapshot.
   *
   * @throws {TypeError} if a field is missing, of the wrong type, or of an unknown version.
   */
  restore(snapshot: DetectorSnapshot): Promise<Detector>;
}
