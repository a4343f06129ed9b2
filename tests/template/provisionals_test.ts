import assert from "node:assert/strict";
import { Masker } from "../../lib/template/mask/masker.ts";
import { NameRegister } from "../../lib/template/name_register.ts";
import { Provisionals } from "../../lib/template/provisionals.ts";

const masker = new Masker();
function masked(line: string) {
  const bytes = new TextEncoder().encode(line);
  return masker.mask(bytes, 0, bytes.length);
}

Deno.test("Provisionals numbers births in their order, a sequence once", () => {
  const births = new Provisionals(7, new NameRegister());
  assert.deepEqual(["disk full", "took 12 ms", "disk full"].map((line) => births.of(masked(line))), [
    7,
    8,
    7,
  ]);
  births.count(8, 9);
  births.count(8, 5);
  assert.deepEqual(births.saved().map(({ text, count, severity }) => [text, count, severity]), [
    ["disk full", 0, 0],
    ["took <*> ms", 2, 9],
  ]);
  assert.equal(births.template(6), undefined);
});

Deno.test("Provisionals goes on with what an earlier run saved", () => {
  const before = new Provisionals(3, new NameRegister());
  before.of(masked("disk full"));
  const after = new Provisionals(3, new NameRegister());
  assert.equal(after.adopt(before.saved()[0]), 3);
  assert.equal(after.of(masked("disk full")), 3);
  assert.deepEqual(after.saved(), before.saved());
});

Deno.test("Provisionals tells lines past the limit apart by their outline", () => {
  const births = new Provisionals(0, new NameRegister(), 1);
  const numbers = ["disk full", "net down", "all ok", "net: down"].map((line) => births.of(masked(line)));
  assert.deepEqual(numbers, [0, 1, 1, 2]);
  assert.deepEqual(births.saved().map(({ text }) => text), ["disk full", "<*> <*>", "<*>"]);
  assert.throws(() => new Provisionals(0, new NameRegister(), 0), RangeError);
});
