import assert from "node:assert/strict";
import fc from "fast-check";
import { Miner } from "../../lib/template/miner.ts";
import { areOpposites } from "../../lib/template/rule/opposites.ts";
import { learn, shuffled } from "./lines.ts";

const encoder = new TextEncoder();

/** Values of all looks: numbers, names, addresses, quoted, missing, lists, texts, states with an opposite. */
const value = fc.oneof(
  fc.constantFrom("ann", "bob", "cid", "orders", "billing", "node7", "node12", "worker-3", "blk_12345"),
  fc.constantFrom(
    "7",
    "42",
    "0x1f",
    "10.0.0.7:80",
    "cache:80",
    "/srv/a.db",
    "true",
    "false",
    "null",
    "(null)",
  ),
  fc.constantFrom(
    "?",
    "-",
    "'ann'",
    '"two words"',
    "[a, b]",
    "[]",
    "{k=1, j=x}",
    "f(1), f(2)",
    "org.example.Main",
  ),
  fc.constantFrom(
    "disk is full",
    "no route to host",
    "started",
    "stopped",
    "enabled",
    "disabled",
    "up",
    "down",
  ),
);
const frame = fc.constantFrom<[string, string, string]>(
  ["session of user ", " was moved to shelf ", " for good"],
  ["cannot replicate topic ", " to broker: ", ""],
  ["link=", " state=", " after check"],
  ["[manager ", "]: ", " done"],
  ["the billing service is ", " now, said ", ""],
  ["", " ", ""],
);
const line = fc.tuple(frame, value, value).map(([[a, b, c], x, y]) => `${a}${x}${b}${y}${c}`);
const lines = fc.array(line, { minLength: 1, maxLength: 80 });

function mined(order: readonly string[]): { miner: Miner; indices: number[] } {
  const miner = new Miner(), indices = order.map((each) => learn(miner, each));
  miner.settle();
  return { miner, indices };
}

Deno.test("Miner: every id resolves to one that stands for itself, and keeps its name", () => {
  fc.assert(
    fc.property(lines, (order) => {
      const miner = new Miner(), named = new Map<number, string>();
      for (const each of order) {
        const index = learn(miner, each);
        named.set(index, miner.template(index).id);
      }
      miner.settle();
      const { catalogue, map } = miner.freeze();
      for (const [index, id] of named) {
        const root = miner.resolve(index);
        assert.equal(miner.resolve(root), root);
        assert.ok(root <= index);
        assert.equal(catalogue.indexOf(id), map[index]);
        assert.equal(map[root], map[index]);
      }
    }),
  );
});

Deno.test("Miner: a frozen template matches every line that made it", () => {
  fc.assert(
    fc.property(lines, (order) => {
      const { miner, indices } = mined(order), { catalogue, map } = miner.freeze();
      order.forEach((each, i) => {
        const bytes = encoder.encode(each);
        assert.equal(catalogue.matchLine(bytes, 0, bytes.length), map[indices[i]], each);
      });
      assert.equal(catalogue.size, catalogue.frozen);
    }),
  );
});

Deno.test("Miner: a snapshot goes on as the miner would, at any line", () => {
  fc.assert(
    fc.property(lines, lines, (first, second) => {
      const { miner } = mined(first), restored = Miner.fromJSON(JSON.parse(JSON.stringify(miner)));
      for (const each of second) assert.equal(learn(restored, each), learn(miner, each), each);
      for (const each of [miner, restored]) each.settle();
      const described = (each: Miner) => [...each.templates()];
      assert.deepEqual(described(restored), described(miner));
      assert.deepEqual(restored.lineage, miner.lineage);
    }),
  );
});

Deno.test("Miner: ids and counts do not depend on the order of equal lines or on repeats", () => {
  fc.assert(
    fc.property(lines, fc.integer(), (order, seed) => {
      const distinct = [...new Set(order)], once = mined(distinct);
      const again = mined([...distinct, ...shuffled(order, seed)]);
      assert.deepEqual(
        distinct.map((_, i) => again.miner.template(again.indices[i]).id),
        distinct.map((_, i) => once.miner.template(once.indices[i]).id),
      );
    }),
  );
});

Deno.test("Miner: two lines that differ in one word and its opposite are never one template, in any order", () => {
  const frames = [
    "the billing service is @ now",
    "unit billing: state=@",
    "@ the worker of tenant blue",
    "worker (x) says: @, ok",
  ];
  const pairs = fc.constantFrom(["started", "stopped"], ["up", "down"], ["enabled", "disabled"], [
    "LinkUp",
    "LinkDown",
  ]);
  const others = fc.array(
    fc.constantFrom("reloaded", "paused", "drained", "probed", "null", "?", "7", "node3"),
    {
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(fc.constantFrom(...frames), pairs, others, fc.integer(), (text, pair, words, seed) => {
      assert.ok(areOpposites(pair[0], pair[1]));
      const order = shuffled([...pair, ...words, ...pair].map((word) => text.replace("@", word)), seed);
      const { miner, indices } = mined(order);
      const root = (word: string) => miner.resolve(indices[order.lastIndexOf(text.replace("@", word))]);
      assert.notEqual(root(pair[0]), root(pair[1]), order.join("\n"));
    }),
  );
});

Deno.test("Miner: settling twice changes nothing", () => {
  fc.assert(
    fc.property(lines, (order) => {
      const { miner } = mined(order), before = JSON.stringify(miner);
      miner.settle();
      assert.equal(JSON.stringify(miner), before);
    }),
  );
});
