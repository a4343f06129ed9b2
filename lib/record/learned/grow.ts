/**
 * Grows one layout of a header over a sample of lines.
 *
 * The limits here and in the steps were moved one at a time, down and up by a fifth to a half (shares from .90 to .98 and from .2
 * to .4, counts doubled and halved): of 34 layouts and 30 mixtures none changed. Only the limit of optional fields and the size of
 * the sample are felt, by a field that stands in 85 % of the lines: at .9, and with half of the lines, it is missed by chance.
 *
 * @module
 */
import { takeBranch, takeCertain } from "./certain_steps.ts";
import { BRANCH } from "./time_step.ts";
import { endsHeader, Growth, type Mark, USUAL } from "./growth.ts";
import { takeColumn, takeKey, takeName, takeOptional } from "./column_steps.ts";
import { isTable, takeGap, takePunctuation, usualByte } from "./mark_steps.ts";
import type { Cursors, Sample } from "./sample.ts";
import { firstWord, takeOptionalNumber, takeWord } from "./word_step.ts";

/** Fields of a header at the most, blanks included. */
const FIELDS = 48;
/** Words in a row that nothing sets off at the most: behind more of them a time or a bracket is the message's. */
const DOUBTS = 3;
/** Weak fields end a header only where they stand in nearly every line of some: a message may begin with a number, too. */
const WEAK_SHARE = 0.98;
const WEAK_LINES = 10;
/** Different texts in doubt before a dash at the most: names of programs are few, and messages have dashes, too. */
const NAMES = 12;
/** Different first words that must follow the same words in doubt: in a message, words decide what comes next. */
const NEXT_WORDS = 3;
/** Different continuations for each text in doubt, on average. At 1 a log of one event has it all as its header. */
const CONTINUATIONS = 1.5;
/** Lines that have a message behind the header. */
const MESSAGES = 0.8;
const WORDS = /[A-Za-z\x80-\xff]{2}/;
/** A word that is neither a key nor the value of one: where only keys and values follow, the keys before them are the message's. */
const SENTENCE = /(?<![\w=])[A-Za-z\x80-\xff]{2,}(?![\w=])/;

/**
 * Finds fields from left to right, as long as there are any that most lines have.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { grow } from "./grow.ts";
 * import { Sample } from "./sample.ts";
 *
 * const { marks } = grow(Sample.ofLines(["[warn] cron: late", "[info] sshd: up"]));
 * assert.deepEqual(marks.map(({ what }) => what), ["level", "name"]);
 * ```
 */
export function grow(sample: Sample): Growth {
  const growth = new Growth(sample);
  while (growth.fields.length < FIELDS && growth.doubt <= DOUBTS && growth.count >= BRANCH * sample.length) {
    if (!takeNext(growth)) break;
  }
  return growth;
}

/** Takes the next field; whether the header may go on. */
function takeNext(growth: Growth): boolean {
  if (takeGap(growth) || takeCertain(growth, 0)) return true;
  if (usualByte(growth) === '"') return false; // a quote opens what the message says
  if (isTable(growth)) {
    growth.marks.length = 0;
    return false;
  }
  if (takePunctuation(growth)) return true;
  const key = takeKey(growth);
  if (key !== false) return key === true;
  const bars = growth.share((i) => hasBar(growth, i)) >= USUAL, stop = bars ? "|" : undefined;
  if (takeName(growth) || takeBranch(growth) || takeCertain(growth, DOUBTS - growth.doubt, stop)) return true;
  if (takeColumn(growth) || takeOptionalNumber(growth) || takeOptional(growth)) return true;
  return takeWord(growth, stop);
}

function hasBar(growth: Growth, i: number): boolean {
  const { sample, at } = growth;
  return sample.bytes.subarray(at[i], Math.min(sample.end[i], at[i] + 64)).includes(124);
}

/**
 * The mark at which the header ends; `null` where there is no header.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { grow, lastMark } from "./grow.ts";
 * import { Sample } from "./sample.ts";
 *
 * const mark = lastMark(grow(Sample.ofLines(["[warn] cron: late", "[info] sshd: up"])));
 * assert(mark?.what === "name" && mark.at[0] === 12);
 * ```
 */
export function lastMark(growth: Growth): Mark | null {
  let accepted: Mark | null = null, doubtful = false;
  const candidates: Mark[] = [];
  for (const mark of growth.marks) {
    if (mark.doubt > 0) doubtful = true;
    if (mark.certainty !== "sure" && !isHeaderToo(growth, mark, { accepted, doubtful })) {
      doubtful = true;
      continue;
    }
    accepted = mark;
    doubtful = false;
    candidates.push(mark);
  }
  while (candidates.length > 0) {
    const mark = candidates.pop()!;
    if (hasMessages(growth, mark)) return mark;
  }
  return null;
}

/** Whether a mark that is not sure by itself belongs to the header, by what comes before and behind it. */
function isHeaderToo(
  growth: Growth,
  mark: Mark,
  before: { accepted: Mark | null; doubtful: boolean },
): boolean {
  const { accepted, doubtful } = before;
  const ended = endsHeader(accepted);
  if (mark.certainty === "weak") {
    if (ended || mark.share < WEAK_SHARE || growth.sample.length < WEAK_LINES) return false;
  }
  // columns and numbers behind a mark are set off by themselves
  const from = accepted?.at ?? growth.sample.begin();
  if (doubtful && (mark.what === "-" || mark.what === "dash") && countTexts(growth, from, mark) > NAMES) {
    return false;
  }
  if (mark.what === "padded" && !ended || mark.what === "shape?" && !doubtful) return true;
  return !doubtful && !ended || isFree(growth, from, mark);
}

/** How many different texts stand between two marks. */
function countTexts(growth: Growth, from: Cursors, mark: Mark): number {
  const texts = new Set<string>();
  for (let i = 0; i < from.length; i++) {
    if (mark.at[i] >= 0) texts.add(growth.sample.text(i, from[i], mark.at[i]));
  }
  return texts.size;
}

/** Whether what follows the mark does not depend on the words between it and the mark accepted before. */
function isFree(growth: Growth, from: Int32Array, mark: Mark): boolean {
  const texts = new Set<string>(), pairs = new Set<string>(), nexts = new Set<string>();
  for (let i = 0; i < from.length; i++) {
    if (mark.at[i] < 0) continue;
    const text = growth.sample.text(i, from[i], mark.at[i]).replace(/\S*\d\S*/g, "9");
    const next = firstWord(growth, i, mark.at[i]).replace(/\S*\d\S*/g, "9");
    texts.add(text);
    nexts.add(next);
    pairs.add(`${text}\n${next}`);
  }
  return nexts.size >= NEXT_WORDS && pairs.size >= CONTINUATIONS * texts.size;
}

/** Whether most lines have words behind the mark. */
function hasMessages(growth: Growth, mark: Mark): boolean {
  const wanted = mark.what === "key" ? SENTENCE : WORDS;
  let count = 0, messages = 0;
  for (let i = 0; i < mark.at.length; i++) {
    if (mark.at[i] < 0) continue;
    count++;
    if (wanted.test(growth.sample.text(i, mark.at[i]))) messages++;
  }
  return messages >= MESSAGES * count && count > 0;
}
