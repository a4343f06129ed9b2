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
  assert.equal(joinLines(batch, { begun: false, loose: 0 }).begun, true);
  assert.deepEqual(rows(batch), [["#a\n  1\n", 3, "#a"], ["#b", 1, "#b"], ["#c\n  2", 2, "#c"]]);
  assert.deepEqual([...batch.timestamp.subarray(0, 3)], [0, 3, 4]);
  assert.deepEqual([...batch.severity.subarray(0, 3)], [0, 3, 4]);
  assert.equal(batch.continued, 0);
});

Deno.test("joinLines() keeps lines before any record as rows", () => {
  const batch = batchOf("banner\n\n#a\n  1\n");
  assert.equal(joinLines(batch, { begun: false, loose: 0 }).begun, true);
  assert.deepEqual(rows(batch), [["banner", 1, "banner"], ["", 1, ""], ["#a\n  1", 2, "#a"]]);
  assert.equal(joinLines(batchOf("banner\n"), { begun: false, loose: 0 }).begun, false);
});

Deno.test("joinLines() counts what continues a record of an earlier batch", () => {
  const batch = batchOf("  1\n  2\n#a\n");
  assert.equal(joinLines(batch, { begun: true, loose: 0 }).begun, true);
  assert.equal(batch.continued, 2);
  assert.deepEqual(rows(batch), [["#a", 1, "#a"]]);
  assert.equal(batch.start[0], 8);
});

Deno.test("joinLines() stops a record's text at the limit and goes on counting its lines", () => {
  const long = ` ${"x".repeat(40_000)}`, batch = batchOf(`#a\n${long}\n${long}\n`);
  joinLines(batch, { begun: false, loose: 0 });
  assert.deepEqual(rows(batch), [[`#a\n${long}`, 3, "#a"]]);
});

Deno.test("joinLines() joins any number of lines that are parts of a record, and a few others", () => {
  const frames = "  at a\njava.io.IOException: gone\nCaused by: x\n... 7 more\n\n)\n".repeat(40),
    others = "plain\n".repeat(60);
  const trace = batchOf(`#a\n${frames}#b\n`);
  assert.deepEqual({ ...joinLines(trace, { begun: false, loose: 0 }), taken: 0 }, {
    ...{ begun: true, loose: 0, doubtful: 0, taken: 0 },
  });
  assert.equal(trace.length, 2);
  const batch = batchOf(`#a\n${others}`);
  assert.deepEqual(joinLines(batch, { begun: false, loose: 0 }), {
    ...{ begun: true, loose: 60, doubtful: 50, taken: 61 },
  });
  assert.deepEqual(rows(batch).map(([, lines]) => lines), [51, ...Array(10).fill(1)]);
});

Deno.test("joinLines() joins a part of a record to a row without a header, too, once there are too many", () => {
  const batch = batchOf("plain\n  part\n#a\n");
  joinLines(batch, { begun: true, loose: 50 });
  assert.deepEqual([rows(batch), batch.continued], [[["plain\n  part", 2, "plain"], ["#a", 1, "#a"]], 0]);
});

Deno.test("joinLines() makes every line a row where records have one line", () => {
  const batch = batchOf("#a\n  part\nplain\n");
  assert.equal(joinLines(batch, { begun: true, loose: 0, multiline: false }).loose, 2);
  assert.equal(batch.length, 3);
});

Deno.test("joinLines() stops behind the row that it is told to", () => {
  const batch = batchOf("#a\n1\n2\n3\n");
  const told: [number, number][] = [];
  const onLoose = (line: number, loose: number) => told.push([line, loose]) === 2;
  const joined = joinLines(batch, { begun: true, loose: 0, multiline: false, onLoose });
  assert.deepEqual([told, joined.taken, batch.length], [[[1, 0], [2, 1]], 3, 3]);
});
