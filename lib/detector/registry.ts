/**
 * All detector kinds, by the names that settings and reasons use.
 *
 * @module
 */
import { autoencoder } from "./autoencoder.ts";
import type { DetectorKind } from "./detector.ts";
import { newTemplate } from "./new_template.ts";
import { unseenVector } from "./unseen_vector.ts";

/** Every detector kind. The contract suite runs over this list. */
export const DETECTORS: readonly DetectorKind[] = [newTemplate, unseenVector, autoencoder];

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
  const kind = DETECTORS.find((detector) => detector.name === name);
  if (kind) return kind;
  const known = DETECTORS.map((detector) => detector.name).join(", ");
  throw new RangeError(`Cannot find a detector: ${name} is none of ${known}`);
}
