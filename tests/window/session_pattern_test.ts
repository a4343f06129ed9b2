import assert from "node:assert/strict";
import fc from "fast-check";
import { RE2JS } from "re2js";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { LogBatch } from "../../lib/record/log_batch.ts";
import { SessionPattern } from "../../lib/window/session_pattern.ts";

function batchOf(texts: string[]): LogBatch {
  const batch = new LogBatch(new Dictionary(), 1 << 17, 64);
  for (const text of texts) {
    const bytes = new TextEncoder().encode(text), i = batch.length++;
    batch.start[i] = batch.filled;
    batch.bytes.set(bytes, batch.filled);
    batch.filled = batch.recordEnd[i] = batch.filled + bytes.length;
    batch.bytes[batch.filled++] = 10;
    batch.lines[i] = text.split("\n").length;
  }
  return batch;
}

/** Keys of each text, as text. */
function keysOf(pattern: string, ...texts: string[]): string[][] {
  const batch = batchOf(texts), keys = new Dictionary();
  SessionPattern.compile(pattern).find(batch, 0, batch.length, keys);
  return texts.map((_, i) =>
    [...batch.session.subarray(batch.sessionStart[i], batch.sessionStart[i + 1])].map((key) => keys.text(key))
  );
}

for (
  const [pattern, text, keys, simple] of [
    ["blk_-?\\d+", "a blk_-12 blk_7blk_8 blk_- blk_x blk_-12", ["blk_-12", "blk_7", "blk_8"], true],
    ["order=(\\d+)", "order=17, order= order=18x", ["17", "18"], true],
    ["trace=\\S+", "trace=a/b-c trace= trace=é", ["trace=a/b-c", "trace=é"], true],
    ["[0-9a-f]{8}-[0-9a-f]{4}", "id 0123abcd-12ef, 00123abcd-12ef1", ["0123abcd-12ef"], true],
    ["^\\S+", "10.0.0.1 - GET", ["10.0.0.1"], false],
    ["\\d+\\.\\d+\\.\\d+\\.\\d+", "1.2.3 from 10.0.0.1:80 to 10.0.0.22.", ["10.0.0.1", "10.0.0.22"], true],
    ["(?:req|trace)=(\\w+)", "req=a trace=b", ["a", "b"], false],
    ["sshd\\[(\\d+)\\]", "sshd[12]: x sshd[a] sshd[13", ["12"], true],
    ["user (\\w+)|host", "user ann host", ["ann"], false],
    ["größe=(\\d+)", "größe=12", ["12"], false],
    ["name=([ä-ü]+)", "name=äöü!", ["äöü"], false],
    ["(?i)REQ-\\d+", "req-7", ["req-7"], false],
    ["a", "banana", ["a"], true],
  ] as [string, string, string[], boolean][]
) {
  Deno.test(`SessionPattern.find() finds ${pattern}`, () => {
    assert.deepEqual(keysOf(pattern, text), [keys]);
    assert.equal(SessionPattern.compile(pattern).isSimple, simple);
  });
}

Deno.test("SessionPattern.find() leaves out the lines that continue a record", () => {
  assert.deepEqual(keysOf("k=\\w+", "k=a\n  at k=b", "k=c\r\nk=d"), [["k=a"], ["k=c"]]);
  assert.deepEqual(keysOf("k=\\S+", "k=a\r\nk=b"), [["k=a"]]);
});

Deno.test("SessionPattern.find() gives each of very many keys of one line once", () => {
  const names = Array.from({ length: 3000 }, (_, i) => `k=${i}`);
  assert.deepEqual(keysOf("k=\\d+", [...names, ...names].join(" ")), [names]);
});

