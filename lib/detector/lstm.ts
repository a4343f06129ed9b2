/**
 * `lstm`: events that a recurrent network did not expect after the ten before them.
 *
 * @module
 */
import type { DetectorSnapshot } from "./detector.ts";
import { lstmLengths, LstmNetwork, type LstmSizes, type LstmWeights } from "./lstm_network.ts";
import { type LstmTrainingOptions, trainLstm } from "./lstm_training.ts";
import { type EventClasses, historyAt, inputsOf, outputsOf, OWN_CLASSES } from "./lstm_windows.ts";
import {
  checkedMeasure,
  isMeasure,
  isVocabulary,
  NextEventDetector,
  type NextEventModel,
  type ReadSequence,
} from "./next_event_detector.ts";
import type {
  SequenceDetector,
  SequenceFitOptions,
  SequenceKind,
  SequenceMeasure,
} from "./sequence_detector.ts";
import type { SequenceSet } from "./sequence_set.ts";
import { knownEvents } from "./sequence_training.ts";
import {
  decodeFloats,
  encodeFloats,
  isAmount,
  isBoolean,
  isCount,
  isFloats,
  readSnapshot,
} from "./snapshot.ts";

const NAME = "lstm";
const VERSION = 1;
const STUCK =
  "the LSTM's training stuck with every seed: it learned little more than how frequent each event is";
/** Histories whose probabilities are remembered: real logs repeat. */
const REMEMBERED = 10_000;
const WEIGHTS: (keyof LstmWeights)[] = ["kernel", "recurrent", "bias", "outKernel", "outBias"];

/**
 * DeepLog's model of the next event: an LSTM reads the ten events before it, a softmax says what may come.
 *
 * - The 62 most frequent templates have a class each, the others share one; an event that training never showed counts as
 *   surprising as one seen once less than all events of training.
 * - A training that stuck with every seed is kept, and the detector's note says so.
 *
 * An n-gram table (`ngram`) finds nearly the same for a thousandth of the work.
 *
 * @see Du et al., "DeepLog: Anomaly Detection and Diagnosis from System Logs through Deep Learning", CCS 2017
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lstm } from "./lstm.ts";
 * import { sequenceSet } from "./sequence_set.ts";
 *
 * const { set } = sequenceSet([["open", "read", "close"], ["open", "close"]], { weights: [80, 20] });
 * const detector = await lstm.fit(set);
 * const [usual, unusual] = detector.score(sequenceSet([["open", "read", "close"], ["open", "close", "read"]]).set);
 * assert(unusual > 2 * usual);
 * ```
 */
export const lstm: SequenceKind = {
  name: NAME,
  title: "Events that a recurrent network did not expect there",

  fit(
    training: SequenceSet,
    options: SequenceFitOptions & LstmTrainingOptions = {},
  ): Promise<SequenceDetector> {
    return fitted(training, options).then(detectorOf);
  },

  restore(snapshot: DetectorSnapshot): Promise<SequenceDetector> {
    return Promise.resolve().then(() => detectorOf(readFitted(snapshot)));
  },
};

/** What an LSTM learned. */
interface FittedLstm {
  vocabulary: readonly string[];
  classes: EventClasses;
  sizes: LstmSizes;
  weights: LstmWeights;
  /** Events of training. */
  events: number;
  measure: SequenceMeasure;
  stuck: boolean;
}

async function fitted(
  training: SequenceSet,
  options: SequenceFitOptions & LstmTrainingOptions,
): Promise<FittedLstm> {
  const measure = checkedMeasure(options.measure), { whole = true } = options;
  const { vocabulary, sequences } = knownEvents(NAME, training);
  const classes = { own: Math.min(vocabulary.length, OWN_CLASSES), whole };
  const { sizes, weights, stuck } = await trainLstm(sequences, classes, options);
  const events = Math.fround(
    sequences.reduce((sum, { events, weight }) => sum + events.length * weight, 0),
  );
  return { vocabulary, classes, sizes, weights, events, measure, stuck };
}

