import assert from "node:assert/strict";
import fc from "fast-check";
import { Catalogue } from "../../lib/template/catalogue.ts";
import { Miner } from "../../lib/template/miner.ts";
import { Lexer } from "../../lib/template/mask/lexer.ts";
import { learn, minerOf, shopLines, shuffled } from "./lines.ts";

const encoder = new TextEncoder();
const match = (catalogue: Catalogue, line: string, severity = 0): number => {
  const bytes = encoder.encode(line);
  return catalogue.matchLine(bytes, 0, bytes.length, severity);
};
const again = (catalogue: Catalogue) => Catalogue.fromJSON(JSON.parse(JSON.stringify(catalogue)));

const anyLine = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc.array(
    fc.constantFrom(
      "open",
      "close",
      "up",
      "down",
      "node",
      "user",
      "ann",
      "bob",
      "=",
      ":",
      "(",
      ")",
      "7",
      "x9",
      "null",
      "true",
      "/a/b",
      "failed",
    ),
    { maxLength: 9 },
  ).map((words) => encoder.encode(words.join(" "))),
);

Deno.test("Catalogue matches every training line with the template that the miner resolved it to, also after JSON", () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 120 }), (lines) => {
      const miner = new Miner({ formLimit: 40 });
      const indices = lines.map((bytes) => miner.learnLine(bytes, 0, bytes.length));
      const { catalogue, map } = miner.freeze();
      for (const each of [catalogue, again(catalogue)]) {
        lines.forEach((bytes, i) => assert.equal(each.matchLine(bytes, 0, bytes.length), map[indices[i]]));
        assert.equal(each.size, each.frozen);
      }
    }),
    { numRuns: 150 },
  );
});

Deno.test("Catalogue matches a shop's training lines as its miner resolved them", () => {
  const lines = shopLines(4000, 11).map(({ line }) => line), { miner, indices } = minerOf(lines);
  const { catalogue, map } = miner.freeze(), restored = again(catalogue);
  lines.forEach((line, i) => {
    assert.equal(match(catalogue, line), map[indices[i]]);
    assert.equal(match(restored, line), map[indices[i]]);
    assert.deepEqual(catalogue.template(map[indices[i]]), miner.template(indices[i]));
  });
});

Deno.test("Catalogue.match is the same for every order of lines", () => {
  const training = shopLines(1000, 12).map(({ line }) => line),
    { catalogue } = minerOf(training).miner.freeze();
  const lines = [
    ...shopLines(500, 13).map(({ line }) => line),
    ...Array.from({ length: 50 }, (_, i) => `never seen ${"x".repeat(i)} before`),
  ];
  const one = again(catalogue), two = again(catalogue), idOf = new Map<string, string>();
  for (const line of lines) idOf.set(line, one.template(match(one, line)).id);
  for (const line of shuffled(lines, 1)) assert.equal(two.template(match(two, line)).id, idOf.get(line));
});

Deno.test("Catalogue does not change by what it matches", () => {
  const { catalogue } = minerOf(shopLines(1000, 14).map(({ line }) => line)).miner.freeze();
  const before = JSON.stringify(catalogue);
  const same = match(catalogue, "read block blk_1 of size 1 in 1 ms");
  for (let i = 0; i < 300; i++) match(catalogue, `new thing number${"y".repeat(i)} happened`);
  assert.equal(match(catalogue, "read block blk_2 of size 2 in 2 ms"), same);
  assert.equal(JSON.stringify(catalogue), before);
});

Deno.test("Catalogue gives an unknown line a provisional template that counts and keeps the worst severity", () => {
  const { catalogue } = minerOf(["all fine", "took 7 ms"]).miner.freeze();
  const index = match(catalogue, "disk sda is broken", 17);
  assert.equal(index, catalogue.frozen);
  assert.equal(match(catalogue, "disk sda is broken", 9), index);
  const { id, ...rest } = catalogue.template(index);
  assert.match(id, /^[0-9a-f]{10}$/);
  assert.deepEqual(rest, { text: "disk sda is broken", severity: 17, count: 2, provisional: true });
  assert.equal(catalogue.indexOf(id), index);
});

Deno.test("Catalogue.adopt() repeats the births of earlier runs in their order", () => {
  const { catalogue } = minerOf(["all fine", "took 7 ms"]).miner.freeze();
  const lines = [
    "one new thing",
    "another 12 thing",
    "one new thing",
    "third \xff thing",
    "password=hunter is wrong",
  ];
  const first = again(catalogue), indices = lines.map((line) => match(first, line, 5));
  const saved = JSON.parse(JSON.stringify(first.provisional()));
  assert.ok(!JSON.stringify(saved).includes("hunter"));
  const second = again(catalogue);
  assert.deepEqual([...second.adopt(saved)], [2, 3, 4, 5]);
  assert.deepEqual(second.provisional(), saved);
  assert.deepEqual(lines.map((line) => match(second, line, 5)), indices);
  assert.equal(second.size, first.size);
  assert.equal(second.template(indices[0]).count, 4);
});

