/**
 * How right error messages are read: on held-back parts of the corpus, and on templates of failures mined from real logs.
 *
 * @module
 */
import { CATEGORY_NAMES } from "../../../lib/explain/meaning/category.ts";
import { corpusMessages } from "../../../lib/explain/meaning/corpus/corpus.ts";
import { softmax } from "../../../lib/explain/meaning/linear_model.ts";
import { loadMeaningReader } from "../../../lib/explain/meaning/load_meaning_reader.ts";
import type { MeaningReader } from "../../../lib/explain/meaning/meaning_reader.ts";
import { canTell } from "../../../lib/explain/meaning/senses/senses.ts";
import { crossValidated, foldsOf, taughtOf } from "../../../lib/explain/meaning/training.ts";
import { WEIGHTS } from "../../../lib/explain/meaning/weights.ts";
import { REAL_LOGS } from "../../needs.ts";
import { SECOND_BLIND } from "../../golden/meaning/second_blind.ts";
import { THIRD_BLIND } from "../../golden/meaning/third_blind.ts";
import { UNSEEN_MESSAGES } from "../../golden/meaning/unseen_messages.ts";
import { missingLogs, type Part } from "../templates/accuracy.ts";
import type { Cell, ReportTable } from "../templates/report.ts";
import { failureTemplates } from "./meaning_material.ts";

/** An answer, and whether it was right. */
export interface JudgedAnswer {
  group: string;
  category: string;
  confidence: number;
  /** Whether an answer was given. */
  answered: boolean;
  right: boolean;
  /** Similarity of the most similar message of the corpus. */
  similarity: number;
}

/** What each template of a failure may be read as, by its number; judged by reading them one by one. */
function judgements(): Map<string, string[]> {
  const text = Deno.readTextFileSync(
    new URL("../../golden/meaning/judged_templates.json", import.meta.url),
  );
  const judged: Record<string, string> = JSON.parse(text);
  return new Map(Object.entries(judged).map(([id, categories]) => [id, categories.split(" ")]));
}

const COLUMNS = [
  ...["", "messages", "right if forced", "share answered", "right of answered", "share with a failure named"],
  ...["right of those", "right at share .7"],
];

const shareOf = (part: number, whole: number) => whole > 0 ? part / whole : null;

/** One row of figures. */
function answerRow(name: string, answers: readonly JudgedAnswer[]): Cell[] {
  const answered = answers.filter((answer) => answer.answered);
  const named = answered.filter(({ category }) => category !== "none");
  const surest = answers.toSorted((a, b) => b.confidence - a.confidence)
    .slice(0, Math.round(0.7 * answers.length));
  const right = (some: readonly JudgedAnswer[]) =>
    shareOf(some.filter((answer) => answer.right).length, some.length);
  return [
    ...[name, answers.length, right(answers), shareOf(answered.length, answers.length), right(answered)],
    ...[shareOf(named.length, answers.length), right(named), right(surest)],
  ];
}

function heldBackAnswers(by: "message" | "software", seed: number): JudgedAnswer[] {
  const messages = corpusMessages(), taught = taughtOf(messages);
  return crossValidated(taught, foldsOf(messages, by, seed)).map(({ message, scores, categories }) => {
    const shares = softmax(scores, WEIGHTS.temperature), confidence = Math.max(...shares);
    const best = shares.indexOf(confidence),
      category = CATEGORY_NAMES[best],
      { text, software } = messages[message];
    return {
      ...{ group: software, category, confidence, similarity: 0 },
      ...{
        answered: confidence >= WEIGHTS.least && canTell(category, text),
        right: categories.includes(best),
      },
    };
  });
}

async function minedAnswers(reader: MeaningReader): Promise<{ answers: JudgedAnswer[]; unjudged: number }> {
  const judged = judgements(), templates = await failureTemplates();
  const answers = templates.flatMap(({ id, log, text, severity }) => {
    const accepted = judged.get(id);
    if (!accepted) return [];
    const { category, confidence, known, similar } = reader.read(text, { severity });
    const similarity = similar[0]?.similarity ?? 0, right = accepted.includes(category);
    return [{ group: log, category, confidence, answered: known, right, similarity }];
  });
  return { answers, unjudged: templates.length - answers.length };
}

/** Similarity from which a message of the corpus is nearly a template. */
const TWIN = 0.55;

