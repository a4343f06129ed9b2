/**
 * The numbers of the miner's rules that could as well be others, and what each is tried at.
 *
 * @module
 */
import { ROOT } from "../program.ts";
import { type Imports, libraryFile, testImports } from "./changed_miner.ts";

/** A number of the miner. */
export interface TunedNumber {
  /** What it decides. */
  name: string;
  /** The file of `lib/template` that it stands in, as `rule/pair`. */
  file: string;
  /** The text that it stands in, `@` for the number itself, or for each of several. The text stands in the file once. */
  text: string;
  /** The number as it is written; several that go together with `/` between them. */
  shipped: string;
  /** A lower and a higher one. */
  tried: [lower: string, higher: string];
}

const at = (file: string, text: string, name: string, shipped: string, ...tried: [string, string]) => ({
  ...{ name, file, text, shipped, tried },
});

/** The numbers that are tried: the evidence each rule asks for, and what words weigh. */
export const TUNED_NUMBERS: readonly TunedNumber[] = [
  at("rule/pair", "ROOM_PER_WORD = @,", "pair: room per agreeing word", "0.18", "0.12", "0.23"),
  at("rule/pair", "ROOM_BASE = @,", "pair: base taken off the room", "0.2", "0.1", "0.3"),
  at("rule/pair", "AGREEING_NEEDED = @;", "pair: agreeing words needed", "2", "1.5", "3"),
  at("rule/difference", "PLAIN_WORDS = @;", "cost of two plain words", "2.5", "1.5", "4"),
  at("rule/cluster", "FORMS_NEEDED = @;", "cluster: forms needed", "3", "2", "4"),
  at("rule/cluster", "DIFFERENCE_SHARE = @;", "cluster: share that may differ", "0.5", "0.4", "0.6"),
  at("rule/gap", "\nconst TEXTS_NEEDED = @;", "gap: texts needed", "6", "5", "7"),
  at("rule/gap", "KNOWN_TEXTS_NEEDED = @;", "gap: known texts needed", "2", "1", "3"),
  at("rule/gap", "CONTEXT_NEEDED = @;", "gap: words around needed", "2", "1.5", "3"),
  at("rule/gap", "CONTEXT_SHARE = @;", "gap: share of the context", "0.3", "0.2", "0.4"),
  at("rule/gap_context", "COST_IN_ALL = @;", "gap: differences around", "1", "0.5", "2"),
  at("rule/leave_one_out", "CONTEXT_NEEDED = @;", "one position: words around needed", "0.3", "0.15", "0.6"),
  at("rule/leave_one_out", "context >= @;", "one position: words that assure", "3", "2", "4"),
  at(
    "rule/leave_one_out",
    "let need = context >= 5 ? @ : context >= 3 ? @ : @;",
    "one position: plain values",
    "4/5/6",
    "3/4/5",
    "5/6/7",
  ),
  at("rule/leave_one_out", "isAssigned(form, i)) need = @;", "one position: values after =", "4", "3", "5"),
  at(
    "rule/leave_one_out",
    'before !== ":" ? @ : 6',
    "one position: values after a preposition",
    "4",
    "3",
    "5",
  ),
  at(
    "rule/leave_one_out",
    "isCueNoun(before)) need = Math.min(need, @)",
    "one position: values after a cue noun",
    "3",
    "2",
    "4",
  ),
  at("rule/known_values", "const KNOWN = @;", "points that make a word known", "1", "0.5", "1.5"),
  at("rule/word_weights", "FORMS_NEEDED = @;", "word weights: forms needed", "8", "4", "16"),
  at("rule/word_weights", "FREQUENT = @;", "word weights: forms of a frequent word", "4", "3", "6"),
  at("rule/word_weights", "Math.log(@)", "word weights: base of the logarithm", "4", "3", "8"),
  at("rule/word_weights", ">= @) return false", "word weights: a telling word", "0.34", "0.2", "0.5"),
  at("rule/clause", "LITERAL_PER_LEARNED = @;", "literal words a learned one", "0.7", "0.5", "1"),
  at("rule/normal_key", "WORDS_NEEDED = @;", "normal key: words needed", "3", "2", "4"),
  at("form_learner", "SETTLING_ROUNDS = @;", "rounds of settling", "4", "1", "8"),
];

function withNumbers(text: string, numbers: string): string {
  const left = numbers.split("/");
  return text.replaceAll("@", () => left.shift()!);
}

/**
 * A file with another number in it.
 *
 * @throws {Error} if the number doesn't stand there once.
 */
export function withNumber(source: string, { file, text, shipped }: TunedNumber, number: string): string {
  const found = withNumbers(text, shipped), parts = source.split(found);
  if (parts.length === 2) return parts.join(withNumbers(text, number));
  throw new Error(
    `Cannot change lib/template/${file}.ts: "${found}" must stand there once, found ${
      parts.length - 1
    } times`,
  );
}

/** A file's relative imports as addresses, so that a copy of it may lie anywhere. */
export function withAddresses(source: string, address: string): string {
  return source.replace(
    /^((?:import|export)\b[^"]*?|\} )from "(\.[^"]+)"/gm,
    (_, before: string, path: string) => `${before}from "${new URL(path, address).href}"`,
  );
}

/** The imports of the tests with the file of a number replaced by a copy in `folder` that has another number. */
export function changingMap(tuned: TunedNumber, number: string, folder: string): Imports {
  const { imports, scopes } = testImports(), address = libraryFile(tuned.file);
  const source = Deno.readTextFileSync(`${ROOT}/lib/template/${tuned.file}.ts`);
  const copy = `${folder}/${tuned.file.replace("/", "_")}.ts`;
  Deno.writeTextFileSync(copy, withAddresses(withNumber(source, tuned, number), address));
  return { imports: { ...imports, [address]: `file://${copy}` }, scopes };
}
