/**
 * The log calls of whole packages.
 *
 * @module
 */
import { archiveFiles } from "../archive.ts";
import { javaCalls } from "./java.ts";
import type { Language } from "./language.ts";
import { type Constants, constantsOf, type LogCall } from "./log_call.ts";
import { npmCalls } from "./npm.ts";
import { pythonCalls } from "./python.ts";

/** How calls are found, by language. */
const EXTRACTORS: Record<
  Language,
  { source: RegExp; calls: (text: string, constants: Constants) => Iterable<LogCall> }
> = {
  python: { source: /\.py$/, calls: pythonCalls },
  java: { source: /\.java$/, calls: javaCalls },
  npm: { source: /(?<!\.d|\.min|\.test|\.spec)\.[cm]?[jt]s$/, calls: npmCalls },
};

/** Tests, examples and what others wrote. */
const FOREIGN =
  /(^|\/)(tests?|__tests__|testing|examples?|node_modules|vendor|migrations|static|public|schematics)\//i;

/** The log calls of archives, in the order of their paths. */
export function packageCalls(archives: readonly string[], language: Language): LogCall[] {
  const { source, calls } = EXTRACTORS[language];
  const texts = archives.flatMap((archive) =>
    archiveFiles(archive, (path) => source.test(path) && !FOREIGN.test(path)).map(({ text }) => text)
  ).filter((text) => text.length < 600_000 && !isPacked(text));
  const shared = new Map<string, string>();
  for (const text of texts) for (const [name, value] of constantsOf(text)) shared.set(name, value);
  return texts.flatMap((text) => [...calls(text, new Map([...shared, ...constantsOf(text)]))]);
}

/** Whether a source was made small by a machine. */
function isPacked(text: string): boolean {
  return text.length > 300 * (text.split("\n").length + 1);
}
