/**
 * Several ensembles on the same windows.
 *
 * @module
 */
import type { EventWindow } from "../feature/event_window.ts";
import type { Decision, Ensemble, EnsembleSnapshot, Opinion, StartOptions, Waiting } from "./ensemble.ts";

/** How ensembles go together. */
export interface TogetherOptions {
  /** Detectors that are left out where another ensemble calls the window anomalous too: what they say follows from that. */
  yielding?: readonly string[];
}

/**
 * Any of them can raise a verdict; the score is the greatest of theirs, the opinions are all of theirs but for those that yield.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Together } from "./together.ts";
 *
 * const of = (score: number): import("./ensemble.ts").Ensemble => ({
 *   kind: "fixed",
 *   notes: [],
 *   start: () => null,
 *   judge: () => ({ score, opinions: [] }),
 *   copy: () => null,
 *   save: () => null,
 *   load: () => null,
 *   toJSON: () => ({ kind: "fixed", version: 1 }),
 * });
 * const both = new Together([of(.5), of(2)]);
 * const events = { templates: new Int32Array(), counts: new Int32Array(), levels: new Uint8Array() };
 * assert.equal(both.judge(both.start(), { start: 0, end: 1, lines: 0, events, sequence: null }).score, 2);
 * ```
 */
export class Together implements Ensemble<unknown[]> {
  readonly kind = "together";

  readonly #yielding: readonly string[];

  constructor(readonly members: readonly Ensemble[], { yielding = [] }: TogetherOptions = {}) {
    this.#yielding = yielding;
  }

  get notes(): string[] {
    return this.members.flatMap(({ notes }) => notes);
  }

  start(options?: StartOptions): unknown[] {
    return this.members.map((member) => member.start(options));
  }

  judge(states: unknown[], window: EventWindow): Decision {
    // Of most windows none has an opinion or a note: then nothing is joined, nor made anew.
    let score = -Infinity, opinions: Opinion[] = [], note = "", anomalous = 0;
    for (let i = 0; i < this.members.length; i++) {
      const decision = this.members[i].judge(states[i], window);
      if (decision.score > score) score = decision.score;
      if (decision.score > 1) anomalous++;
      if (decision.opinions.length > 0) opinions = opinions.concat(decision.opinions);
      if (decision.note) note = note === "" ? decision.note : `${note}; ${decision.note}`;
    }
    if (anomalous > 1 && this.#yielding.length > 0) {
      opinions = opinions.filter(({ detector }) => !this.#yielding.includes(detector));
    }
    if (opinions.length > 1) opinions.sort((a, b) => b.evidence - a.evidence);
    return note === "" ? { score, opinions } : { score, opinions, note };
  }

  waiting(states: unknown[]): Waiting[] {
    return this.members.flatMap((member, i) => member.waiting?.(states[i]) ?? []);
  }

  copy(states: unknown[]): unknown[] {
    return this.members.map((member, i) => member.copy(states[i]));
  }

  save(states: unknown[]): unknown {
    return this.members.map((member, i) => member.save(states[i]));
  }

  load(saved: unknown): unknown[] {
    if (!Array.isArray(saved) || saved.length !== this.members.length) {
      throw new TypeError(`Cannot restore the state of ensembles: there are ${this.members.length} of them`);
    }
    return this.members.map((member, i) => member.load(saved[i]));
  }

  toJSON(): EnsembleSnapshot {
    const yielding = this.#yielding.length === 0 ? {} : { yielding: this.#yielding };
    return {
      kind: this.kind,
      version: 1,
      ...yielding,
      members: this.members.map((member) => member.toJSON()),
    };
  }
}
