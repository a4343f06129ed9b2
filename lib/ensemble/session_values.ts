/**
 * Sessions whose numbers or times are far above the usual.
 *
 * @module
 */
import { weightedParts } from "../detector/series/weighted_parts.ts";
import { numberText, percentText } from "../feature/figures.ts";
import type { EventWindow, TemplateNames } from "../feature/event_window.ts";
import { savedFields } from "../record/saved_fields.ts";
import type { Decision, Ensemble, EnsembleSnapshot, Opinion, Part, StartOptions } from "./ensemble.ts";
import { fitLines, type FittedLines } from "./session_values/fit_lines.ts";
import { type Measure, measureKey, measuresOf } from "./session_values/measures.ts";
import { RECENT, RecentValues, shiftOf } from "./session_values/recent.ts";
import { readLine, type SavedLine, saveLine } from "./session_values/saved_line.ts";
import {
  ENOUGH,
  excess,
  logarithm,
  middleOne,
  RUN,
  type SlotLine,
  valueAt,
} from "./session_values/slot_line.ts";
import { valueText } from "./session_values/value_text.ts";

const { arrayOf, fieldsOf, flag, integer, number, text } = savedFields("values of sessions");

const KIND = "session-values", VERSION = 1;
/** Part of the sessions' budget of false alarms that values and times have: a line so high costs little of what it finds. */
export const VALUES_PART = .05;
/** Share of sessions that they may flag where nothing else is said: that part of a hundredth. */
export const SESSION_RATE: number = .01 * VALUES_PART;
/** The detector of times, which follow from much else that may happen in a session. */
export const SESSION_TIME = "session-time";
/** What identifies the time before a step, and that of a whole session, among the values of a template. */
const TIME_DETAIL = "time before", DURATION_DETAIL = "whole session";
/** Score of a normal session at which something else is to be told. */
const NEWS = 1.000001;
/** What is said where values shift. */
const SHIFT_NOTE =
  "Many sessions have far greater values of late than training had: they count as usual from here on";

const CALM: Decision = { score: 0, opinions: [] };

/** How {@linkcode SessionValues} are fitted. */
export interface SessionValuesOptions {
  /** Share of normal sessions that may be flagged. Default .0005. */
  rate?: number;
  /** Largest gap within a session, ms. Default: there is none. */
  idle?: number;
}

/** What {@linkcode SessionValues} learn while they judge. */
export interface SessionValuesState {
  /** See `StartOptions`. */
  told: boolean;
  /** The last values of each line's measure; `null` = nothing becomes usual. */
  recent: RecentValues[] | null;
  /** Lines whose measure is above the usual in many of the last sessions, and that have said so. */
  shifted: Set<number>;
}

/** A measure that has a line. */
interface Judged {
  /** Number of its line. */
  place: number;
  measure: Measure;
  /** Above 1 = beyond the line. */
  excess: number;
  /** By how much the line lies higher now, as a logarithm. */
  shift: number;
  /** What is compared with what: the value, or the middle one of the last ones, and what is usual of it. */
  shown: { value: number; usual: number; isRun: boolean };
}

/**
 * Each measure of a session (the greatest number of a parameter, the time before a step, the duration of the whole) against a
 * line of its own, which a tail of training's values keeps: the score is how far the most unusual one is on the way from there.
 *
 * The lines share the rate. They never move where training represents what is judged; where a log goes on behind training they
 * lie higher by as much as the upper fifth of the last fifty values is above that of training: what is slower for all is news
 * once, and usual then.
 *
 * @see Pickands, "Statistical inference using extreme order statistics", Annals of Statistics 3, 1975
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { SessionValues } from "./session_values.ts";
 *
 * const names = { id: (i: number) => `T${i}`, text: () => "paid in <*> ms", severity: () => 9, indexOf: () => 4 };
 * const events = { templates: Int32Array.of(4), counts: Int32Array.of(1), levels: new Uint8Array(1) };
 * const session = (i: number, greatest: number) => ({
 *   ...{ start: i * 1000, end: i * 1000, lines: 1, events, sequence: null },
 *   facts: new Map([["greatest", [{ template: 4, slot: "in", kind: 3, greatest }]]]),
 * });
 * const values = SessionValues.fit(Array.from({ length: 500 }, (_, i) => session(i, 200 + i % 97)), names);
 * const state = values.start(), [{ parts }] = values.judge(state, session(501, 40_000)).opinions;
 * assert.equal(parts[0].text, "40 s, usually at most 300 ms");
 * assert(values.judge(state, session(502, 310)).score < 1);
 * ```
 */
export class SessionValues implements Ensemble<SessionValuesState> {
  readonly kind = KIND;
  readonly #places: Map<string, number>;

