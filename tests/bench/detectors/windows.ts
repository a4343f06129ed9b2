/**
 * What is found in time windows of a service: real logs with planted anomalies.
 *
 * @module
 */
import { SERIES_DETECTORS } from "../../../lib/detector/series/registry.ts";
import type { Decision } from "../../../lib/ensemble/ensemble.ts";
import { SeriesEnsemble, type SeriesEnsembleOptions } from "../../../lib/ensemble/series.ts";
import type { Part } from "../templates/accuracy.ts";
import { missingLogs } from "../templates/accuracy.ts";
import type { Cell, ReportTable } from "../templates/report.ts";
import { REAL_LOGS } from "../../needs.ts";
import { type Injection, injectionsOf, KINDS } from "./windows_injections.ts";
import { DAY, type Line, readLines, SOURCES, type Stream, streamOf } from "./windows_streams.ts";

/** Two alerts with no more calm windows between them are one incident. */
const GAP = 2;
/** Injections of each kind, stream and configuration; and in a quick run. */
const INJECTIONS = 40, QUICK = 8;
/** Of the injections, every so many-th is tried on each channel alone. */
const ALONE = 4;

/** What an ensemble did on one configuration of a stream. */
interface Outcome {
  stream: string;
  /** Found and planted, by kind. */
  found: Map<string, [number, number]>;
  /** Found ones of a template, by kind: first in the first opinion, and all. */
  first: Map<string, [number, number]>;
  /** False incidents a day on the clean stream. */
  incidents: number;
  /** Windows a day that alerted, for a ratio to the budget. */
  alerts: number;
  days: number;
}

interface Trial {
  stream: Stream;
  injections: Injection[];
}

/** Indices where alerts begin that are no continuation. */
function incidentsOf(alerts: readonly boolean[]): number {
  let incidents = 0, last = -Infinity;
  alerts.forEach((alert, i) => {
    if (!alert) return;
    if (i - last > GAP + 1) incidents++;
    last = i;
  });
  return incidents;
}

/**
 * Judges a stream as it is, and each injection from the state that the clean stream has there. It is found where a detector
 * fires that doesn't in the clean stream's window.
 */
export function judgeTrial(
  { stream, injections }: Trial,
  options: Omit<SeriesEnsembleOptions, "windowMs">,
): Outcome {
  const { windowMs, tested, history, names } = stream;
  const ensemble = SeriesEnsemble.fit(history, names, { windowMs, ...options }), state = ensemble.start();
  const before = new Map<number, ReturnType<typeof ensemble.start>>();
  const places = new Set(injections.map(({ at }) => at));
  const clean = tested.map((window, i) => {
    if (places.has(i)) before.set(i, ensemble.copy(state));
    return ensemble.judge(state, window).opinions.map(({ detector }) => detector);
  });
  const found = new Map<string, [number, number]>(), first = new Map<string, [number, number]>();
  for (const { kind, at, windows, template } of injections) {
    const own = ensemble.copy(before.get(at)!);
    const decisions = windows.map((window) => ensemble.judge(own, window));
    const hit = decisions.find(({ opinions }, i) =>
      opinions.some(({ detector }) => !clean[at + i].includes(detector))
    );
    tally(found, kind, hit !== undefined);
    if (hit && template >= 0) tally(first, kind, isFirst(hit, template));
  }
  const days = tested.length * windowMs / DAY;
  const alerts = clean.map((detectors) => detectors.length > 0);
  return {
    stream: stream.name,
    found,
    first,
    incidents: incidentsOf(alerts) / days,
    alerts: alerts.filter(Boolean).length / days,
    days,
  };
}

function tally(counts: Map<string, [number, number]>, kind: string, isTrue: boolean): void {
  const [yes, all] = counts.get(kind) ?? [0, 0];
  counts.set(kind, [yes + (isTrue ? 1 : 0), all + 1]);
}

function isFirst({ opinions }: Decision, template: number): boolean {
  return opinions[0].parts[0]?.template === template;
}

/** All configurations of all streams with their injections. */
export async function trials(part: Part, quick: boolean): Promise<Trial[]> {
  const scanner = await readScanner(), all: Trial[] = [];
  for (const source of SOURCES) {
    part.tell(source.name);
    const read = await readLines(source.path);
    for (const configuration of source.configurations.slice(0, quick ? 1 : 3)) {
      const stream = streamOf(source, read, configuration);
      const injections = injectionsOf(
        stream,
        scanner,
        quick ? QUICK : INJECTIONS,
        part.seed + configuration.seed,
      );
      all.push({ stream, injections });
    }
  }
  return all;
}

/** Requests of a web scanner: each line stands in quotes. */
async function readScanner(): Promise<Line[]> {
  return await readLines("apache_attack_scans/acunetix.txt.gz");
}

const sum = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const mean = (values: readonly number[]) => values.length === 0 ? null : sum(values) / values.length;

