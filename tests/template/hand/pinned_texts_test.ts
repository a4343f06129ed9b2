import assert from "node:assert/strict";
import fc from "fast-check";
import { PinnedTexts, pinText } from "../../../lib/template/hand/pinned_texts.ts";

const encoder = new TextEncoder();

function pinOf(line: string, ...pins: string[]): number {
  const bytes = encoder.encode(`«${line}»`);
  return new PinnedTexts(pins).find(bytes, 2, bytes.length - 2);
}

Deno.test("PinnedTexts.find() gives the first pin that the line matches", () => {
  assert.equal(pinOf("job 7 done in 3 ms", "job <*> failed", "job <*> done <*>", "job <*>"), 1);
  assert.equal(pinOf("job 7 waits", "job <*> failed", "job <*> done <*>", "job <*>"), 2);
  assert.equal(pinOf("a job 7 waits", "job <*>"), -1);
  assert.equal(pinOf("", "job <*>"), -1);
  assert.equal(pinOf("   ", "job <*>"), -1);
});

Deno.test("PinnedTexts.find() takes the whole line, a value may be several words or nothing", () => {
  assert.equal(pinOf("state=", "state=<*>"), 0);
  assert.equal(pinOf("state=a b c", "state=<*>"), 0);
  assert.equal(pinOf("x failed: no route to host (3)", "<*> failed: <*> (<*>)"), 0);
  assert.equal(pinOf("x failed: no route to host", "<*> failed: <*> (<*>)"), -1);
  assert.equal(pinOf("started", "started"), 0);
  assert.equal(pinOf("started twice", "started"), -1);
  assert.equal(pinOf("aa", "a<*>a"), 0);
  assert.equal(pinOf("a", "a<*>a"), -1);
});

Deno.test("PinnedTexts.find() takes any blanks for a blank", () => {
  assert.equal(pinOf("  link   eth0\tis  up ", "link <*> is up"), 0);
  assert.equal(pinOf("link is up", "link <*> is up"), -1); // two blanks are asked for, around a value that may be nothing
  assert.equal(pinOf("link  is up", "link <*> is up"), 0);
});

Deno.test("pinText() takes what redaction left for values, and refuses a text that would take every line", () => {
  assert.equal(pinText("login of <email> key=<secret><redacted>"), "login of <*> key=<*>");
  for (const text of ["", "<*>", "<*> - <*>", " <email>: "]) assert.throws(() => pinText(text), SyntaxError);
});

Deno.test("PinnedTexts.find() finds just what a regular expression finds", () => {
  const part = fc.string({ unit: fc.constantFrom(..."ab ="), maxLength: 4 });
  const texts = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `a${parts.join("<*>")}`);
  const line = fc.string({ unit: fc.constantFrom(..."aab ="), maxLength: 16 });
  fc.assert(
    fc.property(texts, line, (text, line) => {
      const kept = pinText(text);
      const parts = kept.split("<*>").map((part) => part.replace(/ +/g, (run) => " +".repeat(run.length)));
      const found = new RegExp(`^ *${parts.join("[^]*")} *$`).test(line);
      if (pinOf(line, text) === 0) assert.ok(found, "a pin takes only what it says");
      else if (!/ {2}/.test(line) && !/^ | $/.test(line)) assert.ok(!found, "a pin takes all that it says");
    }),
  );
});

Deno.test("pinText() keeps one blank of several, so that a text with columns matches its own lines", () => {
  const text = "  session \t opened   for <*> ", line = new TextEncoder().encode("session    opened for ann");
  assert.equal(pinText(text), "session opened for <*>");
  assert.equal(new PinnedTexts([text]).find(line, 0, line.length), 0);
});
