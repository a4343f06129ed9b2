/**
 * Parts of a score from how much each of them tells.
 *
 * @module
 */
import type { Part } from "../part.ts";

/** Parts of an opinion at the most: further ones tell a person nothing. */
const MOST = 8;

/** A part before shares are known. */
export type Telling = Partial<Part> & { kind: Part["kind"]; weight: number };

/**
 * The most telling parts, with shares in proportion to their weights.
 *
 * @param telling In any order; weights of 0 or less tell nothing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { weightedParts } from "./weighted_parts.ts";
 *
 * const parts = weightedParts([{ kind: "total", weight: 1 }, { kind: "template", template: 4, weight: 3 }]);
 * assert.deepEqual(parts.map(({ template, share }) => [template, share]), [[4, .75], [-1, .25]]);
 * ```
 */
export function weightedParts(telling: readonly Telling[]): Part[] {
  const kept = telling.filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || (a.template ?? -1) - (b.template ?? -1)).slice(0, MOST);
  const sum = kept.reduce((sum, { weight }) => sum + weight, 0);
  return kept.map(({ weight, ...part }) => ({
    template: -1,
    detail: "",
    text: "",
    actual: 0,
    expected: 0,
    ...part,
    share: weight / sum,
  }));
}
