/**
 * Requests in access logs.
 *
 * @module
 */

/** A request with its answer's status: `"GET /path HTTP/1.1" 200`, with or without the opening quote. */
const REQUEST = /^("?[A-Z]{3,8} )(\S+)( HTTP\/[\d.]+" )[1-5]\d\d(?= |$)/;

/**
 * The message of an access log's line for another path and status; `null` where it is no request.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withRequest } from "./request.ts";
 *
 * assert.equal(withRequest('"GET / HTTP/1.1" 200 15', "/.env", 404), '"GET /.env HTTP/1.1" 404 15');
 * assert.equal(withRequest("job started", "/.env", 404), null);
 * ```
 */
export function withRequest(content: string, path: string, status: number): string | null {
  return REQUEST.test(content)
    ? content.replace(REQUEST, (_, method, __, version) => `${method}${path}${version}${status}`)
    : null;
}
