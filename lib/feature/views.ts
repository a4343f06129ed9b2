/**
 * Windows and feature matrices as tables.
 *
 * @module
 */
import type { Dictionary } from "../record/dictionary.ts";
import type { ClosedWindows } from "../window/closed_windows.ts";
import type { FeatureMatrix } from "./feature_matrix.ts";
import { Table } from "./table.ts";

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
    kind: all.map((i) => windows.kind[i] === 0 ? "session" : "window"),
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

function isoOf(time: number): string | null {
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
