/**
 * A few forms that differ in the same positions.
 *
 * @module
 */
import type { Form } from "../form.ts";
import { MARK, PLACEHOLDER } from "../mask/token.ts";
import { keepsEnough } from "./clause.ts";
import { allActions, announces, isVerbPlace, wordBefore } from "./cues.ts";
import { generalisePositions } from "./generalise.ts";
import type { Near } from "./near.ts";
import { differingPositions } from "./pair.ts";
import type { LearningRule } from "./proposal.ts";
import { isBoolean, isIdentifier } from "./word_look.ts";

/** Forms needed; one more where the values are mostly plain words, one more where fewer than three words agree. */
const FORMS_NEEDED = 3;
/** Differing positions may weigh as much as the agreeing words. */
const DIFFERENCE_SHARE = 0.5;
/** Weight of the agreeing words below which nothing is compared. */
const AGREEING_NEEDED = 2;
const GROUP_LIMIT = 8;

interface Group {
  positions: number[];
  /** What the differing positions weigh: a value-like one half, behind a cue a quarter less. */
  difference: number;
  agreeing: number;
  forms: Form[];
}

function differenceWeight(form: Form, other: Form, positions: number[]): number {
  const value = (each: Form, i: number) => each.varies(i) || isIdentifier(each.words[i]);
  return positions.reduce((sum, i) => {
    const likely = value(form, i) || value(other, i);
    return sum + (likely ? 0.5 : 1) - (announces(wordBefore(form, i)) ? 0.25 : 0);
  }, 0);
}

function groupsOf(form: Form, near: readonly Near[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { form: other, agreeing } of near) {
    if (agreeing < AGREEING_NEEDED) continue;
    const positions = differingPositions(form, other);
    if (positions.length < 2 || positions[0] === 0) continue;
    if (positions.some((i) => form.kinds[i] === MARK || other.kinds[i] === MARK)) continue;
    const difference = differenceWeight(form, other, positions);
    if (difference / (agreeing + difference) > DIFFERENCE_SHARE) continue;
    const key = positions.join(), group = groups.get(key);
    if (group) group.forms.push(other);
    else if (groups.size < GROUP_LIMIT) groups.set(key, { positions, difference, agreeing, forms: [other] });
  }
  return [...groups.values()].sort((a, b) => b.forms.length - a.forms.length);
}

/** Every position has two or more words, none of them a boolean, and not all of them what was done. */
const everyPositionVaries = (forms: Form[], positions: number[]) =>
  positions.every((i) => {
    const words = [...new Set(forms.map((form) => form.words[i]))];
    if (words.length < 2 || words.some(isBoolean) || isVerbPlace(forms[0], i)) return false;
    return !allActions(forms[0], i, words) && !isWordOrNothing(forms, i);
  });

/** A word for a missing value and one plain word that nothing announces (`Failed none`, `Failed password`): two events. */
function isWordOrNothing(forms: Form[], i: number): boolean {
  if (!forms.some((form) => form.kinds[i] === PLACEHOLDER) || announces(wordBefore(forms[0], i))) {
    return false;
  }
  const values = new Set(forms.filter((form) => form.kinds[i] !== PLACEHOLDER).map((form) => form.words[i]));
  return values.size < 2 && ![...values].some(isIdentifier) && !forms.some((form) => form.varies(i));
}

/** Merges three or more forms of a shape that differ in the same two or more positions. */
export const cluster: LearningRule = (form, weights, knowledge) => {
  for (const group of groupsOf(form, knowledge.near())) {
    const forms = [form, ...group.forms], { positions } = group;
    const plain = group.difference / positions.length >= 0.75;
    if (forms.length < FORMS_NEEDED + (plain ? 1 : 0) + (group.agreeing < 3 ? 1 : 0)) continue;
    if (!everyPositionVaries(forms, positions) || !keepsEnough(form, weights, positions)) continue;
    const proposal = generalisePositions("cluster", forms, positions);
    if (proposal) return proposal;
  }
  return null;
};
