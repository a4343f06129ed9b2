/**
 * The anomalous windows of an alert, so kept that a window can be judged anew and the sums still hold.
 *
 * Windows that can still change are *members*, one by one; those that can't are folded into a sum, so an alert that
 * lasts for weeks stays small. Sums are always made in the order of (end, key): equal windows give equal sums to the
 * last bit, wherever the verdicts were cut into runs.
 *
 * @module
 */
import type { DetectorShare, Reason, Verdict } from "../../lib/mod.ts";
import { causeId, isThreat } from "./cause.ts";
import { compareSeverity, type Severity, threatSeverity, windowSeverity } from "./severity.ts";

/** Reasons of a window that are kept. */
const MEMBER_REASONS = 5;
/** Different reasons of an alert that are added up; later ones only count as windows. */
const SUMMED_REASONS = 50;
/** Reasons that an alert shows. */
const SHOWN_REASONS = 5;
/** JSON has no infinity, and a score this high says the same. */
const HIGHEST_SCORE = 1e9;

/** An anomalous window of an alert. */
export interface Member {
  key: string;
  start: number | null;
  end: number | null;
  records: number;
  score: number;
  threshold: number;
  /** Worst level among its reasons, OpenTelemetry `SeverityNumber`. */
  level: number;
  /** The reason that leads it, by `causeId`; empty without reasons. */
  headline: string;
  reasons: Reason[];
  /** The highest severity of its threats; `null` without one. */
  threat: Severity | null;
  /** Whether threats alone are what it is about; see {@linkcode isThreat}. */
  isThreat: boolean;
  /** The detectors that raised it. */
  detectors: DetectorShare[];
}

/** What the worst window is compared by. */
export interface WorstWindow {
  key: string;
  severity: Severity;
  level: number;
  ratio: number;
  headline: string;
}

/** Windows added up. `from` and `to` are where it stands in time for grouping; see {@linkcode placeOf}. */
export interface EvidenceSum {
  windows: number;
  records: number;
  start: number | null;
  end: number | null;
  from: number | null;
  to: number | null;
  score: number;
  threshold: number;
  worst: WorstWindow;
  level: number;
  /** Shares added up, and what was counted; see {@linkcode addReason}. */
  reasons: Reason[];
  /** Shares added up. */
  detectors: DetectorShare[];
}

/** The windows of an alert: those that are settled as a sum, the others one by one. */
export interface Evidence {
  settled: EvidenceSum | null;
  members: Member[];
}

/**
 * A member from its verdict.
 *
 * @param level Worst level among its reasons, OpenTelemetry `SeverityNumber`.
 * @param leading The reason that leads it.
 */
export function memberOf(verdict: Verdict, level: number, leading: Reason | undefined): Member {
  const time = (value: number) => Number.isFinite(value) ? value : null;
  return {
    key: verdict.key,
    start: time(verdict.start),
    end: time(verdict.end),
    records: verdict.lines,
    score: Math.min(verdict.score, HIGHEST_SCORE),
    threshold: verdict.threshold,
    level,
    headline: leading === undefined ? "" : causeId(leading),
    reasons: verdict.reasons.length > MEMBER_REASONS
      ? verdict.reasons.slice(0, MEMBER_REASONS)
      : verdict.reasons,
    threat: threatSeverity(verdict.reasons),
    isThreat: isThreat(verdict.reasons, leading),
    detectors: verdict.detectors ?? [],
  };
}

/** Where windows stand in time when alerts are grouped: a time window is its span, a session the moment of its end. */
export function placeOf(
  kind: Verdict["kind"],
  window: { start: number | null; end: number | null },
): [from: number | null, to: number | null] {
  return [kind === "session" ? window.end : window.start, window.end];
}

/**
 * Folds members that can't change any more into the sum.
 *
 * @param kind What the alert's windows are.
 * @param before Members that end before this time are settled; `Infinity` settles all.
 * @param most Members that stay one by one at the most; the earliest beyond are settled as well.
 */
export function settle(kind: Verdict["kind"], evidence: Evidence, before: number, most: number): Evidence {
  const members = [...evidence.members].sort(compareMembers);
  const settled = (member: Member, i: number) =>
    before === Infinity || (member.end ?? Infinity) < before || members.length - i > most;
  const open = members.findIndex((member, i) => !settled(member, i));
  const count = open < 0 ? members.length : open;
  return { settled: sum(kind, evidence.settled, members.slice(0, count)), members: members.slice(count) };
}

/**
 * Everything added up, reasons averaged over the windows and the most telling first, the one that leads the worst window
 * among them in any case; `null` without windows.
 */
export function summarise(kind: Verdict["kind"], evidence: Evidence): EvidenceSum | null {
  const total = sum(kind, evidence.settled, [...evidence.members].sort(compareMembers));
  if (total === null) return null;
  const reasons = total.reasons
    .map((reason) => ({ ...reason, share: reason.share / total.windows }))
    .sort((a, b) => b.share - a.share || (a.id < b.id ? -1 : 1));
  const headline = reasons.findIndex((reason) => causeId(reason) === total.worst.headline);
  const shown = headline < SHOWN_REASONS
    ? reasons.slice(0, SHOWN_REASONS)
    : [...reasons.slice(0, SHOWN_REASONS - 1), reasons[headline]];
  const detectors = total.detectors.map((one) => ({ ...one, share: one.share / total.windows }))
    .sort((a, b) => b.share - a.share || (a.detector < b.detector ? -1 : 1));
  return { ...total, reasons: shown, detectors };
}

