/**
 * How many different things there were, in a short list of numbers.
 *
 * @module
 */

/** Hashes kept: up to so many different things are counted exactly, more with a standard error of 13 %. */
export const KEPT_HASHES = 64;

/** Hashes are whole numbers below this. */
const RANGE = 2 ** 32;

/**
 * Adds a hash to a list of the {@linkcode KEPT_HASHES} smallest different ones, ascending. The list depends neither on the order
 * nor on how often a hash came, and two lists merge into that of the whole.
 *
 * Source: Z. Bar-Yossef et al., *Counting distinct elements in a data stream*, RANDOM 2002 (k minimum values).
 *
 * @param kept The list, changed in place.
 * @param hash A whole number from 0 to 2^32 − 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { addHash, distinctCount } from "./distinct_hashes.ts";
 *
 * const kept: number[] = [];
 * for (const hash of [7, 9, 7]) addHash(kept, hash);
 * assert.equal(distinctCount(kept), 2);
 * ```
 */
export function addHash(kept: number[], hash: number): void {
  const length = kept.length;
  if (length === KEPT_HASHES && hash >= kept[length - 1]) return;
  let low = 0, high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (kept[middle] < hash) low = middle + 1;
    else high = middle;
  }
  if (kept[low] === hash) return;
  kept.splice(low, 0, hash);
  if (kept.length > KEPT_HASHES) kept.pop();
}

/**
 * How many different hashes were added: exact below {@linkcode KEPT_HASHES}, else estimated.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { distinctCount } from "./distinct_hashes.ts";
 *
 * assert.equal(distinctCount([1, 5, 8]), 3);
 * ```
 */
export function distinctCount(kept: readonly number[]): number {
  return kept.length < KEPT_HASHES
    ? kept.length
    : Math.round((KEPT_HASHES - 1) * RANGE / (kept[KEPT_HASHES - 1] + 1));
}

/**
 * Adds all of another list, which is ascending too. Returns the first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mergeHashes } from "./distinct_hashes.ts";
 *
 * assert.deepEqual(mergeHashes([1, 8], [5, 8]), [1, 5, 8]);
 * ```
 */
export function mergeHashes(kept: number[], other: readonly number[]): number[] {
  if (other.length <= 2) {
    for (const hash of other) addHash(kept, hash);
    return kept;
  }
  const own = kept.slice();
  kept.length = 0;
  for (let i = 0, j = 0; kept.length < KEPT_HASHES && (i < own.length || j < other.length);) {
    const next = Math.min(own[i] ?? RANGE, other[j] ?? RANGE);
    if (own[i] === next) i++;
    if (other[j] === next) j++;
    kept.push(next);
  }
  return kept;
}

/** A list of hashes that come in any order, such as saved ones. */
export function hashList(hashes: Iterable<number>): number[] {
  const kept: number[] = [];
  for (const hash of hashes) addHash(kept, hash);
  return kept;
}

/**
 * A 32-bit hash of `bytes[start, end)`: FNV-1a, finished as in MurmurHash3 (A. Appleby).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { hashBytes, hashText } from "./distinct_hashes.ts";
 *
 * assert.equal(hashBytes(new TextEncoder().encode("ann"), 0, 3), hashText("ann"));
 * ```
 */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
  return finish(hash);
}

/** {@linkcode hashBytes} of a text's Latin-1 bytes. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ (text.charCodeAt(i) & 255), 0x01000193);
  return finish(hash);
}

function finish(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
