/**
 * A training that is watched.
 *
 * @module
 */
import type { FitProgress } from "../detector/detector.ts";
import { LiveDisplay, type Screen } from "../table/live_display.ts";
import { type EpochLoss, lossCurve, type LossCurveOptions } from "./loss_curve.ts";

/** A curve is drawn anew when it has grown by this factor: to draw takes longer than an epoch of a small network. */
const GROWN = 1.1;

/**
 * The loss of a training, drawn while it goes on in one place of a cell's output, and whole at its end. The training waits
 * for each drawing: nothing else would let the notebook have its turn.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LiveLoss } from "./live_loss.ts";
 *
 * const sent: string[] = [];
 * const live = new LiveLoss({ broadcast: (type) => Promise.resolve(void sent.push(type)) }, "loss");
 * await live.onProgress({ step: "lstm", done: 1, total: 30, loss: 2.5, trainingLoss: 2 });
 * await live.onProgress({ step: "lstm", done: 2, total: 30, loss: 1.5, trainingLoss: 1 });
 * await live.end();
 * assert.deepEqual(live.epochs.map(({ validationLoss }) => validationLoss), [2.5, 1.5]);
 * assert.equal(sent.length, 2); // the end changed nothing
 * ```
 */
export class LiveLoss {
  readonly #display: LiveDisplay;
  readonly #options: LossCurveOptions;
  #epochs: EpochLoss[] = [];
  #drawn = 0;

  /**
   * @param screen What `notebookScreen` gives; `undefined` = outside of a notebook, where nothing is drawn.
   * @param id Name of the place, one of its own in the notebook.
   */
  constructor(screen: Screen | undefined, id: string, options: LossCurveOptions = {}) {
    this.#display = new LiveDisplay(screen, id);
    this.#options = options;
  }

  /** The epochs so far; where a training started anew, those of the last one. */
  get epochs(): readonly EpochLoss[] {
    return this.#epochs;
  }

  /** What a fit is to be told with. */
  readonly onProgress = async ({ done, loss, trainingLoss }: FitProgress): Promise<void> => {
    if (done === 1) [this.#epochs, this.#drawn] = [[], 0];
    this.#epochs.push({ epoch: done, loss: trainingLoss, validationLoss: loss });
    if (done >= GROWN * this.#drawn) await this.#draw();
  };

  /** Draws the whole curve; nothing where there was no epoch. */
  async end(): Promise<void> {
    if (this.#epochs.length > 0 && this.#drawn < this.#epochs.length) await this.#draw();
  }

  async #draw(): Promise<void> {
    this.#drawn = this.#epochs.length;
    this.#display.show(lossCurve(this.#epochs, this.#options));
    await this.#display.settled();
  }
}
