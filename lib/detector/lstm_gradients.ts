/**
 * The LSTM in training: loss, gradients by hand, and the optimiser, in plain typed arrays.
 *
 * TensorFlow.js on WASM needs four times as long for a step of 64 histories: an LSTM of this size is seven hundred small operations
 * there, the products with transposed matrices are slow, and a one-hot input costs as much as any other.
 *
 * @module
 */
import type { LstmSizes, LstmWeights } from "./lstm_network.ts";
import { initialNumbers, type LstmNumbers, mappedNumbers, zeroNumbers } from "./lstm_numbers.ts";
import { HISTORY, type HistoryRows } from "./lstm_windows.ts";

/** What a network is made with. */
export interface LstmStart {
  sizes: LstmSizes;
  /** Of the initial weights: Glorot's uniform ones, a forget bias of 1. */
  seed: number;
  /** Weights to start from instead. */
  weights?: LstmWeights;
}

/** Adam's decay of the mean slope and of the mean square, and what keeps it from dividing by 0. */
const MEAN = .9, SQUARE = .999, EPSILON = 1e-7;

/**
 * Weights in training: {@linkcode step} moves them down the slope of the loss, which is the cross-entropy between what came
 * after a history and what the network says of it.
 *
 * @see Werbos, "Backpropagation through time: what it does and how to do it", Proceedings of the IEEE 78, 1990
 * @see Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LstmGradients } from "./lstm_gradients.ts";
 * import { historyRows } from "./lstm_windows.ts";
 *
 * const rows = historyRows([{ events: Int32Array.of(0, 1, 0, 1), weight: 1 }], { own: 2, whole: true }, 0);
 * const network = new LstmGradients({ sizes: { inputs: 3, units: 4, outputs: 4 }, seed: 0 });
 * const before = network.loss(rows, [0, 1], [.5, .5]);
 * network.step(rows, [0, 1], { shares: [.5, .5], rate: .01 });
 * assert(network.loss(rows, [0, 1], [.5, .5]) < before);
 * ```
 */
export class LstmGradients {
  readonly #sizes: LstmSizes;
  readonly #values: LstmNumbers;
  readonly #slopes: LstmNumbers;
  readonly #means: LstmNumbers;
  readonly #squares: LstmNumbers;
  readonly #across: Float64Array; // recurrent, transposed: [4 · units, units]
  readonly #run: Run;
  #steps = 0;
  #lossBefore = 0; // of the histories that the slopes are of

