/**
 * Windows and feature matrices as tables.
 *
 * @module
 */
import type { Dictionary } from "../record/dictionary.ts";
import type { ClosedWindows } from "../window/closed_windows.ts";
import type { FeatureMatrix } from "./feature_matrix.ts";
import { Table } from "../table/table.ts";

/**
 * Closed windows as a table: `key, kind, service, start, end, lines, reopened`; times in ISO 8601 UTC, null where there are none.
 *
 * @param services The dictionary behind the service column.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "../record/dictionary.ts";
 * import { ClosedRows } from "../window/closed_rows.ts";
 * import { windowTable } from "./views.ts";
 *
 * const services = new Dictionary(), rows = new ClosedRows();
 * const service = services.internText("api");
 * rows.push({ kind: 1, service, start: 0, end: 60_000, lines: 3, vector: 0, reopened: 0 });
 * assert.equal(windowTable(rows.finish(services), services).rows()[0][0], "api@1970-01-01T00:00:00.000Z");
 * ```
 */
export function windowTable(windows: ClosedWindows, services: Dictionary): Table {
  const all = Array.from({ length: windows.length }, (_, i) => i);
  return new Table({
    key: all.map((i) => windows.key(i)),
    kind: all.map((i) => windows.isSession(i) ? "session" : "window"),
    service: all.map((i) => services.text(windows.service[i])),
    start: all.map((i) => isoOf(windows.start[i])),
    end: all.map((i) => isoOf(windows.end[i])),
    lines: windows.lines,
    reopened: windows.reopened,
  });
}

/**
 * A feature matrix as a table: one column a feature, named by its id, and `weight`.
 *
 * @param values Values to show in place of the counts, e.g. scaled ones, shape [rows, columns].
 * @throws {TypeError} if the values have another shape.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { matrixTable } from "./views.ts";
 *
 * const columns = [{ kind: "template" as const, id: "E1", title: "started" }];
 * const table = matrixTable({ columns, rows: 1, values: Float32Array.of(2), weights: Float64Array.of(9) });
 * assert.deepEqual(table.names, ["E1", "weight"]);
 * assert.deepEqual(table.rows(), [[2, 9]]);
 * ```
 */
export function matrixTable(matrix: FeatureMatrix, values: Float32Array = matrix.values): Table {
  const width = matrix.columns.length;
  if (values.length !== matrix.rows * width) {
    throw new TypeError(
      `Cannot show a feature matrix: expected ${matrix.rows} × ${width} values, got ${values.length}`,
    );
  }
  const columns = matrix.columns.map(({ id }, column): [string, number[]] => [
    id,
    Array.from({ length: matrix.rows }, (_, row) => values[row * width + column]),
  ]);
  return new Table([...columns, ["weight", [...matrix.weights]]]);
}

/**
 * The rows of a feature matrix that stand for most windows, turned on their side: `feature, meaning`, and a column a row, named by
 * its place and the windows it stands for.
 *
 * @param limit Rows at the most. Default 6.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { commonestRows } from "./views.ts";
 *
 * const columns = [{ kind: "template" as const, id: "E1", title: "started" }];
 * const table = commonestRows({ columns, rows: 2, values: Float32Array.of(2, 3), weights: Float64Array.of(1, 9) });
 * assert.deepEqual(table.names, ["feature", "meaning", "1: × 9", "2: × 1"]);
 * assert.deepEqual(table.rows(), [["E1", "started", 3, 2]]);
 * ```
 */
export function commonestRows(matrix: FeatureMatrix, limit = 6): Table {
  const width = matrix.columns.length;
  const rows = Array.from(matrix.weights.keys()).sort((a, b) => matrix.weights[b] - matrix.weights[a]);
  return new Table([
    ["feature", matrix.columns.map(({ id }) => id)],
    ["meaning", matrix.columns.map(({ title }) => title)],
    ...rows.slice(0, limit).map((row, i): [string, Float32Array] => [
      `${i + 1}: × ${matrix.weights[row]}`,
      matrix.values.subarray(row * width, (row + 1) * width),
    ]),
  ]);
}

/** What {@linkcode verdictTable} needs of judged windows. */
export interface JudgedView {
  windows: ClosedWindows;
  /** Shape [windows.length]. */
  score: ArrayLike<number>;
  /** What the scores are compared with. */
  threshold: number;
}

/**
 * Judged windows as a table with the columns of a verdicts file, but for the reasons:
 * `key, start, end, lines, score, threshold, anomalous`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ClosedRows } from "../window/closed_rows.ts";
 * import { Dictionary } from "../record/dictionary.ts";
 * import { verdictTable } from "./views.ts";
 *
 * const services = new Dictionary(), rows = new ClosedRows();
 * rows.push({ kind: 1, service: services.internText("api"), start: 0, end: 60_000, lines: 3, vector: 0, reopened: 0 });
 * const [row] = verdictTable([{ windows: rows.finish(services), score: [2], threshold: 1 }]).rows();
 * assert.deepEqual(row.slice(3), [3, 2, 1, true]);
 * ```
 */
export function verdictTable(judged: readonly JudgedView[]): Table {
  const rows = judged.flatMap(({ windows, score, threshold }) =>
    Array.from({ length: windows.length }, (_, i) => ({
      key: windows.key(i),
      start: isoOf(windows.start[i]),
      end: isoOf(windows.end[i]),
      lines: windows.lines[i],
      score: score[i],
      threshold,
      anomalous: score[i] > threshold,
    }))
  );
  return Table.from(rows);
}

function isoOf(time: number): string | null {
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
