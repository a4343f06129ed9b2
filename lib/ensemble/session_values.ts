/**
 * Sessions whose numbers or times are far above the usual.
 *
 * @module
 */
import type { EventWindow, TemplateNames } from "../feature/event_window.ts";
import { savedFields } from "../record/saved_fields.ts";
import type { Decision, Ensemble, EnsembleSnapshot, StartOptions } from "./ensemble.ts";
import { fitLines } from "./session_values/fit_lines.ts";
import { type Judged, judgedOf, scoreOf } from "./session_values/judged.ts";
import { measureKey, measuresOf } from "./session_values/measures.ts";
import { RECENT, RecentValues } from "./session_values/recent.ts";
import { measureName, readLine, type SavedLine, saveLine } from "./session_values/saved_line.ts";
import { logarithm, type SlotLine } from "./session_values/slot_line.ts";
import { notesOf, opinionsOf, shiftOpinion } from "./session_values/told.ts";

const { arrayOf, fieldsOf, flag, integer, number, text } = savedFields("values of sessions");

const KIND = "session-values", VERSION = 1;
/** Part of the sessions' budget of false alarms that values and times have: a line so high costs little of what it finds. */
export const VALUES_PART = .05;
/** Share of sessions that they may flag where nothing else is said: that part of a hundredth. */
export const SESSION_RATE: number = .01 * VALUES_PART;
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
    const opinions = score > 1 ? opinionsOf(judged.filter(({ excess }) => excess > 1), this.names) : [];
    const begun = this.#learn(state, judged);
    if (begun.length === 0) return { score, opinions };
    const shifted = begun.map((place) => ({ line: this.lines[place], last: state.recent![place] }));
    opinions.push(shiftOpinion(shifted, this.lines.length, this.names));
    return { score: state.told ? Math.max(score, NEWS) : score, opinions, note: SHIFT_NOTE };
  }

  copy({ told, recent, shifted }: SessionValuesState): SessionValuesState {
    return { told, recent: recent?.map((values) => values.copy()) ?? null, shifted: new Set(shifted) };
  }

  /** Plain data; lines by what they measure. */
  save({ told, recent, shifted }: SessionValuesState): unknown {
    const values = recent?.map((values) => values.save()) ?? null;
    return { told, measures: this.#measures(), recent: values, shifted: [...shifted] };
  }

  /** As it was saved. Where there were other lines then (for another budget), a line that there was none of begins as after training. */
  load(saved: unknown): SessionValuesState {
    const { told, measures, recent, shifted } = fieldsOf(saved, "state"), own = this.#measures();
    const known = measures === undefined ? own : arrayOf(measures, "state.measures", text); // a state of before they were kept
    const values = recent === null ? null : arrayOf(recent, "state.recent", readValues);
    if (values !== null && values.length !== known.length) {
      throw new TypeError(
        `Cannot restore values of sessions: there are ${known.length} lines, not ${values.length}`,
      );
    }
    const before = own.map((measure) => known.indexOf(measure));
    const begun = arrayOf(shifted, "state.shifted", (each, path) => integer(each, path, 0, known.length - 1));
    const recentOf = (place: number, i: number) => place < 0 ? this.begin[i].slice() : values![place];
    return {
      told: flag(told, "state.told"),
      recent: values && before.map((place, i) => new RecentValues(recentOf(place, i))),
      shifted: new Set(before.keys().filter((i) => begun.includes(before[i]))),
    };
  }

  #measures(): string[] {
    return this.lines.map((line) => measureName(line, this.names));
  }

  toJSON(): EnsembleSnapshot {
    const lines: SavedLine[] = this.lines.map((line) => saveLine(line, this.names));
    return { kind: KIND, version: VERSION, lines, notes: this.notes, begin: this.begin };
  }

  #judged({ recent }: SessionValuesState, window: EventWindow): Judged[] {
    const judged: Judged[] = [];
    for (const measure of measuresOf(window)) {
      const place = this.#places.get(measureKey(measure));
      if (place === undefined) continue;
      judged.push(judgedOf(measure, place, { line: this.lines[place], recent: recent?.[place] ?? null }));
    }
    return judged;
  }

  /** Takes in what was judged; numbers of lines that many of the last sessions are beyond since this one. */
  #learn({ recent, shifted }: SessionValuesState, judged: readonly Judged[]): number[] {
    if (recent === null) return [];
    const begun: number[] = [];
    for (const { place, line, measure: { value }, shift, excess } of judged) {
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
}

function readValues(saved: unknown, path: string): number[] {
  const values = arrayOf(saved, path, number);
  if (values.length > RECENT) {
    throw new TypeError(`Cannot restore values of sessions: ${path} has ${values.length}`);
  }
  return values;
}
