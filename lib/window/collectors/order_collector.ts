/**
 * Collects what followed what.
 *
 * @module
 */
import type { LogBatch } from "../../record/log_batch.ts";
import type { Collector } from "../collector.ts";
import { chainOf } from "./chain.ts";
import { OrderFact } from "./order_fact.ts";

/** Name of the fact in a window: an {@linkcode OrderFact}. */
export const ORDER = "order";

/**
 * Notes the events of a window in order, chain by chain. Records without a time are left out.
 *
 * Lines of the same millisecond stay in the order in which they were read, as logs that only know seconds have no other.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../../record/log_batch.ts";
 * import { orderCollector } from "./order_collector.ts";
 *
 * const batch = new LogBatch();
 * batch.timestamp.set([1000, 2000]);
 * batch.template.set([5, 7]);
 * let fact = orderCollector.add(undefined, batch, 0);
 * fact = orderCollector.add(fact, batch, 1);
 * assert.equal(fact?.length, 2);
 * ```
 */
export const orderCollector: Collector<OrderFact> = {
  name: ORDER,

  add(fact: OrderFact | undefined, batch: LogBatch, row: number): OrderFact | undefined {
    const time = batch.timestamp[row];
    if (Number.isNaN(time)) return fact;
    fact ??= new OrderFact();
    if (!fact.overflow) fact.add(time, chainOf(batch, row), batch.template[row]);
    return fact;
  },

  merge(a: OrderFact, b: OrderFact): OrderFact {
    a.addAll(b);
    return a;
  },

  save: (fact: OrderFact) => fact.save(),
  load: (saved: unknown, renamed?: Int32Array) => OrderFact.load(saved, renamed),
};
