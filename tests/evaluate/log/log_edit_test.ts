import assert from "node:assert/strict";
import fc from "fast-check";
import { LogEdit } from "../../../lib/evaluate/log/log_edit.ts";
import { recorded, textOf } from "../made_log.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("LogEdit gives the very bytes back where nothing was done", async () => {
  const text = "\n\nlast\r\nline \xff without end";
  const log = await recorded(text, { format: "content" });
  assert.deepEqual(new LogEdit(log).bytes(0), log.inputs[0].bytes);
});

Deno.test("LogEdit closes the line before one that is put in", async () => {
  const log = await recorded("one\ntwo", { format: "content" }), edit = new LogEdit(log);
  edit.insert(0, 2, bytes("three\n"));
  assert.equal(textOf(edit.bytes(0)), "one\ntwo\nthree\n");
});

Deno.test("LogEdit.add() brings both changes together, and leaves the other edit as it was", async () => {
  const log = await recorded("one\ntwo\nthree\n", { format: "content" });
  const [first, second] = [new LogEdit(log), new LogEdit(log)];
  first.remove(0);
  first.insert(0, 1, bytes("a\n"));
  second.replace(2, bytes("THREE\n"));
  second.insert(0, 1, bytes("b\n"));
  first.add(second);
  assert.equal(textOf(first.bytes(0)), "a\nb\ntwo\nTHREE\n");
  assert.equal(textOf(second.bytes(0)), "one\nb\ntwo\nTHREE\n");
  assert.deepEqual([first.removed, first.replaced, first.inserted], [1, 1, 2]);
});

Deno.test("LogEdit keeps as many lines as were there, less those taken out, and those put in", async () => {
  const change = fc.record({ at: fc.nat(29), what: fc.constantFrom("remove", "replace", "insert") });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 20 }), async (changes) => {
      const lines = Array.from({ length: 30 }, (_, i) => `line ${i}`);
      const log = await recorded(lines.join("\n") + "\n", { format: "content" }), edit = new LogEdit(log);
      const touched = new Set<number>();
      for (const { at, what } of changes) {
        if (what === "insert") edit.insert(0, at, bytes("put in\n"));
        else if (!touched.has(at)) {
          touched.add(at);
          if (what === "remove") edit.remove(at);
          else edit.replace(at, bytes("replaced\n"));
        }
      }
      const now = textOf(edit.bytes(0)).trimEnd().split("\n");
      assert.equal(now.length, 30 - edit.removed + edit.inserted);
      const left = now.filter((line) => line.startsWith("line"));
      assert.deepEqual(left, lines.filter((_, i) => !touched.has(i)));
    }),
    { numRuns: 30 },
  );
});