Deno.test("Catalogue.adopt() leads to a known template what a later training learned", () => {
  const old = minerOf(["all fine"]).miner.freeze().catalogue;
  for (const user of ["ann", "eve"]) match(old, `login of user ${user} was accepted here`);
  const { catalogue } = minerOf(
    ["ann", "bob", "cid"].map((user) => `login of user ${user} was accepted here`),
  ).miner.freeze();
  assert.deepEqual([...catalogue.adopt(old.provisional())], [0, 0]);
  assert.equal(catalogue.size, 1);
});

Deno.test("Catalogue.adopt() refuses what is no saved template", () => {
  const { catalogue } = minerOf(["all fine"]).miner.freeze();
  match(catalogue, "one new thing");
  const [saved] = catalogue.provisional();
  for (const wrong of [{ ...saved, hash: "12" }, { ...saved, count: -1 }, { ...saved, form: {} }, null, 7]) {
    assert.throws(() => again(catalogue).adopt([wrong as typeof saved]), /Cannot restore templates: /);
  }
});

Deno.test("Catalogue.indexOf() follows the names of templates that became part of others", () => {
  const { miner, indices } = minerOf(
    ["ann", "bob", "cid", "dan"].map((user) => `login of user ${user} was accepted here`),
  );
  const { catalogue, map } = miner.freeze();
  for (const { kind, id } of miner.lineage) {
    if (kind === "merge") assert.equal(catalogue.indexOf(id), map[indices[0]]);
  }
  assert.equal(catalogue.indexOf("0000000000"), -1);
});

Deno.test("Catalogue keeps opposites apart that training did not meet", () => {
  const frame = (state: string) => `the worker service of the billing cluster is ${state} now after check`;
  const { catalogue } = minerOf(["reloaded", "paused", "drained", "probed", "renewed"].map(frame)).miner
    .freeze();
  assert.equal(match(catalogue, frame("moved")), 0);
  const [up, down] = ["started", "stopped"].map((state) => match(catalogue, frame(state)));
  assert.ok(up !== down && up >= catalogue.frozen && down >= catalogue.frozen);
});

Deno.test("Catalogue.resolveLexed() answers as matchLine() from hashes found elsewhere", () => {
  const lines = shopLines(500, 15).map(({ line }) => line),
    { catalogue } = minerOf(lines.slice(0, 250)).miner.freeze();
  const other = again(catalogue), lexer = new Lexer();
  for (const line of lines) {
    const bytes = encoder.encode(line);
    lexer.hash(bytes, 0, bytes.length);
    const index = other.resolveLexed(lexer.firstHash, lexer.secondHash, bytes, 0, bytes.length);
    assert.equal(index, match(catalogue, line));
  }
});

Deno.test("Catalogue bounds what is born while scanning", () => {
  const { catalogue } = minerOf(["all fine"]).miner.freeze();
  const small = Catalogue.fromJSON(catalogue.toJSON(), { provisionalLimit: 10 });
  for (let i = 0; i < 200; i++) match(small, `thing ${"x".repeat(i + 1)} ${"= ".repeat(i % 40)}happened`);
  assert.ok(small.size <= 1 + 21);
  assert.equal(small.template(small.size - 1).text, "<*>");
  assert.throws(() => Catalogue.fromJSON(catalogue.toJSON(), { provisionalLimit: 0 }), RangeError);
});

Deno.test("Catalogue.fromJSON() refuses what it doesn't know", () => {
  const good = JSON.parse(
    JSON.stringify(minerOf(shopLines(300, 16).map(({ line }) => line)).miner.freeze().catalogue),
  );
  const broken: [string, unknown][] = [
    ["version", 0],
    ["kind", "miner"],
    ["templates", [{ ...good.templates[0], id: "zz" }]],
    ["forms", [{ template: 1e6, form: good.forms[0].form }]],
    ["sequences", [["x", 0]]],
    ["merged", [[good.templates[0], -1]]],
    ["outlines", [[1]]],
  ];
  for (const [field, value] of broken) {
    assert.throws(() => Catalogue.fromJSON({ ...good, [field]: value }), /Cannot restore templates: /, field);
    assert.throws(() => Catalogue.fromJSON({ ...good, [field]: undefined }), TypeError, field);
  }
});

Deno.test("Catalogue.template() refuses a number that is none", () => {
  const { catalogue } = minerOf(["all fine"]).miner.freeze();
  assert.throws(() => catalogue.template(1), RangeError);
});

Deno.test("Miner.freeze() is not changed by what is learned afterwards", () => {
  const { miner } = minerOf(["ann", "bob"].map((user) => `login of user ${user} was accepted here`));
  const { catalogue } = miner.freeze(), before = JSON.stringify(catalogue);
  for (const user of ["cid", "dan", "eve"]) learn(miner, `login of user ${user} was accepted here`);
  assert.equal(JSON.stringify(catalogue), before);
});
