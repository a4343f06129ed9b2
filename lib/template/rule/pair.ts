/**
 * Two forms of the same shape that differ little for how much they agree.
 *
 * @module
 */
import type { Form } from "../form.ts";
import { keepsEnough } from "./clause.ts";
import { differenceCost } from "./difference.ts";
import { generalisePositions } from "./generalise.ts";
import type { LearningRule } from "./proposal.ts";

/**
 * What agreeing words pay: a slope and a base; below two agreeing words nothing is compared. With .12 a word packages lose .007 of
 * FGA; at .23 events of real systems fall together (GA −.006).
 */
const ROOM_PER_WORD = 0.18, ROOM_BASE = 0.2, AGREEING_NEEDED = 2;

/** Positions in which two forms of one length differ. */
export function differingPositions(a: Form, b: Form): number[] {
  const positions: number[] = [];
  for (let i = 0; i < a.length; i++) if (a.hashes[i] !== b.hashes[i]) positions.push(i);
  return positions;
}

/** Merges a form with the one of its shape that leaves most room between what agreement pays and what differences cost. */
export const pair: LearningRule = (form, weights, knowledge) => {
  let best: Form | null = null, bestPositions: number[] = [], mostLeft = -1;
  for (const { form: other, agreeing } of knowledge.near()) {
    let left = agreeing * ROOM_PER_WORD - ROOM_BASE;
    if (agreeing < AGREEING_NEEDED || left <= mostLeft || left <= 0) continue;
    const positions = differingPositions(form, other);
    if (positions.length === 0) continue;
    for (const i of positions) {
      left -= differenceCost(form, i, other, i, knowledge);
      if (left < 0) break;
    }
    if (left < 0 || left <= mostLeft || !keepsEnough(form, weights, positions)) continue;
    best = other;
    bestPositions = positions;
    mostLeft = left;
  }
  return best && generalisePositions("pair", [form, best], bestPositions);
};
