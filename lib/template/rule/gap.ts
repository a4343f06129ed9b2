/**
 * Values of several tokens: exception texts, names with blanks.
 *
 * @module
 */
import type { Form } from "../form.ts";
import { DOTTED, LEARNED, LITERAL, MARK, NUMBERED, PLACEHOLDER, PREFIXED } from "../mask/token.ts";
import {
  beginsClause,
  isMessageStart,
  isVerbPlace,
  leftBorder,
  messageStart,
  rightBorder,
  saysFailure,
} from "./cues.ts";
import { type Frame, generaliseSpan, phrase } from "./generalise.ts";
import { alike, type Context, contextsOf, type Text } from "./gap_context.ts";
import { areOpposites } from "./opposites.ts";
import type { Knowledge, LearningRule } from "./proposal.ts";
import { isBoolean } from "./word_look.ts";

/**
 * Distinct texts needed where nothing speaks for a value; every sign of one takes one off, down to two. With 5 events of real systems
 * fall together (FGA −.011), 7 leaves many texts of packages apart (GA −.014, FGA −.006).
 */
const TEXTS_NEEDED = 6;
/** Weight of the literal words around a gap. */
const CONTEXT_NEEDED = 2;
/** How far a gap's ends move back to a border, in tokens. */
const LEFT_REACH = 4, RIGHT_REACH = 3;
/** Tokens of a text inside a line, and at its end. */
const INSIDE_LIMIT = 14, END_LIMIT = 32;
/** A text may weigh this much more than its context. */
const CONTEXT_SHARE = 0.3;
const FRAMES_LIMIT = 8;
/** Texts known from other events that make a value here, whatever stands around: one may be chance. With 3: FGA −.013. */
const KNOWN_TEXTS_NEEDED = 2;

/** A gap between two ends, and the forms that have those ends in common with the form in question. */
interface Gap extends Frame {
  form: Form;
  others: Form[];
  weights: Float64Array;
}

/** What stands in the gap, all forms together. */
interface Texts {
  /** One text of every class of texts that are not variations of each other. */
  classes: Text[];
  /** Classes of more than one token. */
  long: number;
  /** No text holds a blank: `LOCAL(0)` against a single value. */
  glued: boolean;
  /** One text is a single value or placeholder. */
  hasValue: boolean;
  longest: number;
  average: number;
}

/** Merges forms with the same beginning and end and texts of several tokens between them. */
export const gap: LearningRule = (form, weights, knowledge) => {
  if (form.length < 3) return null;
  const contexts = contextsOf(form, weights, knowledge, CONTEXT_NEEDED);
  if (contexts.length === 0) return null;
  let best: Gap | null = null, bestScore = -1;
  for (const frame of framesOf(form, contexts)) {
    const candidate = { form, weights, ...frame, others: fitting(form, contexts, frame) };
    const score = judge(candidate, knowledge);
    if (score <= bestScore) continue;
    best = candidate;
    bestScore = score;
  }
  if (best === null) return null;
  const others = withoutOpposites(form, best.others);
  if (others.length < best.others.length && judge({ ...best, others }, knowledge) < 0) return null;
  return generaliseSpan("gap", form, others, best);
};

/** The frames that the contexts suggest: as they are, and with both ends moved back to a border. */
function framesOf(form: Form, contexts: Context[]): Frame[] {
  const frames = new Map<number, Frame>();
  for (const { before, after } of contexts) {
    for (
      const frame of [{ before: leftEnd(form, before), after: rightEnd(form, after) }, { before, after }]
    ) {
      if (frame.before + frame.after >= form.length) continue;
      if (isMessageStart(form, frame.before) || isMessageStart(form, frame.before + 1)) continue;
      if (frames.size < FRAMES_LIMIT) frames.set(frame.before * 1000 + frame.after, frame);
    }
  }
  return [...frames.values()];
}

function leftEnd(form: Form, before: number): number {
  for (let at = before; at >= Math.max(0, before - LEFT_REACH); at--) if (leftBorder(form, at)) return at;
  return before;
}

function rightEnd(form: Form, after: number): number {
  for (let n = after; n >= Math.max(0, after - RIGHT_REACH); n--) {
    if (rightBorder(form, form.length - n)) return n;
  }
  return after;
}

/** Forms that have the frame in common with `form`. */
function fitting(form: Form, contexts: Context[], { before, after }: Frame): Form[] {
  return contexts.filter(({ other, before: own, after: ownAfter }) =>
    own >= before && other.length > before + after && (ownAfter >= after || endsAlike(form, other, after))
  ).map(({ other }) => other);
}

/** Forms that don't differ from another one by a word and its opposite only. */
function withoutOpposites(form: Form, others: Form[]): Form[] {
  const all = [form, ...others];
  return others.filter((other) => !all.some((each) => isOpposite(each, other)));
}

function endsAlike(form: Form, other: Form, tokens: number): boolean {
  for (let n = 1; n <= tokens; n++) {
    const i = form.length - n, j = other.length - n;
    if (form.hashes[i] !== other.hashes[j] || form.spans[i] !== other.spans[j]) return false;
  }
  return true;
}

/** Whether two forms are alike but for one word and its opposite. */
function isOpposite(a: Form, b: Form): boolean {
  if (a === b || a.length !== b.length) return false;
  let differing = -1;
  for (let i = 0; i < a.length; i++) {
    if (a.hashes[i] === b.hashes[i]) continue;
    if (differing >= 0) return false;
    differing = i;
  }
  return differing >= 0 && areOpposites(a.words[differing], b.words[differing]);
}

