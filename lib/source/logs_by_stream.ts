/**
 * Which logs belong to which stream, named in one list.
 *
 * @module
 */

/**
 * The logs of each stream, in the order in which streams are first named.
 *
 * @param logs `stream=log`, e.g. `shop=logs/shop*.log` or `shop=elasticsearch:shop-*`; a stream that occurs again has all its
 * logs. Only the first `=` counts.
 * @returns Names of logs by stream, for `openLogs`.
 * @throws {SyntaxError} if a text names no stream, or no log.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { logsByStream } from "./logs_by_stream.ts";
 *
 * const logs = logsByStream(["web=logs/web.log*", "db=elasticsearch:db-*", "web=old/web=1.log"]);
 * assert.deepEqual([...logs], [["web", ["logs/web.log*", "old/web=1.log"]], ["db", ["elasticsearch:db-*"]]]);
 * assert.throws(() => logsByStream(["web.log"]), /Cannot tell the stream of web.log/);
 * ```
 */
export function logsByStream(logs: readonly string[]): Map<string, string[]> {
  const streams = new Map<string, string[]>();
  for (const text of logs) {
    const cut = text.indexOf("="), stream = text.slice(0, Math.max(0, cut)).trim();
    const log = text.slice(cut + 1).trim();
    if (stream === "" || log === "") {
      throw new SyntaxError(`Cannot tell the stream of ${text}: write stream=log, such as web=logs/web.log`);
    }
    const own = streams.get(stream);
    if (own === undefined) streams.set(stream, [log]);
    else own.push(log);
  }
  return streams;
}