  private constructor(
    readonly lines: readonly SlotLine[],
    readonly notes: readonly string[],
    private readonly begin: readonly (readonly number[])[],
    private readonly names: TemplateNames,
  ) {
    this.#places = new Map(lines.map((line, place) => [measureKey(line), place]));
  }

  /**
   * Learns from sessions.
   *
   * @param sessions In order of completion.
   */
  static fit(
    sessions: readonly EventWindow[],
    names: TemplateNames,
    { rate = SESSION_RATE, idle = Infinity }: SessionValuesOptions = {},
  ): SessionValues {
    const fitted = fitLines(sessions, { rate, idle });
    const begin = fitted.lines.map((line) => fitted.samples.get(measureKey(line))!.values.slice(-RECENT));
    return new SessionValues(fitted.lines, notesOf(fitted, rate), begin, names);
  }

  /** @throws {TypeError} if it is not what {@linkcode toJSON} gives. */
  static fromJSON(snapshot: unknown, names: TemplateNames): SessionValues {
    const { version, lines, notes, begin } = fieldsOf(snapshot, "snapshot");
    integer(version, "version", VERSION, VERSION);
    const read = arrayOf(lines, "lines", (line, path) => readLine(line, path, names));
    const recent = arrayOf(begin, "begin", readValues);
    if (recent.length !== read.length) {
      throw new TypeError(
        `Cannot restore values of sessions: ${read.length} lines, ${recent.length} beginnings`,
      );
    }
    const known = read.flatMap((line, i) => line === null ? [] : [{ line, values: recent[i] }]);
    return new SessionValues(
      known.map(({ line }) => line),
      arrayOf(notes, "notes", text),
      known.map(({ values }) => values),
      names,
    );
  }

  start({ adapts = true, told = false }: StartOptions = {}): SessionValuesState {
    const recent = adapts ? this.begin.map((values) => new RecentValues(values.slice())) : null;
    return { told, recent, shifted: new Set() };
  }

  judge(state: SessionValuesState, window: EventWindow): Decision {
    const judged = this.#judged(state, window);
    if (judged.length === 0) return CALM;
    const score = scoreOf(judged);
    const opinions = score > 1 ? this.#opinions(judged.filter(({ excess }) => excess > 1)) : [];
    const begun = this.#learn(state, judged);
    if (begun.length === 0) return { score, opinions };
    opinions.push(this.#shiftOpinion(begun, state.recent!));
    return { score: state.told ? Math.max(score, NEWS) : score, opinions, note: SHIFT_NOTE };
  }

  copy({ told, recent, shifted }: SessionValuesState): SessionValuesState {
    return { told, recent: recent?.map((values) => values.copy()) ?? null, shifted: new Set(shifted) };
  }

  save({ told, recent, shifted }: SessionValuesState): unknown {
    return { told, recent: recent?.map((values) => values.save()) ?? null, shifted: [...shifted] };
  }

  load(saved: unknown): SessionValuesState {
    const { told, recent, shifted } = fieldsOf(saved, "state"), count = this.lines.length;
    const values = recent === null ? null : arrayOf(recent, "state.recent", readValues);
    if (values !== null && values.length !== count) {
      throw new TypeError(
        `Cannot restore values of sessions: there are ${count} lines, not ${values.length}`,
      );
    }
    return {
      told: flag(told, "state.told"),
      recent: values?.map((each) => new RecentValues(each)) ?? null,
      shifted: new Set(arrayOf(shifted, "state.shifted", (each, path) => integer(each, path, 0, count - 1))),
    };
  }

  toJSON(): EnsembleSnapshot {
    const lines: SavedLine[] = this.lines.map((line) => saveLine(line, this.names));
    return { kind: KIND, version: VERSION, lines, notes: this.notes, begin: this.begin };
  }

  #judged({ recent }: SessionValuesState, window: EventWindow): Judged[] {
    const judged: Judged[] = [];
    for (const measure of measuresOf(window)) {
      const place = this.#places.get(measureKey(measure));
      if (place !== undefined) {
        judged.push(judgedOf(measure, place, this.lines[place], recent?.[place] ?? null));
      }
    }
    return judged;
  }

