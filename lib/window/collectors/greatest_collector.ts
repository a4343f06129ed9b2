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

  /** @param keptAbove The number above which the record that says it is kept; default: none is. */
  constructor(
    private readonly values: SlotValues,
    private readonly keptAbove: (template: number, slot: string) => number = () => Infinity,
  ) {}

  concerns(template: number): boolean {
    return this.values.isWatched(template);
  }

  add(facts: GreatestFact[] | undefined, batch: LogBatch, row: number): GreatestFact[] | undefined {
    const { values } = this, columns = values.read(batch, row);
    for (let i = 0; i < columns.length; i++) {
      const value = columns.value[i];
      if (!values.isQuantity(i) || !Number.isFinite(value)) continue;
      const { template, slot: { name: slot } } = values.slot(columns.slot[i]), kind = columns.kind[i];
      const fact: GreatestFact = { template, slot, kind, greatest: value };
      if (value > this.keptAbove(template, slot)) fact.record = values.record(batch, row);
      facts = noted(facts ?? [], fact);
    }
    return facts;
  }

  merge(a: GreatestFact[], b: GreatestFact[]): GreatestFact[] {
    return b.reduce(noted, a.map((fact) => ({ ...fact })));
  }

  save(facts: GreatestFact[]): unknown {
    return facts.map(({ template, slot, kind, greatest, record }) => [
      ...[template, slot, kind, greatest],
      ...(record === undefined ? [] : [record]),
    ]);
  }

  load(saved: unknown, renamed?: Int32Array): GreatestFact[] {
    if (!Array.isArray(saved)) throw new TypeError("Cannot restore greatest numbers: they are no list");
    return saved.map((one: unknown) => {
      const [template, slot, kind, greatest, record = ""] = Array.isArray(one) ? one : [];
      const isNumbered = [template, kind, greatest].every(Number.isFinite);
      if (!isNumbered || typeof slot !== "string" || typeof record !== "string") {
        throw new TypeError(`Cannot restore greatest numbers: ${JSON.stringify(one)} is none`);
      }
      const fact = { template: renamed?.[template] ?? template, slot, kind, greatest };
      return record === "" ? fact : { ...fact, record };
    });
  }
}

/** Of equal numbers the least kind and the first record by its text count, so that their order doesn't matter. */
function noted(facts: GreatestFact[], fact: GreatestFact): GreatestFact[] {
  const known = facts.find(({ template, slot }) => template === fact.template && slot === fact.slot);
  if (known === undefined) facts.push({ ...fact });
  else if (fact.greatest > known.greatest) Object.assign(known, fact);
  else if (fact.greatest === known.greatest) {
    known.kind = Math.min(known.kind, fact.kind);
    if (fact.record !== undefined && fact.record < known.record!) known.record = fact.record;
  }
  return facts;
}
