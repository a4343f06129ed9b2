/**
 * What the look of a word says about whether it is a value.
 *
 * @module
 */
import { LITERAL, PLACEHOLDER, WILDCARD, wordHashes } from "../mask/token.ts";

const CACHE_LIMIT = 20_000;

function cached(test: (word: string) => boolean): (word: string) => boolean {
  const known = new Map<string, boolean>();
  return (word) => {
    let answer = known.get(word);
    if (answer === undefined) {
      if (known.size >= CACHE_LIMIT) known.clear();
      known.set(word, answer = test(word));
    }
    return answer;
  };
}

/** What a character says by itself: 1 of an identifier, 2 lower case, 4 a capital. */
const LOOKS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[\d._\-\/@\\+$%]/.test(character)
    ? 1
    : /[a-z]/.test(character)
    ? 2
    : /[A-Z]/.test(character)
    ? 4
    : 0;
});

/** Has a digit, a symbol, or a capital inside: an identifier of some kind. */
// The readable form: /\d|[._\-\/@\\+$%]|[a-z][A-Z]/. Asked of every word of every form that a new one is compared with.
export function isIdentifier(word: string): boolean {
  for (let i = 0, before = 0; i < word.length; i++) {
    const code = word.charCodeAt(i), look = code < 128 ? LOOKS[code] : 0;
    if (look === 1 || (look === 4 && before === 2)) return true;
    before = look;
  }
  return false;
}

/** `MAX_SIZE`, `Level.DEBUG`: vocabulary of the program. */
const isConstant: (word: string) => boolean = cached((word) =>
  /(^|[.\-$])[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(word) && !/\d{3}/.test(word)
);

const isWordWithNumber = cached((word) => /^[A-Za-z]+\d{1,2}$/.test(word));

/** An identifier that is neither a constant nor a word with a small number. */
export const looksLikeValue = (word: string): boolean =>
  isIdentifier(word) && !isConstant(word) && !isWordWithNumber(word);

/** `org.example.main`. */
export const isPackage = (word: string): boolean =>
  word.includes(".") && /^[a-z][a-z0-9_\-]*(\.[a-z0-9_\-]+){2,}$/.test(word);

/** `Extracting`, `closed`: says what happens. */
export const isAction = (word: string): boolean =>
  (word.endsWith("ing") || word.endsWith("ed")) && /^[A-Z]?[a-z]{2,}(?:ing|ed)$/.test(word);

/** The word with every number written `0`. */
export const skeleton = (word: string): string => word.replace(/\d+|<\*>/g, "0");

/** Whether the word holds a number or a masked one. */
export const hasNumber = (word: string): boolean => /\d/.test(word) || word.includes(WILDCARD);

const BOOLEANS = new Set(
  ["true", "false", "yes", "no", "on", "off"].flatMap((word) => [
    word,
    word[0].toUpperCase() + word.slice(1),
    word.toUpperCase(),
  ]),
);
const booleanHashes = wordHashes(BOOLEANS);

/** `true`, `No`, `OFF`: never the value of a variable, because the two say opposite things. */
export const isBoolean = (word: string): boolean => BOOLEANS.has(word);

/** {@linkcode isBoolean} by kind and hash of a token. */
export const isBooleanToken = (kind: number, hash: number): boolean =>
  (kind === LITERAL || kind === PLACEHOLDER) && booleanHashes.has(hash);
