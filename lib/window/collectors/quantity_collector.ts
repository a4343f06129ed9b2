/**
 * Collects the numbers in records.
 *
 * @module
 */
import type { LogBatch } from "../../record/log_batch.ts";
import { QuantileSketch } from "../../template/parameter/quantile_sketch.ts";
import type { Collector } from "../collector.ts";
import { QUANTITIES, type QuantityFact, type UsualNumbers } from "../quantity_fact.ts";
import type { SlotValues } from "./slot_values.ts";

/** Parameters whose numbers are counted by size while it is learned what is usual. */
const MOST_SKETCHES = 4096;

/** The numbers of one parameter, counted by size. */
export interface NumberSketch {
  template: number;
  slot: string;
  /** Of the number that came first, see `VALUE_KINDS`. */
  kind: number;
  sketch: QuantileSketch;
}

/** What a {@linkcode QuantityCollector} compares numbers with. */
export interface QuantityCollectorOptions {
  /** How training's numbers were spread; default: nobody knows. */
  usualOf?: (template: number, slot: string) => UsualNumbers | undefined;
  /** Whether numbers are counted by size over all windows, see {@linkcode QuantityCollector.sketches}. Default false. */
  learns?: boolean;
}

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

  /** All numbers of the parameters, where it learns; the first ones, where there are very many. */
  readonly sketches: Map<number, NumberSketch> = new Map();
  readonly #usual: (UsualNumbers | null | undefined)[] = [];

  constructor(private readonly values: SlotValues, private readonly options: QuantityCollectorOptions = {}) {}

  add(facts: QuantityFact[] | undefined, batch: LogBatch, row: number): QuantityFact[] | undefined {
    const { values } = this, columns = values.read(batch, row);
    for (let i = 0; i < columns.length; i++) {
      const value = columns.value[i];
      if (!values.isQuantity(i) || Number.isNaN(value)) continue;
      const number = columns.slot[i], { template, slot: { name } } = values.slot(number);
      if (this.options.learns) this.#learn(number, columns.kind[i], value);
      const usual = this.#usualOf(number);
      let fact = facts?.find((fact) => fact.template === template && fact.slot === name);
      if (fact === undefined) {
        (facts ??= []).push(fact = { template, slot: name, count: 0, least: value, greatest: -Infinity });
        if (usual !== null) fact.above = usual.at.map(() => 0);
      }
      fact.count++;
      if (usual !== null) countAbove(fact.above ??= usual.at.map(() => 0), usual.at, value);
      if (value < fact.least) fact.least = value;
      if (!(value > fact.greatest)) continue;
      fact.greatest = value;
      fact.text = values.text(batch, i);
      if (usual !== null && value > usual.at[usual.at.length - 2]) fact.record = values.record(batch, row);
    }
    return facts;
  }

  #usualOf(number: number): UsualNumbers | null {
    const known = this.#usual[number];
    if (known !== undefined) return known;
    const { template, slot: { name } } = this.values.slot(number);
    return this.#usual[number] = this.options.usualOf?.(template, name) ?? null;
  }

  #learn(number: number, kind: number, value: number): void {
    let known = this.sketches.get(number);
    if (known === undefined) {
      if (this.sketches.size >= MOST_SKETCHES) return;
      const { template, slot: { name: slot } } = this.values.slot(number);
      this.sketches.set(number, known = { template, slot, kind, sketch: new QuantileSketch() });
    }
    known.sketch.add(value);
  }

  merge(a: QuantityFact[], b: QuantityFact[]): QuantityFact[] {
    const merged = a.map((fact) => ({ ...fact }));
    for (const fact of b) {
      const known = merged.find(({ template, slot }) => template === fact.template && slot === fact.slot);
      if (known === undefined) merged.push({ ...fact });
      else {
        known.count += fact.count;
        known.least = Math.min(known.least, fact.least);
        if (fact.above !== undefined) {
          known.above = fact.above.map((count, i) => count + (known.above?.[i] ?? 0));
        }
        if (fact.greatest > known.greatest) {
          [known.greatest, known.text, known.record] = [fact.greatest, fact.text, fact.record];
        }
      }
    }
    return merged;
  }

  save(facts: QuantityFact[]): unknown {
    return facts.map(({ template, slot, count, least, greatest, text, above, record }) => [
      ...[template, slot, count, least, greatest, text ?? ""],
      ...(above === undefined ? [] : [above, record ?? ""]),
    ]);
  }

  load(saved: unknown, renamed?: Int32Array): QuantityFact[] {
    if (!Array.isArray(saved)) throw new TypeError("Cannot restore quantities: they are no list");
    return saved.map((one: unknown) => {
      const [template, slot, count, least, greatest, text, above, record = ""] = Array.isArray(one)
        ? one
        : [];
      const numbers = [template, count, least, greatest].every((value) => typeof value === "number");
      const isCounted = above === undefined || (Array.isArray(above) && above.every(Number.isInteger));
      if (!numbers || !isCounted || [slot, text, record].some((value) => typeof value !== "string")) {
        throw new TypeError(`Cannot restore quantities: ${JSON.stringify(one)} is none`);
      }
      const fact = { template: renamed?.[template] ?? template, slot, count, least, greatest, text };
      return { ...fact, ...(above === undefined ? {} : { above }), ...(record === "" ? {} : { record }) };
    });
  }
}

function countAbove(above: number[], at: readonly number[], value: number): void {
  for (let i = 0; i < at.length && value > at[i]; i++) above[i]++;
}
