/**
 * Words without their digits.
 *
 * Two lines that differ only in the digits of a word (`coupon SPRING43`, `coupon SPRING54`) are one event: learning merges them
 * as soon as it sees the second value. Matching meets that second value too, and so treats it alike.
 *
 * @module
 */
import { joinHashes, mixFirst, mixSecond, PREFIXED, prefixedHash, WILDCARD } from "./token.ts";
import type { Tokens } from "./token_list.ts";

const DIGITS = /\d+|<\*>/g;

/** Whether two words are equal but for the value of digits that both have, and have letters to be recognised by. */
export function sameButForDigits(a: string, b: string): boolean {
  const skeleton = skeletonOf(a);
  return skeleton !== null && skeleton === skeletonOf(b);
}

/** A word with its digits as `<*>`; `null` where it has none, or nothing else. */
function skeletonOf(word: string): string | null {
  if (word === WILDCARD || !/\d|<\*>/.test(word)) return null;
  const skeleton = word.replace(DIGITS, WILDCARD);
  return /[A-Za-z]/.test(skeleton) ? skeleton : null;
}

/** Equal for sequences that are equal but for digits in words; `null` where no word has digits. */
export function skeletonKey(tokens: Tokens): number | null {
  let first = 0x9e3779b9 | 0, second = 0x85ebca6b | 0, some = false;
  for (let i = 0; i < tokens.length; i++) {
    const skeleton = skeletonOf(tokens.word(i));
    const hash = skeleton === null ? tokens.hashes[i] : prefixedHash(skeleton, 0);
    some ||= skeleton !== null && tokens.kinds[i] !== PREFIXED;
    first = mixFirst(first, hash, i);
    second = mixSecond(second, hash, i);
  }
  return some ? joinHashes(first, second) : null;
}
