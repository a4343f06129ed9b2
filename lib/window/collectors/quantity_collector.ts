/**
 * Collects the numbers in records.
 *
 * @module
 */
import type { LogBatch } from "../../record/log_batch.ts";
import type { Collector } from "../collector.ts";
import { QUANTITIES, type QuantityFact } from "../quantity_fact.ts";
import type { SlotValues } from "./slot_values.ts";

/**
 * Notes for each watched parameter how many numbers a window had, the least and the greatest.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../../record/log_batch.ts";
 * import { Miner } from "../../template/miner.ts";
 * import { QuantityCollector } from "./quantity_collector.ts";
 * import { SlotValues } from "./slot_values.ts";
 *
 * const batch = new LogBatch(), text = new TextEncoder().encode("served in 2s");
 * batch.bytes.set(text);
 * batch.length = 1;
 * batch.contentEnd[0] = text.length;
 * const miner = new Miner();
 * miner.learn(batch);
 * const { catalogue } = miner.freeze();
 * catalogue.match(batch);
 *
 * const collector = new QuantityCollector(new SlotValues(catalogue, { watched: null, redact: (text) => text }));
 * const [{ count, greatest, text: shown }] = collector.add(undefined, batch, 0)!;
 * assert.deepEqual([count, greatest, shown], [1, 2000, "2s"]);
 * ```
 */
export class QuantityCollector implements Collector<QuantityFact[]> {
  readonly name: string = QUANTITIES;

  constructor(private readonly values: SlotValues) {}

  add(facts: QuantityFact[] | undefined, batch: LogBatch, row: number): QuantityFact[] | undefined {
    const { values } = this, columns = values.read(batch, row);
    for (let i = 0; i < columns.length; i++) {
      const value = columns.value[i];
      if (!values.isQuantity(i) || Number.isNaN(value)) continue;
      const { template, slot: { name } } = values.slot(columns.slot[i]);
      const known = facts?.find((fact) => fact.template === template && fact.slot === name);
      if (known === undefined) {
        const text = values.text(batch, i);
        (facts ??= []).push({ template, slot: name, count: 1, least: value, greatest: value, text });
        continue;
      }
      known.count++;
      if (value < known.least) known.least = value;
      if (!(value > known.greatest)) continue;
      known.greatest = value;
      known.text = values.text(batch, i);
    }
    return facts;
  }

  merge(a: QuantityFact[], b: QuantityFact[]): QuantityFact[] {
    const merged = a.map((fact) => ({ ...fact }));
    for (const fact of b) {
      const known = merged.find(({ template, slot }) => template === fact.template && slot === fact.slot);
      if (known === undefined) merged.push({ ...fact });
      else {
        known.count += fact.count;
        known.least = Math.min(known.least, fact.least);
        if (fact.greatest > known.greatest) [known.greatest, known.text] = [fact.greatest, fact.text];
      }
    }
    return merged;
  }

  save(facts: QuantityFact[]): unknown {
    return facts.map(({ template, slot, count, least, greatest, text }) => [
      ...[template, slot, count, least, greatest],
      text ?? "",
    ]);
  }

  load(saved: unknown, renamed?: Int32Array): QuantityFact[] {
    if (!Array.isArray(saved)) throw new TypeError("Cannot restore quantities: they are no list");
    return saved.map((one: unknown) => {
      const [template, slot, count, least, greatest, text] = Array.isArray(one) ? one : [];
      const numbers = [template, count, least, greatest].every((value) => typeof value === "number");
      if (!numbers || typeof slot !== "string" || typeof text !== "string") {
        throw new TypeError(`Cannot restore quantities: ${JSON.stringify(one)} is none`);
      }
      return { template: renamed?.[template] ?? template, slot, count, least, greatest, text };
    });
  }
}
