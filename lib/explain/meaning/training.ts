/**
 * From the corpus to the model that is shipped.
 *
 * @module
 */
import { seededPermutation, seededRandom } from "../../detector/seeded_random.ts";
import { CATEGORY_NAMES } from "./category.ts";
import type { CorpusMessage } from "./corpus/corpus.ts";
import { featuresOf } from "./features.ts";
import { fitLinear, type Taught } from "./fit_linear.ts";
import { type LinearModel, scoresOf, softmax } from "./linear_model.ts";
import { canTell } from "./senses/senses.ts";

/** Parts that the corpus is divided into for cross-validation: each is held back once, a third. */
const FOLDS = 3;

/** Part of a message that is never held back. */
const NEVER = -1;

/**
 * The part, 0 to 2, that each message is held back in; by `software` none is judged by a model that knows its software. Words that no
 * software owns are in part −1: they are held back in none.
 */
export function foldsOf(messages: readonly CorpusMessage[], by: "message" | "software", seed = 1): number[] {
  const names = messages.map(({ software, words }, i) =>
    words ? "" : by === "software" ? software : String(i)
  );
  const distinct = [...new Set(names)].filter((name) => name !== ""),
    order = seededPermutation(distinct.length, seededRandom(seed));
  const folds = new Map<string, number>();
  order.forEach((which, i) => folds.set(distinct[which], i % FOLDS));
  return names.map((name) => folds.get(name) ?? NEVER);
}

/** Messages of the corpus as the fit takes them. */
export function taughtOf(messages: readonly CorpusMessage[]): Taught[] {
  return messages.map(({ text, categories }) => ({
    ...featuresOf(text),
    categories: categories.map((category) => CATEGORY_NAMES.indexOf(category)),
  }));
}

/** A message with the scores that a model gave it which had not seen it. */
export interface HeldBack {
  /** Index of the message. */
  message: number;
  /** Shape [categories]. */
  scores: Float64Array;
  /** Numbers of the categories that are right. */
  categories: readonly number[];
}

/** Each message scored by a model of the other parts. */
export function crossValidated(taught: readonly Taught[], folds: readonly number[]): HeldBack[] {
  return Array.from({ length: FOLDS }, (_, fold) => {
    const model = fitLinear(taught.filter((_, i) => folds[i] !== fold), {
      categories: CATEGORY_NAMES.length,
    });
    return taught.flatMap((one, message) =>
      folds[message] === fold ? [{ message, scores: scoresOf(model, one), categories: one.categories }] : []
    );
  }).flat();
}

/**
 * The temperature under which held-back messages are least surprising: C. Guo et al., *On Calibration of Modern Neural Networks*,
 * ICML 2017. Golden-section search between ¼ and 4; a message that may be read in two ways is right in either.
 */
export function temperatureOf(heldBack: readonly HeldBack[]): number {
  const surprise = (logarithm: number) => {
    let sum = 0;
    for (const { scores, categories } of heldBack) {
      const shares = softmax(scores.slice(), 2 ** logarithm);
      sum -= Math.log(Math.max(1e-12, categories.reduce((share, category) => share + shares[category], 0)));
    }
    return sum;
  };
  let [low, high] = [-2, 2];
  const golden = (Math.sqrt(5) - 1) / 2;
  for (let round = 0; round < 16; round++) {
    const left = high - golden * (high - low), right = low + golden * (high - low);
    if (surprise(left) < surprise(right)) high = right;
    else low = left;
  }
  return 2 ** ((low + high) / 2);
}

/** What must be right of the answers that are given, at least. */
const LEAST_RIGHT = 0.85;

/**
 * The least confidence at which answers to held-back messages are right often enough: the rule of selective classification (R. El-Yaniv, Y. Wiener, *On the Foundations of Noise-free Selective Classification*, JMLR 2010).
 * No less than where an answer would be a guess between three.
 *
 * @param canAnswer Whether a category, by its number, could be the answer to a message.
 */
export function leastConfidence(
  heldBack: readonly HeldBack[],
  temperature: number,
  canAnswer: (message: number, category: number) => boolean = () => true,
): number {
  const answers = heldBack.flatMap(({ message, scores, categories }) => {
    const shares = softmax(scores.slice(), temperature), confidence = Math.max(...shares);
    const best = shares.indexOf(confidence);
    return canAnswer(message, best) ? [{ confidence, right: categories.includes(best) }] : [];
  }).sort((a, b) => b.confidence - a.confidence);
  let right = 0, least = 1;
  answers.forEach((answer, i) => {
    right += Number(answer.right);
    if (right / (i + 1) >= LEAST_RIGHT) least = answer.confidence;
  });
  return Math.max(least, 1 / 3);
}

/**
 * The model of a corpus: fitted on all of it, its confidence calibrated on messages of software that a model didn't know.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { CATEGORY_NAMES } from "./category.ts";
 * import { featuresOf } from "./features.ts";
 * import { scoresOf } from "./linear_model.ts";
 * import { trainMeaning } from "./training.ts";
 *
 * const model = trainMeaning([
 *   { text: "disk full", software: "a", categories: ["disk"] },
 *   { text: "volume is full", software: "b", categories: ["disk"] },
 *   { text: "wrong password", software: "a", categories: ["authentication"] },
 *   { text: "login failed", software: "c", categories: ["authentication"] },
 * ]);
 * const scores = scoresOf(model, featuresOf("the disk is full"));
 * assert(CATEGORY_NAMES[scores.indexOf(Math.max(...scores))] === "disk");
 * ```
 */
export function trainMeaning(messages: readonly CorpusMessage[]): LinearModel {
  const taught = taughtOf(messages);
  const heldBack = crossValidated(taught, foldsOf(messages, "software"));
  const temperature = temperatureOf(heldBack),
    least = leastConfidence(
      heldBack,
      temperature,
      (message, category) => canTell(CATEGORY_NAMES[category], messages[message].text),
    );
  return { ...fitLinear(taught, { categories: CATEGORY_NAMES.length }), temperature, least };
}
