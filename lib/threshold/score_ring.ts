/**
 * The last scores of a channel, and which of them began an alert.
 *
 * @module
 */

/** So few scores, or fewer, may make a difference by their number alone. */
const LEAST_SCORES = 20;

/** What a score was: of the first calibration, judged, or judged and the beginning of an alert. */
export type ScoreOrigin = "calibration" | "judged" | "alert";

const ORIGINS: readonly ScoreOrigin[] = ["calibration", "judged", "alert"];

/** A {@linkcode ScoreRing} as plain data, oldest first: base64 of 32-bit floats, and of one byte each. */
export interface SavedRing {
  scores: string;
  origins: string;
}

/**
 * A ring of scores. Each is kept as the next greater 32-bit number, so that a line drawn at a kept score lies never below
 * the score itself.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ScoreRing } from "./score_ring.ts";
 *
 * const ring = new ScoreRing(2);
 * for (const score of [1, 2, 3]) ring.push(score, "judged");
 * assert.deepEqual([...ring.inOrder()], [2, 3]);
 * assert.deepEqual([ring.judged, ring.alerts], [2, 0]);
 * ```
 */
export class ScoreRing {
  readonly #scores: Float32Array;
  readonly #origins: Uint8Array;
  #length = 0;
  #next = 0;
  readonly #counts = [0, 0, 0];
  /** Scores held that are not 0. */
  #others = 0;
  #hasChanged = true;

  /** @param capacity Scores held, above 0. */
  constructor(capacity: number) {
    this.#scores = new Float32Array(capacity);
    this.#origins = new Uint8Array(capacity);
  }

  /** Scores held. */
  get length(): number {
    return this.#length;
  }

  /** Scores held that were judged. */
  get judged(): number {
    return this.#counts[1] + this.#counts[2];
  }

  /** Scores held that began an alert. */
  get alerts(): number {
    return this.#counts[2];
  }

  /**
   * Adds a score; the oldest one goes when there is no room.
   *
   * @param level What the line now is drawn from lies above it; default: anything may matter to it.
   */
  push(score: number, origin: ScoreOrigin, level = -Infinity): void {
    const place = this.#next, number = ORIGINS.indexOf(origin), before = this.#scores[place];
    const rounded = score === 0 ? 0 : roundedUp(score);
    if (this.#length === this.#scores.length) {
      this.#counts[this.#origins[place]]--;
      if (before !== 0) this.#others--;
      this.#hasChanged ||= !(before < level && rounded < level || before === rounded && rounded <= level);
    } else {
      this.#length++;
      this.#hasChanged ||= this.#length <= LEAST_SCORES || this.#others > 0 || rounded !== 0;
    }
    this.#scores[place] = rounded;
    if (rounded !== 0) this.#others++;
    this.#origins[place] = number;
    this.#counts[number]++;
    this.#next = place + 1 === this.#scores.length ? 0 : place + 1;
  }

  /**
   * Whether a line could lie elsewhere than when this was last asked: what lies below the level in place of what did, and zeros
   * that join nothing but zeros, move none.
   */
  takeChange(): boolean {
    const hasChanged = this.#hasChanged;
    this.#hasChanged = false;
    return hasChanged;
  }

  /** The scores, oldest first: a copy. */
  inOrder(): Float64Array {
    const ordered = new Float64Array(this.#length), scores = this.#scores;
    const from = this.#length < scores.length ? 0 : this.#next, behind = this.#length - from;
    for (let i = 0; i < behind; i++) ordered[i] = scores[from + i];
    for (let i = 0; i < from; i++) ordered[behind + i] = scores[i];
    return ordered;
  }

  #unrolled<Column extends Float32Array | Uint8Array>(column: Column): Column {
    if (this.#length < column.length) return column.slice(0, this.#length) as Column;
    const unrolled = column.slice() as Column;
    unrolled.set(column.subarray(this.#next), 0);
    unrolled.set(column.subarray(0, this.#next), column.length - this.#next);
    return unrolled;
  }

  /** One that changes apart from this one. */
  copy(): ScoreRing {
    const ring = new ScoreRing(this.#scores.length);
    ring.#scores.set(this.#scores);
    ring.#origins.set(this.#origins);
    [ring.#length, ring.#next] = [this.#length, this.#next];
    [ring.#others, ring.#hasChanged] = [this.#others, this.#hasChanged];
    this.#counts.forEach((count, origin) => ring.#counts[origin] = count);
    return ring;
  }

  /** Plain data for {@linkcode load}. */
  save(): SavedRing {
    const scores = this.#unrolled(this.#scores);
    return {
      scores: new Uint8Array(scores.buffer, 0, scores.byteLength).toBase64(),
      origins: this.#unrolled(this.#origins).toBase64(),
    };
  }

  /**
   * Adds what another ring held, as far as it fits.
   *
   * @throws {TypeError} if it is not what {@linkcode save} gives.
   */
  load({ scores, origins }: SavedRing): void {
    const bytes = bytesOf(scores), numbers = bytesOf(origins);
    if (bytes.length !== 4 * numbers.length || numbers.some((number) => number >= ORIGINS.length)) {
      throw new TypeError(
        `Cannot restore a calibration: ${bytes.length} bytes of scores have ${numbers.length} origins`,
      );
    }
    new Float32Array(bytes.buffer).forEach((score, i) => {
      if (!Number.isFinite(score)) {
        throw new TypeError(`Cannot restore a calibration: score ${i} is ${score}`);
      }
      this.push(score, ORIGINS[numbers[i]]);
    });
  }
}

const cell = new Float32Array(1), bits = new Int32Array(cell.buffer);

/** The least 32-bit number that is not below `value`. */
function roundedUp(value: number): number {
  cell[0] = Math.min(value, 3.4028234663852886e38); // the greatest 32-bit number
  if (cell[0] < value && cell[0] < 3.4028234663852886e38) bits[0] += cell[0] < 0 ? -1 : 1;
  return cell[0];
}

function bytesOf(text: unknown): Uint8Array<ArrayBuffer> {
  if (typeof text !== "string") throw new TypeError(`Cannot restore a calibration: ${text} is no text`);
  try {
    return Uint8Array.fromBase64(text);
  } catch (cause) {
    throw new TypeError("Cannot restore a calibration: its scores are no base64", { cause });
  }
}