/** The mean rate of a kind over streams that have it, each stream the mean of its configurations. */
function rateOf(outcomes: readonly Outcome[], kind: string, of: "found" | "first" = "found"): number | null {
  const byStream = new Map<string, number[]>();
  for (const outcome of outcomes) {
    const counts = outcome[of].get(kind);
    if (counts) byStream.set(outcome.stream, [...byStream.get(outcome.stream) ?? [], counts[0] / counts[1]]);
  }
  return mean([...byStream.values()].map((rates) => mean(rates)!));
}

function incidentRate(outcomes: readonly Outcome[]): [number, number] {
  const streams = [...new Set(outcomes.map(({ stream }) => stream))];
  const rates = streams.map((name) =>
    mean(outcomes.filter(({ stream }) => stream === name).map(({ incidents }) => incidents))!
  );
  return [mean(rates)!, Math.max(...outcomes.map(({ incidents }) => incidents))];
}

function rateRow(name: string, outcomes: readonly Outcome[]): Cell[] {
  const [average, most] = incidentRate(outcomes);
  return [name, average, most, ...Object.keys(KINDS).map((kind) => rateOf(outcomes, kind))];
}

const HEAD = ["false incidents a day", "at most", ...Object.keys(KINDS)];

const MEANS = new Set(SOURCES.filter(({ beside }) => !beside).map(({ name }) => name));

/** Outcomes that means are made of. */
function averaged(outcomes: readonly Outcome[]): Outcome[] {
  return outcomes.filter(({ stream }) => MEANS.has(stream));
}

function foundTable(all: readonly Trial[], part: Part): { tables: ReportTable[]; ensemble: Outcome[] } {
  part.tell("all channels together");
  const ensemble = all.map((trial) => judgeTrial(trial, {}));
  const rows = [rateRow("ensemble, 1 a day in all", averaged(ensemble))], ratios: Cell[][] = [];
  for (const name of SOURCES.map(({ name }) => name)) {
    rows.push(rateRow(`… ${name}`, ensemble.filter(({ stream }) => stream === name)));
  }
  const fewer = all.map(({ stream, injections }) => ({ stream, injections: everyFew(injections) }));
  for (const kind of SERIES_DETECTORS) {
    part.tell(kind.name);
    const alone = fewer.map((trial) => judgeTrial(trial, { kinds: [kind] }));
    rows.push(rateRow(`${kind.name} alone, 1 a day`, averaged(alone)));
    ratios.push(ratioRow(kind.name, alone));
  }
  return { ensemble, tables: [ratesTable(rows), ratioTable(ratios)] };
}

/** A part of the injections of each kind. */
function everyFew(injections: readonly Injection[]): Injection[] {
  const seen = new Map<string, number>();
  return injections.filter(({ kind }) => {
    const count = seen.get(kind) ?? 0;
    seen.set(kind, count + 1);
    return count % ALONE === 0;
  });
}

function ratesTable(rows: Cell[][]): ReportTable {
  return {
    title: "Planted anomalies found in time windows",
    notes: [
      ...Object.entries(KINDS).map(([kind, what]) => `${kind}: ${what}`),
      `Rates are means of ${[...MEANS].join(", ")}; what these logs hold of real attacks counts as false`,
      `Channels alone: every ${ALONE}th of the planted`,
    ],
    columns: ["", ...HEAD],
    rows,
  };
}

/** Incidents of a channel alone over the budget of 1 a day, by stream. */
function ratioRow(name: string, outcomes: readonly Outcome[]): Cell[] {
  return [
    name,
    ...SOURCES.map(({ name }) =>
      mean(outcomes.filter(({ stream }) => stream === name).map(({ incidents }) => incidents))
    ),
  ];
}

function ratioTable(rows: Cell[][]): ReportTable {
  const ratios = rows.flatMap((row) => row.slice(1)).filter((cell) => typeof cell === "number").sort((a, b) =>
    a - b
  );
  const within = ratios.filter((ratio) => ratio >= 0.3 && ratio <= 3).length / ratios.length;
  return {
    title: "False incidents over the budget of each channel alone",
    notes: [`median ${ratios[ratios.length >> 1]?.toFixed(2)}; ${(100 * within).toFixed(0)} % within 0.3–3`],
    columns: ["", ...SOURCES.map(({ name }) => name)],
    rows,
  };
}

function explanationTable(outcomes: readonly Outcome[]): ReportTable {
  const kinds = Object.keys(KINDS).filter((kind) => outcomes.some(({ first }) => first.has(kind)));
  return {
    title: "Found ones whose planted template is named first",
    notes: ["The first part of the strongest opinion"],
    columns: ["", ...kinds],
    rows: SOURCES.map(({ name }) => [
      name,
      ...kinds.map((kind) => rateOf(outcomes.filter(({ stream }) => stream === name), kind, "first")),
    ]),
  };
}

/** The window benchmark. */
export async function measureWindows(part: Part & { quick?: boolean }): Promise<ReportTable[]> {
  try {
    Deno.statSync(REAL_LOGS);
  } catch {
    return [missingLogs("Planted anomalies found in time windows")];
  }
  const all = await trials(part, part.quick === true), { tables, ensemble } = foundTable(all, part);
  return [...tables, explanationTable(ensemble)];
}
