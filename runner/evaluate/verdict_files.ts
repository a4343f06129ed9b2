/**
 * `evaluate --verdicts … --labels …`: files of verdicts against labels.
 *
 * @module
 */
import { evaluateLevels, type LevelEvaluation, readVerdicts, type Spread, spreadOf } from "../../lib/mod.ts";
import type { Context } from "../context.ts";
import { csvTable, labelsFrom } from "./csv_table.ts";
import { delayText, rateText, spreadText } from "./figures.ts";
import type { EvaluateOptions } from "./options.ts";

/** The figures that several runs are compared in. */
const COMPARED = ["precision", "recall", "f1", "averagePrecision", "falseAlarmRate"] as const;

/** Holds each file against the labels; several files are runs with different seeds. */
export async function evaluateFiles(options: EvaluateOptions, context: Context): Promise<number> {
  const labels = await labelsFrom(options.labels!), evaluations: LevelEvaluation[] = [];
  const { tolerance, run: { seed } } = options;
  const how = { ...(tolerance === null ? {} : { tolerance }), seed: seed ?? 0 };
  for (const path of options.verdicts) {
    evaluations.push(evaluateLevels(readVerdicts(await csvTable(path)), labels, how));
  }
  const [first] = evaluations, several = evaluations.length > 1;
  if (options.json) {
    const files = options.verdicts.map((file, i) => ({ file, ...evaluations[i] }));
    context.stdout(JSON.stringify(several ? { files, summary: summaryOf(evaluations) } : first) + "\n");
    return 0;
  }
  context.stdout(several ? severalText(options.verdicts, evaluations) : evaluationText(first));
  return 0;
}

/** Mean, least and most over runs, of every figure that is compared. */
export function summaryOf(evaluations: readonly LevelEvaluation[]): Record<string, Spread | null> {
  const of = (figure: (one: LevelEvaluation) => number | null) => spreadOf(evaluations.map(figure));
  return {
    ...Object.fromEntries(COMPARED.map((name) => [name, of((one) => one[name])])),
    tolerantF1: of(({ tolerant }) => tolerant?.f1 ?? null),
    falseAlarmsPerDay: of((one) => one.falseAlarmsPerDay),
    incidentsFound: of(({ incidents: { found, labelled } }) =>
      found === null || labelled === 0 ? null : found / labelled!
    ),
    alerts: of(({ incidents }) => incidents.alerts),
    falseAlertsPerDay: of(({ incidents }) => incidents.falseAlertsPerDay),
  };
}

function severalText(files: readonly string[], evaluations: readonly LevelEvaluation[]): string {
  const summary = summaryOf(evaluations), rate = (name: string) => spreadText(summary[name]);
  const lines = [
    `${files.length} files of verdicts: mean (least–most)`,
    `precision ${rate("precision")}, recall ${rate("recall")}, F1 ${rate("f1")}`,
    `average precision ${rate("averagePrecision")}, false alarm rate ${rate("falseAlarmRate")}`,
  ];
  if (summary.tolerantF1) lines.push(`F1 with tolerance ${rate("tolerantF1")}`);
  if (summary.incidentsFound) lines.push(`incidents found ${rate("incidentsFound")}`);
  lines.push(`alerts ${rate("alerts")}`);
  if (summary.falseAlertsPerDay) lines.push(`false incidents a day ${rate("falseAlertsPerDay")}`);
  return [...lines, ...notesOf(evaluations[0])].join("\n") + "\n";
}

/** One evaluation in words. */
function evaluationText(evaluation: LevelEvaluation): string {
  return [
    ...strictLines(evaluation),
    ...tolerantLines(evaluation),
    ...incidentLines(evaluation),
    ...notesOf(evaluation),
  ].join("\n") + "\n";
}

function strictLines(evaluation: LevelEvaluation): string[] {
  const { by, labelled, anomalous, missing, kinds, days, intervals } = evaluation;
  const what = by === "key" ? "keys" : "windows";
  const lines = [
    `${labelled.toLocaleString("en")} ${what}, ${anomalous.toLocaleString("en")} of them anomalous` +
    (missing > 0 ? `, ${missing.toLocaleString("en")} without a verdict` : ""),
    `found ${evaluation.truePositives}, missed ${evaluation.falseNegatives}, ` +
    `false alarms ${evaluation.falsePositives} (${(100 * evaluation.falseAlarmRate).toFixed(2)} %)`,
    `precision ${rateText(evaluation.precision)}, recall ${rateText(evaluation.recall)}, F1 ${
      rateText(evaluation.f1)
    }`,
    `average precision ${rateText(evaluation.averagePrecision)}, ROC AUC ${rateText(evaluation.rocAuc)}`,
  ];
  if (intervals !== null) {
    const range = ([low, high]: readonly [number, number]) => `${rateText(low)}–${rateText(high)}`;
    lines.push(
      `95 % intervals: precision ${range(intervals.precision)}, recall ${range(intervals.recall)}, ` +
        `F1 ${range(intervals.f1)}`,
    );
  }
  if (days !== null && days > 0) lines.push(`${evaluation.falseAlarmsPerDay!.toFixed(2)} false alarms a day`);
  for (const { kind, anomalous: wanted, labelled: of, called, onsetDelay } of kinds) {
    const name = kind === "" ? "without a kind" : kind, verb = wanted ? "found" : "called though harmless";
    const delay = onsetDelay === null ? "" : `, known after ${(onsetDelay / 60_000).toFixed(0)} min`;
    lines.push(`  ${name}: ${called} of ${of} ${verb}${delay}`);
  }
  return lines;
}

function tolerantLines({ tolerant }: LevelEvaluation): string[] {
  if (tolerant === null) return [];
  const { tolerance, precision, recall, f1 } = tolerant;
  return [
    `give or take ${delayText(tolerance)}: precision ${rateText(precision)}, recall ${rateText(recall)}, ` +
    `F1 ${rateText(f1)}`,
  ];
}

function incidentLines({ incidents }: LevelEvaluation): string[] {
  const { labelled, found, alerts, right, falseAlerts, falseAlertsPerDay, timeToDetection, kinds } =
    incidents;
  const daily = falseAlertsPerDay === null ? "" : ` (${falseAlertsPerDay.toFixed(2)} a day)`;
  const delay = timeToDetection === null ? "" : `, the middle one after ${delayText(timeToDetection)}`;
  const lines = [
    ...(labelled === null ? [] : [`incidents: ${found} of ${labelled} found${delay}`]),
    `alerts: ${alerts}, ${right} of them right, ${falseAlerts} false${daily}`,
  ];
  for (const kind of kinds.length > 1 ? kinds : []) {
    const after = kind.timeToDetection === null ? "" : ` after ${delayText(kind.timeToDetection)}`;
    lines.push(`  ${kind.kind || "without a kind"}: ${kind.found} of ${kind.labelled}${after}`);
  }
  return lines;
}

function notesOf({ notes }: LevelEvaluation): string[] {
  return notes.map((note) => `not computed: ${note}`);
}
