/**
 * The autoencoder, the LSTM and the isolation forest beside Keras and scikit-learn, on the same sessions in the same run.
 *
 * @module
 */
import process from "node:process";
import { detectorKind, sequenceKind } from "../../../lib/detector/registry.ts";
import { sequenceSet } from "../../../lib/detector/sequence_set.ts";
import type { FeatureMatrix } from "../../../lib/feature/feature_matrix.ts";
import { DistinctRows } from "../../../lib/feature/distinct_rows.ts";
import { missingLogs, type Part } from "../templates/accuracy.ts";
import type { Cell, ReportTable } from "../templates/report.ts";
import { hdfsSessions, randomHalf, type Sessions, type Split } from "./neural_sessions.ts";
import { findPeers, type Measured, runPeers } from "./peers.ts";

const SEEDS = [0, 1, 2, 3, 4];
/** Share of held-back sessions that stay below a threshold. */
const LEVEL = .995;
const TITLE = "HDFS 2 %, random half of the normal sessions, beside Keras and scikit-learn";

/** Rows of the tables. */
const PEER_NAMES: Record<string, string> = {
  "isolation-forest": "isolation-forest, scikit-learn",
  autoencoder: "autoencoder, Keras",
  lstm: "lstm, Keras",
};

/** What models did, by the name of the row; a value a seed. Seconds of scoring are those of one session. */
type Results = Map<string, Measured[]>;

/** F1 by seed, and what it costs. */
export async function measureNeural({ tell, seed }: Part): Promise<ReportTable[]> {
  const sessions = await hdfsSessions();
  if (sessions === null) return [missingLogs(TITLE)];
  const notes: string[] = [], peers = await findPeers(notes), results: Results = new Map();
  let told = "";
  for (const offset of SEEDS) {
    tell(`seed ${offset + 1} of ${SEEDS.length}${told}`);
    const split = randomHalf(sessions, seed + offset);
    const note = (name: string, measured: Measured) => {
      const own = results.get(name), one = { ...measured, score: measured.score / split.test.length };
      if (own) own.push(one);
      else results.set(name, [one]);
    };
    for (const [name, measured] of await measureOurs(sessions, split, offset)) note(name, measured);
    if (peers.models.length === 0) continue;
    const job = { ...jobOf(sessions, split), seed: offset, models: peers.models };
    for (const [name, measured] of Object.entries(await runPeers(peers, job))) {
      note(PEER_NAMES[name], measured);
    }
    const last = ordered(results).map(([name, all]) => `${name} ${f1(all.at(-1)!).toFixed(3)}`);
    told = `; F1 of the last: ${last.join(", ")}`;
  }
  return [qualityTable(results, notes), costTable(results, notes)];
}

function jobOf({ sequences, anomalous, templates }: Sessions, split: Split) {
  return { sequences: sequences.map((events) => [...events]), events: templates, anomalous, ...split };
}

/** Our kinds, one after the other. */
async function measureOurs(sessions: Sessions, split: Split, seed: number): Promise<Map<string, Measured>> {
  const found = new Map<string, Measured>(), matrixOf = matrixMaker(sessions, split.train);
  for (const name of ["isolation-forest", "autoencoder"]) {
    const kind = detectorKind(name), { matrix } = matrixOf(split.train);
    const detector = await timed(() => kind.fit(matrix, { seed }));
    const score = (rows: number[]) => {
      const { matrix, row } = matrixOf(rows), scores = detector.value.score(matrix);
      return row.map((number) => scores[number]);
    };
    found.set(
      name,
      await judged(sessions, split, { score, fit: detector.seconds, note: detector.value.note }),
    );
  }
  const setOf = (rows: number[]) =>
    sequenceSet(rows.map((row) => sessions.sequences[row]), { idOf: (template) => `T${template}` });
  for (const name of ["lstm", "ngram"]) {
    const { set } = setOf(split.train), detector = await timed(() => sequenceKind(name).fit(set, { seed }));
    const score = (rows: number[]) => {
      const { set, rows: row } = setOf(rows), scores = detector.value.score(set);
      return Array.from(row, (number) => scores[number]);
    };
    found.set(
      name,
      await judged(sessions, split, { score, fit: detector.seconds, note: detector.value.note }),
    );
  }
  return found;
}

