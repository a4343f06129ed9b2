import assert from "node:assert/strict";
import { Examples, type ExampleWindow } from "../../lib/model/examples.ts";
import { LogBatch } from "../../lib/record/log_batch.ts";

/** Notes texts one after the other, each in a slice of its own, all of template 0; the time is the place. */
function noted(texts: string[], examples = new Examples(), services: number[] = []): Examples {
  texts.forEach((text, i) => {
    const batch = new LogBatch(), bytes = new TextEncoder().encode(text);
    batch.bytes.set(bytes);
    batch.length = 1;
    [batch.start[0], batch.recordEnd[0], batch.timestamp[0], batch.template[0]] = [0, bytes.length, i, 0];
    batch.service[0] = services[i] ?? 0;
    examples.note(batch, 0, 1);
  });
  return examples;
}

function session(key: string, [start, end] = [NaN, NaN]): ExampleWindow {
  return { kind: "session", key, service: 0, start, end };
}

function minute(start: number, end: number, service = 0): ExampleWindow {
  return { kind: "window", key: "", service, start, end };
}

Deno.test("Examples.line() gives the first kept line that names the session, else the latest of all, and says which", () => {
  const examples = noted(["a=1 first", "a=1 second", "ä=2", "a=3"]);
  assert.deepEqual(examples.line(0, session("a=1")), { text: "a=1 first", isOwn: true });
  assert.deepEqual(examples.line(0, session("ä=2")), { text: "ä=2", isOwn: true });
  assert.deepEqual(examples.line(0, session("a=9")), { text: "a=3", isOwn: false });
  assert.deepEqual(examples.line(1, session("a=1")), { text: "", isOwn: false });
});

Deno.test("Examples.line() takes no part of a longer key for a session's, and no line of another time", () => {
  const examples = noted(["order=77 paid", "order7 paid", "blk_12", "blk_1, blk_2", "user=ann"]);
  const own = (key: string, span?: [number, number]) => examples.line(0, session(key, span)).isOwn;
  assert.deepEqual([own("77"), own("7"), own("2"), own("1")], [true, true, true, true]);
  assert.deepEqual([own("12"), own("lk_"), own("an"), own("er")], [true, false, false, false]);
  assert.equal(examples.line(0, session("1")).text, "blk_1, blk_2");
  assert.deepEqual([own("ann", [0, 4]), own("ann", [4, 9]), own("ann", [5, 9])], [true, true, false]);
});

Deno.test("Examples.line() gives the first kept line within a time window, else the latest of all, and says which", () => {
  const examples = noted(["zero", "one", "two", "three"]);
  assert.deepEqual(examples.line(0, minute(1, 3)), { text: "one", isOwn: true });
  assert.deepEqual(examples.line(0, minute(2, 3)), { text: "two", isOwn: true });
  assert.deepEqual(examples.line(0, minute(8, 9)), { text: "three", isOwn: false });
});

Deno.test("Examples.line() prefers lines of the window's service", () => {
  const examples = noted(["of 1", "of 0"], new Examples(), [1, 0]);
  assert.deepEqual(examples.line(0, minute(0, 9, 1)), { text: "of 1", isOwn: true });
  assert.deepEqual(examples.line(0, minute(1, 9, 1)), { text: "of 1", isOwn: false });
  assert.deepEqual(examples.line(0, minute(0, 9, 2)), { text: "of 0", isOwn: false });
});

Deno.test("Examples.line() forgets all but the eight latest lines", () => {
  const examples = noted(Array.from({ length: 9 }, (_, i) => `a=${i};`));
  assert.equal(examples.line(0, session("a=1;")).text, "a=1;");
  assert.equal(examples.line(0, session("a=0;")).text, "a=8;");
  noted(["a=9;"], examples);
  assert.equal(examples.line(0, session("a=1;")).text, "a=9;");
});

Deno.test("Examples.note() keeps each of a rare template's lines, of others the first one of a slice", () => {
  const batch = new LogBatch(), text = new TextEncoder();
  const note = (texts: string[]) => {
    let at = 0;
    texts.forEach((each, row) => {
      const bytes = text.encode(each);
      batch.bytes.set(bytes, at);
      [batch.start[row], batch.recordEnd[row], batch.template[row]] = [at, at += bytes.length, 0];
      batch.timestamp[row] = NaN;
    });
    batch.length = texts.length;
    examples.note(batch, 0, texts.length);
  };
  const examples = new Examples(), isOwn = (i: number) => examples.line(0, session(`a=${i};`)).isOwn;
  note(Array.from({ length: 8 }, (_, i) => `a=${i};`));
  assert.deepEqual(Array.from({ length: 8 }, (_, i) => isOwn(i)), Array(8).fill(true));
  note(["a=8;", "a=9;"]);
  assert.deepEqual([isOwn(0), isOwn(1), isOwn(8), isOwn(9)], [false, true, true, false]);
});

Deno.test("Examples.line() redacts, and puts a record of several lines on one", () => {
  let redacted = 0;
  const redactor = (text: string) => (redacted++, text.replace("hunter2", "<secret>"));
  const examples = noted(["password hunter2\n  at login"], new Examples(redactor));
  for (let i = 0; i < 3; i++) {
    assert.equal(examples.line(0, session("x")).text, "password <secret> ⏎ at login");
  }
  assert.equal(redacted, 1);
});

Deno.test("Examples.line() shows no part of a secret that lies across the edge of what is shown or kept", () => {
  for (const edge of [600, 856]) {
    const long = `${"word ".repeat(200).slice(0, edge - 10)} ann.smith@example.org ${"x".repeat(900)}`;
    const { text } = noted([long]).line(0, minute(0, 1));
    assert.doesNotMatch(text, /ann/, `${edge}`);
    assert.ok(text.length > 580 && text.length <= 600, `${text.length}`);
  }
});
