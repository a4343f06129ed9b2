/**
 * What a value is.
 *
 * @module
 */

/** Kinds of values by their number. A new kind comes last: the numbers are saved. */
export const VALUE_KINDS = [
  "text",
  "word",
  "number",
  "duration",
  "size",
  "percentage",
  "time",
  "address",
  "host",
  "id",
  "user",
  "path",
  "url",
  "secret",
] as const;
/** One of {@linkcode VALUE_KINDS}. */
export type ValueKind = typeof VALUE_KINDS[number];

/** Several words, or what is nothing of the below. */
export const TEXT = 0;
/** One word without digits. */
export const WORD = 1;
/** A quantity without a known unit. */
export const NUMBER = 2;
/** A length of time; its number is in milliseconds. */
export const DURATION = 3;
/** An amount of data; its number is in bytes. */
export const SIZE = 4;
/** Its number is in per cent. */
export const PERCENTAGE = 5;
/** A time or date; its number is in milliseconds since the epoch, UTC, where it says all of that. */
export const TIME = 6;
/** IPv4 or IPv6, with or without a port; hardware addresses. */
export const ADDRESS = 7;
/** The name of a machine, with or without a port. */
export const HOST = 8;
/** Hexadecimal, UUID, or letters and digits; a number that only tells things apart. */
export const ID = 9;
/** The name of an account. */
export const USER = 10;
/** A file or folder, or the path of a request. */
export const PATH = 11;
/** With its scheme. */
export const URL_KIND = 12;
/** What redaction takes out: it is counted and never looked at. */
export const SECRET = 13;

/** Units of the numbers of a kind, by its number; empty where there is none. */
export const UNITS: readonly string[] = VALUE_KINDS.map((kind) =>
  ({ duration: "ms", size: "B", percentage: "%", time: "ms since 1970" } as Record<string, string>)[kind] ??
    ""
);

/** Whether values of the kind are quantities: their least, greatest and middle say something. */
export function isQuantity(kind: number): boolean {
  return kind >= NUMBER && kind <= PERCENTAGE;
}
