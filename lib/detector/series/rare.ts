/**
 * `rare`: a template that hardly ever comes.
 *
 * @module
 */
import type { EventWindow } from "../../feature/event_window.ts";
import type { Part } from "../part.ts";
import type { SeriesDetector, SeriesDetectorKind, SeriesOptions } from "./series_detector.ts";
import { ALL_EVENTS, TemplateTable } from "./template_table.ts";
import { weightedParts } from "./weighted_parts.ts";

/** Windows before anything is rare. */
const LEAST_WINDOWS = 48;

class Rarity implements SeriesDetector<TemplateTable> {
  readonly kind = "rare";
  readonly #options: SeriesOptions;

  constructor(options: SeriesOptions) {
    this.#options = options;
  }

  /** Windows with each template; the first row is of all windows. */
  start(): TemplateTable {
    const table = new TemplateTable(1);
    table.open(ALL_EVENTS);
    return table;
  }

  missing(state: TemplateTable): number {
    return Math.max(0, LEAST_WINDOWS - state.values[0]);
  }

  score(state: TemplateTable, { events }: EventWindow): number {
    let score = 0;
    for (const template of events.templates) score = Math.max(score, surprise(state, template));
    return score;
  }

  explain(state: TemplateTable, { events }: EventWindow): Part[] {
    return weightedParts(Array.from(events.templates, (template, i) => ({
      kind: "template" as const,
      template,
      weight: surprise(state, template) ** 3,
      actual: events.counts[i],
      expected: state.find(template) < 0 ? 0 : state.values[state.find(template)] / state.values[0],
    })));
  }

  step(state: TemplateTable, { events }: EventWindow): void {
    state.values[0]++;
    for (const template of events.templates) {
      const row = state.open(template);
      state.values[row]++;
    }
  }

  copy(state: TemplateTable): TemplateTable {
    return state.copy();
  }

  save(state: TemplateTable): unknown {
    return state.save(this.#options.names);
  }

  load(saved: unknown): TemplateTable {
    const table = TemplateTable.load(saved, 1, this.#options.names);
    if (table.templates[0] !== ALL_EVENTS) {
      throw new TypeError("Cannot restore rare: it has no row for all windows");
    }
    return table;
  }
}

/** −log10 of the share of windows that had the template; 0 where it is new, which is others' business. */
function surprise(state: TemplateTable, template: number): number {
  const row = state.find(template);
  return row < 0 ? 0 : Math.max(0, -Math.log10((state.values[row] + 0.5) / (state.values[0] + 1)));
}

/**
 * A known template that few windows ever had: minus the decimal logarithm of their share.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { rare } from "./rare.ts";
 *
 * assert.equal(rare.name, "rare");
 * ```
 */
export const rare: SeriesDetectorKind<TemplateTable> = {
  name: "rare",
  title: "A template that hardly ever comes",
  line: "calibrated",
  least: 2,
  cautious: 4,
  create: (options) => new Rarity(options),
};
