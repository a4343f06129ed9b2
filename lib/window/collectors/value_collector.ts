/**
 * Collects the words in records.
 *
 * @module
 */
import type { LogBatch } from "../../record/log_batch.ts";
import type { Collector } from "../collector.ts";
import { type ValueFact, VALUES } from "../value_fact.ts";
import type { SlotValues } from "./slot_values.ts";

/** Different values of a window that are noted: of one parameter, and of all. */
const MOST = { slot: 51, window: 1000 };

/**
 * Notes for each watched parameter which values a window had. What is said of accounts, paths and states; addresses, numbers
 * and secrets are not noted.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../../record/log_batch.ts";
 * import { Miner } from "../../template/miner.ts";
 * import { SlotValues } from "./slot_values.ts";
 * import { ValueCollector } from "./value_collector.ts";
 *
 * const batch = new LogBatch(), text = new TextEncoder().encode("opened /srv/a.txt");
 * batch.bytes.set(text);
 * batch.length = 1;
 * batch.contentEnd[0] = text.length;
 * const miner = new Miner();
 * miner.learn(batch);
 * const { catalogue } = miner.freeze();
 * catalogue.match(batch);
 *
 * const collector = new ValueCollector(new SlotValues(catalogue, { watched: null, redact: (text) => text }));
 * assert.deepEqual(collector.add(undefined, batch, 0)?.map(({ value }) => value), ["/srv/a.txt"]);
 * ```
 */
export class ValueCollector implements Collector<ValueFact[]> {
  readonly name: string = VALUES;
  /** Texts of values by slot and hash: what repeats is neither decoded nor redacted again. */
  readonly #texts = new Map<string, string>();

  constructor(private readonly values: SlotValues) {}

  add(facts: ValueFact[] | undefined, batch: LogBatch, row: number): ValueFact[] | undefined {
    const { values } = this, columns = values.read(batch, row);
    for (let i = 0; i < columns.length; i++) {
      if (!values.isValue(i)) continue;
      const { template, slot: { name } } = values.slot(columns.slot[i]), value = this.#text(batch, i);
      let others = 0, known: ValueFact | undefined;
      for (const fact of facts ?? []) {
        if (fact.template !== template || fact.slot !== name) continue;
        others++;
        if (fact.value === value) known = fact;
      }
      if (known !== undefined) known.count!++;
      if (known !== undefined || others >= MOST.slot || (facts?.length ?? 0) >= MOST.window) continue;
      (facts ??= []).push({ template, slot: name, value, count: 1 });
    }
    return facts;
  }

  /** As if the records of `b` had come behind those of `a`. */
  merge(a: ValueFact[], b: ValueFact[]): ValueFact[] {
    const key = ({ template, slot, value }: ValueFact) => `${template} ${slot} ${value}`;
    const slotOf = ({ template, slot }: ValueFact) => `${template} ${slot}`;
    const merged = new Map(a.map((fact) => [key(fact), { ...fact }])), slots = new Map<string, number>();
    for (const fact of a) slots.set(slotOf(fact), (slots.get(slotOf(fact)) ?? 0) + 1);
    for (const fact of b) {
      const known = merged.get(key(fact)), slot = slotOf(fact), others = slots.get(slot) ?? 0;
      if (known !== undefined) known.count! += fact.count!;
      else if (others < MOST.slot && merged.size < MOST.window) {
        merged.set(key(fact), { ...fact });
        slots.set(slot, others + 1);
      }
    }
    return [...merged.values()];
  }

  save(facts: ValueFact[]): unknown {
    return facts.map(({ template, slot, value, count }) => [template, slot, value, count!]);
  }

  load(saved: unknown, renamed?: Int32Array): ValueFact[] {
    if (!Array.isArray(saved)) throw new TypeError("Cannot restore values: they are no list");
    return saved.map((one: unknown) => {
      const [template, slot, value, count] = Array.isArray(one) ? one : [];
      const isCounted = typeof template === "number" && typeof count === "number";
      if (!isCounted || typeof slot !== "string" || typeof value !== "string") {
        throw new TypeError(`Cannot restore values: ${JSON.stringify(one)} is none`);
      }
      return { template: renamed?.[template] ?? template, slot, value, count };
    });
  }

  #text(batch: LogBatch, i: number): string {
    const { slot, hash } = this.values.columns, key = `${slot[i]} ${hash[i]}`;
    let text = this.#texts.get(key);
    if (text === undefined) {
      if (this.#texts.size >= 10_000) this.#texts.clear();
      this.#texts.set(key, text = this.values.text(batch, i));
    }
    return text;
  }
}
