/**
 * The corpus: messages that we wrote, from knowing how common software words its errors, each with what it means.
 *
 * @module
 */
import type { Category } from "../category.ts";
import { APPLICATIONS } from "./applications.ts";
import { CLOUD } from "./cloud.ts";
import { CLOUDS_AGENTS } from "./clouds_agents.ts";
import { CONTAINERS } from "./containers.ts";
import { DATABASES } from "./databases.ts";
import { DEVICES_LANGUAGES } from "./devices_languages.ts";
import { ERROR_CODES } from "./error_codes.ts";
import { INDUSTRY } from "./industry.ts";
import { LONG_LINES } from "./long_lines.ts";
import { MEDIA_TRADE } from "./media_trade.ts";
import { NETWORK_GEAR } from "./network_gear.ts";
import { OTHERS } from "./others.ts";
import { PEOPLE_VIRTUAL } from "./people_virtual.ts";
import { PLAIN } from "./plain.ts";
import { PLATFORMS } from "./platforms.ts";
import { QUIET } from "./quiet.ts";
import { RUNTIMES } from "./runtimes.ts";
import { SCIENCE_SECURITY } from "./science_security.ts";
import { SENTENCES } from "./sentences.ts";
import { SERVICES } from "./services.ts";
import { SHORT_WORDS } from "./short_words.ts";
import type { Software } from "./software.ts";
import { STORAGE_ARRAYS } from "./storage_arrays.ts";
import { STORES } from "./stores.ts";
import { STORES_BUILDS } from "./stores_builds.ts";
import { STREAMS } from "./streams.ts";
import { SUPERCOMPUTERS } from "./supercomputers.ts";
import { SYSTEM } from "./system.ts";
import { WEB } from "./web.ts";

/** The software that the corpus speaks of. */
const SOFTWARE: readonly Software[] = [
  ...[...SYSTEM, ...WEB, ...CONTAINERS, ...DATABASES, ...STORES, ...STREAMS],
  ...[...RUNTIMES, ...SERVICES, ...CLOUD, ...PLATFORMS, ...APPLICATIONS, ...OTHERS, ...PLAIN],
  ...[...NETWORK_GEAR, ...INDUSTRY, ...SUPERCOMPUTERS, ...STORAGE_ARRAYS, ...MEDIA_TRADE, ...PEOPLE_VIRTUAL],
  ...[...DEVICES_LANGUAGES, ...CLOUDS_AGENTS, ...STORES_BUILDS, ...SCIENCE_SECURITY, ...LONG_LINES],
  ...[...QUIET, ...SENTENCES, ...SHORT_WORDS, ...ERROR_CODES],
];

/** A message of the corpus. */
export interface CorpusMessage {
  text: string;
  software: string;
  /** What it means, and what it could as well be read as; one or two. */
  categories: readonly Category[];
  /** Whether it is a wording that no software owns: such are always taught, never held back. */
  words?: boolean;
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
  return SOFTWARE.flatMap(({ name, words = false, messages }) =>
    Object.entries(messages).flatMap(([label, texts]) =>
      texts.map((text) => ({ text, software: name, categories: label.split(" ") as Category[], words }))
    )
  );
}
