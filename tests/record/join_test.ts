import assert from "node:assert/strict";
import { joinLines } from "../../lib/record/join.ts";
import { findLines } from "../../lib/record/lines.ts";
import { LogBatch } from "../../lib/record/log_batch.ts";

/** A batch of lines; those that begin with `#` have a header. */
function batchOf(text: string): LogBatch {
  const batch = new LogBatch();
  findLines(batch, new TextEncoder().encodeInto(text, batch.bytes).written);
  for (let i = 0; i < batch.length; i++) {
    batch.parsed[i] = batch.bytes[batch.start[i]] === 35 ? 1 : 0;
    batch.timestamp[i] = batch.parsed[i] ? i : NaN;
    batch.severity[i] = i;
    batch.service[i] = i;
    batch.contentStart[i] = batch.start[i];
    batch.contentEnd[i] = batch.recordEnd[i];
  }
  batch.filled = new TextEncoder().encode(text).length;
  return batch;
}

function rows(batch: LogBatch) {
  return [...Array(batch.length).keys()].map((
    i,
  ) => [batch.record(i).text, batch.lines[i], batch.record(i).content]);
}

Deno.test("joinLines() joins lines without a header to the record before", () => {
  const batch = batchOf("#a\n  1\n\n#b\n#c\n  2\n");
  assert.equal(joinLines(batch, { begun: false }), true);
  assert.deepEqual(rows(batch), [["#a\n  1\n", 3, "#a"], ["#b", 1, "#b"], ["#c\n  2", 2, "#c"]]);
  assert.deepEqual([...batch.timestamp.subarray(0, 3)], [0, 3, 4]);
  assert.deepEqual([...batch.severity.subarray(0, 3)], [0, 3, 4]);
  assert.equal(batch.continued, 0);
});

Deno.test("joinLines() keeps lines before any record as rows", () => {
  const batch = batchOf("banner\n\n#a\n  1\n");
  assert.equal(joinLines(batch, { begun: false }), true);
  assert.deepEqual(rows(batch), [["banner", 1, "banner"], ["", 1, ""], ["#a\n  1", 2, "#a"]]);
  assert.equal(joinLines(batchOf("banner\n"), { begun: false }), false);
});

Deno.test("joinLines() counts what continues a record of an earlier batch", () => {
  const batch = batchOf("  1\n  2\n#a\n");
  assert.equal(joinLines(batch, { begun: true }), true);
  assert.equal(batch.continued, 2);
  assert.deepEqual(rows(batch), [["#a", 1, "#a"]]);
  assert.equal(batch.start[0], 8);
});

Deno.test("joinLines() stops a record's text at the limit and goes on counting its lines", () => {
  const batch = batchOf("#a\n1234\n5678\n");
  joinLines(batch, { begun: false, recordLimit: 8 });
  assert.deepEqual(rows(batch), [["#a\n1234", 3, "#a"]]);
});
