/**
 * A detector with its part of the alert budget.
 *
 * @module
 */
import type { EventWindow } from "../../feature/event_window.ts";
import {
  type Outcome,
  type SeriesDetector,
  type SeriesDetectorKind,
  type SeriesOptions,
  windowsPerDay,
} from "../../detector/series/series_detector.ts";
import { RollingCalibration } from "../../threshold/rolling_calibration.ts";
import type { RollingOptions } from "../../threshold/rolling_settings.ts";

/** Days of scores that a line is drawn from before it is trusted alone: of three days' history the first is not held. */
const TRUSTED_DAYS = 1.9;
/** Scores that are never forgotten for being early. */
const LEAST_KEPT = 20;
/** Scores held: a week, within these. */
const LEAST_HELD = 1000, MOST_HELD = 2016, HELD_DAYS = 7;

/** What a channel has learned. */
export interface ChannelState {
  detector: unknown;
  /** The line of a calibrated detector; `null` for one that has its own. */
  rolling: RollingCalibration | null;
  /** Windows of the last week that began an alert, by their numbers: for what is said of the channel. */
  alerts: number;
  windows: number;
}

/** What a channel says of a window. */
export interface ChannelVerdict {
  score: number;
  /** Above it a score fires. */
  line: number;
  /** Score / line; above 1 it fires. */
  evidence: number;
}

/** A channel's line, as people read it. */
export interface ChannelLine {
  detector: string;
  /** Above it a score fires; Infinity = nothing does. */
  value: number;
  /** Alerts a day that it may cause. */
  nominal: number;
  /** Alerts a day that it did cause since it could judge; `null` before. */
  realised: number | null;
  /** Windows that the line is drawn from; 0 where the detector knows its own. */
  windows: number;
  /** Whether that many windows can certify the rate. */
  certified: boolean;
  note: string;
}

/**
 * A detector, and when its scores are worth an alert.
 *
 * Its line is that of a rolling calibration, never below the kind's least score; while that is young, never below a cautious
 * score either: what pooled services showed, or else what theory says.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { record } from "../../detector/series/record.ts";
 * import { Channel } from "./channel.ts";
 *
 * const names = { id: String, text: String, severity: () => 0, indexOf: Number };
 * const channel = new Channel(record, .2, { windowMs: 300_000, names });
 * assert.equal(channel.line(channel.start()), record.cautious);
 * ```
 */
export class Channel {
  readonly name: string;
  readonly detector: SeriesDetector;
  readonly #rolling: RollingOptions;

  /**
   * @param budget False alarms a day that it may cause.
   * @param prior Score that normal windows of other services hardly reach; default the kind's own.
   */
  constructor(
    readonly kind: SeriesDetectorKind,
    readonly budget: number,
    options: SeriesOptions,
    readonly prior: number = kind.cautious,
  ) {
    const perDay = windowsPerDay(options.windowMs);
    const held = Math.round(Math.min(MOST_HELD, Math.max(LEAST_HELD, HELD_DAYS * perDay)));
    this.name = kind.name;
    this.#rolling = { budget, windowsPerDay: perDay, capacity: held, refit: 6 };
    this.detector = kind.create({ ...options, alertsPerDay: budget });
  }

  start(detector: unknown = this.detector.start()): ChannelState {
    const rolling = this.kind.line === "own" ? null : new RollingCalibration(this.#rolling);
    return { detector, rolling, alerts: 0, windows: 0 };
  }

  /** Windows that the channel still has to see before it can judge at all. */
  missing({ detector }: ChannelState): number {
    return this.detector.missing(detector);
  }

  /** Above it a score fires. */
  line({ rolling }: ChannelState): number {
    if (rolling === null) return 1;
    const drawn = rolling.threshold, isYoung = rolling.windows < TRUSTED_DAYS * this.#rolling.windowsPerDay;
    if (!isYoung) return Math.max(this.kind.least, drawn);
    return Math.max(this.kind.least, this.prior, Number.isFinite(drawn) ? drawn : 0);
  }

  /** @param missing What {@linkcode missing} says of the state. */
  judge(state: ChannelState, window: EventWindow, missing: number = this.missing(state)): ChannelVerdict {
    const line = this.line(state);
    if (missing > 0) return { score: 0, line, evidence: 0 };
    const score = this.detector.score(state.detector, window);
    return { score, line, evidence: score === 0 ? 0 : score / line };
  }

  /** Moves on over a window that was judged so; `missing` as before it. */
  step(
    state: ChannelState,
    window: EventWindow,
    { score }: ChannelVerdict,
    outcome: Outcome,
    missing: number = this.missing(state),
  ): void {
    const judged = missing === 0 && this.detector.blind?.(window) === undefined;
    this.detector.step(state.detector, window, outcome);
    if (!judged) return;
    state.windows++;
    if (outcome.fired) state.alerts++;
    if (state.rolling === null) return;
    state.rolling.add(score);
    if (this.#isTurn(state.windows)) state.rolling = this.#laterPart(state.rolling);
  }

  /** Time passes over a window that nothing is learned from. */
  pass({ detector }: ChannelState, window: EventWindow): void {
    this.detector.pass?.(detector, window);
  }

  /** Whether the history is one, two, four … days long, while not all of it is held. */
  #isTurn(windows: number): boolean {
    const days = windows / this.#rolling.windowsPerDay;
    return windows >= 2 * LEAST_KEPT && windows < this.#rolling.capacity! && Math.log2(days) % 1 === 0;
  }

  /** A young detector's scores are no measure of an older one's: the first third of a short history doesn't count. */
  #laterPart(rolling: RollingCalibration): RollingCalibration {
    const kept = { ...this.#rolling, capacity: Math.max(LEAST_KEPT, Math.ceil(2 * rolling.windows / 3)) };
    return RollingCalibration.load(RollingCalibration.load(rolling.save(), kept).save(), this.#rolling);
  }

  /** The line as people read it. */
  describe(state: ChannelState): ChannelLine {
    const { rolling } = state, perDay = this.#rolling.windowsPerDay, missing = this.missing(state);
    return {
      detector: this.name,
      value: missing > 0 ? Infinity : this.line(state),
      nominal: this.budget,
      realised: state.windows > 0 ? state.alerts / state.windows * perDay : null,
      windows: rolling?.windows ?? 0,
      certified: missing === 0 && (rolling === null || rolling.certified),
      note: missing > 0 ? `cannot judge yet: ${missing} more windows` : rolling?.note ?? "",
    };
  }

  copy(state: ChannelState): ChannelState {
    return { ...state, detector: this.detector.copy(state.detector), rolling: state.rolling?.copy() ?? null };
  }

  save({ detector, rolling, alerts, windows }: ChannelState): unknown {
    return { detector: this.detector.save(detector), rolling: rolling?.save() ?? null, alerts, windows };
  }

  /**
   * As it was saved.
   *
   * @param isMoved Whether the budget was another one then: the line is drawn anew through the scores that there are.
   * @throws {TypeError} if it is not what {@linkcode save} gives.
   */
  load(saved: unknown, isMoved = false): ChannelState {
    const { detector, rolling, alerts, windows } = (saved ?? {}) as Record<string, unknown>;
    if (!isCount(alerts) || !isCount(windows) || (rolling === null) !== (this.kind.line === "own")) {
      throw new TypeError(`Cannot restore the channel ${this.name}: it is not two counts and a line`);
    }
    const line = rolling === null ? null : RollingCalibration.load(rolling, this.#rolling);
    if (isMoved) line?.drawAnew();
    return { detector: this.detector.load(detector), rolling: line, alerts, windows };
  }
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}
