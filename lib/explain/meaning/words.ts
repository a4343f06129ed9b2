/**
 * The words of a message: what software runs together is taken apart, and what varies becomes a sign.
 *
 * @module
 */

/** Characters of a message that are read: what it is about stands at its beginning or, after a stack of wrappers, at its end. */
const BEGINNING = 1_536, END = 512;

/** The part of a message that is read; no more than some 2,000 characters of any. */
export function readable(text: string): string {
  return text.length <= BEGINNING + END ? text : `${text.slice(0, BEGINNING)} ${text.slice(-END)}`;
}

/** `<*>` and named places. */
const PLACE = /<[^<>\s]{0,40}>/g;
/** `NullPointer|Exception`, `HTTP|Server`. */
const HUMP = /([a-z])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g;
/** Letters (any script), or a number that stands alone. */
const TOKEN = /[\p{L}]+|(?<![\p{L}\d.:])\d{1,5}(?![\d.:])/gu;
/** Numbers that mean something: nothing at all, signals, exit codes of a killed or crashed process, common error numbers. */
const TELLING = new Set(["0", "11", "28", "137", "139", "134", "127", "143", "110", "111", "113", "104"]);
/** Failures in HTTP. */
const HTTP_FAILURE = /^[45]\d\d$/;
/** Endings that are cut off, longer ones first. */
const ENDINGS = ["ations", "ation", "ingly", "ings", "ing", "edly", "ies", "ied", "es", "ed", "s", "ly"];

/** The stem of a lower-case word, by cutting one common English ending off; enough for words of error messages. */
function stem(word: string): string {
  if (word.length < 5) return word;
  for (const ending of ENDINGS) {
    if (word.endsWith(ending) && word.length - ending.length >= 3) {
      const cut = word.slice(0, -ending.length);
      return ending === "ies" || ending === "ied" ? `${cut}y` : undoubled(cut);
    }
  }
  return word.endsWith("e") ? word.slice(0, -1) : word;
}

/** `dropp` → `drop`, `timee` → `time`. */
function undoubled(word: string): string {
  const last = word.length - 1;
  if (word[last] === "e") return word.slice(0, last);
  return word.length > 3 && word[last] === word[last - 1] && !"sl".includes(word[last])
    ? word.slice(0, last)
    : word;
}

/**
 * The stems of a message's words in order: parts of names in camel case one by one, numbers only where they tell something (HTTP
 * failures, exit codes, common error numbers).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { wordsOf } from "./words.ts";
 *
 * assert.deepEqual(wordsOf("java.net.ConnectException: <*> connections refused, code 503 after 12 ms"), [
 *   ...["java", "net", "connect", "exception", "connection", "refus", "code", "503", "after", "ms"],
 * ]);
 * ```
 */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  const apart = readable(text).replace(PLACE, " ").replace(HUMP, "$1$2 ");
  for (const [token] of apart.matchAll(TOKEN)) {
    if (token[0] >= "0" && token[0] <= "9") {
      if (TELLING.has(token) || HTTP_FAILURE.test(token)) words.push(token);
    } else words.push(stem(token.toLowerCase()));
  }
  return words;
}
