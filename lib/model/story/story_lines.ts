/**
 * Which records tell an incident.
 *
 * @module
 */

/** What makes a record worth telling. */
export const STORY_MARKS = [
  "first ever seen",
  "rare",
  "burst begins",
  "worst symptom",
  "silence begins",
  "silence ends",
  "vanished",
  "first of the reasons",
  "step of the worst session",
  "first of its kind",
  "last of its kind",
] as const;

/** One of {@linkcode STORY_MARKS}. */
export type StoryMark = typeof STORY_MARKS[number];

/** A record that may be told. */
export interface StoryCandidate {
  /** Tells it apart from all others. */
  place: string;
  /** ms since the epoch. */
  time: number;
  /** OpenTelemetry `SeverityNumber`; 0 = none. */
  severity: number;
  /** What tells its kind apart: stream and template. */
  kind: string;
  mark: StoryMark;
  /** How much it tells, among those with the same mark, 0–1. */
  weight: number;
}

/** A record that is told, and why. */
export interface ChosenLine<T extends StoryCandidate> {
  candidate: T;
  /** In the order of {@linkcode STORY_MARKS}. */
  marks: StoryMark[];
}

/** Lines that a story has at the least, where there are so many, and at the most. */
export const STORY_LINES = { least: 5, most: 20 };

/** How much a mark tells; what the weight of a candidate adds is less than the step to the next. */
const TELLS: Record<StoryMark, number> = {
  "worst symptom": 6,
  "first ever seen": 5,
  "first of the reasons": 5,
  "burst begins": 4,
  "silence begins": 4.5,
  "silence ends": 4,
  "vanished": 4,
  "rare": 3,
  "step of the worst session": 2,
  "first of its kind": 1,
  "last of its kind": 0.5,
};

/** What only fills a story that is too short. */
const FILLS: ReadonlySet<StoryMark> = new Set(["first of its kind", "last of its kind"]);
/** OpenTelemetry `SeverityNumber` of the mildest warning. */
const WARN = 13;
/** Lines of one template at the most, while there are others. */
const OF_A_KIND = 2;

/**
 * Chooses the records that tell an incident: always the first rare one and the worst symptom, then what tells most; in order of
 * time. A record that has several marks is told once, with all of them.
 *
 * The worst symptom is the record that is marked `worst symptom`, the first rare one the earliest that was never seen before or is
 * rare.
 *
 * @param limit Lines at the most.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { chosenLines } from "./story_lines.ts";
 *
 * const at = (time: number, mark: "rare" | "worst symptom") => (
 *   { place: `0:${time}`, time, severity: 9, kind: `k${time}`, mark, weight: 0 }
 * );
 * const told = chosenLines([at(30, "worst symptom"), at(20, "rare"), at(10, "rare")], 2);
 * assert.deepEqual(told.map(({ candidate }) => candidate.time), [10, 30]);
 * ```
 */
export function chosenLines<T extends StoryCandidate>(
  candidates: readonly T[],
  limit: number,
): ChosenLine<T>[] {
  const lines = joined(candidates), told = new Set<ChosenLine<T>>();
  const first = lines.filter(isRare).sort(byTime)[0], worst = lines.find(({ marks }) => isWorst(marks));
  for (const line of [worst, first]) if (line !== undefined) told.add(line);
  const order = lines.map((line) => ({ line, value: valueOf(line.candidate, line.own) }))
    .sort((a, b) => b.value - a.value || byTime(a.line, b.line)).map(({ line }) => line);
  const telling = order.filter(({ marks }) => marks.some((mark) => !FILLS.has(mark)));
  take(telling, told, { limit, ofAKind: OF_A_KIND });
  take(telling, told, { limit: Math.min(limit, STORY_LINES.least), ofAKind: Infinity });
  take(order, told, { limit: Math.min(limit, STORY_LINES.least), ofAKind: OF_A_KIND });
  take(order, told, { limit: Math.min(limit, STORY_LINES.least), ofAKind: Infinity });
  return [...told].sort(byTime).map(({ candidate, marks }) => ({ candidate, marks: shownMarks(marks) }));
}

/** Adds lines in their order until there are so many, and no more of a kind than wanted. */
function take<T extends StoryCandidate>(
  lines: readonly Joined<T>[],
  told: Set<ChosenLine<T>>,
  { limit, ofAKind }: { limit: number; ofAKind: number },
): void {
  const kinds = new Map<string, number>();
  for (const { candidate: { kind } } of told) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  for (const line of lines) {
    const { kind } = line.candidate, count = kinds.get(kind) ?? 0;
    if (told.size >= limit) return;
    if (told.has(line) || count >= ofAKind) continue;
    told.add(line);
    kinds.set(kind, count + 1);
  }
}

/** What only fills a story says nothing where something else does. */
function shownMarks(marks: readonly StoryMark[]): StoryMark[] {
  const telling = marks.filter((mark) => !FILLS.has(mark));
  return telling.length > 0 ? telling : marks.slice(0, 1);
}

interface Joined<T extends StoryCandidate> extends ChosenLine<T> {
  /** Every candidate that is this record. */
  own: readonly T[];
}

function joined<T extends StoryCandidate>(candidates: readonly T[]): Joined<T>[] {
  return [...Map.groupBy(candidates, ({ place }) => place).values()].map((own) => ({
    candidate: own[0],
    marks: STORY_MARKS.filter((mark) => own.some((one) => one.mark === mark)),
    own,
  }));
}

function isRare({ marks }: { marks: readonly StoryMark[] }): boolean {
  return marks.includes("first ever seen") || marks.includes("rare");
}

function isWorst(marks: readonly StoryMark[]): boolean {
  return marks.includes("worst symptom");
}

/** What tells most of a record, and a little for what else does; of equal ones the more severe one. */
function valueOf({ severity }: StoryCandidate, own: readonly StoryCandidate[]): number {
  const values = own.map(({ mark, weight }) => TELLS[mark] + weight).sort((a, b) => b - a);
  const level = severity >= WARN ? severity / 24 : 0;
  return values[0] + 0.3 * (values.length - 1) + level;
}

function byTime(a: { candidate: StoryCandidate }, b: { candidate: StoryCandidate }): number {
  const [one, other] = [a.candidate, b.candidate];
  return one.time - other.time || (one.place < other.place ? -1 : one.place > other.place ? 1 : 0);
}
