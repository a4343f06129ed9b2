/**
 * How often somebody may try to log in.
 *
 * @module
 */

/** Failures of one address before it has to wait, and the first and longest wait, ms; it doubles. */
const FREE = 3, FIRST_WAIT = 1_000, LONGEST_WAIT = 15 * 60_000;
/** Failures of all addresses together that are allowed in a minute. */
const OVERALL = 60, MINUTE = 60_000;
/** Addresses that are remembered, and for how long without a failure, ms. */
const ADDRESSES = 10_000, REMEMBERED = 3_600_000;

/** Failures of one address. */
interface Failures {
  count: number;
  /** Of the last one, ms since the epoch. */
  at: number;
}

/**
 * Counts failures: of each address, which waits twice as long after each, and of all together, so that many addresses gain little.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LoginLimit } from "./login_limit.ts";
 *
 * const limit = new LoginLimit();
 * for (let i = 0; i < 4; i++) limit.failed("192.0.2.7", 0);
 * assert.deepEqual([limit.wait("192.0.2.7", 0), limit.wait("192.0.2.8", 0)], [2_000, 0]); // ms
 * limit.succeeded("192.0.2.7");
 * assert.equal(limit.wait("192.0.2.7", 0), 0);
 * ```
 */
export class LoginLimit {
  readonly #failures = new Map<string, Failures>();
  #minute = 0;
  #inMinute = 0;

  /** How long an address must wait before it may try again, ms. */
  wait(address: string, now: number): number {
    const minute = Math.floor(now / MINUTE);
    const overall = minute === this.#minute && this.#inMinute >= OVERALL ? (minute + 1) * MINUTE - now : 0;
    const own = this.#failures.get(address);
    if (own === undefined || own.count < FREE || now - own.at > REMEMBERED) return overall;
    const length = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (own.count - FREE));
    return Math.max(overall, own.at + length - now, 0);
  }

  /** A try failed. */
  failed(address: string, now: number): void {
    const minute = Math.floor(now / MINUTE);
    [this.#minute, this.#inMinute] = [minute, minute === this.#minute ? this.#inMinute + 1 : 1];
    const known = this.#failures.get(address), isOld = known === undefined || now - known.at > REMEMBERED;
    this.#failures.delete(address);
    if (this.#failures.size >= ADDRESSES) this.#failures.delete(this.#failures.keys().next().value!);
    this.#failures.set(address, { count: isOld ? 1 : known.count + 1, at: now });
  }

  /** A try succeeded. */
  succeeded(address: string): void {
    this.#failures.delete(address);
  }
}
