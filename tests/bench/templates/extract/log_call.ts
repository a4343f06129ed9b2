/**
 * A log call as its source has it: what is always written, and what varies.
 *
 * @module
 */
import { closing, type Language, matchesInCode, splitAt, unescaped } from "./language.ts";

/** How a value is printed. */
export type Conversion = "text" | "integer" | "float" | "hex" | "repr";

/** A place where a value stands. */
export interface Hole {
  /** The source of the value; `""` where it isn't known. */
  expression: string;
  conversion: Conversion;
}

/** Text that is always written, or a place where a value stands. */
export type Part = string | Hole;

/** One call site. */
export interface LogCall {
  parts: Part[];
  /** What a structured call is given beside its message. */
  fields: { key: string; hole: Hole }[];
}

/** A hole for an expression. */
export function hole(expression: string, conversion: Conversion = "text"): Hole {
  return { expression: expression.trim(), conversion };
}

/** Texts of constants by name, so that `PREFIX + " started"` is known. */
export type Constants = ReadonlyMap<string, string>;

/** String constants of a source: names in capitals that are given one literal. */
export function constantsOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  const pattern =
    /\b([A-Z][A-Z0-9_]{2,})\s*[:=]\s*(?:[a-z][\w.]*\()?(["'])((?:\\.|(?!\2)[^\\\n])*)\2\)?\s*[;,\n}]/g;
  for (const [, name, , inside] of text.matchAll(pattern)) found.set(name, unescaped(inside));
  return found;
}

/** The arguments of calls that a pattern finds in code; the pattern ends with the opening bracket. */
export function* callArguments(
  text: string,
  pattern: RegExp,
  language: Language,
): Generator<{ call: string; args: string[] }> {
  for (const match of matchesInCode(text, pattern, language)) {
    const open = match.index + match[0].length - 1, close = closing(text, open, language);
    if (close - open > 3000 || close === text.length) continue;
    yield { call: match[0], args: splitAt(text.slice(open + 1, close), ",", language) };
  }
}

/**
 * Texts with the marks that a pattern finds in them replaced by arguments, in order; `null` where the arguments don't fit, because
 * what the call writes isn't known then.
 *
 * @param pattern Finds a mark; its last character tells the conversion. `%%` is a per cent sign.
 */
export function filled(
  parts: readonly Part[],
  { pattern, args }: { pattern: RegExp; args: readonly string[] },
): { parts: Part[]; used: number } | null {
  const out: Part[] = [];
  let used = 0;
  for (const part of parts) {
    if (typeof part !== "string") {
      out.push(part);
      continue;
    }
    let from = 0;
    for (const match of part.matchAll(pattern)) {
      out.push(part.slice(from, match.index));
      from = match.index + match[0].length;
      if (match[0] === "%%") out.push("%");
      else if (used < args.length) out.push(hole(args[used++], conversionOf(match[0].at(-1)!)));
      else return null;
    }
    out.push(part.slice(from));
  }
  return { parts: out, used };
}

/** What the letter of a `%` mark says. */
export function conversionOf(letter: string): Conversion {
  if ("diu".includes(letter)) return "integer";
  if ("feg".includes(letter)) return "float";
  if ("xX".includes(letter)) return "hex";
  return letter === "r" ? "repr" : "text";
}

/** Words that a choice in the source writes: which of them a line has can't be told from a text and its values. */
export function isChoice(expression: string): boolean {
  return /\?[^]*["'`][^]*:|["'`]\s+if\s|\selse\s+f?["'`]/.test(expression);
}

/** The text behind a constant's name; `undefined` for what is no constant, `null` for one that isn't known. */
export function constantText(expression: string, constants: Constants): string | null | undefined {
  const name = /(?:^|\.)([A-Z][A-Z0-9_]{2,})$/.exec(expression)?.[1];
  if (name === undefined) return undefined;
  return constants.get(name) ?? null;
}

/**
 * Parts in which a value that the source tells is text: a literal, a constant of the same file. `null` where a constant's text isn't
 * known, unless it is a number.
 */
export function resolved(parts: readonly Part[], constants: Constants): Part[] | null {
  const out: Part[] = [];
  for (const part of parts) {
    const literal = typeof part === "string" ? null : /^(["'`])([^"'`$\\]*)\1$/.exec(part.expression);
    const constant = typeof part === "string" ? undefined : constantText(part.expression, constants);
    if (literal) out.push(literal[2]);
    else if (typeof constant === "string") out.push(constant);
    else if (constant === null && !isNumberName((part as Hole).expression)) return null;
    else out.push(part);
  }
  return out;
}

/** Whether a constant's name says that it is a number. */
export function isNumberName(name: string): boolean {
  const words =
    /(?:^|[._])(?:MAX|MIN|LIMIT|TIMEOUT|SIZE|COUNT|PORT|INTERVAL|MS|SECONDS|MILLIS|DELAY|RETRIES|NUM|LENGTH|VERSION|ATTEMPTS)(?:_|$)/;
  return words.test(name);
}
