import assert from "node:assert/strict";
import fc from "fast-check";
import { Miner } from "../../lib/template/miner.ts";
import { areOpposites } from "../../lib/template/rule/opposites.ts";
import { hands, laterLines, lines, oddLine } from "./any_lines.ts";
import { learn, shuffled } from "./lines.ts";

const encoder = new TextEncoder();

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

Deno.test("Miner: restarts between any two lines change nothing, whatever people's hand and however little room", () => {
  const room = fc.constantFrom(20_000, 16), cuts = fc.array(fc.nat(80), { maxLength: 4 });
  fc.assert(
    fc.property(laterLines, cuts, hands, room, (order, cuts, hand, formLimit) => {
      const miner = new Miner({ hand, formLimit });
      let restarted = new Miner({ hand, formLimit });
      order.forEach((each, i) => {
        if (cuts.includes(i)) restarted = Miner.fromJSON(JSON.parse(JSON.stringify(restarted)));
        const severity = each.length % 25;
        assert.equal(learn(restarted, each, severity), learn(miner, each, severity), each);
      });
      const { misses: _, ...expected } = miner.toJSON(), { misses: __, ...found } = restarted.toJSON();
      assert.equal(JSON.stringify(found), JSON.stringify(expected)); // misses: the cache begins anew
    }),
  );
});

Deno.test("Miner: by people's hand too, a frozen template matches every line that made it", () => {
  fc.assert(
    fc.property(laterLines, hands, (order, hand) => {
      const miner = new Miner({ hand }), indices = order.map((each) => learn(miner, each));
      const { catalogue, map } = miner.freeze();
      order.forEach((each, i) => {
        const bytes = encoder.encode(each);
        assert.equal(catalogue.matchLine(bytes, 0, bytes.length), map[indices[i]], each);
      });
    }),
  );
});

Deno.test("Miner: whatever the bytes, it learns them, says what it learned and goes on from a snapshot", () => {
  fc.assert(
    fc.property(fc.array(oddLine, { maxLength: 30 }), hands, (odd, hand) => {
      const miner = new Miner({ hand, formLimit: 16 }),
        learned = odd.map((bytes) => {
          const around = new Uint8Array(bytes.length + 7).fill(0x61); // what stands beside a line is none of its business
          around.set(bytes, 3);
          return miner.learnLine(around, 3, 3 + bytes.length);
        });
      const snapshot = JSON.stringify(miner), restored = Miner.fromJSON(JSON.parse(snapshot));
      for (const each of [miner, restored]) {
        const found = odd.map((bytes) => each.learnLine(bytes, 0, bytes.length));
        assert.deepEqual(found.map((i) => each.resolve(i)), learned.map((i) => each.resolve(i)));
        assert.ok(found.every((i) => each.template(i).text.isWellFormed()));
        const counts = [...each.templates().values()].map(({ count }) => count);
        assert.equal(counts.reduce((sum, count) => sum + count, 0), odd.length * 2);
      }
    }),
  );
});
