import assert from "node:assert/strict";
import { CATEGORIES, CATEGORY_NAMES } from "../../../lib/explain/meaning/category.ts";
import { type CorpusMessage, corpusMessages } from "../../../lib/explain/meaning/corpus/corpus.ts";
import { softmax } from "../../../lib/explain/meaning/linear_model.ts";
import { packModel, unpackModel } from "../../../lib/explain/meaning/packed_model.ts";
import { SENSES } from "../../../lib/explain/meaning/senses/senses.ts";
import {
  crossValidated,
  foldsOf,
  leastConfidence,
  taughtOf,
  temperatureOf,
  trainMeaning,
} from "../../../lib/explain/meaning/training.ts";
import { WEIGHTS } from "../../../lib/explain/meaning/weights.ts";
import { wordsOf } from "../../../lib/explain/meaning/words.ts";

const messages = corpusMessages();

Deno.test("corpusMessages() has some of every category, each with a known name and no wording twice", () => {
  const counts = new Map<string, number>(), texts = new Set<string>();
  for (const { text, categories } of messages) {
    assert(categories.length === 1 || categories.length === 2, text);
    assert.equal(new Set(categories).size, categories.length, text);
    for (const category of categories) assert(CATEGORY_NAMES.includes(category), `${text}: ${category}`);
    assert(!texts.has(text.toLowerCase()), `twice: ${text}`);
    texts.add(text.toLowerCase());
    counts.set(categories[0], (counts.get(categories[0]) ?? 0) + 1);
  }
  assert(messages.length >= 600);
  for (const category of CATEGORY_NAMES) assert((counts.get(category) ?? 0) >= 30, category);
});

Deno.test("SENSES: every category has one, ids are unique, and every cue has words", () => {
  assert.equal(new Set(SENSES.map(({ id }) => id)).size, SENSES.length);
  for (const category of CATEGORY_NAMES) {
    assert(SENSES.some((sense) => sense.category === category), category);
  }
  for (const { id, category, title, cause, check, cues } of SENSES) {
    assert(id.startsWith(`${category}-`), id);
    for (const text of [title, cause, check]) assert.match(text, /^[A-Z].*[^.]$/, text);
    for (const cue of cues) {
      assert.equal(wordsOf(cue).length >= cue.split(/[ *]+/).length, true, `${id}: ${cue}`);
    }
  }
});

Deno.test("CATEGORIES: depths are parts of 1 in the order of the list", () => {
  const depths = Object.values(CATEGORIES).map(({ depth }) => depth);
  assert.deepEqual(depths, depths.toSorted((a, b) => a - b));
  assert(depths[0] >= 0 && depths.at(-1)! <= 1);
});

Deno.test("trainMeaning() makes of the corpus what is shipped, to the byte", () => {
  assert.deepEqual(packModel(trainMeaning(messages)), WEIGHTS);
  assert(WEIGHTS.weights.length < 400_000);
});

Deno.test("foldsOf() holds back a third, and by software nothing of what a model knew", () => {
  const owned = messages.filter(({ words }) => !words);
  for (const by of ["message", "software"] as const) {
    const folds = foldsOf(owned, by, 3);
    for (const fold of [0, 1, 2]) {
      const share = folds.filter((one) => one === fold).length / folds.length;
      assert(share > 0.2 && share < 0.5, `${by} ${fold}: ${share}`);
    }
  }
  const folds = foldsOf(messages, "software", 3), home = new Map<string, number>();
  messages.forEach(({ software }, i) => assert.equal(home.getOrInsert(software, folds[i]), folds[i]));
  assert.deepEqual(foldsOf(messages, "software", 3), folds);
  assert.notDeepEqual(foldsOf(messages, "software", 4), folds);
});

Deno.test("foldsOf() never holds back words that no software owns", () => {
  for (const by of ["message", "software"] as const) {
    foldsOf(messages, by).forEach((fold, i) =>
      assert.equal(fold === -1, messages[i].words, messages[i].text)
    );
  }
  assert(messages.some(({ words }) => words));
});

Deno.test("crossValidated() reads software that it doesn't know, surely enough where it answers", () => {
  const some = messages.filter(({ words }, i) => i % 2 === 0 && !words), folds = foldsOf(some, "software");
  const heldBack = crossValidated(taughtOf(some), folds);
  assert.deepEqual(heldBack.map(({ message }) => message).sort((a, b) => a - b), some.map((_, i) => i));
  const answers = heldBack.map(({ scores, categories }) => {
    const shares = softmax(scores.slice(), WEIGHTS.temperature), confidence = Math.max(...shares);
    return { confidence, right: categories.includes(shares.indexOf(confidence)) };
  }).filter(({ confidence }) => confidence >= WEIGHTS.least);
  assert(answers.length / some.length >= 0.7, `answered ${answers.length} of ${some.length}`);
  assert(answers.filter(({ right }) => right).length / answers.length >= 0.8);
});

/** Scores of two categories as held back, the first with this log odds. */
const heldBack = (odds: number, category: number) => ({
  message: 0,
  scores: Float64Array.of(odds, 0),
  categories: [category],
});

Deno.test("temperatureOf() makes a model that is too sure less sure, and the other way round", () => {
  const sure = (odds: number) => [
    ...Array.from({ length: 8 }, () => heldBack(odds, 0)),
    ...Array.from({ length: 2 }, () => heldBack(odds, 1)),
  ];
  for (const odds of [4, 0.7]) {
    const temperature = temperatureOf(sure(odds));
    assert(
      Math.abs(softmax(Float64Array.of(odds, 0), temperature)[0] - 0.8) < 0.01,
      `${odds}: ${temperature}`,
    );
  }
});

Deno.test("leastConfidence() is the least at which 85 of 100 answers are right, and no less than a third", () => {
  const mixed = [
    ...Array.from({ length: 17 }, () => heldBack(3, 0)),
    ...Array.from({ length: 3 }, () => heldBack(2, 1)),
    ...Array.from({ length: 10 }, () => heldBack(1, 1)),
  ];
  assert(Math.abs(leastConfidence(mixed, 1) - 1 / (1 + Math.exp(-2))) < 1e-9);
  assert.equal(leastConfidence([heldBack(1, 1)], 1), 1);
  const all = { ...heldBack(0, 0), scores: new Float64Array(8), categories: [0, 1, 2, 3, 4, 5, 6, 7] };
  assert.equal(leastConfidence([all], 1), 1 / 3);
});

Deno.test("packModel() keeps weights to half a step", () => {
  const few: CorpusMessage[] = messages.slice(0, 60), model = trainMeaning(few), packed = packModel(model);
  const back = unpackModel(JSON.parse(JSON.stringify(packed)));
  const count = CATEGORY_NAMES.length;
  model.weights.forEach((weight, i) =>
    assert(Math.abs(weight - back.weights[i]) <= packed.scales[i % count] * 0.501)
  );
});
