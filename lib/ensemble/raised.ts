/**
 * An ensemble whose lines were raised because people called what it found false.
 *
 * @module
 */
import type { EventWindow } from "../feature/event_window.ts";
import type { Decision, Ensemble, EnsembleSnapshot, StartOptions, Waiting } from "./ensemble.ts";

/** How much higher the line of each detector lies, by its name; those that aren't named stay where they were. */
export type RaisedLines = Readonly<Record<string, number>>;

/**
 * Decides as the ensemble within, but that the evidence of a detector counts only above a line that is so many times higher. What it
 * learns while it judges is what the one within learns, so that a run goes on by it with the states that it has.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Raised } from "./raised.ts";
 *
 * const opinions = [{ detector: "burst", evidence: 3, parts: [] }, { detector: "low", evidence: 1.5, parts: [] }];
 * const inner: import("./ensemble.ts").Ensemble = {
 *   kind: "fixed",
 *   notes: [],
 *   start: () => null,
 *   judge: () => ({ score: 3, opinions }),
 *   copy: () => null,
 *   save: () => null,
 *   load: () => null,
 *   toJSON: () => ({ kind: "fixed", version: 1 }),
 * };
 * const events = { templates: new Int32Array(), counts: new Int32Array(), levels: new Uint8Array() };
 * const window = { start: 0, end: 1, lines: 0, events, sequence: null };
 * const { score, opinions: [left] } = new Raised(inner, { burst: 4 }).judge(null, window);
 * assert.deepEqual([score, left.detector], [1.5, "low"]);
 * assert.equal(new Raised(inner, { burst: 4, low: 2 }).judge(null, window).score <= 1, true);
 * ```
 */
export class Raised implements Ensemble {
  readonly kind = "raised";

  /**
   * @param inner What decides.
   * @param lines Each above 1.
   * @throws {RangeError} if a line is not raised.
   */
  constructor(readonly inner: Ensemble, readonly lines: RaisedLines) {
    for (const [detector, factor] of Object.entries(lines)) {
      if (factor > 1 && Number.isFinite(factor)) continue;
      throw new RangeError(
        `Cannot raise the line of ${detector}: the factor must be above 1, current value is ${factor}`,
      );
    }
  }

  get notes(): readonly string[] {
    const raised = Object.entries(this.lines).map(([detector, factor]) =>
      `the line of ${detector} was raised ${
        Number(factor.toPrecision(3))
      } times by what people said of alerts`
    );
    return [...this.inner.notes, ...raised];
  }

  get scored(): number | undefined {
    return this.inner.scored;
  }

  start(options?: StartOptions): unknown {
    return this.inner.start(options);
  }

  judge(state: unknown, window: EventWindow): Decision {
    const decision = this.inner.judge(state, window), { opinions } = decision;
    if (!opinions.some(({ detector }) => Object.hasOwn(this.lines, detector))) return decision;
    const scaled = opinions.map((opinion) => ({
      ...opinion,
      evidence: opinion.evidence / (this.lines[opinion.detector] ?? 1),
    }));
    const most = (all: readonly { evidence: number }[]) => Math.max(...all.map(({ evidence }) => evidence));
    const score = decision.score * most(scaled) / most(opinions);
    const left = scaled.filter(({ evidence }) => evidence > 1).sort((a, b) => b.evidence - a.evidence);
    return { ...decision, score: left.length === 0 ? Math.min(score, 1) : score, opinions: left };
  }

  waiting(state: unknown): Waiting[] {
    return this.inner.waiting?.(state) ?? [];
  }

  copy(state: unknown): unknown {
    return this.inner.copy(state);
  }

  save(state: unknown): unknown {
    return this.inner.save(state);
  }

  load(saved: unknown): unknown {
    return this.inner.load(saved);
  }

  toJSON(): EnsembleSnapshot {
    return { kind: this.kind, version: 1, lines: this.lines, inner: this.inner.toJSON() };
  }
}

/** An ensemble with these lines raised, and no others: what was raised before is forgotten. */
export function withRaised(ensemble: Ensemble, lines: RaisedLines): Ensemble {
  const inner = ensemble instanceof Raised ? ensemble.inner : ensemble;
  return Object.keys(lines).length === 0 ? inner : new Raised(inner, lines);
}

/** The lines that are raised in an ensemble. */
export function raisedLines(ensemble: Ensemble): RaisedLines {
  return ensemble instanceof Raised ? ensemble.lines : {};
}
