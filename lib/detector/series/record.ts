/**
 * `record`: more events of a template than there ever were lately.
 *
 * @module
 */
import type { EventWindow } from "../../feature/event_window.ts";
import type { Part } from "../part.ts";
import {
  type Outcome,
  type SeriesDetector,
  type SeriesDetectorKind,
  type SeriesOptions,
  windowsPerDay,
} from "./series_detector.ts";
import { TemplateTable } from "./template_table.ts";
import { weightedParts } from "./weighted_parts.ts";

/** Days in which a record loses half of its height. */
const HALF_LIFE = 14;
/** A record below this is taken as this: five lines where one was usual are nothing. */
const LEAST_RECORD = 3;
/** What a record may grow to in a window that alerted, as a multiple: what goes on is learned in a dozen windows. */
const GROWTH = 1.25;

class Records implements SeriesDetector<TemplateTable> {
  readonly kind = "record";
  readonly #decay: number;
  readonly #options: SeriesOptions;

  constructor(options: SeriesOptions) {
    this.#options = options;
    this.#decay = 0.5 ** (1 / (HALF_LIFE * windowsPerDay(options.windowMs)));
  }

  start(): TemplateTable {
    return new TemplateTable(1);
  }

  missing(state: TemplateTable): number {
    return state.length > 0 ? 0 : 1;
  }

  score(state: TemplateTable, { events }: EventWindow): number {
    const { templates, counts } = events;
    let score = 0;
    for (let i = 0; i < templates.length; i++) {
      score = Math.max(score, octaves(state, templates[i], counts[i]));
    }
    return score;
  }

  explain(state: TemplateTable, { events }: EventWindow): Part[] {
    const { templates, counts } = events, telling = [];
    for (let i = 0; i < templates.length; i++) {
      const template = templates[i], weight = octaves(state, template, counts[i]) ** 3;
      if (weight === 0) continue;
      const expected = state.values[state.find(template)];
      telling.push({ kind: "template" as const, template, weight, actual: counts[i], expected });
    }
    return weightedParts(telling);
  }

  step(state: TemplateTable, { events }: EventWindow, { alerted }: Outcome): void {
    const { templates, counts } = events, { length } = state;
    for (let row = 0; row < length; row++) state.values[row] *= this.#decay;
    for (let i = 0; i < templates.length; i++) {
      const known = state.find(templates[i]), row = known < 0 ? state.open(templates[i]) : known;
      const record = state.values[row], limit = GROWTH * Math.max(record, LEAST_RECORD);
      state.values[row] = Math.max(record, alerted && known >= 0 ? Math.min(counts[i], limit) : counts[i]);
    }
  }

  copy(state: TemplateTable): TemplateTable {
    return state.copy();
  }

  save(state: TemplateTable): unknown {
    return state.save(this.#options.names);
  }

  load(saved: unknown): TemplateTable {
    return TemplateTable.load(saved, 1, this.#options.names);
  }
}

/** How often the count doubles the record; 0 where it doesn't break it, or there is none yet. */
function octaves(state: TemplateTable, template: number, count: number): number {
  const row = state.find(template);
  if (row < 0) return 0;
  return Math.max(0, Math.log2((count + 1) / (Math.max(state.values[row], LEAST_RECORD) + 1)));
}

/**
 * The count of each template against its own record, which loses half of its height in two weeks: a score of 1 is twice as
 * many as ever lately. A template that was never seen has no record; it is others' business.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { record } from "./record.ts";
 *
 * assert.equal(record.name, "record");
 * ```
 */
export const record: SeriesDetectorKind<TemplateTable> = {
  name: "record",
  title: "More events of a template than there ever were lately",
  line: "calibrated",
  least: 1,
  cautious: 3,
  create: (options) => new Records(options),
};
