/**
 * How right decisions on sessions are: labelled sets × protocols × detectors.
 *
 * @module
 */
import { SessionKeys } from "../../../lib/detector/session_keys.ts";
import { SessionEnsemble } from "../../../lib/ensemble/sessions.ts";
import { NEW, RARE, RARE_SHARE, rareScore, RECENT, UNSEEN } from "../../../lib/ensemble/sessions/memory.ts";
import { groupSessions, memoryOf } from "../../../lib/ensemble/sessions/training.ts";
import { REAL_LOGS } from "../../needs.ts";
import { missingLogs, type Part } from "../templates/accuracy.ts";
import type { Cell, ReportTable } from "../templates/report.ts";
import type { SessionSet } from "./session_material.ts";
import { costOf, costTable, type SetCost } from "./sessions_cost.ts";
import { JOINED, judgeByModels } from "./sessions_joined.ts";
import { planOf, type Protocol } from "./sessions_plan.ts";

/** What a detector said of the tested sessions. */
interface Said {
  flags: boolean[];
  /** Kinds of anomaly by session: what an operator would be told once. */
  kinds?: string[];
  stated?: number;
  rule?: string;
}

type Judge = (set: SessionSet, adapts: boolean) => Said;

const SEVERE = /error|exception|fail|fatal|panic|critical|timed? ?out|denied|refused|abort/i;

/** Evidence of each tested session by one memory. */
function byMemory(fires: (values: Float64Array, level: number) => boolean, adapts = false): Judge {
  return ({ train, test, names }) => {
    const isSevere = (events: { templates: Int32Array }, i: number) =>
      SEVERE.test(names.text(events.templates[i]));
    const options = { keys: new SessionKeys(names), isSevere, scale: train.length };
    const memory = memoryOf(groupSessions(train), options);
    for (const window of train.slice(-RECENT)) memory.slide(window);
    const level = rareScore((Math.ceil(RARE_SHARE * train.length) - 1) / train.length, train.length) - 1e-9;
    const flags = test.map((window) => {
      const flag = fires(memory.values(window, adapts), level);
      if (adapts) memory.slide(window);
      if (adapts && !flag) memory.learn(window);
      return flag;
    });
    return { flags };
  };
}

const calibrated: Judge = ({ train, test, names }, adapts) => {
  const ensemble = SessionEnsemble.fit(train, names, { adaptation: adapts ? "on" : "off" });
  const state = ensemble.start();
  const decisions = test.map((window) => ensemble.judge(state, window));
  return {
    flags: decisions.map(({ score }) => score > 1),
    kinds: decisions.map(({ opinions }) =>
      (opinions.find(({ detector }) => detector === "rare-atom") ?? opinions[0])?.parts
        .map(({ template, actual }) => `${template}${actual === 0 ? "-" : ""}`).sort().join(" ") ?? ""
    ),
    stated: ensemble.rule.rate,
    rule: ensemble.rule.name,
  };
};

const DETECTORS: Record<string, Judge> = {
  "new event": byMemory((values) => values[NEW] >= 1),
  "unseen vector": byMemory((values) => values[UNSEEN] >= 1),
  "rare atoms": byMemory((values, level) => values[RARE] >= level),
  "rare atoms, adaptive": byMemory((values, level) => values[RARE] >= level, true),
  calibrated,
};

/** Found and missed. */
export interface Counts {
  f1: number;
  falsePositives: number;
  falseNegatives: number;
  /** Share of normal sessions flagged. */
  realised: number;
}

/** Flags against labels. */
export function countsOf(labels: ArrayLike<number>, flags: readonly boolean[]): Counts {
  let found = 0, falsePositives = 0, falseNegatives = 0;
  flags.forEach((flag, i) => {
    if (flag && labels[i] === 1) found++;
    else if (flag) falsePositives++;
    else if (labels[i] === 1) falseNegatives++;
  });
  const normal = flags.length - found - falseNegatives, wrong = falsePositives + falseNegatives;
  const f1 = found === 0 ? 0 : 2 * found / (2 * found + wrong);
  return { f1, falsePositives, falseNegatives, realised: falsePositives / Math.max(1, normal) };
}

/** Mean, and least to most where they differ. */
function spread(values: readonly number[], digits = 3): string {
  const shown = (value: number) => value.toFixed(digits).replace(/^0\./, ".");
  const [least, most] = [Math.min(...values), Math.max(...values)].map(shown);
  const mean = shown(values.reduce((sum, value) => sum + value, 0) / values.length);
  return least === most ? mean : `${mean} [${least}–${most}]`;
}

const percent = (share: number) => 100 * share;

