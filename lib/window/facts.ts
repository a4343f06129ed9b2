/**
 * What collectors noted of windows.
 *
 * @module
 */
import type { LogBatch } from "../record/log_batch.ts";
import type { Collector } from "./collector.ts";

/** A window's facts in the order of their collectors; a hole = nothing was noted. */
export type Facts = unknown[];

/**
 * The collectors of a stream, asked one after another.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../record/log_batch.ts";
 * import { Collectors } from "./facts.ts";
 *
 * const longest = {
 *   name: "longest",
 *   add: (fact: number | undefined, { start, recordEnd }: LogBatch, row: number) =>
 *     Math.max(fact ?? 0, recordEnd[row] - start[row]),
 *   merge: Math.max,
 *   save: (fact: number) => fact,
 *   load: (saved: unknown) => Number(saved),
 * };
 * const collectors = new Collectors([longest]), batch = new LogBatch();
 * batch.recordEnd[0] = 12;
 * const facts = collectors.add(undefined, batch, 0);
 * assert.equal(collectors.named(facts)?.get("longest"), 12);
 * ```
 */
export class Collectors {
  /** Whether there is nobody to ask. */
  readonly none: boolean;
  /** Whether nobody asks for records of sessions. */
  readonly noneInSessions: boolean;
  readonly #inWindows: readonly number[];
  readonly #inSessions: readonly number[];
  #concern = new Uint8Array(0); // of each template in sessions: 0 not asked yet, 1 nobody, 2 somebody

  constructor(readonly all: readonly Collector[]) {
    this.none = all.length === 0;
    this.#inWindows = [...all.keys()].filter((i) => all[i].inWindows ?? true);
    this.#inSessions = [...all.keys()].filter((i) => all[i].inSessions ?? false);
    this.noneInSessions = this.#inSessions.length === 0;
  }

  /** Whether anybody wants records of a template that are of sessions. */
  concernsSessions(template: number): boolean {
    const known = this.#concern[template];
    return known > 0 ? known === 2 : this.#ask(template);
  }

  #ask(template: number): boolean {
    if (template >= this.#concern.length) {
      const grown = new Uint8Array(2 * template + 64);
      grown.set(this.#concern);
      this.#concern = grown;
    }
    const anybody = this.#inSessions.some((i) => this.all[i].concerns?.(template) ?? true);
    this.#concern[template] = anybody ? 2 : 1;
    return anybody;
  }

  /** The facts of a time window, or else of a session, with one more record. */
  add(facts: Facts | undefined, batch: LogBatch, row: number, inSession = false): Facts | undefined {
    const { all } = this;
    for (const i of inSession ? this.#inSessions : this.#inWindows) {
      const fact = all[i].add(facts?.[i], batch, row);
      if (fact !== undefined) (facts ??= [])[i] = fact;
    }
    return facts;
  }

  /** The facts of two windows that became one. */
  merge(earlier: Facts | undefined, later: Facts | undefined): Facts | undefined {
    if (earlier === undefined || later === undefined) return earlier ?? later;
    return this.all.map((collector, i) => {
      const [a, b] = [earlier[i], later[i]];
      return a === undefined ? b : b === undefined ? a : collector.merge(a, b);
    });
  }

  /** Facts that stay as they are whatever is added to these. */
  copy(facts: Facts): Facts | undefined {
    return this.load(this.save(facts));
  }

  /** Facts by the names of their collectors; `undefined` = nothing was noted. */
  named(facts: Facts | undefined): Map<string, unknown> | undefined {
    if (facts === undefined) return undefined;
    const named = new Map<string, unknown>();
    facts.forEach((fact, i) => fact === undefined ? undefined : named.set(this.all[i].name, fact));
    return named;
  }

  /** Plain JSON data by the names of collectors, for {@linkcode loadNamed}; empty = nothing was noted. */
  saveNamed(facts: Facts | undefined): Record<string, unknown> {
    const named: Record<string, unknown> = {};
    facts?.forEach((fact, i) => {
      if (fact !== undefined) named[this.all[i].name] = this.all[i].save(fact);
    });
    return named;
  }

  /** The same as text, for {@linkcode load}. */
  save(facts: Facts | undefined): string {
    return facts === undefined ? "" : JSON.stringify(this.saveNamed(facts));
  }

  /**
   * Facts from their saved form; what a collector noted that is not asked any more is dropped.
   *
   * @param renamed New template index by old one, where templates were renumbered since.
   * @throws {SyntaxError | TypeError} if it is not what {@linkcode save} gives.
   */
  load(saved: string, renamed?: Int32Array): Facts | undefined {
    return saved === "" ? undefined : this.loadNamed(JSON.parse(saved), renamed);
  }

  /**
   * {@linkcode load} from data; it is not kept.
   *
   * @throws {TypeError} if it is not what {@linkcode saveNamed} gives.
   */
  loadNamed(named: Record<string, unknown>, renamed?: Int32Array): Facts | undefined {
    const facts: Facts = [];
    this.all.forEach((collector, i) => {
      if (Object.hasOwn(named, collector.name)) facts[i] = collector.load(named[collector.name], renamed);
    });
    return facts.length > 0 ? facts : undefined;
  }

  /** Facts with templates renumbered. */
  rename(facts: Facts, map: Int32Array): Facts | undefined {
    this.#concern = new Uint8Array(0);
    return this.load(this.save(facts), map);
  }
}
