/**
 * Words that stand for a missing or default value: a literal that may join a variable at once.
 *
 * @module
 */

/** `null`, `-`, `localhost`, … */
export const PLACEHOLDER_WORDS: readonly string[] = [
  ..."null none nil None NULL undefined unknown N/A n/a NaN nan - ? (null) nobody localhost".split(" "),
];
