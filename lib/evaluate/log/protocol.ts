/**
 * How a labelled log is divided into a part that trains and a part that is tested.
 *
 * @module
 */
import { seededPermutation, seededRandom } from "../../detector/seeded_random.ts";

/** A way to divide, and the share (0–1) that trains. */
export interface Protocol {
  /**
   * `random`: any; `chronological`: the first by first appearance; `completion`: the first by last record, as a run that sees
   * them end would have them.
   */
  order: "random" | "chronological" | "completion";
  share: number;
}

/** Something that is divided: a session or a time window. */
export interface Divisible {
  /** Times of its first and last record, or its place in the log where records have no times. */
  first: number;
  last: number;
  anomalous: boolean;
}

/** Indices of those that train, and of those that are tested; an anomalous one that may not train is in neither, or tested. */
export interface Division {
  training: number[];
  testing: number[];
}

/**
 * A protocol from its text: `random:10`, `chronological:50`, `completion:10`, the number being percent.
 *
 * @throws {SyntaxError} if it is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readProtocol } from "./protocol.ts";
 *
 * assert.deepEqual(readProtocol("random:10"), { order: "random", share: .1 });
 * ```
 */
export function readProtocol(text: string): Protocol {
  const match = /^(random|chronological|completion):(\d+(?:\.\d+)?)$/.exec(text.trim());
  const share = Number(match?.[2]) / 100;
  if (match === null || !(share > 0 && share < 1)) {
    throw new SyntaxError(
      `Cannot read protocol ${text}: expected random:P, chronological:P or completion:P with a P between 0 and 100`,
    );
  }
  return { order: match[1] as Protocol["order"], share };
}

/**
 * Divides by a protocol.
 *
 * Labelled, only normal ones train: `random` takes the share of all normal ones and tests everything else; by time, the first
 * share of all is the training part, its anomalous ones are left out, and what comes later is tested. Unlabelled, the share is
 * of all, and anomalous ones in it train too, as they would where nobody has labels.
 *
 * @param seed Of what is random.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { divide } from "./protocol.ts";
 *
 * const sessions = [0, 1, 2, 3].map((first) => ({ first, last: 9 - first, anomalous: first === 1 }));
 * const divided = divide(sessions, { order: "chronological", share: .5 });
 * assert.deepEqual(divided, { training: [0], testing: [2, 3] });
 * ```
 */
export function divide(
  things: readonly Divisible[],
  { order, share }: Protocol,
  { unlabelled = false, seed = 0 }: { unlabelled?: boolean; seed?: number } = {},
): Division {
  const all = things.map((_, i) => i), mayTrain = (i: number) => unlabelled || !things[i].anomalous;
  if (order === "random") {
    const candidates = all.filter(mayTrain), drawn = seededPermutation(candidates.length, seededRandom(seed));
    const chosen = new Set(
      [...drawn.subarray(0, Math.round(share * candidates.length))].map((i) => candidates[i]),
    );
    return { training: all.filter((i) => chosen.has(i)), testing: all.filter((i) => !chosen.has(i)) };
  }
  const at = order === "chronological" ? "first" : "last";
  const ordered = all.toSorted((a, b) => things[a][at] - things[b][at] || a - b);
  const cut = Math.round(share * ordered.length);
  return { training: ordered.slice(0, cut).filter(mayTrain), testing: ordered.slice(cut) };
}
