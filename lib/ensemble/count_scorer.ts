/**
 * A count detector as one that scores windows.
 *
 * @module
 */
import type { Detector } from "../detector/detector.ts";
import type { Part } from "../detector/part.ts";
import type { WindowScorer } from "../detector/series/window_scorer.ts";
import { type EventCounts, type EventWindow, pairsOf, type TemplateNames } from "../feature/event_window.ts";
import type { FeatureMatrix } from "../feature/feature_matrix.ts";
import type { FeatureSpace } from "../feature/feature_space.ts";
import { countParts } from "./count_parts.ts";

/** What a {@linkcode CountScorer} scores by. */
export interface CountScorerOptions {
  space: FeatureSpace;
  names: TemplateNames;
  /** What scores are divided by: a score that hardly any honest one of training reaches. Default 1. */
  unit?: number;
  /**
   * Scores of windows that the detector was fitted on, by detectors that were not: only such scores say what is usual. Asked
   * while an ensemble is fitted; default: none.
   */
  heldBack?: ReadonlyMap<EventWindow, number>;
  /**
   * Whether templates that training didn't know are counted nowhere: where other channels tell what is new, and know when it is
   * no news any more. Default `false`.
   */
  knownOnly?: boolean;
}

/**
 * Scores windows by a detector of their counts; windows with equal counts are scored once.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { newTemplate } from "../detector/new_template.ts";
 * import { eventCountsOf } from "../feature/event_window.ts";
 * import { FeatureSpace } from "../feature/feature_space.ts";
 * import { CountVectors } from "../window/count_vectors.ts";
 * import { symbolOf } from "../window/symbol.ts";
 * import { CountScorer } from "./count_scorer.ts";
 *
 * const names = { id: String, text: String, severity: () => 9, indexOf: Number }, vectors = new CountVectors();
 * const normal = Int32Array.of(vectors.intern([symbolOf(0, 9)], [2]));
 * const space = FeatureSpace.fit(vectors, normal, { template: (i) => ({ id: names.id(i), text: names.text(i) }) });
 * const scorer = new CountScorer(await newTemplate.fit(space.project(vectors, normal).matrix), { space, names });
 * const events = eventCountsOf(Int32Array.of(symbolOf(1, 17), 3));
 * assert.equal(scorer.score({ start: 0, end: 1, lines: 3, events, sequence: null }), 2);
 * ```
 */
export class CountScorer implements WindowScorer {
  readonly name: string;
  /** In units: beyond what training showed, not just at its edge. */
  readonly least: number = 1.5;
  readonly cautious: number = 3;
  readonly #detector: Detector;
  readonly #options: CountScorerOptions;
  readonly #scores = new WeakMap<EventCounts, number>();

  constructor(detector: Detector, options: CountScorerOptions) {
    this.name = detector.kind;
    this.#detector = detector;
    this.#options = options;
  }

  score(window: EventWindow): number {
    const heldBack = this.#options.heldBack?.get(window);
    const { unit = 1 } = this.#options;
    if (heldBack !== undefined) return heldBack / unit;
    let score = this.#scores.get(window.events);
    if (score === undefined) {
      score = this.#detector.score(this.#matrix(window))[0] / unit;
      this.#scores.set(window.events, score);
    }
    return score;
  }

  parts(window: EventWindow): Part[] {
    const { space, names } = this.#options;
    return countParts(this.#detector, this.#matrix(window), { events: window.events, space, names });
  }

  #matrix({ events }: EventWindow): FeatureMatrix {
    const { space, knownOnly = false } = this.#options;
    return space.projectOne(
      pairsOf(events),
      knownOnly ? { ignore: (template) => !space.knows(template) } : {},
    );
  }
}
