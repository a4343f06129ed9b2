/**
 * Trains the reader of error messages on its corpus and writes the module that is shipped; to be run when the corpus, the cues or
 * the features have changed:
 *
 * ```
 * deno run --allow-write=lib/explain/meaning/weights.ts tests/explain/meaning/write_weights.ts
 * ```
 *
 * @module
 */
import { corpusMessages } from "../../../lib/explain/meaning/corpus/corpus.ts";
import { packModel } from "../../../lib/explain/meaning/packed_model.ts";
import { trainMeaning } from "../../../lib/explain/meaning/training.ts";

const TARGET = new URL("../../../lib/explain/meaning/weights.ts", import.meta.url);

/** The text of the module. */
export function weightsModule(): string {
  const packed = packModel(trainMeaning(corpusMessages()));
  return `/** The model of meanings, written by \`tests/explain/meaning/write_weights.ts\`. */
import type { PackedModel } from "./packed_model.ts";

/** Trained on the corpus beside. */
// deno-fmt-ignore
export const WEIGHTS: PackedModel = ${JSON.stringify(packed)};
`;
}

if (import.meta.main) Deno.writeTextFileSync(TARGET, weightsModule());