  constructor({ sizes, seed, weights }: LstmStart) {
    this.#sizes = sizes;
    this.#values = weights
      ? mappedNumbers(weights, (values) => Float64Array.from(values))
      : initialNumbers(sizes, seed);
    [this.#slopes, this.#means, this.#squares] = [zeroNumbers(sizes), zeroNumbers(sizes), zeroNumbers(sizes)];
    this.#across = new Float64Array(this.#values.recurrent.length);
    this.#run = runOf(sizes);
    this.#transpose();
  }

  /** Copies of the weights. */
  weights(): LstmWeights {
    return mappedNumbers(this.#values, (values) => Float32Array.from(values));
  }

  /** Cross-entropy in nats of histories, summed with these shares. */
  loss(rows: HistoryRows, batch: ArrayLike<number>, shares: ArrayLike<number>): number {
    let loss = 0;
    for (let i = 0; i < batch.length; i++) {
      this.#forward(rows, batch[i]);
      loss += shares[i] * this.#crossEntropy(rows, batch[i]);
    }
    return loss;
  }

  /** The slope of {@linkcode loss} in each weight; overwritten by the next call. */
  gradients(rows: HistoryRows, batch: ArrayLike<number>, shares: ArrayLike<number>): Readonly<LstmNumbers> {
    for (const slopes of Object.values(this.#slopes)) slopes.fill(0);
    this.#lossBefore = 0;
    for (let i = 0; i < batch.length; i++) this.#backward(rows, batch[i], shares[i]);
    return this.#slopes;
  }

  /**
   * One step of Adam.
   *
   * @param batch Numbers of the histories to learn from.
   * @param options How much each counts, shape [batch]; and the size of the step.
   * @returns The {@linkcode loss} of these histories before the step.
   */
  step(
    rows: HistoryRows,
    batch: ArrayLike<number>,
    { shares, rate }: { shares: ArrayLike<number>; rate: number },
  ): number {
    this.gradients(rows, batch, shares);
    this.#steps++;
    const size = rate * Math.sqrt(1 - SQUARE ** this.#steps) / (1 - MEAN ** this.#steps);
    for (const name of Object.keys(this.#values) as (keyof LstmWeights)[]) {
      const [values, slopes, means, squares] = [this.#values, this.#slopes, this.#means, this.#squares]
        .map((numbers) => numbers[name]);
      for (let i = 0; i < values.length; i++) {
        const slope = slopes[i];
        means[i] += (1 - MEAN) * (slope - means[i]);
        squares[i] += (1 - SQUARE) * (slope * slope - squares[i]);
        values[i] -= size * means[i] / (Math.sqrt(squares[i]) + EPSILON);
      }
    }
    this.#transpose();
    return this.#lossBefore;
  }

  #transpose(): void {
    const { units } = this.#sizes, width = 4 * units, { recurrent } = this.#values;
    for (let unit = 0; unit < units; unit++) {
      for (let gate = 0; gate < width; gate++) {
        this.#across[gate * units + unit] = recurrent[unit * width + gate];
      }
    }
  }

  /** Fills the run's gates, cells and states place by place, and its probabilities. */
  #forward({ inputs }: HistoryRows, row: number): void {
    const run = this.#run;
    run.places = 0;
    for (let i = row * HISTORY; i < (row + 1) * HISTORY; i++) {
      if (inputs[i] >= 0) this.#enter(inputs[i], run.places++);
    }
    this.#predict();
  }

  // In the readable form: gates = kernel[input] + recurrentᵀ · state + bias; cell' = σ(forget) · cell + σ(enter) · tanh(fresh);
  // state' = σ(leave) · tanh(cell'). The four gates of a unit are summed at once.
  #enter(input: number, place: number): void {
    const { units } = this.#sizes, { kernel, bias } = this.#values, across = this.#across;
    const { gates, cells, bent, states } = this.#run;
    const before = place * units, after = before + units, square = units * units, from = input * 4 * units;
    for (let unit = 0; unit < units; unit++) {
      const [f, c, o] = [unit + units, unit + 2 * units, unit + 3 * units];
      let enter = kernel[from + unit] + bias[unit], forget = kernel[from + f] + bias[f];
      let fresh = kernel[from + c] + bias[c], leave = kernel[from + o] + bias[o];
      for (let k = 0, at = unit * units; k < units; k++, at++) {
        const state = states[before + k];
        enter += across[at] * state;
        forget += across[at + square] * state;
        fresh += across[at + 2 * square] * state;
        leave += across[at + 3 * square] * state;
      }
      const base = place * 4 * units;
      enter = gates[base + unit] = 1 / (1 + Math.exp(-enter));
      forget = gates[base + f] = 1 / (1 + Math.exp(-forget));
      fresh = gates[base + c] = Math.tanh(fresh);
      leave = gates[base + o] = 1 / (1 + Math.exp(-leave));
      const cell = cells[after + unit] = forget * cells[before + unit] + enter * fresh;
      states[after + unit] = leave * (bent[before + unit] = Math.tanh(cell));
    }
  }

  /** Softmax of the last state's logits. */
  #predict(): void {
    const { units, outputs } = this.#sizes, { outKernel, outBias } = this.#values;
    const { probabilities, states, places } = this.#run, last = places * units;
    probabilities.set(outBias);
    for (let unit = 0; unit < units; unit++) {
      const value = states[last + unit];
      for (let i = 0, at = unit * outputs; i < outputs; i++) probabilities[i] += value * outKernel[at + i];
    }
    let most = -Infinity, sum = 0;
    for (let i = 0; i < outputs; i++) if (probabilities[i] > most) most = probabilities[i];
    for (let i = 0; i < outputs; i++) sum += probabilities[i] = Math.exp(probabilities[i] - most);
    for (let i = 0; i < outputs; i++) probabilities[i] /= sum;
  }

  #crossEntropy({ targets, outputs }: HistoryRows, row: number): number {
    let loss = 0;
    for (let i = 0; i < outputs; i++) {
      const target = targets[row * outputs + i];
      if (target > 0) loss -= target * Math.log(Math.max(this.#run.probabilities[i], 1e-300));
    }
    return loss;
  }

  /** Adds one history's loss and its slopes, last place first. */
  #backward(rows: HistoryRows, row: number, share: number): void {
    this.#forward(rows, row);
    this.#lossBefore += share * this.#crossEntropy(rows, row);
    this.#leaveSoftmax(rows, row, share);
    const run = this.#run;
    run.cellSlopes.fill(0);
    let place = run.places;
    for (let i = (row + 1) * HISTORY - 1; place > 0; i--) this.#leave(rows.inputs[i], --place);
  }

  /** The slope of the last state, and of what turns it into probabilities. */
  #leaveSoftmax({ targets, outputs }: HistoryRows, row: number, share: number): void {
    const { units } = this.#sizes, { outKernel } = this.#values, slopes = this.#slopes;
    const { probabilities, states, stateSlopes, places } = this.#run, last = places * units;
    for (let i = 0; i < outputs; i++) {
      probabilities[i] = share * (probabilities[i] - targets[row * outputs + i]);
      slopes.outBias[i] += probabilities[i];
    }
    for (let unit = 0; unit < units; unit++) {
      const state = states[last + unit];
      let sum = 0;
      for (let i = 0, at = unit * outputs; i < outputs; i++, at++) {
        sum += outKernel[at] * probabilities[i];
        slopes.outKernel[at] += state * probabilities[i];
      }
      stateSlopes[unit] = sum;
    }
  }

  /** Takes the slopes of the state and cell behind a place back to those before it. */
  #leave(input: number, place: number): void {
    const { units } = this.#sizes, width = 4 * units, before = place * units, base = place * width;
    const { gates, cells, bent, states, stateSlopes, cellSlopes, gateSlopes } = this.#run;
    for (let unit = 0; unit < units; unit++) {
      const enter = gates[base + unit], forget = gates[base + units + unit];
      const fresh = gates[base + 2 * units + unit], leave = gates[base + 3 * units + unit];
      const tanh = bent[before + unit], slope = stateSlopes[unit];
      const cell = cellSlopes[unit] + slope * leave * (1 - tanh * tanh);
      gateSlopes[unit] = cell * fresh * enter * (1 - enter);
      gateSlopes[units + unit] = cell * cells[before + unit] * forget * (1 - forget);
      gateSlopes[2 * units + unit] = cell * enter * (1 - fresh * fresh);
      gateSlopes[3 * units + unit] = slope * tanh * leave * (1 - leave);
      cellSlopes[unit] = cell * forget;
    }
    const { recurrent } = this.#values, { kernel, bias, recurrent: slopes } = this.#slopes;
    for (let gate = 0, at = input * width; gate < width; gate++, at++) {
      kernel[at] += gateSlopes[gate];
      bias[gate] += gateSlopes[gate];
    }
    for (let unit = 0, at = 0; unit < units; unit++) {
      const state = states[before + unit];
      let sum = 0;
      for (let gate = 0; gate < width; gate++, at++) {
        const slope = gateSlopes[gate];
        sum += recurrent[at] * slope;
        slopes[at] += state * slope;
      }
      stateSlopes[unit] = sum;
    }
  }
}

/** What one history leaves behind on its way through the network; index 0 of cells and states is before the first event. */
interface Run {
  places: number;
  gates: Float64Array; // [places, 4 · units], behind their activation
  cells: Float64Array; // [places + 1, units]
  bent: Float64Array; // [places, units], tanh of the cells behind each place
  states: Float64Array; // [places + 1, units]
  probabilities: Float64Array; // [outputs]
  stateSlopes: Float64Array; // [units]
  cellSlopes: Float64Array; // [units]
  gateSlopes: Float64Array; // [4 · units]
}

function runOf({ units, outputs }: LstmSizes): Run {
  return {
    places: 0,
    gates: new Float64Array(HISTORY * 4 * units),
    cells: new Float64Array((HISTORY + 1) * units),
    bent: new Float64Array(HISTORY * units),
    states: new Float64Array((HISTORY + 1) * units),
    probabilities: new Float64Array(outputs),
    stateSlopes: new Float64Array(units),
    cellSlopes: new Float64Array(units),
    gateSlopes: new Float64Array(4 * units),
  };
}
