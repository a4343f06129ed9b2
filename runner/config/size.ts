/**
 * Amounts of data as people write them: `64MB`, `1.5GiB`.
 *
 * @module
 */

const UNITS: Record<string, number> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** What an amount of data looks like. */
export const SIZE_PATTERN = /^\d+(?:\.\d+)?\s*(?:[KkMmGg]i?)?[Bb]$/;

/**
 * Bytes of an amount of data.
 *
 * @param text A number and a unit: `B`, `kB`, `MB`, `GB` (powers of 1,000), `KiB`, `MiB`, `GiB` (powers of 1,024).
 * @throws {SyntaxError} if `text` is not an amount of data.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseSize } from "./size.ts";
 *
 * assert(parseSize("64MB") === 64_000_000);
 * assert(parseSize("1KiB") === 1024);
 * ```
 */
export function parseSize(text: string): number {
  if (!SIZE_PATTERN.test(text)) {
    throw new SyntaxError(`Cannot read size: expected a number and a unit such as 64MB, got "${text}"`);
  }
  const number = Number.parseFloat(text);
  return Math.round(number * UNITS[text.replace(/^[\d.\s]+/, "").toLowerCase()]);
}

/**
 * Bytes as people read them, in powers of 1,000 and three digits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatSize } from "./size.ts";
 *
 * assert.deepEqual([812, 3400, 64_123_456, 4e9].map(formatSize), ["812 B", "3.4 kB", "64.1 MB", "4 GB"]);
 * ```
 */
export function formatSize(bytes: number): string {
  const names = ["B", "kB", "MB", "GB"], power = Math.min(3, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${Number((bytes / 1000 ** power).toPrecision(3))} ${names[power]}`;
}