  /** Takes in what was judged; numbers of lines that many of the last sessions are beyond since this one. */
  #learn({ recent, shifted }: SessionValuesState, judged: readonly Judged[]): number[] {
    if (recent === null) return [];
    const begun: number[] = [];
    for (const { place, measure: { value }, shift, excess } of judged) {
      const line = this.lines[place];
      recent[place].note(value);
      if (shift > 0 && excess <= 1 && !shifted.has(place)) {
        shifted.add(place);
        begun.push(place);
      } else if (shifted.has(place) && logarithm(line, recent[place].upper()) < line.level) {
        shifted.delete(place);
      }
    }
    return begun;
  }

  #opinions(beyond: readonly Judged[]): Opinion[] {
    const numbers = beyond.filter(({ measure: { slot } }) => slot !== "");
    const said = new Set(numbers.map(({ measure: { template } }) => template)),
      times = new Map<number, Judged>();
    for (const one of beyond) { // of a step that comes after several the time that tells most
      const { measure: { slot, template }, excess } = one, known = times.get(template);
      if (slot !== "" || said.has(template) || (known !== undefined && known.excess >= excess)) continue;
      times.set(template, one);
    }
    return [
      this.#opinion("session-value", numbers),
      this.#opinion(SESSION_TIME, [...times.values()]),
    ].filter(({ parts }) => parts.length > 0).sort((a, b) => b.evidence - a.evidence);
  }

  #opinion(detector: string, beyond: readonly Judged[]): Opinion {
    const parts = weightedParts(beyond.map(({ place, measure, shift, excess, shown }) => {
      const line = this.lines[place], { kind } = measure, { value, isRun } = shown;
      const usual = shift === 0 ? shown.usual : valueAt(line, logarithm(line, shown.usual) + shift);
      const what = isRun
        ? `median of the last ${RUN} sessions ${valueText(value, kind)}`
        : valueText(value, kind);
      const said = `${what}, usually at most ${valueText(usual, kind)}${this.#sinceText(line)}`;
      return { ...this.#part(line, said), weight: excess ** 3, actual: value, expected: usual };
    }));
    return { detector, evidence: scoreOf(beyond), parts };
  }

  #shiftOpinion(places: readonly number[], recent: readonly RecentValues[]): Opinion {
    const parts = weightedParts(places.map((place) => {
      const line = this.lines[place], { kind, usual } = line, last = recent[place], above = last.above(usual);
      const said = `above ${valueText(usual, kind)} in ${above} of the last ${last.length} sessions${
        this.#sinceText(line)
      }`;
      return { ...this.#part(line, said), weight: above, actual: last.upper(), expected: usual };
    }));
    return { detector: "behaviour-shift", evidence: 1 + parts.length / this.lines.length, parts };
  }

  #part(
    { template, slot, since }: SlotLine,
    said: string,
  ): Pick<Part, "kind" | "template" | "detail" | "text"> {
    const detail = slot !== "" ? slot : since < 0 ? DURATION_DETAIL : TIME_DETAIL;
    return { kind: "value", template, detail, text: said };
  }

  #sinceText({ since }: SlotLine): string {
    return since < 0 ? "" : `, after \`${this.names.text(since)}\``;
  }
}

/**
 * What a line says of a measure; where the last values are known, of them as well: what lasts is anomalous below the line of a
 * single value, in sessions whose own value is high.
 */
function judgedOf(measure: Measure, place: number, line: SlotLine, recent: RecentValues | null): Judged {
  const value = logarithm(line, measure.value), single = excess(line, value);
  const found = {
    place,
    measure,
    shift: 0,
    excess: single,
    shown: { value: measure.value, usual: line.usual, isRun: false },
  };
  if (recent === null || single <= 0) return found;
  const { run } = line, middle = run === null ? 0 : middleOne([...recent.last(RUN - 1), measure.value]);
  const lasting = run === null ? 0 : excess(run, logarithm(line, middle));
  const isRun = single <= 1 && lasting > 1;
  if (!isRun && single <= 1) return found;
  const shift = shiftOf(line, recent), judging = isRun ? run! : line;
  return {
    ...{ place, measure, shift },
    excess: excess(judging, (isRun ? logarithm(line, middle) : value) - shift),
    shown: isRun ? { value: middle, usual: run!.usual, isRun } : found.shown,
  };
}

/** The excess of the most unusual one; above 1 it tends to 2, so that it can be compared with what else is said of sessions. */
function scoreOf(judged: readonly Judged[]): number {
  const most = judged.reduce((most, { excess }) => Math.max(most, excess), 0);
  return most > 1 ? 2 - 1 / most : most;
}

function readValues(saved: unknown, path: string): number[] {
  const values = arrayOf(saved, path, number);
  if (values.length > RECENT) {
    throw new TypeError(`Cannot restore values of sessions: ${path} has ${values.length}`);
  }
  return values;
}

function notesOf({ lines, sessions, samples }: FittedLines, rate: number): string[] {
  if (lines.length === 0) {
    const isNoted = [...samples.values()].some(({ template }) => template >= 0);
    return isNoted && sessions < ENOUGH
      ? [`Sessions: numbers and times are judged from ${ENOUGH} sessions on, there are ${sessions}`]
      : [];
  }
  const shown = Math.max(rate, .5 / (sessions + 1));
  return [
    `Sessions: ${numberText(lines.length)} numbers and times are expected to flag ${
      percentText(shown)
    } of normal ones`,
  ];
}
