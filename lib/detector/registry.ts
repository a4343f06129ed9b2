/**
 * All detector kinds, by the names that settings and reasons use.
 *
 * @module
 */
import { autoencoder } from "./autoencoder.ts";
import type { DetectorKind } from "./detector.ts";
import { isolationForest } from "./isolation_forest.ts";
import { lstm } from "./lstm.ts";
import { newTemplate } from "./new_template.ts";
import { ngram } from "./ngram.ts";
import type { SequenceKind } from "./sequence_detector.ts";
import { unseenVector } from "./unseen_vector.ts";

/** The detector kinds that are fitted where nothing else is said. */
export const DETECTORS: readonly DetectorKind[] = [newTemplate, unseenVector, autoencoder];

/** The kinds that are fitted only where they are asked for by name. */
export const FURTHER_DETECTORS: readonly DetectorKind[] = [isolationForest];

/** The kinds that read events in their order. */
export const SEQUENCE_DETECTORS: readonly SequenceKind[] = [ngram, lstm];

const ALL = [...DETECTORS, ...FURTHER_DETECTORS];

/**
 * The detector kind of that name.
 *
 * @throws {RangeError} if there is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { detectorKind } from "./registry.ts";
 *
 * assert.equal(detectorKind("new-template").name, "new-template");
 * ```
 */
export function detectorKind(name: string): DetectorKind {
  const kind = ALL.find((detector) => detector.name === name);
  if (kind) return kind;
  const known = ALL.map((detector) => detector.name).join(", ");
  throw new RangeError(`Cannot find a detector: ${name} is none of ${known}`);
}

/** Whether a name is that of a kind that reads events in their order. */
export function isSequenceKind(name: string): boolean {
  return SEQUENCE_DETECTORS.some((kind) => kind.name === name);
}

/**
 * The kind of that name among {@linkcode SEQUENCE_DETECTORS}.
 *
 * @throws {RangeError} if there is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sequenceKind } from "./registry.ts";
 *
 * assert.equal(sequenceKind("ngram").name, "ngram");
 * ```
 */
export function sequenceKind(name: string): SequenceKind {
  const kind = SEQUENCE_DETECTORS.find((detector) => detector.name === name);
  if (kind) return kind;
  const known = SEQUENCE_DETECTORS.map((detector) => detector.name).join(", ");
  throw new RangeError(`Cannot find a detector of sequences: ${name} is none of ${known}`);
}
