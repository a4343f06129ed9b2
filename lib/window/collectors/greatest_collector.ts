/**
 * Collects the greatest numbers of a session's steps.
 *
 * @module
 */
import type { LogBatch } from "../../record/log_batch.ts";
import type { Collector } from "../collector.ts";
import { GREATEST, type GreatestFact } from "../greatest_fact.ts";
import type { SlotValues } from "./slot_values.ts";

/**
 * Notes the greatest number that each watched parameter had in a session: a few numbers a session, and no texts.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../../record/log_batch.ts";
 * import { Miner } from "../../template/miner.ts";
 * import { GreatestCollector } from "./greatest_collector.ts";
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
 * const collector = new GreatestCollector(new SlotValues(catalogue, { watched: null, redact: (text) => text }));
 * assert.equal(collector.add(undefined, batch, 0)![0].greatest, 2000); // ms
 * ```
 */
export class GreatestCollector implements Collector<GreatestFact[]> {
  readonly name: string = GREATEST;
  readonly inSessions = true;
  readonly inWindows = false;

  constructor(private readonly values: SlotValues) {}

  concerns(template: number): boolean {
    return this.values.isWatched(template);
  }

  add(facts: GreatestFact[] | undefined, batch: LogBatch, row: number): GreatestFact[] | undefined {
    const { values } = this, columns = values.read(batch, row);
    for (let i = 0; i < columns.length; i++) {
      const value = columns.value[i];
      if (!values.isQuantity(i) || !Number.isFinite(value)) continue;
      const { template, slot: { name: slot } } = values.slot(columns.slot[i]), kind = columns.kind[i];
      facts = noted(facts ?? [], { template, slot, kind, greatest: value });
    }
    return facts;
  }

  merge(a: GreatestFact[], b: GreatestFact[]): GreatestFact[] {
    return b.reduce(noted, a.map((fact) => ({ ...fact })));
  }

  save(facts: GreatestFact[]): unknown {
    return facts.map(({ template, slot, kind, greatest }) => [template, slot, kind, greatest]);
  }

  load(saved: unknown, renamed?: Int32Array): GreatestFact[] {
    if (!Array.isArray(saved)) throw new TypeError("Cannot restore greatest numbers: they are no list");
    return saved.map((one: unknown) => {
      const [template, slot, kind, greatest] = Array.isArray(one) ? one : [];
      if (![template, kind, greatest].every(Number.isFinite) || typeof slot !== "string") {
        throw new TypeError(`Cannot restore greatest numbers: ${JSON.stringify(one)} is none`);
      }
      return { template: renamed?.[template] ?? template, slot, kind, greatest };
    });
  }
}

/** A later unit of the same parameter changes nothing where its number is less; of equal numbers the least kind counts. */
function noted(facts: GreatestFact[], fact: GreatestFact): GreatestFact[] {
  const known = facts.find(({ template, slot }) => template === fact.template && slot === fact.slot);
  if (known === undefined) facts.push({ ...fact });
  else if (fact.greatest > known.greatest) [known.greatest, known.kind] = [fact.greatest, fact.kind];
  else if (fact.greatest === known.greatest) known.kind = Math.min(known.kind, fact.kind);
  return facts;
}
