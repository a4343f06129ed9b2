/**
 * Numbers with and without units, from bytes.
 *
 * @module
 */
import { DURATION, NUMBER } from "./kind.ts";
import { unitAt } from "./unit.ts";

const COMMA = 0x2c, MINUS = 0x2d, PLUS = 0x2b, POINT = 0x2e, SPACE = 0x20, LOWER_E = 0x65;

const isDigit = (byte: number) => (byte ^ 0x30) < 10;

/** Exact powers of ten: one multiplication keeps a decimal fraction as near as a double gets for up to 15 digits. */
const POWERS = Array.from({ length: 23 }, (_, power) => 10 ** power);

/**
 * Reads one quantity: `12`, `-3.5`, `1,234`, `1e3`, `12ms`, `1h2m3s`, `1.5 GiB`, `$3`, `~7`, `85%`. Allocates nothing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { VALUE_KINDS } from "./kind.ts";
 * import { QuantityReader } from "./quantity.ts";
 *
 * const reader = new QuantityReader(), bytes = new TextEncoder().encode("1m30s");
 * assert(reader.read(bytes, 0, bytes.length));
 * assert.deepEqual([VALUE_KINDS[reader.kind], reader.number], ["duration", 90_000]);
 * ```
 */
export class QuantityReader {
  /** What the last quantity was: {@linkcode NUMBER} or the kind of its unit. */
  kind: number = NUMBER;
  /** Its number, in the unit of its kind. */
  number = NaN;
  #at = 0;

  /** Whether all of `bytes[start, end)` is one quantity. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    let at = start, sign = 1;
    const first = bytes[at];
    if (first === MINUS || first === PLUS || first === 0x24 || first === 0x7e) { // - + $ ~
      if (first === MINUS) sign = -1;
      at++;
    }
    if (
      at >= end || !(isDigit(bytes[at]) || (bytes[at] === POINT && at + 1 < end && isDigit(bytes[at + 1])))
    ) {
      return false;
    }
    const number = this.#decimal(bytes, at, end);
    at = this.#at;
    this.kind = NUMBER;
    this.number = sign * number;
    return at === end || this.#withUnit(bytes, at, end, sign);
  }

  /** Digits, groups of thousands, a fraction and an exponent; leaves behind them. */
  #decimal(bytes: Uint8Array, start: number, end: number): number {
    let at = start, whole = 0, digits = 0, scale = 0;
    for (; at < end && isDigit(bytes[at]); at++) whole = whole * 10 + (bytes[at] ^ 0x30);
    if (at - start <= 3) {
      while (at + 3 < end && bytes[at] === COMMA && threeDigits(bytes, at + 1, end)) {
        for (at++; at < end && isDigit(bytes[at]); at++) whole = whole * 10 + (bytes[at] ^ 0x30);
      }
    }
    if (at + 1 < end && bytes[at] === POINT && isDigit(bytes[at + 1])) {
      for (at++; at < end && isDigit(bytes[at]); at++) {
        if (whole > 1e15) continue; // a double has no more digits
        whole = whole * 10 + (bytes[at] ^ 0x30);
        digits++;
      }
    }
    if (at + 1 < end && (bytes[at] | 32) === LOWER_E) {
      const signed = bytes[at + 1] === MINUS || bytes[at + 1] === PLUS, from = at + (signed ? 2 : 1);
      let exponent = 0, to = from;
      for (; to < end && isDigit(bytes[to]) && to - from < 4; to++) {
        exponent = exponent * 10 + (bytes[to] ^ 0x30);
      }
      if (to > from) {
        scale = bytes[at + 1] === MINUS ? -exponent : exponent;
        at = to;
      }
    }
    this.#at = at;
    const power = scale - digits;
    if (power === 0) return whole;
    return power < 0 && power >= -22 ? whole / POWERS[-power] : whole * 10 ** power;
  }

  /** A unit behind the number, or several numbers with units of time: `1h2m3s`. */
  #withUnit(bytes: Uint8Array, from: number, end: number, sign: number): boolean {
    let at = from, sum = 0;
    for (let part = this.number;; part = sign * this.#decimal(bytes, at, end), at = this.#at) {
      if (at < end && bytes[at] === SPACE) at++;
      let to = at;
      while (to < end && !isDigit(bytes[to])) to++;
      let last = to;
      while (last > at && bytes[last - 1] === SPACE) last--;
      const unit = unitAt(bytes, at, last);
      if (unit === null || (to < end && unit.kind !== DURATION) || (sum !== 0 && unit.kind !== DURATION)) {
        return false;
      }
      this.kind = unit.kind;
      sum += part * unit.factor;
      at = to;
      if (at < end) continue;
      this.number = sum;
      return true;
    }
  }
}

/** Whether exactly three digits stand at `at`. */
function threeDigits(bytes: Uint8Array, at: number, end: number): boolean {
  return at + 3 <= end && isDigit(bytes[at]) && isDigit(bytes[at + 1]) && isDigit(bytes[at + 2]) &&
    !(at + 3 < end && isDigit(bytes[at + 3]));
}