async function minedTable(reader: MeaningReader): Promise<ReportTable> {
  const title = "Error reading, templates of failures mined from real logs";
  try {
    Deno.statSync(REAL_LOGS);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return missingLogs(title);
    throw error;
  }
  const { answers, unjudged } = await minedAnswers(reader),
    groups = new Set(answers.map(({ group }) => group));
  return {
    title,
    notes: [
      "at WARN and above, or with words of failures; each was judged by reading it, before it was scored; one or more categories may be right",
      `${unjudged} templates that nobody judged are left out`,
      `readings of these templates were looked at while the corpus grew; wordings as like one as ${TWIN} were left out of what was added`,
    ],
    columns: COLUMNS,
    rows: [
      ...[...groups].map((group) => answerRow(group, answers.filter((answer) => answer.group === group))),
      answerRow("all", answers),
      answerRow("nothing like it in the corpus", answers.filter(({ similarity }) => similarity < TWIN)),
    ],
  };
}

/** The blind sets, in the order in which they were used. */
const BLIND_SETS: Record<string, Readonly<Record<string, readonly string[]>>> = {
  "first, of other authors": UNSEEN_MESSAGES as Record<string, readonly string[]>,
  "second": SECOND_BLIND,
  "third, read once": THIRD_BLIND,
};

/** Messages of software that nobody had thought of. */
function unseenTable(reader: MeaningReader): ReportTable {
  const all = Object.entries(BLIND_SETS).map(([name, set]) => ({ name, answers: blindAnswers(reader, set) }));
  return {
    title: "Error reading, software that the corpus doesn't know",
    notes: [
      "no levels; the categories in a message's label are right, nearly always a single one",
      "first: made up when an earlier corpus was finished; only figures over all of it were looked at since",
      "second and third: worded from memory and committed before their author had read corpus or model; of the second only figures " +
      "over all of it were looked at while the corpus grew, the third was read once, when all was finished",
      `whoever worded them wrote the corpus that came after: wordings of it with a similarity of ${LIKENESS} or more to a blind message ` +
      "were left out (what was there before stayed); the first set is the strictest of the three",
    ],
    columns: COLUMNS,
    rows: [
      ...all.map(({ name, answers }) => answerRow(name, answers)),
      answerRow("all", all.flatMap(({ answers }) => answers)),
      answerRow(
        "nothing like it in the corpus",
        all.flatMap(({ answers }) => answers).filter(({ similarity }) => similarity < LIKENESS),
      ),
    ],
  };
}

/** Similarity from which a wording was kept out of the corpus while it grew. */
const LIKENESS = 0.45;

function blindAnswers(
  reader: MeaningReader,
  set: Readonly<Record<string, readonly string[]>>,
): JudgedAnswer[] {
  return Object.entries(set).flatMap(([label, texts]) =>
    texts.map((text): JudgedAnswer => {
      const { category, confidence, known, similar } = reader.read(text);
      const right = label.split(" ").includes(category), similarity = similar[0]?.similarity ?? 0;
      return { group: label, category, confidence, answered: known, right, similarity };
    })
  );
}

/** Microseconds a message, and what is loaded. */
function costTable(reader: MeaningReader): ReportTable {
  const texts = corpusMessages().map(({ text }) => text), before = performance.now();
  for (const text of texts) reader.shares(text);
  const judged = performance.now();
  for (const text of texts) reader.read(text);
  const read = performance.now(), each = (ms: number) => 1_000 * ms / texts.length;
  return {
    title: "Error reading, cost",
    notes: ["one pass over the corpus; the first message of all reads the corpus for what is similar"],
    columns: ["", "µs a message"],
    rows: [["category", each(judged - before)], [
      "meaning with similar messages",
      each(read - judged),
    ]],
  };
}

/** The tables of error reading. */
export async function measureMeaning({ seed, tell }: Part): Promise<ReportTable[]> {
  const reader = await loadMeaningReader();
  tell("the corpus, a third held back at a time");
  const heldBack = {
    title: "Error reading, a third of the corpus held back",
    notes: [
      `3 folds, each held back once; answered = confidence of at least ${WEIGHTS.least}`,
      "what no software owns (short words, normal work, codes) is always taught and never held back",
      "cues were written by those who wrote the corpus: these figures flatter",
    ],
    columns: COLUMNS,
    rows: [
      answerRow("a third of the messages", heldBackAnswers("message", seed)),
      answerRow("a third of the software", heldBackAnswers("software", seed)),
    ],
  };
  tell("templates of real logs");
  return [heldBack, await minedTable(reader), unseenTable(reader), costTable(reader)];
}
