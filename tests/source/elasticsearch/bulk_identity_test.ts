import assert from "node:assert/strict";
import fc from "fast-check";
import { LogChain } from "../../../lib/source/elasticsearch/bulk_identity.ts";

const decoder = new TextDecoder(), encoder = new TextEncoder();

/** The names of a file's lines, with a new chain from `restart` on. */
function names(log: string, lines: readonly string[], restart = Infinity): string[] {
  let chain = new LogChain(log), offset = 0;
  return lines.map((line, i) => {
    if (i === restart) chain = new LogChain(log, chain.state);
    const bytes = encoder.encode(line), name = decoder.decode(chain.next(bytes, 0, bytes.length, offset));
    offset += bytes.length + 1;
    return name;
  });
}

Deno.test("LogChain names the same lines alike, wherever it was interrupted", () => {
  fc.assert(fc.property(fc.array(fc.string()), fc.nat(20), (lines, restart) => {
    assert.deepEqual(names("a", lines, restart), names("a", lines));
  }));
});

Deno.test("LogChain names equal lines at equal offsets apart by log and by what stands before", () => {
  const [first, second] = names("a", ["one", "same"]);
  assert.notEqual(first, second);
  assert.notEqual(second, names("a", ["two", "same"])[1]);
  assert.notEqual(second, names("b", ["one", "same"])[1]);
  assert.match(second, /^[\w-]{24}$/);
});

Deno.test("LogChain has no two names alike in half a million lines", () => {
  const chain = new LogChain("a"), seen = new Set<string>(), line = encoder.encode("again");
  for (let i = 0; i < 500_000; i++) seen.add(decoder.decode(chain.next(line, 0, 5, i * 6)));
  assert.equal(seen.size, 500_000);
});

Deno.test("LogChain refuses a state that is none", () => {
  assert.throws(() => new LogChain("a", "8"), SyntaxError);
});
