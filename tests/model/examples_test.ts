import assert from "node:assert/strict";
import { Examples, type ExampleWindow } from "../../lib/model/examples.ts";
import { LogBatch } from "../../lib/record/log_batch.ts";

/** Notes texts one after the other, each in a slice of its own, all of template 0; the time is the place. */
function noted(texts: string[], examples = new Examples()): Examples {
  texts.forEach((text, i) => {
    const batch = new LogBatch(), bytes = new TextEncoder().encode(text);
    batch.bytes.set(bytes);
    batch.length = 1;
    [batch.start[0], batch.recordEnd[0], batch.timestamp[0], batch.template[0]] = [0, bytes.length, i, 0];
    examples.note(batch, 0, 1);
  });
  return examples;
}

function session(key: string): ExampleWindow {
  return { kind: "session", key, start: NaN, end: NaN };
}

Deno.test("Examples.line() gives the latest kept line that names the session, else the latest of all", () => {
  const examples = noted(["a=1 first", "a=1 second", "ä=2", "a=3"]);
  assert.equal(examples.line(0, session("a=1")), "a=1 second");
  assert.equal(examples.line(0, session("ä=2")), "ä=2");
  assert.equal(examples.line(0, session("a=9")), "a=3");
  assert.equal(examples.line(1, session("a=1")), "");
});

Deno.test("Examples.line() gives the latest kept line within a time window, else the latest of all", () => {
  const examples = noted(["zero", "one", "two", "three"]);
  const between = (start: number, end: number) => examples.line(0, { kind: "window", key: "", start, end });
  assert.deepEqual([between(0, 1), between(2, 2), between(8, 9)], ["one", "two", "three"]);
});

Deno.test("Examples.line() forgets all but the eight latest lines", () => {
  const examples = noted(Array.from({ length: 9 }, (_, i) => `a=${i};`));
  assert.equal(examples.line(0, session("a=1;")), "a=1;");
  assert.equal(examples.line(0, session("a=0;")), "a=8;");
  noted(["a=9;"], examples);
  assert.equal(examples.line(0, session("a=1;")), "a=9;");
});

Deno.test("Examples.line() redacts, and puts a record of several lines on one", () => {
  let redacted = 0;
  const redactor = (text: string) => (redacted++, text.replace("hunter2", "<secret>"));
  const examples = noted(["password hunter2\n  at login"], new Examples(redactor));
  for (let i = 0; i < 3; i++) {
    assert.equal(examples.line(0, session("x")), "password <secret> ⏎ at login");
  }
  assert.equal(redacted, 1);
});