Deno.test("SessionPattern.find() continues where an earlier part of the batch stopped", () => {
  const batch = batchOf(["k=1 k=2", "-", "k=3", "k=1"]), keys = new Dictionary();
  const pattern = SessionPattern.compile("k=\\d");
  pattern.find(batch, 0, 2, keys);
  pattern.find(batch, 2, 4, keys);
  assert.deepEqual([...batch.sessionStart.subarray(0, 5)], [0, 2, 2, 3, 4]);
  assert.deepEqual([...batch.session.subarray(0, 4)], [0, 1, 2, 0]);
});

Deno.test("SessionPattern.compile() refuses what is no pattern, and says why", () => {
  for (const pattern of ["(", "[a", "*", "a(?=b", "(a)\\1", "a{2,1}", "\\", ")"]) {
    assert.throws(
      () => SessionPattern.compile(pattern),
      (error: Error) =>
        error instanceof SyntaxError && error.message.startsWith("Cannot read the session pattern: ") &&
        error.message.endsWith(`current value is ${pattern}`),
      pattern,
    );
  }
  assert.throws(() => SessionPattern.compile(""), { name: "SyntaxError", message: /it is empty/ });
});

// a few letters, so that items overlap often and matches nearly happen
const atom = fc.constantFrom(
  "a",
  "b",
  "-",
  "\\d",
  "\\w",
  "[ab]",
  "[^a]",
  "[0-9a-b]",
  ".",
  "\\S",
  "\\.",
  "ab",
);
const quantifier = fc.constantFrom("", "", "", "?", "+", "*", "{2}", "{2,}", "{1,2}", "{0,1}");
const piece = fc.tuple(atom, quantifier).map(([one, times]) =>
  (one === "ab" && times !== "" ? "a" : one) + times
);
// begins with a literal, which is searched in all rows at once
const prefixed = fc.tuple(fc.constantFrom("ab", "aa", "a-a", "-1-", "b_c"), fc.array(piece, { maxLength: 3 }))
  .map(([literal, rest]) => literal + rest.join(""));
const simplePattern = fc.tuple(
  fc.array(piece, { maxLength: 3 }),
  fc.array(piece, { minLength: 1, maxLength: 3 }),
  fc.boolean(),
)
  .map(([before, key, grouped]) => before.join("") + (grouped ? `(${key.join("")})` : key.join("")));

Deno.test("SessionPattern.find() agrees with a general engine on every simple pattern", () => {
  let simple = 0;
  const text = fc.string({
    unit: fc.constantFrom("a", "b", "c", "-", "1", ".", " "),
    maxLength: 24,
    size: "max",
  });
  fc.assert(
    fc.property(simplePattern, text, (pattern, line) => {
      if (SessionPattern.compile(pattern).isSimple) simple++;
      const matcher = RE2JS.compile(pattern).matcher(line), expected = new Set<string>();
      const group = matcher.groupCount();
      while (matcher.find()) if (matcher.group(group)) expected.add(matcher.group(group)!);
      assert.deepEqual(keysOf(pattern, line), [[...expected]]);
    }),
    { numRuns: 4000 },
  );
  assert.ok(simple > 1000, `only ${simple} patterns were simple`);
});

Deno.test("SessionPattern.find() finds in each row of a batch what a general engine finds in its first line", () => {
  const character = fc.constantFrom("a", "a", "b", "c", "-", "1", "_", " ");
  const line = fc.string({ unit: character, maxLength: 12, size: "max" });
  const row = fc.array(line, { minLength: 1, maxLength: 2 });
  fc.assert(
    fc.property(prefixed, fc.array(row, { minLength: 1, maxLength: 6 }), (pattern, rows) => {
      const engine = RE2JS.compile(pattern),
        expected = rows.map(([first]) => {
          const matcher = engine.matcher(first), keys = new Set<string>();
          while (matcher.find()) keys.add(matcher.group(0)!);
          return [...keys];
        });
      assert.deepEqual(keysOf(pattern, ...rows.map((lines) => lines.join("\n"))), expected);
    }),
    { numRuns: 3000 },
  );
});
