/**
 * A line that follows the last scores of one channel and keeps an alert budget.
 *
 * @module
 */
import { extrapolated } from "./budget.ts";
import { type BudgetLine, budgetLine, LEAST_SCORES } from "./budget_line.ts";
import { aboveLeast } from "./calibration.ts";
import { leastOf, nextTo } from "./nth_largest.ts";
import { type RollingOptions, type RollingSettings, rollingSettings } from "./rolling_settings.ts";
import { loadRolling, type SavedRolling, saveRolling } from "./saved_rolling.ts";
import { ScoreRing } from "./score_ring.ts";

/**
 * Holds the last scores of one channel (a detector on one service's time windows) and draws the line at which a stated
 * number of alerts a day is raised, see {@linkcode budgetLine}; windows near each other are one alert, as they are to the
 * people who are told. The line is drawn anew every few windows, so it follows slow change.
 *
 * What scores above the line may be an incident, and must not raise the line for ever: it is kept with at most twice the
 * line's height above the tail's beginning, and a long one counts as one alert. When an alert has lasted for `patience`
 * windows it is how things are now: further scores are kept as they are. (What is known to be an incident need not be added.)
 *
 * Deterministic: the same scores give the same lines, also through {@linkcode save} and {@linkcode load}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { seededRandom } from "../detector/seeded_random.ts";
 * import { RollingCalibration } from "./rolling_calibration.ts";
 *
 * const random = seededRandom(1), heldBack = Float64Array.from({ length: 1000 }, random);
 * const rolling = new RollingCalibration({ budget: 1, windowsPerDay: 48 }, heldBack);
 * assert.ok(rolling.certified && rolling.threshold > .95 && rolling.threshold < 1);
 *
 * for (let window = 0; window < 480; window++) rolling.add(random());
 * assert.ok(rolling.realised * 48 < 3); // alerts a day
 * ```
 */
export class RollingCalibration {
  #settings: RollingSettings;
  #ring: ScoreRing;
  #line: BudgetLine = { value: Infinity, level: Infinity, by: "none" };
  /** Scores added so far. */
  #seen = 0;
  /** When the alert that is under way began and last fired, in scores added; -1 = there was none. */
  #began = -1;
  #fired = -1;

  /**
   * @param heldBack Scores of normal windows that the detector wasn't fitted on, in order of time: its first calibration.
   * @throws {RangeError} if an option is out of range, or a score is not finite.
   */
  constructor(options: RollingOptions, heldBack: ArrayLike<number> = []) {
    this.#settings = rollingSettings(options);
    this.#ring = new ScoreRing(this.#settings.capacity);
    for (let i = 0; i < heldBack.length; i++) this.#ring.push(checked(heldBack[i]), "calibration");
    this.#draw();
  }

  /** What scores more is anomalous; Infinity while there are too few scores, or no budget. */
  get threshold(): number {
    return this.#line.value;
  }

  /** Alerts per window that the budget allows. */
  get nominal(): number {
    return this.#settings.share;
  }

  /** Alerts per window among the scores held: at the lines they met when they came; before any came, at this line. */
  get realised(): number {
    const { judged, alerts } = this.#ring;
    if (judged > 0) return alerts / judged;
    return this.windows === 0
      ? 0
      : this.#ring.inOrder().filter((score) => score > this.threshold).length / this.windows;
  }

  /** Scores that the line is drawn from. */
  get windows(): number {
    return this.#ring.length;
  }

  /** Whether the scores held span enough time for the budget: at least one alert is allowed in it. */
  get certified(): boolean {
    return this.#line.by !== "none" && this.nominal * (this.windows + 1) >= 1;
  }

  /** What a person should know of the line; empty where there is nothing. */
  get note(): string {
    const { budget, windowsPerDay } = this.#settings, days = this.windows / windowsPerDay;
    if (budget === 0) return "There is no alert budget: nothing is called anomalous";
    if (this.windows < LEAST_SCORES) {
      return `${this.windows} windows are too few for any line: nothing is called anomalous before there are ${LEAST_SCORES}`;
    }
    if (this.certified) return "";
    return extrapolated(budget, days);
  }

  /**
   * Takes in the next window's score, after it was judged.
   *
   * @param line What it was compared with, where that was not {@linkcode threshold} (a young one may be held up by a floor).
   * @throws {RangeError} if the score is not finite.
   */
  add(score: number, line = this.threshold): void {
    const place = this.#seen++, { reach, refit } = this.#settings, { level } = this.#line;
    checked(score);
    if (score > line) {
      const isNew = this.#fired < 0 || place - this.#fired > reach;
      if (isNew) this.#began = place;
      this.#fired = place;
      this.#ring.push(this.#kept(score, line, place), isNew ? "alert" : "judged", level);
    } else this.#ring.push(score, "judged", level);
    if (this.#seen % refit === 0) this.#draw();
  }

  /** What is kept of a score above the line. */
  #kept(score: number, line: number, place: number): number {
    const { level, by } = this.#line;
    const isUsual = place - this.#began >= this.#settings.patience;
    if (isUsual || by === "least" || by === "none") return score;
    return Math.min(score, line + Math.max(0, line - level));
  }

  /** Draws the line at once, for the budget that it has: where the scores came under another one. */
  drawAnew(): void {
    this.#ring.takeChange();
    this.#drawLine();
  }

  #draw(): void {
    if (this.#ring.takeChange()) this.#drawLine();
  }

  #drawLine(): void {
    const { share, reach, smallest } = this.#settings, scores = this.#ring.inOrder();
    this.#line = budgetLine(scores, { share, reach });
    if (this.#line.by === "none") return;
    const least = leastOf(scores);
    if (this.#line.value > least) return;
    this.#line = { ...this.#line, value: aboveLeast(least, nextTo(least, scores), smallest), by: "least" };
  }

  /** One that changes apart from this one. */
  copy(): RollingCalibration {
    const copy = new RollingCalibration({ ...this.#settings, capacity: 20 });
    [copy.#settings, copy.#ring, copy.#line] = [this.#settings, this.#ring.copy(), this.#line];
    [copy.#seen, copy.#began, copy.#fired] = [this.#seen, this.#began, this.#fired];
    return copy;
  }

  /** Plain data, about 6 bytes a score. */
  save(): SavedRolling {
    return saveRolling({
      ring: this.#ring.save(),
      line: this.#line,
      seen: this.#seen,
      began: this.#began,
      fired: this.#fired,
    });
  }

  /**
   * As it was saved; further scores give the same lines.
   *
   * @param options As it was made with; with another `capacity` the last scores that fit are held.
   * @throws {TypeError} if it is not what {@linkcode save} gives.
   */
  static load(saved: unknown, options: RollingOptions): RollingCalibration {
    const { ring, line, seen, began, fired } = loadRolling(saved);
    const rolling = new RollingCalibration(options);
    rolling.#ring.load(ring);
    rolling.#line = line;
    rolling.#seen = seen;
    rolling.#began = began;
    rolling.#fired = fired;
    return rolling;
  }
}

function checked(score: number): number {
  if (!Number.isFinite(score)) throw new RangeError(`Cannot calibrate: a score is ${score}`);
  return score;
}
