import assert from "node:assert/strict";
import { LogBatch } from "../../../lib/record/log_batch.ts";
import { chainOf } from "../../../lib/window/collectors/chain.ts";
import { orderCollector } from "../../../lib/window/collectors/order_collector.ts";
import { MOST_EVENTS, OrderFact } from "../../../lib/window/collectors/order_fact.ts";

/** A batch of lines `header message`, one a second, with templates 0, 1, 2 … */
function batchOf(lines: readonly (readonly [header: string, message: string])[]): LogBatch {
  const batch = new LogBatch(), encoder = new TextEncoder();
  for (const [header, message] of lines) {
    const i = batch.length++;
    batch.start[i] = batch.filled;
    batch.filled += encoder.encodeInto(header, batch.bytes.subarray(batch.filled)).written;
    batch.contentStart[i] = batch.filled;
    batch.filled += encoder.encodeInto(message, batch.bytes.subarray(batch.filled)).written;
    batch.contentEnd[i] = batch.recordEnd[i] = batch.filled;
    batch.timestamp[i] = 1000 * i;
    batch.template[i] = i;
  }
  return batch;
}

function pairsOf(fact: OrderFact): [number, number][] {
  const pairs: [number, number][] = [];
  fact.eachPair((before, after) => pairs.push([before, after]));
  return pairs;
}

/** The fact of the rows in this order. */
function collected(batch: LogBatch, rows: readonly number[]): OrderFact {
  let fact: OrderFact | undefined;
  for (const row of rows) fact = orderCollector.add(fact, batch, row);
  return fact!;
}

const HEADERS = [
  "Mar  2 10:00:00 shop sshd[42]: ",
  "Mar  2 10:00:01 shop sshd[43]: ",
  "Mar  2 10:00:02 shop kernel: ",
];
const BATCH = batchOf([0, 1, 0, 2, 1, 2].map((i, row) => [HEADERS[i], `message ${row}`] as const));

Deno.test("orderCollector notes pairs within each process, however lines came", () => {
  const expected = [[-1, 0], [-1, 1], [0, 2], [-1, 3], [1, 4], [3, 5], [2, -2], [4, -2], [5, -2]];
  assert.deepEqual(pairsOf(collected(BATCH, [0, 1, 2, 3, 4, 5])), expected);
  assert.deepEqual(pairsOf(collected(BATCH, [4, 2, 5, 0, 3, 1])), expected);
  const merged = orderCollector.merge(collected(BATCH, [1, 5, 2]), collected(BATCH, [3, 0, 4]));
  assert.deepEqual(pairsOf(merged), expected);
});

Deno.test("orderCollector leaves records without a time out", () => {
  const batch = batchOf([["", "a"]]);
  batch.timestamp[0] = NaN;
  assert.equal(orderCollector.add(undefined, batch, 0), undefined);
});

Deno.test("orderCollector load() gives what was saved, with templates renumbered", () => {
  const saved = JSON.parse(JSON.stringify(orderCollector.save(collected(BATCH, [0, 1, 2, 3, 4, 5]))));
  const restored = orderCollector.load(saved, Int32Array.of(5, 4, 3, 2, 1, 0));
  assert.deepEqual(pairsOf(restored), [[-1, 5], [-1, 4], [5, 3], [-1, 2], [4, 1], [2, 0], [3, -2], [1, -2], [
    0,
    -2,
  ]]);
  assert.deepEqual(pairsOf(orderCollector.load(saved)), pairsOf(collected(BATCH, [0, 1, 2, 3, 4, 5])));
  for (
    const wrong of [null, {}, { ...saved, events: "AAA=" }, { ...saved, events: "?" }, {
      ...saved,
      from: "0",
    }]
  ) {
    assert.throws(() => orderCollector.load(wrong), TypeError);
  }
});

Deno.test("OrderFact gives up a window with too many events", () => {
  const fact = new OrderFact(), other = new OrderFact();
  for (let i = 0; i < MOST_EVENTS; i++) fact.add(i, 1, 2);
  assert.equal(fact.overflow, false);
  other.add(7, 1, 2);
  fact.addAll(other);
  assert.deepEqual([fact.overflow, fact.length], [true, 0]);
  assert.equal(OrderFact.load(fact.save()).overflow, true);
  other.addAll(fact);
  assert(other.overflow);
});

Deno.test("chainOf() tells processes and threads apart, and takes no time, level or host for one", () => {
  const chains = (headers: string[]) => {
    const batch = batchOf(headers.map((header) => [header, "message"] as const));
    return headers.map((_, i) => chainOf(batch, i));
  };
  const [a, b, later] = chains([
    "2026-03-02 10:00:00,123 INFO [worker-1] Cart: ",
    "2026-03-02 10:00:00,123 INFO [worker-2] Cart: ",
    "2026-03-02 10:00:09,999 WARN [worker-1] Bill: ",
  ]);
  assert.notEqual(a, b);
  assert.equal(a, later);
  assert.deepEqual(
    chains([
      "",
      "[2026-03-02 10:00:00] ",
      "192.0.2.1 - - [02/Mar/2026:10:00:00 +0000] ",
      "[error] ",
      "12:00:00: ",
    ]),
    [0, 0, 0, 0, 0],
  );
});