function sum(
  kind: Verdict["kind"],
  base: EvidenceSum | null,
  members: readonly Member[],
): EvidenceSum | null {
  if (base === null && members.length === 0) return null;
  const total: EvidenceSum = base === null ? emptySum() : {
    ...base,
    reasons: base.reasons.map((reason) => ({ ...reason })),
    detectors: base.detectors.map((one) => ({ ...one })),
  };
  for (const member of members) add(kind, total, member);
  return total;
}

function emptySum(): EvidenceSum {
  const times = { start: null, end: null, from: null, to: null };
  const worst = { key: "", severity: "low" as const, level: -1, ratio: -1, headline: "" };
  const counted = { windows: 0, records: 0, reasons: [], detectors: [] };
  return { ...counted, ...times, score: -1, threshold: 1, worst, level: 0 };
}

function add(kind: Verdict["kind"], total: EvidenceSum, member: Member): void {
  const [from, to] = placeOf(kind, member);
  total.windows++;
  total.records += member.records;
  total.start = least(total.start, member.start);
  total.end = greatest(total.end, member.end);
  total.from = least(total.from, from);
  total.to = greatest(total.to, to);
  total.level = Math.max(total.level, member.level);
  if (member.score > total.score) {
    total.score = member.score;
    total.threshold = member.threshold;
  }
  const window = worstOf(member);
  if (isWorse(window, total.worst)) total.worst = window;
  for (const reason of member.reasons) addReason(total.reasons, reason);
  for (const { detector, share } of member.detectors) {
    const known = total.detectors.find((one) => one.detector === detector);
    if (known === undefined) total.detectors.push({ detector, share });
    else known.share += share;
  }
}

function worstOf(member: Member): WorstWindow {
  const { key, level, score, threshold, headline } = member;
  return { key, severity: windowSeverity(member), level, ratio: score / threshold, headline };
}

function isWorse(a: WorstWindow, b: WorstWindow): boolean {
  return (compareSeverity(a.severity, b.severity) || a.level - b.level || a.ratio - b.ratio) > 0;
}

/**
 * Adds a window's reason to the sums: shares and counts. What is not a count of this one window can't be added up – a value, a
 * threat's account of all it has done, a span of time that reaches over several windows –, so of those the most unusual stays.
 */
function addReason(reasons: Reason[], reason: Reason): void {
  const known = reasons.find((one) => causeId(one) === causeId(reason));
  if (known === undefined) {
    if (reasons.length < SUMMED_REASONS) reasons.push({ ...reason });
    return;
  }
  known.share += reason.share;
  if (isCount(known) && isCount(reason)) {
    known.actual += reason.actual;
    known.expected += reason.expected;
  } else if (deviation(reason) > deviation(known)) {
    const { actual, expected, span, note } = reason;
    Object.assign(known, { actual, expected, span, note });
    if (reason.kind === "value" && reason.example !== "") takeExample(known, reason);
  }
  if (reason.kind === "unseen") known.kind = "unseen";
  known.firstSeen = least(known.firstSeen, reason.firstSeen);
  const isBetter = reason.exampleElsewhere !== true && known.exampleElsewhere === true;
  if (known.example === "" || (isBetter && reason.example !== "")) takeExample(known, reason);
  addThreat(known, reason);
  if (reason.level !== undefined) known.level = Math.max(known.level ?? 0, reason.level);
}

function takeExample(known: Reason, { example, exampleElsewhere }: Reason): void {
  known.example = example;
  if (exampleElsewhere === true) known.exampleElsewhere = true;
  else delete known.exampleElsewhere;
}

/** What is known of a threat: since when, and as it was called when it was most severe. */
function addThreat(known: Reason, { severity, technique, since }: Reason): void {
  if (severity === undefined) return;
  if (known.severity === undefined || compareSeverity(severity, known.severity) > 0) {
    Object.assign(known, { severity, technique });
  }
  known.since = Math.min(known.since ?? Infinity, since ?? Infinity);
}

/** Whether what was counted is of one window alone. */
function isCount({ kind, span }: Reason): boolean {
  return kind !== "value" && kind !== "source" && span === undefined;
}

function deviation({ actual, expected }: Reason): number {
  return Math.abs(actual - expected);
}

function compareMembers(a: Member, b: Member): number {
  const byEnd = (a.end ?? Infinity) - (b.end ?? Infinity);
  return byEnd || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0); // NaN (both without times) is falsy
}

function least(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

function greatest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}

/** Whether `value` has the form of {@linkcode Evidence}. */
export function isEvidence(value: unknown): value is Evidence {
  const evidence = value as Partial<Evidence> | null | undefined;
  return Array.isArray(evidence?.members) && typeof evidence.settled === "object" &&
    evidence.members.every((member) => typeof member.key === "string" && Array.isArray(member.reasons));
}
