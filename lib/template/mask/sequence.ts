/**
 * Numbers that stand for sequences of tokens.
 *
 * @module
 */
import { joinHashes, LEARNED, MARK, mixFirst, mixSecond, VARIABLE, VARIABLE_HASH } from "./token.ts";

/** What is hashed of tokens. */
export interface Sequence {
  readonly length: number;
  readonly kinds: Uint8Array;
  readonly hashes: Int32Array;
}

/** The two sums of position hashes of a sequence. */
export function sequenceHashes(tokens: Sequence): { first: number; second: number } {
  let first = 0x9e3779b9 | 0, second = 0x85ebca6b | 0;
  for (let i = 0; i < tokens.length; i++) {
    first = mixFirst(first, tokens.hashes[i], i);
    second = mixSecond(second, tokens.hashes[i], i);
  }
  return { first, second };
}

/** Equal for equal sequences. */
export function keyOf(tokens: Sequence): number {
  const { first, second } = sequenceHashes(tokens);
  return joinHashes(first, second);
}

const varies = (kind: number) => kind === VARIABLE || kind === LEARNED;

/** The hash of the first token, all values alike; 0 for an empty sequence. */
export function firstToken(tokens: Sequence): number {
  if (tokens.length === 0) return 0;
  return varies(tokens.kinds[0]) ? VARIABLE_HASH : tokens.hashes[0];
}

/** The hash of the last token, all values alike; 0 for an empty sequence. */
export function lastToken(tokens: Sequence): number {
  const last = tokens.length - 1;
  if (last < 0) return 0;
  return varies(tokens.kinds[last]) ? VARIABLE_HASH : tokens.hashes[last];
}

/** Equal for sequences of the same length and punctuation whose first token is `first`. */
export function shapeOf(tokens: Sequence, first: number): number {
  let hash = tokens.length ^ Math.imul(first, 0x9e3779b1);
  for (let i = 1; i < tokens.length; i++) {
    if (tokens.kinds[i] !== MARK) continue;
    hash = Math.imul(hash ^ tokens.hashes[i] ^ Math.imul(i, 0x27d4eb2f), 0x85ebca6b);
    hash ^= hash >>> 13;
  }
  return hash;
}
