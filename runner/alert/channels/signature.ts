/**
 * Signatures of messages, by which a receiver knows that they come from who has the secret, and when they were sent.
 *
 * @module
 */
import process from "node:process";

/** Name of the header that holds it. */
export const SIGNATURE_HEADER = "x-deepscan-signature";

/**
 * The signature of a body: `t=SECONDS,v1=HEX`, the HMAC-SHA256 of `SECONDS.BODY` (the scheme of Stripe's webhooks). A receiver computes it
 * again over the bytes that came, compares in constant time, and refuses one whose time is long past.
 *
 * @param now Milliseconds since the epoch.
 *
 * @example Verify a request
 * ```ts
 * import assert from "node:assert/strict";
 * import { createHmac, timingSafeEqual } from "node:crypto";
 * import { signatureOf } from "./signature.ts";
 *
 * function isGenuine(header: string, body: string, secret: string, now = Date.now()): boolean {
 *   const [, seconds, hex] = /^t=(\d+),v1=([\da-f]{64})$/.exec(header) ?? [];
 *   if (seconds === undefined || Math.abs(now / 1000 - Number(seconds)) > 300) return false;
 *   const expected = createHmac("sha256", secret).update(`${seconds}.${body}`).digest();
 *   return timingSafeEqual(expected, new Uint8Array(hex.match(/../g)!.map((byte) => parseInt(byte, 16))));
 * }
 *
 * const body = '{"title":"disk full"}', header = signatureOf(body, "s3cret", 1_772_460_000_000);
 * assert(isGenuine(header, body, "s3cret", 1_772_460_060_000));
 * assert(!isGenuine(header, body + " ", "s3cret", 1_772_460_060_000));
 * assert(!isGenuine(header, body, "s3cret", 1_772_470_000_000));
 * ```
 */
export function signatureOf(body: string, secret: string, now: number): string {
  const { createHmac } = process.getBuiltinModule("node:crypto"), seconds = Math.floor(now / 1000);
  return `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`;
}
