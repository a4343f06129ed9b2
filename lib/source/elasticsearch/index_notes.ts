/**
 * What a person should know of an index that is read.
 *
 * @module
 */
import type { InputNote } from "../input.ts";

/** There is none. */
export function missingNote(name: string, why: string): InputNote {
  return { kind: "missing", name, text: `Nothing to read matches ${name}: ${why}` };
}

/**
 * A later reading looks back less far than it should.
 *
 * @param back How far, ms.
 * @param overlap How far it should, ms.
 */
export function shortenedNote(name: string, back: number, overlap: number): InputNote {
  const seconds = (ms: number) => `${Math.round(ms / 1000).toLocaleString("en")} s`;
  const text = `${name}: so many documents come that a later run looks back ${seconds(back)} only, not ${
    seconds(overlap)
  }; what is indexed later than that is not found`;
  return { kind: "shortened", name, text };
}