/** What it gives, and the smaller of elapsed and processor time: other programs may be at work on the machine. */
async function timed<Value>(work: () => Value | Promise<Value>): Promise<{ value: Value; seconds: number }> {
  const start = performance.now(), busy = process.cpuUsage(), value = await work();
  const { user, system } = process.cpuUsage(busy);
  return { value, seconds: Math.min((performance.now() - start) / 1000, (user + system) / 1e6) };
}

async function judged(
  { anomalous }: Sessions,
  { test, heldBack }: Split,
  { score, fit, note }: { score: (rows: number[]) => number[]; fit: number; note?: string },
): Promise<Measured> {
  const tested = await timed(() => score(test)), threshold = quantile(score(heldBack), LEVEL);
  const hits = { tp: 0, fp: 0, fn: 0 };
  tested.value.forEach((value, i) => {
    if (value > threshold) hits[anomalous[test[i]] ? "tp" : "fp"]++;
    else if (anomalous[test[i]]) hits.fn++;
  });
  return { ...hits, fit, score: tested.seconds, stuck: note !== undefined && note !== "" };
}

function quantile(values: number[], level: number): number {
  const sorted = values.toSorted((a, b) => a - b), at = (sorted.length - 1) * level, low = Math.floor(at);
  return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]); // as numpy does
}

/** Sessions as distinct rows of counts: templates of training, and all others as unseen. */
function matrixMaker({ sequences }: Sessions, train: number[]) {
  const seen = [...new Set(train.flatMap((row) => [...sequences[row]]))].sort((a, b) => a - b);
  const at = new Map(seen.map((template, column) => [template, column]));
  const columns = [
    ...seen.map((template) => ({ kind: "template" as const, id: `T${template}`, title: `T${template}` })),
    { kind: "unseen" as const, id: "unseen", title: "unseen templates" },
  ];
  return (rows: number[]): { matrix: FeatureMatrix; row: number[] } => {
    const distinct = new DistinctRows(columns.length);
    const row = rows.map((session) => {
      const counts = new Float32Array(columns.length);
      for (const template of sequences[session]) counts[at.get(template) ?? seen.length]++;
      const number = distinct.put(counts);
      distinct.weigh(number, 1);
      return number;
    });
    return { matrix: distinct.matrix(columns), row };
  };
}

/** Each model beside its peer. */
function ordered(results: Results): [string, Measured[]][] {
  return [...results].sort(([a], [b]) => a < b ? -1 : 1);
}

function f1({ tp, fp, fn }: Measured): number {
  return 2 * tp / Math.max(1, 2 * tp + fp + fn);
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function qualityTable(results: Results, notes: string[]): ReportTable {
  const rows = ordered(results).map(([name, measured]): Cell[] => {
    const figures = measured.map(f1);
    const stuck = measured.filter(({ stuck }) => stuck).length;
    return [name, ...figures, mean(figures), Math.min(...figures), `${stuck}`];
  });
  return {
    title: TITLE,
    notes: [
      "F1 by seed of the division and of the model; the threshold is the 99.5 % quantile of a fifth of the training sessions, held back",
      "Sequences with their end; the LSTM's and the n-grams' score is the largest −ln p of a session's events",
      ...notes,
    ],
    columns: ["", ...SEEDS.map((seed) => `seed ${seed}`), "mean", "least", "stuck"],
    rows,
  };
}

function costTable(results: Results, notes: string[]): ReportTable {
  const rows = ordered(results).map(([name, measured]): Cell[] => {
    const fit = measured.map(({ fit }) => fit), score = measured.map(({ score }) => score * 1e6);
    return [name, Math.min(...fit), mean(fit), Math.min(...score), mean(score)];
  });
  return {
    title: "What they cost",
    notes: [
      "Seconds of fitting, and microseconds of scoring a tested session, the smaller of elapsed and processor time; ours score distinct sessions once",
      ...notes,
    ],
    columns: ["", "fit s, least", "fit s, mean", "score µs, least", "score µs, mean"],
    rows,
  };
}
