/**
 * What session windows are called where keys come again: the key and when it began.
 *
 * @module
 */

/**
 * The identity of a session that is one of several with its key.
 *
 * @param start Time of its first record, ms UTC; NaN = none: the key alone.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sessionIdentity } from "./session_identity.ts";
 *
 * assert.equal(sessionIdentity("49555", Date.UTC(2026, 2, 4)), "49555@2026-03-04T00:00:00.000Z");
 * ```
 */
export function sessionIdentity(key: string, start: number): string {
  return key + timePart(start);
}

/**
 * The key of a session, from its identity: what its records name.
 *
 * @param identity As `ClosedWindows.identity` gives it: with or without the time.
 * @param start Time of its first record, ms UTC; NaN = none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sessionKey } from "./session_identity.ts";
 *
 * const start = Date.UTC(2026, 2, 4);
 * assert.equal(sessionKey("49555@2026-03-04T00:00:00.000Z", start), "49555");
 * assert.equal(sessionKey("backup@2026-03-01T00:00:00.000Z", start), "backup@2026-03-01T00:00:00.000Z"); // a key like that
 * ```
 */
export function sessionKey(identity: string, start: number): string {
  const time = timePart(start);
  return time !== "" && identity.endsWith(time) ? identity.slice(0, -time.length) : identity;
}

function timePart(start: number): string {
  return Number.isNaN(start) ? "" : `@${new Date(Math.floor(start)).toISOString()}`;
}
