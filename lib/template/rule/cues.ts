/**
 * Words and marks that announce a value.
 *
 * @module
 */
import type { Form } from "../form.ts";
import { MARK } from "../mask/token.ts";
import { isAction } from "./word_look.ts";

const set = (words: string) => new Set(words.split(" "));

const NOUNS = new Set([
  ..."user name host hostname username file dir directory path device service process module class domain"
    .split(" "),
  ..."node task job thread group client server package session account address id key queue topic table"
    .split(" "),
  ..."database volume instance container pod".split(" "),
]);
const PREPOSITIONS = set("for from to by of on at in with is as");
const TEXT_NOUNS = set("message error exception reason cause status result response because");
const MESSAGE_KEYS = set("msg message event text log title");
const FAILURE =
  /fail|err|exce|reason|cause|unable|cannot|can't|couldn|could|invalid|abort|reject|refus|denied|unexpected|because|due|warn|problem|ignor/i;

/** `user`, `host`, `file`: a name follows. */
export const isCueNoun = (word: string): boolean => NOUNS.has(word.toLowerCase());
/** `for`, `from`, `at`. */
export const isPreposition = (word: string): boolean => PREPOSITIONS.has(word.toLowerCase());
/** A word about something that went wrong: a reason in free text may follow. */
export const saysFailure = (word: string): boolean => FAILURE.test(word);

/** The word before position `i`; empty at the beginning. */
export const wordBefore = (form: Form, i: number): string => i > 0 ? form.words[i - 1] : "";

/** Whether position `i` is glued to a `=` or `:`. */
export function isAssigned(form: Form, i: number): boolean {
  const before = wordBefore(form, i);
  return before === "=" || (before === ":" && form.blanks[i] === 0);
}

/** Whether the word before announces a value. */
export const announces = (before: string): boolean =>
  before === "=" || before === ":" || isCueNoun(before) || isPreposition(before);

/** Whether the message of a `key=value` or JSON record begins at `i`: what it says is the event. */
export function isMessageStart(form: Form, i: number): boolean {
  const { words } = form;
  let at = i - 1;
  if (at > 0 && words[at] === '"') at--;
  if (at < 1 || (words[at] !== "=" && words[at] !== ":")) return false;
  const colon = words[at--] === ":";
  if (at > 0 && words[at] === '"') at--;
  else if (colon) return false;
  return MESSAGE_KEYS.has(words[at]);
}

/** How likely a value begins at `i`: 2 behind an opening mark, 1 behind a cue, 0 anywhere else. */
export function leftBorder(form: Form, i: number): number {
  if (i <= 0 || i > form.length || isMessageStart(form, i)) return 0;
  const word = form.words[i - 1];
  if (form.kinds[i - 1] === MARK) return ":([{\"'=<|".includes(word) ? 2 : ",;#".includes(word) ? 1 : 0;
  if (word === "-" || word === "->" || word === "=>") return 2;
  const lower = word.toLowerCase();
  const cue = NOUNS.has(lower) || (PREPOSITIONS.has(lower) && !["to", "is", "as"].includes(lower)) ||
    TEXT_NOUNS.has(lower);
  return cue ? 1 : 0;
}

/** How likely a value ends before `i`: 2 before a closing mark or the end, 1 before a preposition, 0 anywhere else. */
export function rightBorder(form: Form, i: number): number {
  if (i >= form.length) return 2;
  const word = form.words[i];
  if (form.kinds[i] === MARK) return ")]}\"'>|,;".includes(word) ? 2 : "([{:".includes(word) ? 1 : 0;
  if (word === ".") return 2;
  return word === "-" || isPreposition(word) ? 1 : 0;
}

const BEFORE_INFINITIVE =
  /^(?:un)?able$|^fail|^tr(?:y|ies|ied|ying)$|^attempt|^refus|^about$|^ready$|^going$|^allowed$/i;
const BEFORE_VERB = set("not cannot can't couldn't won't didn't doesn't don't will");

/** Whether a verb stands at `i` (`unable to X`, `cannot X`): it says what happens. */
export function isVerbPlace(form: Form, i: number): boolean {
  const before = wordBefore(form, i).toLowerCase();
  return before === "to" ? BEFORE_INFINITIVE.test(wordBefore(form, i - 1)) : BEFORE_VERB.has(before);
}

const STATE_VERBS = set("is was are were be been has have state status");

/** Whether all words at `i` are actions: then each is an event, unless they are states (`is paused`, `state=paused`). */
export function allActions(form: Form, i: number, words: readonly string[]): boolean {
  const before = wordBefore(form, i);
  return before !== "=" && !STATE_VERBS.has(before.toLowerCase()) && words.every(isAction);
}

const CONJUNCTIONS = set("while during when after before since until because due without into about");

/** `while`, `in`, `fetching`: a clause begins, so what follows tells the event. */
export const beginsClause = (word: string): boolean =>
  isPreposition(word) || CONJUNCTIONS.has(word.toLowerCase()) || isAction(word);

/** Tokens of a head at the most. */
const HEAD_LIMIT = 12;

/** Where a line's message begins: behind the brackets that it opens with and the `:` or `,` after them; 0 where there are none. */
export function messageStart(form: Form): number {
  const { words, kinds, length } = form;
  if (length === 0 || kinds[0] !== MARK || (words[0] !== "[" && words[0] !== "(")) return 0;
  const closing = words[0] === "[" ? "]" : ")";
  for (let i = 1; i < Math.min(length, HEAD_LIMIT); i++) {
    if (kinds[i] !== MARK || words[i] !== closing) continue;
    const joint = i + 1 < length && kinds[i + 1] === MARK && (words[i + 1] === ":" || words[i + 1] === ",");
    return joint ? i + 2 : i + 1;
  }
  return 0;
}
