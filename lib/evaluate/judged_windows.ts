/**
 * Verdicts as rows to be compared with labels.
 *
 * @module
 */

/** One row of a verdicts file. */
export interface JudgedWindow {
  /** The session, or `service@start`. */
  key: string;
  /** Service of a time window, read from its key; `null` for a session. */
  service: string | null;
  /** Milliseconds since the epoch, UTC; NaN where the lines have no times. */
  start: number;
  end: number;
  score: number;
  anomalous: boolean;
  /** What the decision rests on most: the leading reason's template, level or feature; absent = not known. */
  cause?: string;
}

/** A row of a CSV file with a header. */
export type CsvRecord = Readonly<Record<string, string>>;

/**
 * Rows of a verdicts file (`key,start,end,lines,score,threshold,anomalous,reasons`).
 *
 * @param records The file's rows by column name.
 * @throws {TypeError} if a column that is needed is missing.
 * @throws {SyntaxError} if a score, time or decision can't be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readVerdicts } from "./judged_windows.ts";
 *
 * const [window] = readVerdicts([{
 *   key: "web@2026-03-02T10:00:00.000Z",
 *   start: "2026-03-02T10:00:00.000Z",
 *   end: "2026-03-02T10:05:00.000Z",
 *   score: "1.5",
 *   anomalous: "true",
 * }]);
 * assert.equal(window.service, "web");
 * assert.equal(window.end - window.start, 300_000);
 * ```
 */
export function readVerdicts(records: readonly CsvRecord[]): JudgedWindow[] {
  return records.map((record, i) => {
    const where = `row ${i + 1} of the verdicts`;
    const key = cell(record, "key", where);
    return {
      key,
      service: /^(.*)@\d{4}-\d\d-\d\dT[\d:.]+Z$/s.exec(key)?.[1] ?? null,
      start: readTime(record.start ?? "", where),
      end: readTime(record.end ?? "", where),
      score: readScore(cell(record, "score", where), where),
      anomalous: readDecision(cell(record, "anomalous", where), where),
      ...causeOf(record.reasons ?? "", where),
    };
  });
}

/**
 * The value in a column that must be there.
 *
 * @param where What is read, for the message.
 * @throws {TypeError} if the column is not there.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { cell } from "./judged_windows.ts";
 *
 * assert.equal(cell({ key: "blk_1" }, "key", "row 1"), "blk_1");
 * ```
 */
export function cell(record: CsvRecord, column: string, where: string): string {
  const value = record[column];
  if (value === undefined) throw new TypeError(`Cannot read ${where}: it has no column ${column}`);
  return value;
}

/**
 * Milliseconds since the epoch of a time in ISO 8601; UTC where it names no zone, NaN where the text is empty.
 *
 * @param where What is read, for the message.
 * @throws {SyntaxError} if it is no such time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readTime } from "./judged_windows.ts";
 *
 * assert.equal(readTime("1970-01-01T00:00:01Z", "row 1"), 1000);
 * ```
 */
export function readTime(text: string, where: string): number {
  if (text.trim() === "") return NaN;
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?$/.exec(
    text.trim(),
  );
  const time = match ? Date.parse(`${match[1]}T${match[2] ?? "00:00"}${match[3] ?? "Z"}`) : NaN;
  if (Number.isNaN(time)) throw new SyntaxError(`Cannot read ${where}: ${text} is no time in ISO 8601`);
  return time;
}

/**
 * Whether a word says *anomalous* (`1`, `true`, `anomaly`, `anomalous`, `yes`) or *normal* (`0`, `false`, `normal`, `no`),
 * in any case.
 *
 * @param where What is read, for the message.
 * @throws {SyntaxError} if it says neither.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readDecision } from "./judged_windows.ts";
 *
 * assert.equal(readDecision("Anomaly", "row 1"), true);
 * ```
 */
export function readDecision(text: string, where: string): boolean {
  const word = text.trim().toLowerCase();
  if (["1", "true", "anomaly", "anomalous", "yes"].includes(word)) return true;
  if (["0", "false", "normal", "no"].includes(word)) return false;
  throw new SyntaxError(`Cannot read ${where}: ${text} says neither anomalous nor normal`);
}

function readScore(text: string, where: string): number {
  const score = text.trim() === "" ? NaN : Number(text);
  if (Number.isNaN(score)) throw new SyntaxError(`Cannot read ${where}: ${text} is no score`);
  return score;
}

/** The leading one of the reasons, which stand in the file as JSON. */
function causeOf(reasons: string, where: string): { cause?: string } {
  if (reasons === "") return {};
  try {
    const [first] = JSON.parse(reasons) as { kind?: unknown; id?: unknown }[];
    return first === undefined ? {} : { cause: `${first.kind} ${first.id}` };
  } catch (cause) {
    throw new SyntaxError(`Cannot read ${where}: its reasons are no JSON`, { cause });
  }
}
