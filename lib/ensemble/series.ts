/**
 * Detectors that decide together on a service's windows of time, with one alert budget.
 *
 * @module
 */
import { SERIES_DETECTORS } from "../detector/series/registry.ts";
import type { SeriesDetectorKind, SeriesOptions } from "../detector/series/series_detector.ts";
import { scorerKind, type WindowScorer } from "../detector/series/window_scorer.ts";
import type { EventWindow, TemplateNames } from "../feature/event_window.ts";
import type { Decision, Ensemble, EnsembleSnapshot, Opinion, StartOptions } from "./ensemble.ts";
import { Channel, type ChannelLine, type ChannelState, type ChannelVerdict } from "./series/channel.ts";
import { cannotJudge, seriesNotes } from "./series/notes.ts";
import { budgets } from "./series/shares.ts";
import { readSeriesSnapshot } from "./series/snapshot.ts";

/** Alerts a day where nobody says. */
const ALERTS_PER_DAY = 1;
const VERSION = 1;

/** How an ensemble for a service's windows is fitted. */
export interface SeriesEnsembleOptions {
  /** Length of a window in milliseconds. */
  windowMs: number;
  /** False alarms a day that the whole ensemble may cause; default 1. */
  alertsPerDay?: number;
  /** Detectors of single windows that join in, such as an autoencoder. */
  scorers?: readonly WindowScorer[];
  /** Kinds that take part; default all that the history has facts for. */
  kinds?: readonly SeriesDetectorKind[];
}

/** What an ensemble learns while it judges one service. */
export interface SeriesState {
  /** Windows judged. */
  windows: number;
  /** In the order of the channels. */
  channels: ChannelState[];
}

/**
 * Channels, each a detector with its part of one alert budget; a window is anomalous where any of them fires.
 *
 * All of them only follow the service (see {@linkcode SeriesDetectorKind}), so fitting is judging a history: each of its
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
  /** What was said last of windows that can't be judged wholly, and of which channels' waiting. */
  #note: { missing: Int32Array; text: string } = { missing: new Int32Array(0), text: "" };

  private constructor(
    options: SeriesOptions & { alertsPerDay: number },
    channels: readonly Channel[],
    start?: SeriesState,
  ) {
    this.#options = options;
    this.#channels = channels;
    this.#start = start ?? { windows: 0, channels: channels.map((channel) => channel.start()) };
  }

  /**
   * Follows one service through its history.
   *
   * @param history In order of time, windows without records included; may be short, or empty.
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
    for (const window of history) ensemble.judge(ensemble.#start, window);
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
    return new SeriesEnsemble({ ...series, alertsPerDay }, channels, { windows: 0, channels: start });
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
    return { windows: 0, channels: this.#channels.map((channel) => channel.start()) };
  }

  judge(state: SeriesState, window: EventWindow): Decision {
    const channels = this.#channels,
      verdicts: ChannelVerdict[] = [],
      missing = new Int32Array(channels.length);
    for (let i = 0; i < channels.length; i++) {
      missing[i] = channels[i].missing(state.channels[i]);
      verdicts.push(channels[i].judge(state.channels[i], window, missing[i]));
    }
    const decision = this.#decide(state, window, verdicts, missing), alerted = decision.opinions.length > 0;
    for (let i = 0; i < channels.length; i++) {
      const { evidence, line } = verdicts[i], outcome = { fired: evidence > 1, alerted, line };
      channels[i].step(state.channels[i], window, verdicts[i], outcome, missing[i]);
    }
    state.windows++;
    return decision;
  }

  /** {@linkcode cannotJudge}, which mostly is what it was a window before. */
  #noteOf(state: SeriesState, window: EventWindow, missing: Int32Array): string {
    const isBlind = window.facts !== undefined &&
      this.#channels.some(({ detector }) => detector.blind?.(window) !== undefined);
    if (isBlind) return cannotJudge(this.#channels, state, window, this.#options.windowMs);
    const last = this.#note.missing;
    let isSame = last.length === missing.length;
    for (let i = 0; i < missing.length && isSame; i++) isSame = last[i] === missing[i];
    if (!isSame) {
      const text = missing.every((windows) => windows === 0)
        ? ""
        : cannotJudge(this.#channels, state, window, this.#options.windowMs);
      this.#note = { missing, text };
    }
    return this.#note.text;
  }

  #decide(
    state: SeriesState,
    window: EventWindow,
    verdicts: readonly ChannelVerdict[],
    missing: Int32Array,
  ): Decision {
    const opinions: Opinion[] = [];
    let score = 0;
    for (let i = 0; i < verdicts.length; i++) {
      const { evidence } = verdicts[i];
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
    const note = this.#noteOf(state, window, missing);
    return note === "" ? { score, opinions } : { score, opinions, note };
  }

  copy(state: SeriesState): SeriesState {
    return {
      windows: state.windows,
      channels: this.#channels.map((channel, i) => channel.copy(state.channels[i])),
    };
  }

  save(state: SeriesState): unknown {
    const channels = this.#channels.map((channel, i) => [channel.name, channel.save(state.channels[i])]);
    return { windows: state.windows, channels: Object.fromEntries(channels) };
  }

  load(saved: unknown): SeriesState {
    const { windows, channels } = (saved ?? {}) as { windows?: number; channels?: Record<string, unknown> };
    if (!Number.isInteger(windows) || windows! < 0 || typeof channels !== "object" || channels === null) {
      throw new TypeError("Cannot restore the state of a series: it is not a count and channels");
    }
    return {
      windows: windows!,
      channels: this.#channels.map((channel) => channel.load(channels[channel.name])),
    };
  }

  toJSON(): EnsembleSnapshot {
    const { windowMs, alertsPerDay } = this.#options;
    const channels = this.#channels.map(({ name, budget, prior }) => ({
      name,
      budget,
      prior: Number.isFinite(prior) ? prior : null,
    }));
    return {
      kind: this.kind,
      version: VERSION,
      windowMs,
      alertsPerDay,
      channels,
      state: this.save(this.#start),
    };
  }
}

function checked(options: SeriesEnsembleOptions): SeriesEnsembleOptions {
  const { windowMs, alertsPerDay = ALERTS_PER_DAY } = options;
  for (const [name, value] of Object.entries({ windowMs, alertsPerDay })) {
    if (!(value > 0 && value < Infinity)) throw new RangeError(`Cannot fit series: ${name} is ${value}`);
  }
  return options;
}

/** The kinds asked for; by default those that windows have facts for, and the scorers. An empty history may get any. */
function kindsFor(
  history: readonly EventWindow[],
  { kinds, scorers = [] }: SeriesEnsembleOptions,
): readonly SeriesDetectorKind[] {
  if (kinds) return kinds;
  const facts = new Set<string>();
  for (const window of history) for (const name of window.facts?.keys() ?? []) facts.add(name);
  const all = SERIES_DETECTORS.filter(({ needs }) =>
    needs === undefined || history.length === 0 || facts.has(needs)
  );
  return [...all, ...scorers.map(scorerKind)];
}

/** The line that three in four services keep below; the kind's own where there are none. */
function pooledLine(lines: readonly ChannelLine[], kind: SeriesDetectorKind): number {
  const values = lines.map(({ value }) => value).filter(Number.isFinite).sort((a, b) => a - b);
  return values.length > 0
    ? values[Math.min(values.length - 1, Math.floor(0.75 * values.length))]
    : kind.cautious;
}
