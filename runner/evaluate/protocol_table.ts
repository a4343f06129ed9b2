/**
 * What protocols came to, as a table.
 *
 * @module
 */
import type { LevelEvaluation, RateIntervals } from "../../lib/mod.ts";
import { columnsText, shareText, spreadText } from "./figures.ts";
import { summaryOf } from "./verdict_files.ts";

/** What came of one protocol with one set of detectors. */
export interface ProtocolRow {
  protocol: string;
  unlabelled: boolean;
  /** Empty = those of the settings. */
  detectors: readonly string[];
  trained: string;
  evaluations: LevelEvaluation[];
}

const HEADER = [
  ...["protocol", "detectors", "seeds", "F1", "precision", "recall", "average precision", "false alarms"],
  ...["incidents found", "alerts"],
];

/** A row for every protocol and set of detectors. */
export function protocolsText(rows: readonly ProtocolRow[]): string {
  const notes = new Set(rows.flatMap(({ evaluations }) => evaluations[0].notes));
  const several = rows.some(({ evaluations }) => evaluations.length > 1);
  return columnsText([HEADER, ...rows.map(cellsOf)]) +
    (several
      ? "in brackets: least–most over the seeds; of one seed: 95 % interval\n"
      : "in brackets: 95 % interval\n") +
    [...new Set(rows.map(({ protocol, trained }) => `${protocol}: trained on ${trained}\n`))].join("") +
    [...notes].map((note) => `not computed: ${note}\n`).join("");
}

function cellsOf({ protocol, unlabelled, detectors, evaluations }: ProtocolRow): string[] {
  const summary = summaryOf(evaluations), [only] = evaluations;
  const interval = (name: keyof RateIntervals) =>
    evaluations.length === 1 ? only.intervals?.[name] ?? null : null;
  return [
    protocol + (unlabelled ? " unlabelled" : ""),
    detectors.length > 0 ? detectors.join("+") : "all",
    `${evaluations.length}`,
    ...(["f1", "precision", "recall"] as const).map((name) => spreadText(summary[name], interval(name))),
    spreadText(summary.averagePrecision),
    shareText(summary.falseAlarmRate!.mean),
    incidentsText(evaluations),
    summary.alerts!.mean.toFixed(0),
  ];
}

function incidentsText(evaluations: readonly LevelEvaluation[]): string {
  const known = evaluations.map(({ incidents }) => incidents).filter(({ labelled }) => labelled !== null);
  if (known.length === 0) return "–";
  const mean = known.reduce((sum, { found }) => sum + found!, 0) / known.length;
  return `${Number(mean.toFixed(1))} of ${known[0].labelled}`;
}
