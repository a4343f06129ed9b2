/**
 * How long templates stay away.
 *
 * @module
 */
import type { EventWindow } from "../../feature/event_window.ts";
import type { Part } from "../part.ts";
import {
  type Outcome,
  type SeriesDetector,
  type SeriesOptions,
  windowIndex,
  windowsPerDay,
} from "./series_detector.ts";
import { ALL_EVENTS, TemplateTable } from "./template_table.ts";
import { type Telling, weightedParts } from "./weighted_parts.ts";

/** Gaps after which a template's habits are known. */
const ENOUGH = 10;
/** A standard deviation below this part of the mean is regular. */
const REGULAR = 0.8;
/** A gap below this many windows is none. */
const LEAST_GAP = 2;
/** After this multiple of its longest gap a template is retired: it has been said. */
const RETIRED = 4;
/** Days in which the longest gap loses half of its length. */
const HALF_LIFE = 28;
/** In a window that ends an alert no more than this multiple of the longest gap is learned. */
const GROWTH = 1.5;
/** Numbers of a row: window last seen in, gaps, their mean, squares of deviations, the longest. */
const LAST = 0, GAPS = 1, MEAN = 2, SQUARES = 3, LONGEST = 4, WIDTH = 5;

/** Follows the gaps of templates that come regularly, or of those that don't. */
export class Gaps implements SeriesDetector<TemplateTable> {
  readonly kind: string;
  readonly #regular: boolean;
  readonly #options: SeriesOptions;

  constructor(kind: string, regular: boolean, options: SeriesOptions) {
    this.kind = kind;
    this.#regular = regular;
    this.#options = options;
  }

  start(): TemplateTable {
    return new TemplateTable(WIDTH);
  }

  missing(state: TemplateTable): number {
    let most = 0;
    for (let row = 0; row < state.length; row++) most = Math.max(most, state.values[row * WIDTH + GAPS]);
    return Math.max(0, ENOUGH - most);
  }

  score(state: TemplateTable, window: EventWindow): number {
    let score = 0;
    this.#eachOverdue(state, window, (_, overdue) => score = Math.max(score, overdue));
    return score;
  }

  explain(state: TemplateTable, window: EventWindow): Part[] {
    const telling: Telling[] = [], { values } = state;
    this.#eachOverdue(state, window, (row, overdue, windows) => {
      const template = state.templates[row], longest = values[row * WIDTH + LONGEST];
      const text = `absent for ${windows} windows, at most ${Math.max(1, Math.round(longest))} before`;
      const kind = template === ALL_EVENTS ? "total" as const : "template" as const;
      telling.push({ kind, template, weight: overdue ** 3, actual: 0, expected: 1, text });
    });
    return weightedParts(telling);
  }

  step(state: TemplateTable, window: EventWindow, { alerted }: Outcome): void {
    const now = windowIndex(window, this.#options.windowMs);
    for (const template of window.events.templates) this.#seen(state, template, now, alerted);
    if (window.lines > 0) this.#seen(state, ALL_EVENTS, now, alerted);
  }

  #seen(state: TemplateTable, template: number, now: number, alerted: boolean): void {
    const isNew = state.find(template) < 0, row = state.open(template), { values } = state;
    if (!isNew && now > values[row + LAST]) this.#learn(values, row, now - values[row + LAST], alerted);
    values[row + LAST] = Math.max(now, values[row + LAST]);
  }

  #learn(values: Float64Array, row: number, gap: number, alerted: boolean): void {
    const longest = Math.max(values[row + LONGEST], LEAST_GAP), known = values[row + GAPS] >= ENOUGH;
    if (known && (alerted || gap >= RETIRED * longest)) gap = Math.min(gap, GROWTH * longest);
    const fading = 0.5 ** (gap / (HALF_LIFE * windowsPerDay(this.#options.windowMs)));
    const n = ++values[row + GAPS], deviation = gap - values[row + MEAN];
    values[row + MEAN] += deviation / n;
    values[row + SQUARES] += deviation * (gap - values[row + MEAN]);
    values[row + LONGEST] = Math.max(values[row + LONGEST] * fading, gap);
  }

  #eachOverdue(
    state: TemplateTable,
    window: EventWindow,
    tell: (row: number, overdue: number, windows: number) => void,
  ): void {
    const now = windowIndex(window, this.#options.windowMs), present = new Set(window.events.templates);
    if (window.lines > 0) present.add(ALL_EVENTS);
    for (let row = 0; row < state.length; row++) {
      const at = row * WIDTH, { values } = state, gaps = values[at + GAPS];
      if (gaps < ENOUGH || present.has(state.templates[row])) continue;
      const isRegular = Math.sqrt(values[at + SQUARES] / gaps) < REGULAR * values[at + MEAN];
      if (isRegular !== this.#regular) continue;
      const windows = now - values[at + LAST], overdue = windows / Math.max(values[at + LONGEST], LEAST_GAP);
      if (overdue > 0 && overdue < RETIRED) tell(row, overdue, windows);
    }
  }

  copy(state: TemplateTable): TemplateTable {
    return state.copy();
  }

  save(state: TemplateTable): unknown {
    return state.save(this.#options.names);
  }

  load(saved: unknown): TemplateTable {
    return TemplateTable.load(saved, WIDTH, this.#options.names);
  }
}
