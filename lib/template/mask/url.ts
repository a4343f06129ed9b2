/**
 * Addresses of resources: URLs, paths with a query, Windows paths.
 *
 * @module
 */
import { BAR, COLON, COMMA, FULL_STOP, SPACE } from "./ascii.ts";

const STOPS = new Uint8Array(256);
for (const char of "\"'<>()[]{}") STOPS[char.charCodeAt(0)] = 1;
STOPS[COMMA] = STOPS[BAR] = 1;
for (let byte = 0; byte <= SPACE; byte++) STOPS[byte] = 1;

/** Where a URL that reaches to `from` at least ends; dots and colons at its end belong to the sentence. */
export function urlEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && STOPS[bytes[at]] === 0) at++;
  while (bytes[at - 1] === FULL_STOP || bytes[at - 1] === COLON) at--;
  return at;
}
