/**
 * Verdicts into the state database, and what is counted of them.
 *
 * @module
 */
import type { Verdict } from "../explain/reason.ts";
import { type CountedVerdict, WindowSums } from "./counts/window_sums.ts";
import type { Database } from "./database.ts";
import { timeColumn } from "./rows.ts";

/** Adds verdicts; one with a known key replaces the earlier one, and belongs to no alert until that is said again. */
export function putVerdicts(tables: Database, verdicts: Iterable<Verdict>, model: string): void {
  const columns = "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')";
  const insert = tables.sql(`insert or ignore into verdict ${columns}`);
  const replace = tables.sql(`replace into verdict ${columns}`), sums = new WindowSums(tables);
  for (const verdict of verdicts) {
    const row = rowOf(verdict, model);
    if (insert.run(...row).changes === 0) {
      sums.remove(countedVerdict(tables, verdict.stream, verdict.key)!);
      replace.run(...row);
    }
    sums.add(verdict);
  }
  sums.write();
}

/** Takes a verdict out whose window is no more: its session began earlier, or was joined to another. */
export function removeVerdict(tables: Database, stream: string, key: string): void {
  const verdict = countedVerdict(tables, stream, key), sums = new WindowSums(tables);
  if (verdict === null) return;
  tables.sql("delete from verdict where stream = ? and key = ?").run(stream, key);
  sums.remove(verdict);
  sums.write();
}

function rowOf(verdict: Verdict, model: string): (string | number | null)[] {
  const { stream, key, kind, service, start, end, lines, score, threshold, reasons, detectors = [] } =
    verdict;
  return [
    ...[stream, key, kind, service, timeColumn(start), timeColumn(end), lines, score, threshold],
    ...[verdict.anomalous ? 1 : 0, JSON.stringify(reasons), model, JSON.stringify(detectors)],
  ];
}

function countedVerdict(tables: Database, stream: string, key: string): CountedVerdict | null {
  const row = tables.sql(
    "select service, start, score, threshold, anomalous from verdict where stream = ? and key = ?",
  ).get(stream, key);
  if (row === undefined) return null;
  const { service, start, score, threshold, anomalous } = row;
  return {
    ...{ stream, service: String(service), start: start === null ? NaN : Number(start) },
    ...{ score: Number(score), threshold: Number(threshold), anomalous: anomalous === 1 },
  };
}
