/**
 * What is found in time windows of a service: real logs with planted anomalies.
 *
 * @module
 */
import { SERIES_DETECTORS } from "../../../lib/detector/series/registry.ts";
import type { Decision } from "../../../lib/ensemble/ensemble.ts";
import { explain } from "../../../lib/explain/explain.ts";
import type { TemplateNames } from "../../../lib/feature/event_window.ts";
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
/** A ratio to the budget, or its inverse, that is near enough. */
const LEAST_RATIO = 0.3;
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
  /** Windows a day with any score above 0: fewer than the budget can't reach it. */
  scored: number;
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
function judgeTrial(
  { stream, injections }: Trial,
  options: Omit<SeriesEnsembleOptions, "windowMs">,
): Outcome {
  const { windowMs, tested, history, names } = stream;
  const ensemble = SeriesEnsemble.fit(history, names, { windowMs, ...options }), state = ensemble.start();
  const before = new Map<number, ReturnType<typeof ensemble.start>>();
  let scored = 0;
  const places = new Set(injections.map(({ at }) => at));
  const clean = tested.map((window, i) => {
    if (places.has(i)) before.set(i, ensemble.copy(state));
    const { score, opinions } = ensemble.judge(state, window);
    if (score > 0) scored++;
    return opinions.map(({ detector }) => detector);
  });
  const found = new Map<string, [number, number]>(), first = new Map<string, [number, number]>();
  for (const { kind, at, windows, template } of injections) {
    const own = ensemble.copy(before.get(at)!);
    const decisions = windows.map((window) => ensemble.judge(own, window));
    const hit = decisions.find(({ opinions }, i) =>
      opinions.some(({ detector }) => !clean[at + i].includes(detector))
    );
    tally(found, kind, hit !== undefined);
    if (hit && template >= 0) tally(first, kind, isFirst(hit, names.id(template), names));
  }
  const days = tested.length * windowMs / DAY;
  return {
    stream: stream.name,
    found,
    first,
    incidents: incidentsOf(clean.map((detectors) => detectors.length > 0)) / days,
    scored: scored / days,
  };
}

function tally(counts: Map<string, [number, number]>, kind: string, isTrue: boolean): void {
  const [yes, all] = counts.get(kind) ?? [0, 0];
  counts.set(kind, [yes + (isTrue ? 1 : 0), all + 1]);
}

/** Whether the template is in the first reason that people are given: one of an order names two, of which either was moved. */
function isFirst({ opinions }: Decision, id: string, names: TemplateNames): boolean {
  const [first] = explain(opinions, names), named = first.id.split(" ");
  return first.kind === "order" ? named.includes(id) : named[0] === id; // behind it stands a parameter
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
  const rows = [rateRow("ensemble, 1 a day in all", averaged(ensemble))];
  for (const name of SOURCES.map(({ name }) => name)) {
    rows.push(rateRow(`… ${name}`, ensemble.filter(({ stream }) => stream === name)));
  }
  const fewer = all.map(({ stream, injections }) => ({ stream, injections: everyFew(injections) }));
  for (const kind of SERIES_DETECTORS) {
    part.tell(kind.name);
    const alone = fewer.map((trial) => judgeTrial(trial, { kinds: [kind] }));
    rows.push(rateRow(`${kind.name} alone, 1 a day`, averaged(alone)));
  }
  return { ensemble, tables: [ratesTable(rows), ratioTable(all)] };
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

/** How lines of rolling calibrations keep 1 a day, without the least scores that make them more careful. */
function ratioTable(all: readonly Trial[]): ReportTable {
  const kinds = SERIES_DETECTORS.filter(({ line }) => line === "calibrated");
  const rows = kinds.map((kind): Cell[] => {
    const outcomes = all.map(({ stream }) =>
      judgeTrial({ stream, injections: [] }, { kinds: [{ ...kind, least: 0 }] })
    );
    return [
      kind.name,
      ...SOURCES.map(({ name }) => {
        const own = outcomes.filter(({ stream }) => stream === name);
        return mean(own.map(({ scored }) => scored))! < LEAST_RATIO
          ? null
          : mean(own.map(({ incidents }) => incidents));
      }),
    ];
  });
  const ratios = rows.flatMap((row) => row.slice(1)).filter((cell) => typeof cell === "number").sort((a, b) =>
    a - b
  );
  const within = ratios.filter((ratio) => ratio >= LEAST_RATIO && ratio <= 1 / LEAST_RATIO).length /
    ratios.length;
  return {
    title: "False incidents a day over a budget of 1, each channel by its rolling line alone",
    notes: [
      `Median ${ratios[ratios.length >> 1]?.toFixed(2)}; ${(100 * within).toFixed(0)} % within .3–3.3`,
      "Empty: fewer windows score at all",
    ],
    columns: ["", ...SOURCES.map(({ name }) => name)],
    rows,
  };
}

function explanationTable(outcomes: readonly Outcome[]): ReportTable {
  const kinds = Object.keys(KINDS).filter((kind) => outcomes.some(({ first }) => first.has(kind)));
  return {
    title: "Found ones whose planted template is named first",
    notes: ["The first reason, as it is shown"],
    columns: ["", ...kinds],
    rows: SOURCES.map(({ name }) => [
      name,
      ...kinds.map((kind) => rateOf(outcomes.filter(({ stream }) => stream === name), kind, "first")),
    ]),
  };
}

/** What following a service takes. */
function costTable(all: readonly Trial[]): ReportTable {
  return {
    title: "What following a service takes",
    notes: ["Microseconds of one window, all channels; bytes of the saved state for each template seen"],
    columns: ["", "windows", "templates", "µs a window", "bytes a template"],
    rows: SOURCES.map(({ name }) => {
      const { history, tested, names, windowMs } = all.find(({ stream }) => stream.name === name)!.stream;
      const windows = [...history, ...tested], before = performance.now();
      const ensemble = SeriesEnsemble.fit(windows, names, { windowMs });
      const time = 1000 * (performance.now() - before) / windows.length;
      const templates = new Set(windows.flatMap(({ events }) => [...events.templates])).size;
      const bytes = JSON.stringify(ensemble.save(ensemble.start())).length;
      return [name, windows.length, templates, Math.round(time), Math.round(bytes / templates)];
    }),
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
  return [...tables, explanationTable(ensemble), costTable(all)];
}
