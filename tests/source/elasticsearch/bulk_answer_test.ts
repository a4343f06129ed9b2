import assert from "node:assert/strict";
import { readBulkAnswer } from "../../../lib/source/elasticsearch/bulk_answer.ts";

/** How an item that is refused like this is sorted. */
function sorted(status: number, type: string, reason = ""): string {
  const { later, kept, dead } = readBulkAnswer(
    { items: [{ create: { status, error: { type, reason } } }] },
    1,
  );
  return later.length > 0 ? "later" : kept.length > 0 ? "kept" : dead.length > 0 ? "dead" : "taken";
}

Deno.test("readBulkAnswer() sorts refusals by what is to be done", () => {
  assert.equal(sorted(429, "es_rejected_execution_exception"), "later");
  assert.equal(sorted(503, "unavailable_shards_exception"), "later");
  assert.equal(sorted(429, "cluster_block_exception"), "later"); // its disk is full
  assert.equal(sorted(403, "cluster_block_exception"), "later"); // read-only
  assert.equal(sorted(403, "security_exception"), "kept");
  assert.equal(sorted(404, "index_not_found_exception"), "kept");
  assert.equal(sorted(400, "validation_exception", "this action would add [2] shards"), "kept");
  assert.equal(sorted(400, "document_parsing_exception"), "dead");
  assert.equal(sorted(409, "version_conflict_engine_exception"), "taken");
});

Deno.test("readBulkAnswer() refuses an answer about other items", () => {
  assert.throws(() => readBulkAnswer({ items: [] }, 1), RangeError);
  assert.throws(() => readBulkAnswer(null, 1), RangeError);
});
