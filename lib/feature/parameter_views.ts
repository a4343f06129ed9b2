/**
 * The values of templates as tables.
 *
 * @module
 */
import type { SlotSummary } from "../template/parameter/layout.ts";
import type { TemplateParameters } from "../template/parameter/parameter_collector.ts";
import { type Cell, Table } from "../table/table.ts";

/** Most frequent values that are named. */
const NAMED = 3;

/**
 * What is known of the values of templates, a row for each slot, in the order of the templates: `template` (its id), `slot` (which
 * `<*>` of its text, from 0), `name`, `kind`, `share` (of the values that are of this kind), `unit`, `count`, `distinct`, and of
 * quantities `min, median, p99, max` in the unit; `top` are the most frequent values that came more than once, redacted.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../record/log_batch.ts";
 * import { Miner } from "../template/miner.ts";
 * import { ParameterCollector } from "../template/parameter/parameter_collector.ts";
 * import { parameterTable } from "./parameter_views.ts";
 *
 * const batch = new LogBatch(), text = new TextEncoder().encode("took 12 ms");
 * batch.bytes.set(text);
 * batch.length = 1;
 * batch.contentEnd[0] = text.length;
 * const miner = new Miner(), collector = new ParameterCollector(miner);
 * miner.learn(batch);
 * collector.add(batch);
 * const table = parameterTable(collector.finish());
 * assert.deepEqual(table.rows()[0].slice(2), ["took", "duration", 1, "ms", 1, 1, 12, 12, 12, 12, ""]);
 * ```
 */
export function parameterTable(parameters: Iterable<TemplateParameters>): Table {
  const rows = [...parameters].flatMap(({ template, slots }) =>
    slots.map((slot) => rowOf(template.id, slot))
  );
  return rows.length > 0 ? Table.from(rows) : new Table(COLUMNS.map((name) => [name, []] as const));
}

const COLUMNS = "template slot name kind share unit count distinct min median p99 max top".split(" ");

function rowOf(template: string, { slot, statistics, top }: SlotSummary): Record<string, Cell> {
  const { kind, kindShare, unit, count, distinct, quantiles } = statistics;
  const quantity = (value: number) => statistics.isQuantity && !Number.isNaN(value) ? value : null;
  const often = top(NAMED).filter((value) => value.count > 1);
  return {
    template,
    slot: slot.ordinal,
    name: slot.name,
    kind,
    share: kindShare,
    unit,
    count,
    distinct,
    min: quantity(quantiles.least),
    median: quantity(quantiles.quantile(0.5)),
    p99: quantity(quantiles.quantile(0.99)),
    max: quantity(quantiles.greatest),
    top: often.map((value) => `${value.text} × ${value.count}`).join(", "),
  };
}
