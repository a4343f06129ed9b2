/**
 * What is kept of telling an incident: one account for each receiver.
 *
 * @module
 */
import { type Life, lifeBefore } from "./life.ts";
import type { Severity } from "./severity.ts";

/** Version of the saved form. */
export const ACCOUNTS_VERSION = 1;

/** What is known of telling one receiver. */
export interface Account {
  life: Life;
  /** Title of the first message; empty before it. */
  topic: string;
  /** Whether its beginning waits for the digest of the day. */
  isDeferred: boolean;
  /** What was noted last as keeping it back; empty = nothing does. */
  held: string;
}

/** Accounts of an incident by receiver. Plain data. */
export interface Accounts {
  version: number;
  /** What everybody had been told before accounts were kept; absent = nothing. */
  told?: { severity: Severity; alerts: Record<string, Severity>; isOver: boolean };
  lives: Record<string, Account>;
}

/** Accounts of an incident that nobody has heard of. */
export function newAccounts(): Accounts {
  return { version: ACCOUNTS_VERSION, lives: {} };
}

/**
 * The accounts in a stored body.
 *
 * @throws {TypeError} if they are not of this version.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { newAccounts, parseAccounts } from "./incident_account.ts";
 *
 * assert.deepEqual(parseAccounts(JSON.stringify(newAccounts())), newAccounts());
 * assert.throws(() => parseAccounts('{"version":9,"lives":{}}'), /expected version 1, got 9/);
 * ```
 */
export function parseAccounts(body: string): Accounts {
  const accounts = JSON.parse(body) as Partial<Accounts>;
  if (accounts.version !== ACCOUNTS_VERSION) {
    throw new TypeError(
      `Cannot read an incident: expected version ${ACCOUNTS_VERSION}, got ${accounts.version}`,
    );
  }
  const { lives } = accounts;
  if (lives === undefined || !Object.values(lives).every(({ life }) => typeof life?.number === "number")) {
    throw new TypeError("Cannot read an incident: accounts are missing or of the wrong type");
  }
  return accounts as Accounts;
}

/** Whether somebody has heard of the incident. */
export function isTold({ told, lives }: Accounts): boolean {
  return told !== undefined || Object.values(lives).some(({ life }) => life.number > 0);
}

/** A receiver's account; where there is none yet, `life` is `null`. */
export function accountOf(
  { told, lives }: Accounts,
  receiver: string,
  now: number,
): Omit<Account, "life"> & { life: Life | null } {
  const own = lives[receiver];
  if (own !== undefined) return own;
  return { life: told === undefined ? null : lifeBefore(told, now), topic: "", isDeferred: false, held: "" };
}
