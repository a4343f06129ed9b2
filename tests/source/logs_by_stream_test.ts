import assert from "node:assert/strict";
import { logsByStream } from "../../lib/source/logs_by_stream.ts";

Deno.test("logsByStream() keeps the order in which streams and their logs are named", () => {
  const logs = logsByStream(["db=a.log", "web=b.log", " db = elasticsearch:db-*"]);
  assert.deepEqual([...logs], [["db", ["a.log", "elasticsearch:db-*"]], ["web", ["b.log"]]]);
  assert.equal(logsByStream([]).size, 0);
});

Deno.test("logsByStream() leaves an equals sign in the log's own name alone", () => {
  assert.deepEqual(logsByStream(["web=day=1/web.log"]).get("web"), ["day=1/web.log"]);
});

Deno.test("logsByStream() refuses a text that names no stream or no log", () => {
  for (const text of ["web.log", "=web.log", "web=", "web= ", ""]) {
    assert.throws(() => logsByStream([text]), { name: "SyntaxError", message: /Cannot tell the stream of/ });
  }
});
