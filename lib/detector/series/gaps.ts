/**
 * How long templates stay away.
 *
 * @module
 */
import type { EventWindow } from "../../feature/event_window.ts";
import { lengthText } from "../../table/figures.ts";
import type { Part } from "../part.ts";
import { gammaTail } from "./count_tail.ts";
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
/** A standard deviation below this part of the mean is regular, and below this one it is an accident. */
const REGULAR = 0.5, LEAST_DEVIATION = 0.3;
/** A gap below this many windows is none. */
const LEAST_GAP = 2;
/** After this multiple of its longest gap a template is retired; habits are known after so many days. */
const RETIRED = 4, DAYS = 2;
/** An absence is told of in so many windows; then it has been said. */
const TOLD = 6;
/** In a window that alerted no more than this multiple of the longest gap is learned, and never more than the second. */
const GROWTH = 1.5, LARGEST = 4;
/** Gaps that count when habits are learned: later ones replace earlier ones. */
const MEMORY = 200;
/** Days in which the longest gap loses half of its length. */
const HALF_LIFE = 28;
/** Numbers of a row: window last seen in, gaps, their mean, their mean square, the longest, windows told, passed over since. */
const LAST = 0, GAPS = 1, MEAN = 2, SQUARE = 3, LONGEST = 4, SAID = 5, PASSED = 6, WIDTH = 7;

/** A template that has stayed away. */
interface Overdue {
  row: number;
  surprise: number;
  windows: number;
}

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
    return this.#overdue(state, window).reduce((most, { surprise }) => Math.max(most, surprise), 0);
  }

  explain(state: TemplateTable, window: EventWindow): Part[] {
    const { values } = state;
    return weightedParts(
      this.#overdue(state, window).map(({ row, surprise, windows }): Telling => {
        const template = state.templates[row], at = row * WIDTH;
        const kind = template === ALL_EVENTS ? "total" : "template";
        return {
          kind,
          template,
          weight: surprise ** 3,
          actual: 0,
          expected: windows / values[at + MEAN],
          span: windows * this.#options.windowMs,
          text: this.#text(values, at),
        };
      }),
    );
  }

  /** When it came last, and how long it stays away at other times. */
  #text(values: Float64Array, at: number): string {
    const { windowMs } = this.#options, last = new Date(values[at + LAST] * windowMs).toISOString();
    const seen = `last seen ${last.slice(0, 10)} ${last.slice(11, 16)} UTC`;
    return this.#regular
      ? `${seen}, usually every ${lengthText(values[at + MEAN] * windowMs)}`
      : `${seen}, never away for more than ${
        lengthText(Math.max(1, values[at + LONGEST]) * windowMs)
      } lately`;
  }

  step(state: TemplateTable, window: EventWindow, { alerted, line }: Outcome): void {
    for (const { row, surprise } of this.#overdue(state, window)) {
      if (surprise > line) state.values[row * WIDTH + SAID]++;
    }
    const now = windowIndex(window, this.#options.windowMs);
    for (const template of window.events.templates) this.#seen(state, template, now, alerted);
    if (window.lines > 0) this.#seen(state, ALL_EVENTS, now, alerted);
  }

  /** What is in the window was there, though that makes no gap; of all else nobody knows, so the window doesn't count. */
  pass(state: TemplateTable, window: EventWindow): void {
    const now = windowIndex(window, this.#options.windowMs),
      { templates } = window.events,
      { values } = state;
    for (let row = 0; row < state.length; row++) {
      const template = state.templates[row], at = row * WIDTH;
      const isThere = template === ALL_EVENTS ? window.lines > 0 : templates.includes(template);
      if (isThere) saw(values, at, now);
      else values[at + PASSED]++;
    }
  }

  #seen(state: TemplateTable, template: number, now: number, alerted: boolean): void {
    const isNew = state.find(template) < 0, row = state.open(template), { values } = state;
    const gap = now - values[row + LAST],
      isLearned = values[row + PASSED] === 0 || gap <= values[row + LONGEST];
    if (!isNew && gap > 0 && isLearned) this.#learn(values, row, gap, alerted); // else an incident may have made it
    saw(values, row, now);
  }

  #learn(values: Float64Array, row: number, gap: number, alerted: boolean): void {
    const longest = Math.max(values[row + LONGEST], LEAST_GAP);
    if (values[row + GAPS] >= ENOUGH) gap = Math.min(gap, (alerted ? GROWTH : LARGEST) * longest);
    const fading = 0.5 ** (gap / (HALF_LIFE * windowsPerDay(this.#options.windowMs)));
    const weight = 1 / Math.min(MEMORY, ++values[row + GAPS]);
    values[row + MEAN] += weight * (gap - values[row + MEAN]);
    values[row + SQUARE] += weight * (gap * gap - values[row + SQUARE]);
    values[row + LONGEST] = Math.max(values[row + LONGEST] * fading, gap);
  }

  #overdue(state: TemplateTable, window: EventWindow): Overdue[] {
    const now = windowIndex(window, this.#options.windowMs), { templates } = window.events;
    const found: Overdue[] = [], { values } = state;
    for (let row = 0; row < state.length; row++) {
      const at = row * WIDTH, mean = values[at + MEAN];
      if (values[at + GAPS] < ENOUGH || values[at + SAID] >= TOLD) continue;
      const template = state.templates[row];
      if (template === ALL_EVENTS ? window.lines > 0 : templates.includes(template)) continue;
      const windows = now - values[at + LAST] - values[at + PASSED], variation = variationOf(values, at);
      if (windows >= RETIRED * Math.max(LEAST_GAP, values[at + LONGEST])) continue;
      if (values[at + GAPS] * mean < DAYS * windowsPerDay(this.#options.windowMs)) continue;
      if (variation < REGULAR !== this.#regular || windows < LEAST_GAP || windows <= values[at + LONGEST]) {
        continue;
      }
      // A mean of few gaps is uncertain, and so is how much they vary.
      const shape = 1 / (Math.max(variation, LEAST_DEVIATION) ** 2 + 2 / values[at + GAPS]);
      found.push({ row, windows, surprise: gammaTail(windows, mean, shape) });
    }
    return found;
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

/** Standard deviation of gaps over their mean. */
function variationOf(values: Float64Array, at: number): number {
  const mean = values[at + MEAN];
  return Math.sqrt(Math.max(0, values[at + SQUARE] - mean * mean)) / mean;
}

/** The template of a row is there. */
function saw(values: Float64Array, row: number, now: number): void {
  values[row + LAST] = Math.max(now, values[row + LAST]);
  values[row + SAID] = values[row + PASSED] = 0;
}