function detectorOf(fitted: FittedLstm): SequenceDetector {
  const { vocabulary, measure, stuck } = fitted;
  const note = stuck ? STUCK : "", save = () => saveFitted(fitted), model = new LstmModel(fitted);
  return new NextEventDetector({ kind: NAME, vocabulary, model, measure, note, save });
}

/** What was learned as plain data; weights are Float32 numbers in base64. */
function saveFitted(
  { vocabulary, classes, sizes, weights, events, measure, stuck }: FittedLstm,
): DetectorSnapshot {
  return {
    kind: NAME,
    version: VERSION,
    vocabulary: [...vocabulary],
    whole: classes.whole,
    units: sizes.units,
    events,
    measure: { ...measure },
    weights: encodeFloats(Float32Array.from(WEIGHTS.flatMap((name) => [...weights[name]]))),
    stuck,
  };
}

function readFitted(snapshot: DetectorSnapshot): FittedLstm {
  const saved = readSnapshot(snapshot, NAME, VERSION, {
    vocabulary: isVocabulary,
    whole: isBoolean,
    units: isCount,
    events: isAmount,
    measure: isMeasure,
    weights: isFloats,
    stuck: isBoolean,
  });
  const { vocabulary, whole, units, events, measure, stuck } = saved;
  const classes = { own: Math.min(vocabulary.length, OWN_CLASSES), whole };
  const sizes = { inputs: classes.own + 1, units, outputs: outputsOf(classes) };
  const numbers = decodeFloats(saved.weights), lengths = lstmLengths(sizes);
  const expected = WEIGHTS.reduce((sum, name) => sum + lengths[name], 0);
  if (numbers.length !== expected) {
    throw new TypeError(
      `Cannot restore ${NAME}: the field weights has ${numbers.length} numbers instead of ${expected}`,
    );
  }
  let at = 0;
  const weights = Object.fromEntries(
    WEIGHTS.map((name) => [name, numbers.subarray(at, at += lengths[name])]),
  );
  return { vocabulary, classes, sizes, weights: weights as unknown as LstmWeights, events, measure, stuck };
}

class LstmModel implements NextEventModel {
  readonly #fitted: FittedLstm;
  readonly #network: LstmNetwork;
  readonly #remembered = new Map<string, Float32Array>();

  constructor(fitted: FittedLstm) {
    this.#fitted = fitted;
    this.#network = new LstmNetwork(fitted.sizes, fitted.weights);
  }

  read(events: Int32Array): ReadSequence {
    const { classes } = this.#fitted,
      { length } = events,
      places = length + 1,
      inputs = inputsOf(events, classes);
    const surprises = new Float64Array(places), outrankedBy = new Float64Array(places);
    const likeliest = new Int32Array(places).fill(-1);
    for (let i = classes.whole ? 0 : 1; i < (classes.whole ? places : length); i++) {
      const logarithms = this.#after(historyAt(inputs, i));
      likeliest[i] = this.#eventOf(logarithms.indexOf(logarithms.reduce((a, b) => Math.max(a, b))));
      if (events[i] === -1) {
        surprises[i] = Math.log(this.#fitted.events + 1);
        outrankedBy[i] = Infinity;
        continue;
      }
      const own = logarithms[i < length ? inputs[i] : classes.own + 1];
      surprises[i] = Math.max(0, -own);
      outrankedBy[i] = logarithms.reduce((others, other) => other > own ? others + 1 : others, 0);
    }
    return { surprises, outrankedBy, likeliest };
  }

  /** Vocabulary number of a class: its length for the end, −1 for the class that several events share. */
  #eventOf(output: number): number {
    const { classes: { own }, vocabulary } = this.#fitted;
    return output < own ? output : output > own ? vocabulary.length : -1;
  }

  /** ln p of each class. */
  #after(history: Int32Array): Float32Array {
    const key = String.fromCharCode(...history.map((input) => input + 1));
    let found = this.#remembered.get(key);
    if (!found) {
      if (this.#remembered.size >= REMEMBERED) this.#remembered.clear();
      this.#remembered.set(key, found = Float32Array.from(this.#network.logProbabilities(history)));
    }
    return found;
  }
}
