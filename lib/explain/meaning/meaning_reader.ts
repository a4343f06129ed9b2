/**
 * Reading error messages.
 *
 * @module
 */
import { type Category, CATEGORY_NAMES } from "./category.ts";
import type { CorpusMessage } from "./corpus/corpus.ts";
import { featuresOf } from "./features.ts";
import { type LinearModel, scoresOf, softmax } from "./linear_model.ts";
import type { Meaning, SimilarMessage } from "./meaning.ts";
import { type PackedModel, unpackModel } from "./packed_model.ts";
import type { Sense } from "./senses/sense.ts";
import { canTell, SENSES, sensesOf, toldSenses } from "./senses/senses.ts";
import { type Candidate, similarTemplates, SimilarTexts } from "./similar_templates.ts";
import { subjectOf } from "./subject.ts";
import { wordsOf } from "./words.ts";

/** What is known beside the text. */
export interface ReadOptions {
  /** OpenTelemetry `SeverityNumber` that the message came with; 0 = unknown. */
  severity?: number;
  /** Templates that it may be like, redacted: those of a catalogue or of earlier incidents. */
  known?: readonly Candidate[];
  /** Similar messages that are named at most, default 3; with 0 none are looked for, which spares reading the corpus. */
  similar?: number;
}

const NONE = CATEGORY_NAMES.indexOf("none");

/** What can't be told. */
const UNTOLD = {
  title: "What this message means can't be told from its words",
  check: "Read the lines around it, and look whether it came before when nothing was wrong",
};

/**
 * Reads what messages mean.
 *
 * It judges by words, pairs and pieces of words and by phrases that we know; the model was fitted on a corpus that we wrote. It
 * reads some 2,000 characters of a message, keeps nothing, and gives the same answer each time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { loadMeaningReader } from "./load_meaning_reader.ts";
 *
 * const reader = await loadMeaningReader();
 * const { category, known, title } = reader.read("could not extend file <*>: No space left on device");
 * assert.deepEqual([category, known], ["disk", true]);
 * assert.equal(title, "There is no space left on a disk");
 * ```
 */
export class MeaningReader {
  readonly #model: LinearModel;
  readonly #messages: readonly CorpusMessage[];
  #corpus: SimilarTexts | null = null;

  /** @throws {RangeError} if the model is of another version or for other categories. */
  constructor(packed: PackedModel, messages: readonly CorpusMessage[] = []) {
    this.#model = unpackModel(packed);
    this.#messages = messages;
  }

  /** What a message means; any text has an answer, if only that it can't be told. */
  read(text: string, { severity = 0, known = [], similar: limit = 3 }: ReadOptions = {}): Meaning {
    const shares = this.shares(text, severity);
    let best = 0;
    shares.forEach((share, i) => best = share > shares[best] ? i : best);
    const category = CATEGORY_NAMES[best], confidence = shares[best];
    const similar = limit > 0 ? this.#similar(text, known, limit) : [], subject = subjectOf(text, category);
    if (!(confidence >= this.#model.least && canTell(category, text))) {
      return { category, confidence, known: false, sense: "", ...UNTOLD, cause: "", subject, similar };
    }
    const { id, title, cause, check } = senseOf(text, category);
    const told = subject?.name && category !== "none" ? `${title}: ${subject.text}` : title;
    return { category, confidence, known: true, sense: id, title: told, subject, cause, check, similar };
  }

  /** How likely each category is, in the order of `CATEGORY_NAMES`; they sum to 1. */
  shares(text: string, severity = 0): Float64Array {
    const features = featuresOf(text), scores = scoresOf(this.#model, features);
    if (features.ids.length === 0) return scores.fill(1 / scores.length);
    scores[NONE] += noneShift(severity) * this.#model.temperature;
    return softmax(scores, this.#model.temperature);
  }

  #similar(text: string, known: readonly Candidate[], limit: number): SimilarMessage[] {
    this.#corpus ??= new SimilarTexts(this.#messages.map(({ software, text }) => ({ id: software, text })));
    const likeKnown = known.length > 0 ? similarTemplates(text, known, { limit }) : [];
    return [...likeKnown, ...this.#corpus.like(text, { limit })]
      .map(({ candidate, similarity }) => ({ source: candidate.id, text: candidate.text, similarity }))
      .sort((a, b) => b.similarity - a.similarity).slice(0, limit);
  }
}

/** What the level says about there being no failure, as log odds: halved at info, a third at warnings, a seventh at errors. */
function noneShift(severity: number): number {
  if (severity >= 17) return -2;
  if (severity >= 13) return -1;
  return severity > 0 ? 0.7 : 0;
}

/** The sense of the category that the longest cues tell; its first where none does. */
function senseOf(text: string, category: Category): Sense {
  const own = sensesOf(category), told = new Map<number, number>();
  for (const { sense, length } of toldSenses(wordsOf(text))) {
    if (own.includes(sense)) told.set(sense, (told.get(sense) ?? 0) + length * length);
  }
  const best = own.reduce((best, sense) => (told.get(sense) ?? 0) > (told.get(best) ?? 0) ? sense : best);
  return SENSES[best];
}
