/**
 * Kinds of tokens and the numbers that stand for them.
 *
 * @module
 */

/** A word, taken as it is. */
export const LITERAL = 0;
/** A value by its look: number, address, path, date. All of them are one token. */
export const VARIABLE = 1;
/** Punctuation. */
export const MARK = 2;
/** A word with one or two digits (`eth0`): a word until it is seen to vary. */
export const NUMBERED = 3;
/** Words joined by dots (`org.example.Main`). */
export const DOTTED = 4;
/** A word whose number is a value (`blk_123`): its beginning is kept. */
export const PREFIXED = 5;
/** A position that learning found to vary; only forms hold it, lines never do. */
export const LEARNED = 6;
/** A word that stands for a missing value (`null`, `-`, `localhost`). */
export const PLACEHOLDER = 7;

/** How a value is written in templates. */
export const WILDCARD = "<*>";
/** The hash of every {@linkcode VARIABLE} and {@linkcode LEARNED} token. */
export const VARIABLE_HASH = 0x7ed55d16;
/** Mixed into the hash of a token with a blank before it. */
export const SPACED = 0x5bd1e995;

const WORD_PRIME = 0x01000193;

/** One step of the hash over a word's bytes; begins with `firstByte + 5381`. */
export function wordStep(hash: number, byte: number): number {
  return (Math.imul(hash, WORD_PRIME) + byte) | 0;
}

/** The token hash of a word from the hash over its bytes. */
export function finishWord(hash: number, spaced: number): number {
  const mixed = Math.imul(hash, 0x9e3779b1) ^ spaced;
  return mixed ^ (mixed >>> 15);
}

/** The token hash of `count` equal marks in a row. */
export function markHash(byte: number, count: number, spaced: number): number {
  const hash = Math.imul(byte, 0x2c1b3c6d) ^ spaced;
  return count > 1 ? hash ^ Math.imul(count, 77777) : hash;
}

/** The token hash of a plain ASCII word, as the lexer finds it with (`SPACED`) or without (0) a blank before it. */
export function hashOfWord(word: string, spaced: number): number {
  let hash = word.charCodeAt(0) + 5381;
  for (let i = 1; i < word.length; i++) hash = wordStep(hash, word.charCodeAt(i));
  return finishWord(hash, spaced);
}

/** The hash of what stays of a {@linkcode PREFIXED} word, from its bytes. */
export function prefixHash(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], WORD_PRIME);
  return Math.imul(hash, 0x1b873593) ^ 0x55555;
}

/**
 * The token hash of a learned `prefix<*>suffix`: where nothing follows the wildcard it is the lexer's own hash of a
 * {@linkcode PREFIXED} word, so that learned and recognised ones are the same token.
 */
export function prefixedHash(text: string, spaced: number): number {
  const atEnd = text.endsWith(WILDCARD);
  const length = atEnd ? text.length - WILDCARD.length : text.length;
  let hash = 0x811c9dc5;
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), WORD_PRIME);
  if (!atEnd) hash ^= 0x1234567;
  return finishWord(Math.imul(hash, 0x1b873593) ^ 0x55555, spaced);
}

/** A few token hashes, asked of nearly every token of every line: a set of numbers would make an object of each. */
export class TokenHashes {
  readonly #slots: Int32Array; // 0 = free: no word has that hash

  /** @param hashes None of them 0. */
  constructor(hashes: ReadonlySet<number>) {
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(hashes.size * 8 + 1)));
    for (const hash of hashes) this.#slots[this.#slot(hash)] = hash;
  }

  /** Whether a token's hash is one of them. */
  has(hash: number): boolean {
    return hash !== 0 && this.#slots[this.#slot(hash)] === hash;
  }

  #slot(hash: number): number {
    const slots = this.#slots, last = slots.length - 1;
    let slot = hash & last;
    while (slots[slot] !== 0 && slots[slot] !== hash) slot = (slot + 1) & last;
    return slot;
  }
}

/** The token hashes of plain words, with and without a blank before them. */
export function wordHashes(words: Iterable<string>): TokenHashes {
  const hashes = new Set<number>();
  for (const word of words) hashes.add(hashOfWord(word, 0)).add(hashOfWord(word, SPACED));
  return new TokenHashes(hashes);
}

/** What one token adds to the first of the two hashes of a sequence; addition makes single positions removable. */
export function mixFirst(hash: number, token: number, position: number): number {
  let mixed = Math.imul(token ^ Math.imul(position + 1, 0x9e3779b1), 0x85ebca6b);
  mixed ^= mixed >>> 15;
  return (hash + Math.imul(mixed, 0x2c1b3c6d)) | 0;
}

/** What one token adds to the second of the two hashes of a sequence. */
export function mixSecond(hash: number, token: number, position: number): number {
  let mixed = Math.imul(token + Math.imul(position + 1, 0x27d4eb2f), 0xc2b2ae35);
  mixed ^= mixed >>> 13;
  return (hash + Math.imul(mixed, 0x165667b1)) | 0;
}

/** Two 32-bit hashes as one number that a `Map` can hold: 53 bits. */
export function joinHashes(first: number, second: number): number {
  return (first >>> 0) * 2097152 + ((second >>> 0) & 0x1fffff);
}