/** How good a gap is; -1 where it is none. */
function judge(candidate: Gap, knowledge: Knowledge): number {
  const { form, before, after, weights } = candidate;
  const texts = textsOf(candidate);
  if (!texts || texts.longest > (after === 0 ? END_LIMIT : INSIDE_LIMIT)) return -1;
  const { agreeing, varying } = contextWeight(candidate);
  if (agreeing < varying || agreeing < CONTEXT_NEEDED || isVerbPlace(form, before)) return -1;
  const gluedValue = texts.glued && texts.hasValue;
  const leads = knowledge.words.leads(form, before);
  const left = leads ? 0 : leftBorder(form, before);
  const right = after === 0 ? 2 : rightBorder(form, form.length - after);
  const score = agreeing * 10 + texts.classes.length + left * 3 + right * 3;
  if (knownTexts(texts.classes, knowledge) >= KNOWN_TEXTS_NEEDED) return score;
  if (before === 0 && agreeing < (texts.glued ? 3 : 6)) return -1;
  const failure = form.words.slice(Math.max(0, before - 8), before).some(saysFailure);
  if (before > 0 && !gluedValue) {
    // what stands behind the component names the event
    const prefix = weights.subarray(messageStart(form), before).reduce((sum, weight) => sum + weight, 0);
    if ((left === 0 && leads) || (form.words[before - 1] === ":" && prefix < 1.5 && !failure)) return -1;
  }
  if (left < 2 && texts.classes.filter(({ form, from }) => beginsClause(form.words[from])).length >= 2) {
    return -1;
  }
  if (!gluedValue) {
    if (texts.long < 2 || (left === 0 && (agreeing < 5 || right === 0))) return -1;
    if (texts.classes.length < textsNeeded(agreeing, left, right, failure, texts.hasValue)) return -1;
  }
  const enclosed = left === 2 && right === 2;
  return enclosed || agreeing / (agreeing + texts.average) >= CONTEXT_SHARE ? score : -1;
}

/** How many of the texts have been values elsewhere: an exception's text seen to vary in one event is a value in the next. */
function knownTexts(texts: Text[], { known }: Knowledge): number {
  return texts.filter(({ form, from, end }) =>
    form.kinds[from] !== PLACEHOLDER && known.has(phrase(form, from, end))
  ).length;
}

function textsNeeded(
  agreeing: number,
  left: number,
  right: number,
  failure: boolean,
  hasValue: boolean,
): number {
  let need = TEXTS_NEEDED;
  if (left === 2) need--;
  if (right === 2) need--;
  if (agreeing >= 4) need--;
  if (agreeing >= 6) need--;
  if (failure && left) need--;
  if (hasValue && left && right) need--;
  if (left === 0) need++;
  if (right === 0) need++;
  if (agreeing < 3) need++;
  return Math.max(2, need);
}

/** What stands in the gap; null where all texts are single tokens, or one must not be a value. */
function textsOf({ form, others, before, after }: Gap): Texts | null {
  const forms = [...others, form], classes: Text[] = [];
  let long = 0, sum = 0, longest = 0, hasValue = false;
  let glued = (before === 0 || form.blanks[before] > 0) &&
    (after === 0 || form.blanks[form.length - after] > 0 || form.kinds[form.length - after] === MARK);
  const opener = before > 0 ? form.words[before - 1] : "";
  for (const each of forms) {
    const text = { form: each, from: before, end: each.length - after }, length = text.end - before;
    longest = Math.max(longest, length);
    sum += length;
    if (holdsAssignment(text) && !"([{\"'".includes(opener)) return null;
    if (length === 1) {
      if (isBoolean(each.words[before])) return null;
      hasValue ||= each.varies(before) || each.kinds[before] === PLACEHOLDER;
    }
    for (let i = before + 1; i < text.end && glued; i++) if (each.blanks[i]) glued = false;
    if (classes.some((known) => alike(known, text))) continue;
    classes.push(text);
    if (length > 1 || each.spans[before]) long++; // what is learned to have several words has them
  }
  if (longest < 2 || classes.every(crossesFields)) return null;
  return { classes, long, glued, hasValue, longest, average: sum / forms.length };
}

/** Whether the text holds several fields of a record (`a,b,c`): a value ends where its field does. */
function crossesFields({ form, from, end }: Text): boolean {
  let commas = 0;
  for (let i = from; i + 1 < end; i++) if (form.words[i] === "," && form.blanks[i + 1] === 0) commas++;
  return commas >= 2;
}

/** Whether `key=` stands in the text. */
function holdsAssignment({ form, from, end }: Text): boolean {
  for (let i = from + 1; i < end; i++) if (form.words[i] === "=" && form.kinds[i - 1] !== MARK) return true;
  return false;
}

/** Weight of the literal words around the gap that all forms share, and how many positions (the gap too) vary. */
function contextWeight({ form, others, before, after, weights }: Gap): { agreeing: number; varying: number } {
  let agreeing = 0, varying = 1;
  for (let i = 0; i < form.length; i++) {
    if (i >= before && i < form.length - after) continue;
    if (form.kinds[i] === LEARNED) varying++;
    else if (isWord(form.kinds[i])) {
      const same = others.every((other) => {
        const j = i < before ? i : other.length - form.length + i;
        return other.hashes[j] === form.hashes[i];
      });
      if (same) agreeing += weights[i];
      else varying++;
    }
  }
  return { agreeing, varying };
}

const isWord = (kind: number) =>
  kind === LITERAL || kind === DOTTED || kind === NUMBERED || kind === PREFIXED;
