/**
 * Detectors that decide together on a service's windows of time, with one alert budget.
 *
 * @module
 */
import { SERIES_DETECTORS } from "../detector/series/registry.ts";
import { type SeriesOptions, windowsPerDay } from "../detector/series/series_detector.ts";
import { scorerKind } from "../detector/series/window_scorer.ts";
import type { EventWindow, TemplateNames } from "../feature/event_window.ts";
import type { Decision, Ensemble, EnsembleSnapshot, Opinion, StartOptions, Waiting } from "./ensemble.ts";
import { Channel, type ChannelLine, type ChannelState, type ChannelVerdict } from "./series/channel.ts";
import { cannotJudge, seriesNotes, waitingChannels } from "./series/notes.ts";
import {
  ALERTS_PER_DAY,
  checked,
  kindsFor,
  pooledLine,
  type SeriesEnsembleOptions,
} from "./series/options.ts";
import { budgets } from "./series/shares.ts";
import { readSeriesSnapshot, readSeriesState, saveChannel } from "./series/snapshot.ts";

export type { SeriesEnsembleOptions };

const VERSION = 3;

/** What an ensemble learns while it judges one service. */
export interface SeriesState {
  /** Windows judged. */
  windows: number;
  /** Empty windows in a row up to now. */
  silent: number;
  /** In the order of the channels. */
  channels: ChannelState[];
}

/**
 * Channels, each a detector with its part of one alert budget; a window is anomalous where any of them fires.
 *
 * All of them only follow the service (see `SeriesDetectorKind`), so fitting is judging a history: each of its
 * windows is scored before it is learned, and lines are drawn from those scores. What is too young to be judged is said in
 * `notes` and with each decision. Windows that alerted teach no detector what is normal.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { SeriesEnsemble } from "./series.ts";
 *
 * const texts = ["request served", "disk failure on <*>"];
 * const names = { id: (i: number) => texts[i], text: (i: number) => texts[i], severity: () => 9, indexOf: (id: string) => texts.indexOf(id) };
 * const windowOf = (i: number, templates: number[]) => ({
 *   start: i * 300_000,
 *   end: (i + 1) * 300_000,
 *   lines: 20 * templates.length,
 *   events: { templates: Int32Array.from(templates), counts: new Int32Array(templates.length).fill(20), levels: new Uint8Array(templates.length) },
 *   sequence: null,
 * });
 * const firstHour = Array.from({ length: 12 }, (_, i) => windowOf(i, [0]));
 * const ensemble = SeriesEnsemble.fit(firstHour, names, { windowMs: 300_000 });
 *
 * const state = ensemble.start();
 * assert.deepEqual(ensemble.judge(state, windowOf(12, [0])).opinions, []);
 * const [{ detector, parts }] = ensemble.judge(state, windowOf(13, [0, 1])).opinions;
 * assert.deepEqual([detector, parts[0].template], ["new-error", 1]);
 * ```
 */
export class SeriesEnsemble implements Ensemble<SeriesState> {
  readonly kind = "series";
  readonly #options: SeriesOptions & { alertsPerDay: number };
  readonly #channels: readonly Channel[];
  readonly #start: SeriesState;
  /** What was said last of windows of a service that can't be judged wholly, and of which channels' waiting. */
  readonly #notes = new WeakMap<SeriesState, { missing: readonly number[]; text: string }>();
  /** Channels for a service that has been silent for a day. */
  readonly #hearing: readonly number[];
  readonly #all: readonly number[];

  private constructor(
    options: SeriesOptions & { alertsPerDay: number },
    channels: readonly Channel[],
    start?: SeriesState,
  ) {
    this.#options = options;
    this.#channels = channels;
    this.#all = [...channels.keys()];
    this.#hearing = [...channels.keys()].filter((i) => channels[i].kind.hearsSilence);
    this.#start = start ?? { windows: 0, silent: 0, channels: channels.map((channel) => channel.start()) };
  }

  /** False alarms a day that all channels together may cause. */
  get alertsPerDay(): number {
    return this.#options.alertsPerDay;
  }

