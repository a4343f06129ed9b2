import assert from "node:assert/strict";
import { ElasticsearchError, failureOf } from "../../../lib/source/elasticsearch/failure.ts";

const refused = (statusCode: number, error: unknown) =>
  Object.assign(new Error("x"), { name: "ResponseError", statusCode, body: { error } });
const failed = (name: string, message: string) => Object.assign(new Error(message), { name });

Deno.test("failureOf() says what a person can do about it, and whether it may pass", () => {
  const privileges =
    "action [indices:data/read/search] is unauthorized for user [alice], this action is granted by the index privileges [read,all]";
  const block = { type: "cluster_block_exception" };
  const cases: [unknown, string, RegExp, boolean][] = [
    [
      refused(401, { type: "security_exception", reason: "unable to authenticate" }),
      "login",
      /doesn't know the user/,
      false,
    ],
    [
      refused(403, { type: "security_exception", reason: privileges }),
      "privilege",
      /privilege "read" is missing/,
      false,
    ],
    [
      refused(403, {
        ...block,
        reason: "index [a] blocked by: [FORBIDDEN/12/index read-only / allow delete (api)];",
      }),
      "read-only",
      /free some space/,
      false,
    ],
    [
      refused(503, { ...block, reason: "blocked by: [SERVICE_UNAVAILABLE/1/state not recovered];" }),
      "unavailable",
      /not ready/,
      true,
    ],
    [
      refused(404, { root_cause: [{ type: "index_not_found_exception", reason: "no such index [a]" }] }),
      "missing",
      /no such index/,
      false,
    ],
    [
      refused(404, {
        type: "search_phase_execution_exception",
        root_cause: [{ type: "search_context_missing_exception", reason: "No search context" }],
      }),
      "lost",
      /expired/,
      false,
    ],
    [
      refused(429, { type: "circuit_breaking_exception", reason: "Data too large" }),
      "memory",
      /short of memory/,
      true,
    ],
    [refused(429, { type: "es_rejected_execution_exception", reason: "queue full" }), "busy", /busy/, true],
    [
      refused(503, { type: "search_phase_execution_exception", reason: "all shards failed" }),
      "unavailable",
      /red/,
      true,
    ],
    [refused(400, { type: "media_type_header_exception", reason: "x" }), "version", /not supported/, false],
    [
      refused(400, { type: "parsing_exception", reason: "unknown query [foo]" }),
      "request",
      /400 parsing_exception.*unknown query/,
      false,
    ],
    [refused(502, "Bad gateway"), "unavailable", /502.*Bad gateway/, true],
    [failed("ProductNotSupportedError", "x"), "product", /OpenSearch/, false],
    [
      failed("ConnectionError", "self-signed certificate in certificate chain"),
      "certificate",
      /ca_file/,
      false,
    ],
    [failed("ConnectionError", "connect ECONNREFUSED 127.0.0.1:1"), "unreachable", /ECONNREFUSED/, true],
    [failed("TimeoutError", "Request timed out"), "busy", /in time/, true],
    [new SyntaxError("Cannot read JSON: cut off"), "busy", /not whole/, true],
  ];
  for (const [error, kind, words, temporary] of cases) {
    const failure = failureOf("read logs", error);
    assert.deepEqual([failure.kind, failure.temporary], [kind, temporary], failure.message);
    assert.match(failure.message, /^Cannot read logs: /);
    assert.match(failure.message, words);
    assert.equal(failure.cause, error);
  }
});

Deno.test("failureOf() leaves what is in words already", () => {
  const error = new ElasticsearchError("Cannot read logs: lost", "lost", 404);
  assert.equal(failureOf("write", error), error);
});
