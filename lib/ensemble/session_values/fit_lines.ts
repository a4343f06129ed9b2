/**
 * The lines of all measures of sessions.
 *
 * @module
 */
import type { EventWindow } from "../../feature/event_window.ts";
import { DURATION } from "../../template/parameter/kind.ts";
import { type Measure, type Measured, measureKey, measuresOf } from "./measures.ts";
import {
  ENOUGH,
  excess,
  fitLine,
  type FittedLine,
  isTelling,
  logarithm,
  middles,
  type Refusal,
  RUN,
  type RunLine,
  type SlotLine,
  valueAt,
} from "./slot_line.ts";

/** Sessions that are learned from at the most: further ones are passed over evenly. */
const MOST_SESSIONS = 10_000;
/** Measures followed at the most: those that most sessions have. */
const MOST_MEASURES = 100;
/** Lines of a measure: for single values, and for those behind each other. */
const LINES = 2;
/** Sessions behind each other that are learned from together where some are passed over. */
const STRETCH = 50;
/** Blocks of cross-fitting. */
const BLOCKS = 5;
/** A length of time is known where training spans so many times as much: what was not over by its end is missing. */
const SPANS = 10;

/** All values of one measure in training. */
export interface Sample extends Measured {
  kind: number;
  /** In order of sessions. */
  values: number[];
  /** Session that each is of. */
  sessions: number[];
}

/** What training says of measures. */
export interface FittedLines {
  lines: SlotLine[];
  /** Measures that are not judged, by reason. */
  refused: Record<Refusal, number>;
  samples: Map<string, Sample>;
  /** Sessions that were learned from. */
  sessions: number;
}

/** Values of every measure. */
function samplesOf(
  sessions: readonly EventWindow[],
): { samples: Map<string, Sample>; sessions: number } {
  const samples = new Map<string, Sample>(), step = Math.ceil(sessions.length / MOST_SESSIONS);
  let used = 0;
  for (let i = 0; i < sessions.length; i++) {
    if (step > 1 && Math.floor(i / STRETCH) % step !== 0) continue;
    for (const measure of measuresOf(sessions[i])) add(samples, measure, i);
    used++;
  }
  return { samples, sessions: used };
}

function add(samples: Map<string, Sample>, measure: Measure, session: number): void {
  const key = measureKey(measure), { template, slot, since, kind, value } = measure;
  let sample = samples.get(key);
  if (sample === undefined) {
    samples.set(key, sample = { template, slot, since, kind, values: [], sessions: [] });
  }
  sample.values.push(value);
  sample.sessions.push(session);
}

/** How {@linkcode fitLines} goes about it. */
export interface FitLinesOptions {
  /** Share of sessions that may be called anomalous. */
  rate: number;
  /** Largest gap within a session, ms: what comes later is another one. */
  idle: number;
  /** How long training was, ms; default: from the first start to the last end of the sessions. */
  span?: number;
}

/**
 * Fits a line for each measure that has enough values, a usable scale, and differs little enough for so many times the usual
 * to stand out. The rate is shared by all of them. A line is raised to what blocked cross-fitting needs: the values of each
 * fifth of the span lie below it as its rate promises, where the tail is fitted to the other four.
 */
export function fitLines(windows: readonly EventWindow[], options: FitLinesOptions): FittedLines {
  const { rate, idle, span = spanOf(windows) } = options, { samples, sessions } = samplesOf(windows);
  const refused = { few: 0, coarse: 0, limited: 0, wide: 0, long: 0 };
  const known = [...samples.values()].sort((a, b) => b.values.length - a.values.length);
  const enough = known.filter(({ values }) => values.length >= ENOUGH).slice(0, MOST_MEASURES);
  refused.few = known.length - enough.length;
  const ratesFor = (count: number) => rate / Math.max(1, LINES * count);
  const first = enough.filter(({ kind, values }) =>
    typeof fitLine(Float64Array.from(values).sort(), ratesFor(enough.length), kind === DURATION) !== "string"
  );
  const own = ratesFor(first.length), lines: SlotLine[] = [];
  for (const sample of enough) {
    const fitted = crossFitted(sample, own, windows.length);
    const longest = sample.slot !== ""
      ? Infinity
      : Math.min(span / SPANS, sample.since < 0 ? Infinity : idle);
    const line = typeof fitted !== "string" && valueAt(fitted, fitted.line) > longest ? "long" : fitted;
    if (typeof line !== "string") lines.push(line);
    else refused[line]++;
  }
  return { lines, refused, samples, sessions };
}

function spanOf(windows: readonly EventWindow[]): number {
  let from = Infinity, to = -Infinity;
  for (const { start, end } of windows) {
    if (start < from) from = start;
    if (end > to) to = end;
  }
  return Math.max(0, to - from);
}

function crossFitted(sample: Sample, rate: number, sessions: number): SlotLine | Refusal {
  const { template, slot, since, kind, values } = sample, fitted = raised(sample, rate, sessions);
  if (typeof fitted === "string") return fitted;
  const lasting = { ...sample, values: middles(values), sessions: sample.sessions.slice(RUN - 1) };
  const run = raised(lasting, rate, sessions);
  return {
    template,
    slot,
    since,
    kind,
    ...fitted,
    run: typeof run === "string"
      ? null
      : atLeast(onScaleOf(fitted, run), logarithm(fitted, byChance(values, rate))),
  };
}

/**
 * The value that the middle one of five independent ones is above as seldom as the rate allows: three of them are, in ten ways.
 * Unlike a tail fitted to middle ones, of which only every fifth tells something new, it need not be extrapolated.
 */
function byChance(values: readonly number[], rate: number): number {
  const sorted = Float64Array.from(values).sort(), share = Math.cbrt(rate / 10);
  return sorted[Math.min(sorted.length - 1, Math.ceil((1 - share) * sorted.length))];
}

function atLeast(line: RunLine, least: number): RunLine {
  return { ...line, line: Math.max(line.line, least) };
}

/** Another line on the scale of this one. */
function onScaleOf({ middle }: FittedLine, other: FittedLine): RunLine {
  const moved = (value: number) => logarithm({ middle }, valueAt(other, value));
  return { level: moved(other.level), line: moved(other.line), usual: other.usual };
}

/** The line of a sample, raised to what cross-fitting needs. */
function raised(sample: Sample, rate: number, sessions: number): FittedLine | Refusal {
  const { kind, values } = sample, isTime = kind === DURATION;
  const fitted = fitLine(Float64Array.from(values).sort(), rate, isTime);
  if (typeof fitted === "string") return fitted;
  const excesses: number[] = [];
  for (let block = 0; block < BLOCKS; block++) {
    const from = block * sessions / BLOCKS, to = (block + 1) * sessions / BLOCKS;
    const isOwn = (i: number) => sample.sessions[i] >= from && sample.sessions[i] < to;
    const others = fitLine(Float64Array.from(values.filter((_, i) => !isOwn(i))).sort(), rate, isTime);
    if (typeof others === "string") continue;
    values.forEach((value, i) => {
      if (isOwn(i) && value > others.usual) excesses.push(excess(others, logarithm(others, value)));
    });
  }
  const allowed = Math.floor((values.length + 1) * rate),
    worst = excesses.sort((a, b) => b - a)[allowed] ?? 0;
  const line = {
    ...fitted,
    line: worst > 1 ? fitted.level + worst * (fitted.line - fitted.level) : fitted.line,
  };
  return isTelling(line) ? line : "wide";
}