  /**
   * Follows one service through its history.
   *
   * @param history In order of time, windows without records included; may be short, or empty. What is left out of it teaches
   * nothing, and is no silence either.
   * @throws {RangeError} if the length of windows or the budget is not above 0.
   */
  static fit(
    history: readonly EventWindow[],
    names: TemplateNames,
    options: SeriesEnsembleOptions,
  ): SeriesEnsemble {
    const { windowMs, alertsPerDay = ALERTS_PER_DAY } = checked(options);
    const kinds = kindsFor(history, options), parts = budgets(kinds, alertsPerDay);
    const channels = kinds.map((kind) => new Channel(kind, parts[kind.name], { windowMs, names }));
    const ensemble = new SeriesEnsemble({ windowMs, names, alertsPerDay }, channels);
    for (const window of history) {
      if (window.leftOut) ensemble.#pass(ensemble.#start, window);
      else ensemble.judge(ensemble.#start, window);
    }
    return ensemble;
  }

  /**
   * For services of which nothing is known yet, from the histories of others: their tails draw its first lines, and what any
   * of them knows is not new.
   *
   * @throws {RangeError} as {@linkcode fit}.
   */
  static pooled(
    histories: readonly (readonly EventWindow[])[],
    names: TemplateNames,
    options: SeriesEnsembleOptions,
  ): SeriesEnsemble {
    const { windowMs, alertsPerDay = ALERTS_PER_DAY } = checked(options), series = { windowMs, names };
    const kinds = kindsFor(histories.flat(), options), parts = budgets(kinds, alertsPerDay);
    const fitted = histories.map((history) => SeriesEnsemble.fit(history, names, { ...options, kinds }));
    const channels = kinds.map((kind, i) => {
      const lines = fitted.map((ensemble) => ensemble.#channels[i].describe(ensemble.#start.channels[i]));
      return new Channel(kind, parts[kind.name], series, pooledLine(lines, kind));
    });
    const start = channels.map((channel, i) => {
      const states = fitted.map((ensemble) => ensemble.#start.channels[i].detector);
      return channel.start(channel.kind.pool?.(states, series));
    });
    return new SeriesEnsemble({ ...series, alertsPerDay }, channels, {
      windows: 0,
      silent: 0,
      channels: start,
    });
  }

  /**
   * As it was saved.
   *
   * @param options The scorers that it was fitted with, if any.
   * @throws {TypeError} if it is not what {@linkcode toJSON} gives, or a scorer is missing.
   */
  static fromJSON(
    snapshot: unknown,
    names: TemplateNames,
    { scorers = [] }: Pick<SeriesEnsembleOptions, "scorers"> = {},
  ): SeriesEnsemble {
    const kinds = [...SERIES_DETECTORS, ...scorers.map(scorerKind)];
    const { windowMs, alertsPerDay, channels: saved, state } = readSeriesSnapshot(snapshot, VERSION);
    const channels = saved.map(({ name, budget, prior }) => {
      const kind = kinds.find((kind) => kind.name === name);
      if (!kind) throw new TypeError(`Cannot restore series: it knows no channel ${name}`);
      return new Channel(kind, budget, { windowMs, names }, prior ?? Infinity);
    });
    const ensemble = new SeriesEnsemble({ windowMs, names, alertsPerDay }, channels);
    return new SeriesEnsemble(ensemble.#options, channels, ensemble.load(state));
  }

  get notes(): readonly string[] {
    return seriesNotes(this.#channels, this.#start, this.#options.windowMs);
  }

  /** The line of each channel: what it promises, what it kept, and whether that is certain. */
  lines(state: SeriesState = this.#start): ChannelLine[] {
    return this.#channels.map((channel, i) => channel.describe(state.channels[i]));
  }

  start({ behind = true }: StartOptions = {}): SeriesState {
    if (behind || this.#start.windows === 0) return this.copy(this.#start);
    return { windows: 0, silent: 0, channels: this.#channels.map((channel) => channel.start()) };
  }

  waiting(state: SeriesState): Waiting[] {
    return waitingChannels(this.#channels, state);
  }

  judge(state: SeriesState, window: EventWindow): Decision {
    const channels = this.#channels, asked = this.#asked(state, window);
    const verdicts: ChannelVerdict[] = [], missing: number[] = new Array(channels.length).fill(0);
    for (const i of asked) {
      missing[i] = channels[i].missing(state.channels[i]);
      verdicts.push(channels[i].judge(state.channels[i], window, missing[i]));
    }
    const decision = this.#decide(state, window, verdicts, { asked, missing });
    const alerted = decision.opinions.length > 0;
    for (let k = 0; k < asked.length; k++) {
      const i = asked[k], { evidence, line } = verdicts[k], outcome = { fired: evidence > 1, alerted, line };
      channels[i].step(state.channels[i], window, verdicts[k], outcome, missing[i]);
    }
    state.windows++;
    return decision;
  }

  #pass(state: SeriesState, window: EventWindow): void {
    if (window.lines > 0) state.silent = 0;
    this.#channels.forEach((channel, i) => channel.pass(state.channels[i], window));
  }

  /**
   * The channels that a window is put to. A day of silence is learned; from then on a service is out of use, and all that there is
   * to say is that something is overdue: what is usual in it stays what it was when it spoke.
   */
  #asked(state: SeriesState, window: EventWindow): readonly number[] {
    state.silent = window.lines > 0 ? 0 : state.silent + 1;
    return state.silent > windowsPerDay(this.#options.windowMs) ? this.#hearing : this.#all;
  }

  /** {@linkcode cannotJudge}, which mostly is what it was a window before. */
  #noteOf(state: SeriesState, window: EventWindow, missing: readonly number[]): string {
    const isBlind = window.facts !== undefined &&
      this.#channels.some(({ detector }) => detector.blind?.(window) !== undefined);
    if (isBlind) return cannotJudge(this.#channels, state, window, this.#options.windowMs);
    if (missing.every((windows) => windows === 0)) return "";
    const last = this.#notes.get(state);
    if (last !== undefined && missing.every((windows, i) => last.missing[i] === windows)) return last.text;
    const text = cannotJudge(this.#channels, state, window, this.#options.windowMs);
    this.#notes.set(state, { missing, text });
    return text;
  }

  #decide(
    state: SeriesState,
    window: EventWindow,
    verdicts: readonly ChannelVerdict[],
    { asked, missing }: { asked: readonly number[]; missing: readonly number[] },
  ): Decision {
    const opinions: Opinion[] = [];
    let score = 0;
    for (let k = 0; k < verdicts.length; k++) {
      const i = asked[k], { evidence } = verdicts[k];
      if (evidence > score) score = evidence;
      if (evidence <= 1) continue;
      const { name, detector } = this.#channels[i];
      opinions.push({
        detector: name,
        evidence,
        parts: detector.explain(state.channels[i].detector, window),
      });
    }
    opinions.sort((a, b) => b.evidence - a.evidence);
    const note = asked.length < this.#channels.length ? "" : this.#noteOf(state, window, missing);
    return note === "" ? { score, opinions } : { score, opinions, note };
  }

  copy(state: SeriesState): SeriesState {
    return {
      windows: state.windows,
      silent: state.silent,
      channels: this.#channels.map((channel, i) => channel.copy(state.channels[i])),
    };
  }

  /** With the budget that its lines were drawn for. */
  save(state: SeriesState): unknown {
    return { ...this.#saved(state), alertsPerDay: this.#options.alertsPerDay };
  }

  #saved(state: SeriesState) {
    const channels = this.#channels.map((channel, i) => [channel.name, channel.save(state.channels[i])]);
    return { windows: state.windows, silent: state.silent, channels: Object.fromEntries(channels) };
  }

  /**
   * Goes on from what was saved. Where that was under another budget, what was learned stays and the lines are drawn anew; a state
   * of before the budget was kept is taken for one of this budget.
   *
   * @throws {TypeError} if it is not what {@linkcode save} gives.
   */
  load(saved: unknown): SeriesState {
    const { windows, silent, channels, alertsPerDay } = readSeriesState(saved);
    const { alertsPerDay: own } = this.#options, isMoved = (alertsPerDay ?? own) !== own;
    return {
      ...{ windows, silent },
      channels: this.#channels.map((channel) => channel.load(channels[channel.name], isMoved)),
    };
  }

  toJSON(): EnsembleSnapshot {
    const { windowMs, alertsPerDay } = this.#options;
    const channels = this.#channels.map(saveChannel);
    return {
      kind: this.kind,
      version: VERSION,
      windowMs,
      alertsPerDay,
      channels,
      state: this.#saved(this.#start),
    };
  }
}
