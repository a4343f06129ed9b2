/**
 * Numbers in open windows, given anew.
 *
 * @module
 */
import type { CountVectors } from "./count_vectors.ts";
import type { Collectors, Facts } from "./facts.ts";
import { NO_SEQUENCE, type Sequences } from "./sequences.ts";
import type { TimeWindow } from "./service_output.ts";
import type { WindowParts } from "./window_snapshot.ts";

/** What windows hold numbers of. */
export interface NumberedParts {
  vectors: CountVectors;
  sequences: Sequences | null;
  collectors: Collectors;
}

/**
 * Renames templates in windows, and forgets what no window has any more.
 *
 * @example Used by `OpenWindows`
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "../record/dictionary.ts";
 * import { LogBatch } from "../record/log_batch.ts";
 * import { OpenWindows } from "./open_windows.ts";
 *
 * const batch = new LogBatch();
 * [batch.length, batch.template[0], batch.service[0]] = [1, 3, batch.services.internText("api")];
 * const windows = new OpenWindows({ size: 60_000, idle: 900_000, lateness: 0 }, batch.services);
 * windows.add(batch, 0, 1);
 * windows.rekey(Int32Array.of(0, 1, 2, 0)); // template 3 is template 0 now
 * assert.deepEqual([...windows.vectors.counts(windows.closeAll().vector[0]).symbols], [0]);
 * ```
 */
export class WindowNumbers {
  constructor(private readonly parts: WindowParts, private readonly numbered: NumberedParts) {}

  /**
   * Renames templates.
   *
   * @param map New template index by old one.
   * @returns New vector number by old one.
   * @throws {RangeError} if a counted template has no new index; nothing has changed then.
   */
  rekey(map: Int32Array): Int32Array {
    this.#settle();
    const renumbered = this.numbered.vectors.rekey(map);
    this.#forEachVector((vector) => renumbered[vector]);
    this.#renumberSequences(map);
    this.#renameFacts((facts) => this.numbered.collectors.rename(facts, map));
    return renumbered;
  }

  /**
   * Forgets all vectors and sequences that no window has.
   *
   * @returns New vector number by old one, -1 where it is forgotten.
   */
  forget(): Int32Array {
    const { vectors } = this.numbered;
    this.#settle();
    const used = new Uint8Array(vectors.size);
    this.#forEachVector((vector) => (used[vector] = 1, vector));
    const renumbered = vectors.keep(used);
    this.#forEachVector((vector) => renumbered[vector]);
    this.#renumberSequences();
    return renumbered;
  }

  #settle(): void {
    this.parts.sessions.settle();
    for (const service of this.parts.services) {
      if (service) { for (const window of service.windows.values()) service.settle(window); }
    }
  }

  /** Forgets the sequences that no session has, and renames templates in the others. */
  #renumberSequences(map?: Int32Array): void {
    const { sequences } = this.numbered;
    if (sequences === null) return;
    const { flags, sequence } = this.parts.sessions.columns, used = new Uint8Array(sequences.size);
    const isKept = (window: number) => flags[window] !== 0 && sequence[window] >= 0;
    for (let window = 0; window < flags.length; window++) if (isKept(window)) used[sequence[window]] = 1;
    const renumbered = sequences.keep(used, map);
    for (let window = 0; window < flags.length; window++) {
      sequence[window] = isKept(window) ? renumbered[sequence[window]] : NO_SEQUENCE;
    }
  }

  #renameFacts(rename: (facts: Facts) => Facts | undefined): void {
    if (this.numbered.collectors.none) return;
    const { facts } = this.parts.sessions.columns;
    for (const [window, noted] of facts) {
      const renamed = rename(noted);
      if (renamed === undefined) facts.delete(window);
      else facts.set(window, renamed);
    }
    this.#forEachTimeWindow((window) => {
      if (window.facts !== undefined) window.facts = rename(window.facts);
    });
  }

  #forEachVector(renew: (vector: number) => number): void {
    const { flags, vector } = this.parts.sessions.columns;
    for (let window = 0; window < flags.length; window++) {
      if (flags[window] !== 0) vector[window] = renew(vector[window]);
    }
    this.#forEachTimeWindow((window) => window.vector = renew(window.vector));
  }

  #forEachTimeWindow(visit: (window: TimeWindow) => void): void {
    for (const service of this.parts.services) {
      if (service) { for (const window of service.windows.values()) visit(window); }
    }
  }
}
