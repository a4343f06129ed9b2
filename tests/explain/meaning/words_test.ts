import assert from "node:assert/strict";
import fc from "fast-check";
import { featuresOf } from "../../../lib/explain/meaning/features.ts";
import { SENSES, toldSenses } from "../../../lib/explain/meaning/senses/senses.ts";
import { readable, wordsOf } from "../../../lib/explain/meaning/words.ts";

Deno.test("wordsOf() takes names apart and brings endings together", () => {
  assert.deepEqual(wordsOf("OutOfMemoryError"), ["out", "of", "memory", "error"]);
  assert.deepEqual(wordsOf("HTTPServer dropped"), wordsOf("http server drop"));
  for (const word of ["connections", "timed", "retries", "failing"]) assert.notEqual(wordsOf(word)[0], word);
  assert.deepEqual(wordsOf("retries"), wordsOf("retry"));
});

Deno.test("wordsOf() keeps numbers that tell something, and no others", () => {
  assert.deepEqual(wordsOf("code 503, exit 137, took 812 ms at 10.0.0.4:443"), [
    ...["code", "503", "exit", "137", "took", "ms", "at"],
  ]);
});

Deno.test("wordsOf() leaves places of templates out", () => {
  assert.deepEqual(wordsOf("read <*> of <secret> bytes"), wordsOf("read of bytes"));
});

Deno.test("readable() keeps the beginning and the end of a long text", () => {
  const text = `begin ${"x".repeat(9_000)} end`;
  assert(readable(text).startsWith("begin"));
  assert(readable(text).endsWith("end"));
  assert(readable(text).length < 2_100);
  assert.equal(readable("short"), "short");
});

Deno.test("toldSenses() finds phrases, also with words between", () => {
  const told = (text: string) => toldSenses(wordsOf(text)).map(({ sense }) => SENSES[sense].id);
  assert(told("rate of requests exceeded").includes("quota-rate"));
  assert(told("the token of anna has expired").includes("authentication-token"));
  assert.deepEqual(told("qwrtz"), []);
});

Deno.test("toldSenses() prefers the longest phrase at a word", () => {
  const ids = toldSenses(wordsOf("certificate path")).map(({ sense }) => SENSES[sense].id);
  assert.deepEqual(ids, ["tls-certificate"]);
  const [{ length }] = toldSenses(wordsOf("connection refused by peer"));
  assert.equal(length, 2);
});

Deno.test("featuresOf() has length 1 or 0, its numbers in order, for any text", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(0xffff), { maxLength: 200 }).map((codes) => String.fromCharCode(...codes)),
      (text) => {
        const { ids, values } = featuresOf(text),
          square = values.reduce((sum, value) => sum + value * value, 0);
        assert(ids.length === 0 || Math.abs(square - 1) < 1e-9);
        assert(ids.every((id, i) => i === 0 || id > ids[i - 1]));
        assert.equal(ids.length, values.length);
      },
    ),
  );
});