/** F1 by set and detector, the calibrated decision in detail, incidents, and costs. */
export async function measureSessions(
  { tell, quick = false }: Part & { quick?: boolean },
): Promise<ReportTable[]> {
  try {
    await Deno.stat(REAL_LOGS);
  } catch {
    return [missingLogs("Sessions")];
  }
  const plan = planOf(quick),
    figures: Cell[][] = [],
    details: Cell[][] = [],
    incidents: Cell[][] = [],
    models: Cell[][][] = [[], []],
    costs: [string, SetCost][] = [];
  for (const protocol of plan.protocols) {
    tell(protocol.name);
    const sets = protocol.seeds.map(protocol.make);
    const row: Cell[] = [protocol.name, sets[0].train.length];
    for (const [name, judge] of Object.entries(DETECTORS)) {
      const said = sets.map((set) => judge(set, protocol.follows));
      const counts = sets.map(({ labels }, i) => countsOf(labels, said[i].flags));
      row.push(spread(counts.map(({ f1 }) => f1)));
      if (name !== "calibrated") continue;
      details.push([protocol.name, ...detailOf(counts, said)]);
      if (protocol.follows) incidents.push([protocol.name, ...incidentsOf(sets[0], said[0])]);
    }
    figures.push(row);
    costs.push([protocol.name, costOf(sets[0], plan.passes)]);
    const [f1, rates] = await byModels(sets, protocol, plan.models);
    tell([...row.slice(2), ...f1, ...rates].join(", "));
    models[0].push([protocol.name, ...f1]);
    models[1].push([protocol.name, ...rates]);
  }
  return [
    ...decisionTables({ figures, details, incidents }),
    ...modelTables(models, plan.models),
    costTable(costs, plan.passes),
  ];
}

function decisionTables(
  { figures, details, incidents }: Record<"figures" | "details" | "incidents", Cell[][]>,
): ReportTable[] {
  return [
    {
      title: "Sessions: F1 by detector",
      notes: [
        "Strict, by session, in order of completion; mean and [least–most] over seeds 0–4 where training is drawn",
        "Random and own divisions: the calibrated decision is static; in time order it adapts",
      ],
      columns: ["", "training", ...Object.keys(DETECTORS)],
      rows: figures,
    },
    {
      title: "Sessions: the calibrated decision",
      notes: ["First seed's counts; rates in % of normal sessions, mean over seeds"],
      columns: ["", "false positives", "false negatives", "stated", "realised", "rule"],
      rows: details,
    },
    {
      title: "Sessions: incidents",
      notes: ["A kind of anomaly (its rare atoms) alerts once; real = half of its sessions are anomalous"],
      columns: ["", "kinds", "real", "anomalous sessions covered"],
      rows: incidents,
    },
  ];
}

/** Sessions beyond which one seed of the LSTM is measured: it takes half a minute. */
const LSTM_SESSIONS = 2000;

/** F1 of each model, and what it stated and realised. */
async function byModels(
  sets: readonly SessionSet[],
  { follows }: Protocol,
  asked: readonly string[],
): Promise<[Cell[], Cell[]]> {
  const counts = new Map<string, Counts[]>(), stated = new Map<string, number[]>();
  for (const [seed, set] of sets.entries()) {
    const models = asked.filter((name) => name !== "lstm" || seed === 0 || set.train.length <= LSTM_SESSIONS);
    for (const [name, said] of await judgeByModels(set, { adapts: follows, seed, models })) {
      counts.set(name, [...counts.get(name) ?? [], countsOf(set.labels, said.flags)]);
      stated.set(name, [...stated.get(name) ?? [], percent(said.stated)]);
    }
  }
  const mean = (values: number[]) =>
    (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(2);
  const columns = [...asked, JOINED].map((name) => ({ all: counts.get(name)!, stated: stated.get(name)! }));
  return [
    columns.map(({ all }) => spread(all.map(({ f1 }) => f1))),
    columns.map(({ all, stated }) =>
      `${mean(stated)} / ${mean(all.map(({ realised }) => percent(realised)))}`
    ),
  ];
}

function modelTables([f1, rates]: Cell[][][], models: readonly string[]): ReportTable[] {
  const columns = ["", ...models, JOINED];
  return [
    {
      title: "Sessions: F1 of the models",
      notes: [
        "Each alone, fitted on both halves of the training, with a line above 99.5 % of the honest scores; then the calibrated decision that all of them may join",
        `Mean and [least–most] over seeds of division and model; of lstm one with more than ${LSTM_SESSIONS} sessions`,
      ],
      columns,
      rows: f1,
    },
    {
      title: "Sessions: stated / realised false alarms of the models, %",
      notes: ["Means over seeds"],
      columns,
      rows: rates,
    },
  ];
}

function detailOf(counts: readonly Counts[], said: readonly Said[]): Cell[] {
  const mean = (values: number[]) =>
    (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(2);
  return [
    counts[0].falsePositives,
    counts[0].falseNegatives,
    mean(said.map(({ stated }) => percent(stated!))),
    mean(counts.map(({ realised }) => percent(realised))),
    said[0].rule!,
  ];
}

function incidentsOf({ labels }: SessionSet, { flags, kinds }: Said): Cell[] {
  const byKind = new Map<string, { sessions: number; anomalous: number }>();
  flags.forEach((flag, i) => {
    if (!flag) return;
    const kind = byKind.get(kinds![i]) ?? { sessions: 0, anomalous: 0 };
    kind.sessions++;
    kind.anomalous += labels[i];
    byKind.set(kinds![i], kind);
  });
  const all = [...byKind.values()], real = all.filter(({ sessions, anomalous }) => 2 * anomalous >= sessions);
  const covered = all.reduce((sum, { anomalous }) => sum + anomalous, 0);
  return [all.length, real.length, (covered / labels.reduce((sum, label) => sum + label, 0)).toFixed(3)];
}
