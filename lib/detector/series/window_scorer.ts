/**
 * Any detector of single windows, as one that follows a service.
 *
 * @module
 */
import type { EventWindow } from "../../feature/event_window.ts";
import type { Part } from "../part.ts";
import type { SeriesDetector, SeriesDetectorKind } from "./series_detector.ts";

/** Scores windows one by one and learns nothing from them: an autoencoder on their counts, say. */
export interface WindowScorer {
  readonly name: string;
  /** No lower score fires; default 0. */
  readonly least?: number;
  /** A score that hardly any normal window reaches, for services with few windows; default: none is known. */
  readonly cautious?: number;
  /** Higher is more anomalous; 0 or more, finite. */
  score(window: EventWindow): number;
  /** What the score comes from, most telling first. */
  parts(window: EventWindow): Part[];
}

class Scored implements SeriesDetector<null> {
  readonly kind: string;
  readonly #scorer: WindowScorer;

  constructor(scorer: WindowScorer) {
    this.kind = scorer.name;
    this.#scorer = scorer;
  }

  start(): null {
    return null;
  }

  missing(): number {
    return 0;
  }

  score(_: null, window: EventWindow): number {
    return this.#scorer.score(window);
  }

  explain(_: null, window: EventWindow): Part[] {
    return this.#scorer.parts(window);
  }

  step(): void {}

  copy(): null {
    return null;
  }

  save(): null {
    return null;
  }

  load(saved: unknown): null {
    if (saved === null) return null;
    throw new TypeError(`Cannot restore ${this.kind}: it has no state`);
  }
}

/**
 * The kind of a scorer of single windows. It fires only by calibration: its scores have no scale of their own.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { scorerKind } from "./window_scorer.ts";
 *
 * const kind = scorerKind({ name: "lines", score: ({ lines }) => lines, parts: () => [] });
 * assert.equal(kind.name, "lines");
 * ```
 */
export function scorerKind(scorer: WindowScorer): SeriesDetectorKind<null> {
  return {
    name: scorer.name,
    title: `Windows that ${scorer.name} finds unlike the others`,
    line: "calibrated",
    least: scorer.least ?? 0,
    cautious: scorer.cautious ?? Infinity,
    create: () => new Scored(scorer),
  };
}
