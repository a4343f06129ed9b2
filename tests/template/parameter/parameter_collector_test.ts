import assert from "node:assert/strict";
import { Miner } from "../../../lib/template/miner.ts";
import { ParameterCollector } from "../../../lib/template/parameter/parameter_collector.ts";
import { generator, shopLines } from "../lines.ts";
import { batchOf } from "./batch.ts";

/** What is known of lines that come in batches of `size`. */
function collected(lines: readonly string[], size = lines.length) {
  const miner = new Miner(), collector = new ParameterCollector(miner);
  for (let from = 0; from < lines.length; from += size) {
    const batch = batchOf(lines.slice(from, from + size));
    miner.learn(batch);
    collector.add(batch);
    batch.bytes.fill(0x78); // bytes die with their batch
  }
  return { templates: collector.finish(), collector };
}

/** Facts of a slot that don't depend on how lines were batched. */
function factsOf({ slots, template }: ReturnType<typeof collected>["templates"][number]) {
  return slots.map(({ id, slot, statistics, top }) => {
    const { kind, kindShare, count, distinct, quantiles } = statistics;
    return [template.text, id, slot.name, kind, kindShare, count, distinct, quantiles.quantile(0.5), top(3)];
  });
}

Deno.test("ParameterCollector knows count, kind, distribution and frequent values of every slot", () => {
  const lines = Array.from({ length: 300 }, (_, i) => `request ${i} of user u${i % 3} took ${i % 10 + 1} ms`);
  const [{ template, slots, example }] = collected(lines).templates;
  assert.equal(template.text, "request <*> of user u<*> took <*> ms");
  assert.equal(example, lines[0]);
  const [request, user, took] = slots.map(({ statistics }) => statistics);
  assert.deepEqual([request.kind, request.distinct, request.count], ["id", 300, 300]);
  assert.deepEqual([user.kind, user.distinct], ["id", 3]);
  assert.deepEqual([took.kind, took.unit, took.quantiles.least, took.quantiles.greatest], [
    "duration",
    "ms",
    1,
    10,
  ]);
  assert.deepEqual(slots[1].top(1), [{ text: "0", count: 100 }]);
});

Deno.test("ParameterCollector counts the words of before it was found out that they vary", () => {
  const names = ["ann", "bob", "cid", "dan", "eve", "fay", "gus", "hal"];
  const lines = names.flatMap((name, i) =>
    Array.from({ length: i + 1 }, (_, n) => `session of user ${name} was closed after ${n} seconds`)
  );
  const [{ template, slots }] = collected(lines).templates;
  assert.equal(template.text, "session of user <*> was closed after <*> seconds");
  assert.deepEqual([slots[0].slot.name, slots[0].statistics.kind], ["user", "user"]);
  assert.deepEqual([slots[0].statistics.count, slots[0].statistics.distinct], [36, 8]);
  assert.deepEqual(slots[0].top(2), [{ text: "hal", count: 8 }, { text: "gus", count: 7 }]);
  assert.equal(slots[1].statistics.unit, "ms");
});

Deno.test("ParameterCollector keeps values whole of which masking takes a part for the value", () => {
  const names = ["shop_1", "shop_2", "root", "backup", "mail_3", "ops_77", "deploy", "nobody"];
  const lines = names.flatMap((name, i) =>
    Array.from({ length: 3 * (i + 1) }, (_, n) => `session of user ${name} was closed after ${n} seconds`)
  );
  const [{ template, slots: [user] }] = collected(lines).templates;
  assert.equal(template.text, "session of user <*> was closed after <*> seconds");
  assert.deepEqual([user.statistics.count, user.statistics.distinct, user.statistics.kind], [108, 8, "user"]);
  assert.deepEqual(user.top(99).map(({ text }) => text).sort(), [...names].sort());
});

Deno.test("ParameterCollector gives the same however lines come in batches", () => {
  const lines = shopLines(900, 11).map(({ line }) => line), whole = collected(lines).templates.map(factsOf);
  for (const size of [1, 7, 250]) assert.deepEqual(collected(lines, size).templates.map(factsOf), whole);
});

Deno.test("ParameterCollector has a value of every line at every slot that all lines have", () => {
  for (const { template, slots } of collected(shopLines(900, 12).map(({ line }) => line)).templates) {
    for (const { slot, statistics } of slots) {
      assert.equal(statistics.count, template.count, `${slot.name} of ${template.text}`);
    }
  }
});

Deno.test("ParameterCollector folds shapes when there are too many, and loses no line by that", () => {
  const random = generator(4),
    word = () => Array.from({ length: 7 }, () => "abcdefghij"[Math.floor(random() * 10)]).join("");
  const lines = Array.from({ length: 40_000 }, (_, i) => `job of user ${word()} done with ${i} rows`);
  const { templates: [{ template, slots }], collector } = collected(lines, 2000);
  assert.equal(template.text, "job of user <*> done with <*> rows");
  assert.deepEqual([collector.unkept, slots[0].statistics.count, slots[1].statistics.count], [
    0,
    40_000,
    40_000,
  ]);
  assert.ok(Math.abs(slots[0].statistics.distinct / 40_000 - 1) < 0.1);
});

Deno.test("ParameterCollector lets no secret out", () => {
  const lines = Array.from(
    { length: 20 },
    (_, i) => `login of ann${i}@shop.example with password=hunter${i} and more`,
  );
  const { templates } = collected(lines);
  assert.doesNotMatch(
    JSON.stringify(templates.map(({ example, slots }) => [example, slots.map(({ top }) => top(99))])),
    /hunter|ann\d/,
  );
  const saved = templates.flatMap(({ slots }) => slots.map(({ statistics }) => statistics.toJSON(() => "")));
  assert.doesNotMatch(JSON.stringify(saved), /hunter|ann\d/);
});

Deno.test("ParameterCollector leaves out lines of more than 4,096 bytes, and says how many", () => {
  const { collector } = collected([`x ${"y".repeat(5000)}`, "x 1"]);
  assert.equal(collector.unkept, 1);
});
