/**
 * Forms that are equal but for one position.
 *
 * @module
 */
import type { Form } from "../form.ts";
import { LEARNED, MARK, PLACEHOLDER, PREFIXED } from "../mask/token.ts";
import { keepsEnough } from "./clause.ts";
import {
  allActions,
  announces,
  isAssigned,
  isCueNoun,
  isPreposition,
  isVerbPlace,
  wordBefore,
} from "./cues.ts";
import { generalisePositions } from "./generalise.ts";
import { areOpposites, opposed } from "./opposites.ts";
import type { Knowledge, LearningRule, Proposal } from "./proposal.ts";
import { hasNumber, isBoolean, isIdentifier, isPackage, looksLikeValue, skeleton } from "./word_look.ts";

/** Below this weight of other words the context says nothing. */
const CONTEXT_NEEDED = 0.3;

/** One position and the forms that differ in it only. */
interface Slot {
  form: Form;
  i: number;
  forms: Form[];
  weights: Float64Array;
  /** Weight of all other words. */
  context: number;
  /** The word before. */
  before: string;
  knowledge: Knowledge;
}

const propose = (slot: Slot, forms: Form[]): Proposal | null =>
  forms.length >= 2 ? generalisePositions("leave-one-out", forms, [slot.i]) : null;

/** Merges forms that differ in one position once enough distinct values stood there. */
export const leaveOneOut: LearningRule = (form, weights, knowledge) => {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i];
  for (let i = 0; i < form.length; i++) {
    if (form.kinds[i] === MARK) continue;
    const context = total - weights[i];
    if (context < CONTEXT_NEEDED) continue;
    const bucket = knowledge.forms.sameRest(form, i);
    if (bucket.length < 2) continue;
    const forms = withoutOpposites(bucket.filter((each) => !isBoolean(each.words[i])), i);
    const slot = { form, i, forms, weights, context, before: wordBefore(form, i), knowledge };
    const proposal = besideVariable(slot) ?? amongWords(slot);
    if (proposal) return proposal;
  }
  return null;
};

/** Forms whose word at `i` is no opposite of any other form's. */
function withoutOpposites(forms: readonly Form[], i: number): Form[] {
  return forms.filter((form) =>
    !forms.some((other) =>
      other !== form &&
      (areOpposites(form.words[i], other.words[i]) || opposed(form.polarAt(i), other.polarAt(i)))
    )
  );
}

/** The position is variable in one of them already: two are enough for whatever can be a value. */
function besideVariable(slot: Slot): Proposal | null {
  const { forms, i, before, context, knowledge } = slot;
  if (!forms.some((form) => form.varies(i))) return null;
  const learned = forms.some((form) => form.kinds[i] === LEARNED);
  const assured = learned || isAssigned(slot.form, i) || isCueNoun(before) || context >= 3;
  const joins = (form: Form) => {
    const word = form.words[i];
    if (form.varies(i) || form.kinds[i] === PREFIXED) return true;
    if (i === 0 && form.kinds[i] !== PLACEHOLDER && !/\d/.test(word)) return false;
    return assured || form.kinds[i] === PLACEHOLDER || isIdentifier(word) || knowledge.known.has(word);
  };
  return propose(slot, forms.filter(joins));
}

function amongWords(slot: Slot): Proposal | null {
  const words = slot.forms.filter((form) => !form.varies(slot.i));
  return besidePlaceholder(slot, words) ??
    manyValues(slot, words.filter((form) => form.kinds[slot.i] !== PLACEHOLDER));
}

/** A word for a missing value next to one other value. */
function besidePlaceholder(slot: Slot, words: Form[]): Proposal | null {
  const { i, before, knowledge } = slot;
  const placeholders = words.filter((form) => form.kinds[i] === PLACEHOLDER);
  if (placeholders.length === 0) return null;
  const values = words.filter((form) => {
    const word = form.words[i];
    if (form.kinds[i] === PLACEHOLDER) return false;
    return isAssigned(form, i) || isIdentifier(word) || knowledge.known.has(word) || announces(before);
  });
  return values.length > 0 ? propose(slot, [...placeholders, ...values]) : null;
}

function manyValues(slot: Slot, words: Form[]): Proposal | null {
  const { i, weights } = slot;
  const numbered = sameButForNumbers(words, i);
  if (numbered) return propose(slot, numbered);
  const values = [...new Set(words.map((form) => form.words[i]))];
  if (
    values.length < 2 || allActions(slot.form, i, values) || isVerbPlace(slot.form, i) ||
    values.length < valuesNeeded(slot, values)
  ) return null;
  return keepsEnough(slot.form, weights, [i]) ? propose(slot, words) : null;
}

/** Two or more words that are the same text but for their digits. */
function sameButForNumbers(forms: Form[], i: number): Form[] | null {
  const groups = new Map<string, Form[]>();
  for (const form of forms) {
    if (!hasNumber(form.words[i])) continue;
    const key = skeleton(form.words[i]), group = groups.get(key);
    if (group) group.push(form);
    else groups.set(key, [form]);
  }
  for (const group of groups.values()) {
    if (new Set(group.map((form) => form.words[i])).size >= 2) return group;
  }
  return null;
}

/** How many distinct values it takes at this position, 2 or more. */
function valuesNeeded(slot: Slot, values: string[]): number {
  const { form, i, before, context, knowledge } = slot;
  let need = knowledge.words.leads(form, i) ? neededFirst(slot, values) : neededInside(slot, values);
  // known values: two are enough; not behind "=", where states of one key recur between events
  if ((i > 0 || context >= 4) && before !== "=") {
    const known = values.filter((word) => knowledge.known.has(word)).length;
    if (known >= 2 || (known > 0 && context >= 3)) need = Math.min(need, known < values.length - 1 ? 3 : 2);
  }
  return need;
}

const share = (values: string[], test: (word: string) => boolean) =>
  values.filter(test).length / values.length;

/** The first telling word names the event: it varies only if it looks like a value or much else agrees. */
function neededFirst({ context }: Slot, values: string[]): number {
  return share(values, (word) => /[\d/@]/.test(word)) > 0.6 || context >= 3 ? 4 : Infinity;
}

/**
 * Plain words need most. One value less everywhere costs .006 GA on real systems, one more .001 FGA; 4 or 5 behind a preposition are
 * the same, 3 took `to beginning`, `to end` and `to committed` for values.
 */
function neededInside({ form, i, before, context }: Slot, values: string[]): number {
  let need = context >= 5 ? 4 : context >= 3 ? 5 : 6;
  if (isAssigned(form, i)) need = 4;
  else if (isPreposition(before) || (before !== "" && ":([{<'\"->".includes(before))) {
    need = Math.min(need, context >= 2.5 || before !== ":" ? 4 : 6);
  }
  if (isCueNoun(before)) need = Math.min(need, 3);
  if (share(values, looksLikeValue) > 0.6) need = Math.min(need, 4);
  if (before === "<" && values.every(isIdentifier)) need = 2;
  return values.every(isPackage) ? 2 : need;
}
