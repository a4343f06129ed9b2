/**
 * Trees that isolate rows by random splits, flat in typed arrays, and how long a row's way through them is.
 *
 * @module
 */

/** Binary trees, one behind the other, every tree in preorder: the left child of an inner node is the next node. */
export interface IsolationTrees {
  /** First node of each tree, shape [trees]. */
  readonly roots: Int32Array;
  /** Of an inner node the column that it asks; of a leaf −(training windows in it); shape [nodes]. */
  readonly nodes: Int32Array;
  /** A row goes left where its value is not above this; 0 in leaves; shape [nodes]. */
  readonly thresholds: Float64Array;
  /** Right child of an inner node, 0 in leaves; shape [nodes]. */
  readonly rights: Int32Array;
}

/** Euler–Mascheroni constant. */
const EULER = 0.5772156649015329;

/**
 * Mean depth at which a search in a binary tree of `windows` windows ends without success: what is left to go in a leaf that
 * was not split any more, and what path lengths are measured by.
 *
 * @param windows A whole number.
 * @see Liu, Ting and Zhou, "Isolation Forest", ICDM 2008, equation 1
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { meanPath } from "./isolation_trees.ts";
 *
 * assert.deepEqual([1, 2].map(meanPath), [0, 1]);
 * assert.equal(meanPath(256).toFixed(4), "10.2448");
 * ```
 */
export function meanPath(windows: number): number {
  if (windows <= 1) return 0;
  if (windows === 2) return 1;
  return 2 * (Math.log(windows - 1) + EULER) - 2 * (windows - 1) / windows;
}

/**
 * Mean over all trees of the number of splits until `row` is alone, those included that a leaf left out.
 *
 * @param row Values as the trees were grown on, shape [columns].
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { pathLength } from "./isolation_trees.ts";
 *
 * // One tree: column 0 ≤ 5? yes: 2 windows, no: 1.
 * const trees = {
 *   roots: Int32Array.of(0),
 *   nodes: Int32Array.of(0, -2, -1),
 *   thresholds: Float64Array.of(5, 0, 0),
 *   rights: Int32Array.of(2, 0, 0),
 * };
 * assert.equal(pathLength(trees, Float32Array.of(9)), 1);
 * assert.equal(pathLength(trees, Float32Array.of(5)), 2);
 * ```
 */
export function pathLength({ roots, nodes, thresholds, rights }: IsolationTrees, row: Float32Array): number {
  let sum = 0;
  for (let tree = 0; tree < roots.length; tree++) {
    let node = roots[tree], depth = 0;
    for (; nodes[node] >= 0; depth++) node = row[nodes[node]] <= thresholds[node] ? node + 1 : rights[node];
    sum += depth + meanPath(-nodes[node]);
  }
  return sum / roots.length;
}

/**
 * Finds the right children of trees in preorder.
 *
 * @param nodes As in {@linkcode IsolationTrees}.
 * @returns First node of each tree, and the right child of each inner node.
 * @throws {RangeError} if the last tree has no end, or there is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { treeShape } from "./isolation_trees.ts";
 *
 * const { roots, rights } = treeShape(Int32Array.of(0, -2, -1, -3));
 * assert.deepEqual([...roots], [0, 3]);
 * assert.deepEqual([...rights], [2, 0, 0, 0]);
 * ```
 */
export function treeShape(nodes: Int32Array): { roots: Int32Array; rights: Int32Array } {
  const roots: number[] = [], rights = new Int32Array(nodes.length);
  const waiting: number[] = []; // inner nodes whose right child has not come yet
  for (let node = 0, expected = 0; node < nodes.length; node++) {
    if (expected === 0) {
      roots.push(node);
      expected = 1;
    } else if (nodes[node - 1] < 0) rights[waiting.pop()!] = node;
    if (nodes[node] < 0) expected--;
    else {
      expected++;
      waiting.push(node);
    }
    if (node === nodes.length - 1 && expected > 0) {
      throw new RangeError(`Cannot read trees: the last one lacks ${expected} nodes`);
    }
  }
  if (roots.length === 0) throw new RangeError("Cannot read trees: there is none");
  return { roots: Int32Array.from(roots), rights };
}
