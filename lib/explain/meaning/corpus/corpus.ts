/**
 * The corpus: messages that we wrote, from knowing how common software words its errors, each with what it means.
 *
 * @module
 */
import type { Category } from "../category.ts";
import { APPLICATIONS } from "./applications.ts";
import { CLOUD } from "./cloud.ts";
import { CONTAINERS } from "./containers.ts";
import { DATABASES } from "./databases.ts";
import { OTHERS } from "./others.ts";
import { PLAIN } from "./plain.ts";
import { PLATFORMS } from "./platforms.ts";
import { RUNTIMES } from "./runtimes.ts";
import { SERVICES } from "./services.ts";
import type { Software } from "./software.ts";
import { STORES } from "./stores.ts";
import { STREAMS } from "./streams.ts";
import { SYSTEM } from "./system.ts";
import { WEB } from "./web.ts";

/** The software that the corpus speaks of. */
export const SOFTWARE: readonly Software[] = [
  ...[...SYSTEM, ...WEB, ...CONTAINERS, ...DATABASES, ...STORES, ...STREAMS],
  ...[...RUNTIMES, ...SERVICES, ...CLOUD, ...PLATFORMS, ...APPLICATIONS, ...OTHERS, ...PLAIN],
];

/** A message of the corpus. */
export interface CorpusMessage {
  text: string;
  software: string;
  /** What it means, and what it could as well be read as; one or two. */
  categories: readonly Category[];
}

/**
 * The messages, in the order of their software.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { corpusMessages } from "./corpus.ts";
 *
 * const full = corpusMessages().find(({ text }) => text === "No space left on device");
 * assert.deepEqual(full?.categories, ["disk"]);
 * ```
 */
export function corpusMessages(): CorpusMessage[] {
  return SOFTWARE.flatMap(({ name, messages }) =>
    Object.entries(messages).flatMap(([label, texts]) =>
      texts.map((text) => ({ text, software: name, categories: label.split(" ") as Category[] }))
    )
  );
}
