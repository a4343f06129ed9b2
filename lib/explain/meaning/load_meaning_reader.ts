/**
 * The reader of error messages, loaded when it is first needed.
 *
 * @module
 */
import type { Meaning } from "./meaning.ts";
import type { MeaningReader, ReadOptions } from "./meaning_reader.ts";

let loading: Promise<MeaningReader> | null = null;

/**
 * The reader with the shipped model; some 700 kB that are loaded with the first call and needn't be where nothing is anomalous.
 * Nothing is read from the disk or the network but modules of this library.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { loadMeaningReader } from "./load_meaning_reader.ts";
 *
 * const reader = await loadMeaningReader();
 * assert.equal(reader.read("Failed password for <*> from <*> port <*>").category, "authentication");
 * ```
 */
export function loadMeaningReader(): Promise<MeaningReader> {
  return loading ??= load();
}

async function load(): Promise<MeaningReader> {
  const [{ MeaningReader }, { WEIGHTS }, { corpusMessages }] = await Promise.all([
    import("./meaning_reader.ts"),
    import("./weights.ts"),
    import("./corpus/corpus.ts"),
  ]);
  return new MeaningReader(WEIGHTS, corpusMessages());
}

/**
 * What a message means, by the shipped model; for many messages use {@linkcode loadMeaningReader}.
 *
 * @param text A template's text or a message without its header, redacted.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readMeaning } from "./load_meaning_reader.ts";
 *
 * const meaning = await readMeaning("FATAL: sorry, too many clients already", { severity: 21 });
 * assert.equal(meaning.category, "quota");
 * assert.match(meaning.title, /more connections than are allowed/);
 * ```
 */
export async function readMeaning(text: string, options: ReadOptions = {}): Promise<Meaning> {
  return (await loadMeaningReader()).read(text, options);
}
