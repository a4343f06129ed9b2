/** Matrices that the detectors' tests share. */
import type { FeatureColumn, FeatureMatrix } from "../../lib/feature/feature_matrix.ts";
import { seededRandom } from "../../lib/detector/seeded_random.ts";

/** Four templates, the rest, the unseen and a level. */
export const COLUMNS: readonly FeatureColumn[] = [
  ...["open", "read", "write", "close"].map((id) => ({ kind: "template" as const, id, title: `${id} <*>` })),
  { kind: "other", id: "other", title: "other templates" },
  { kind: "unseen", id: "unseen", title: "unseen templates" },
  { kind: "level", id: "error", title: "ERROR" },
];

/** Column of events that no model knows. */
export const UNSEEN = 5;

/** A matrix of these rows, each of weight 1 unless `weights` says otherwise. */
export function matrixOf(
  rows: number[][],
  weights: number[] = rows.map(() => 1),
  columns = COLUMNS,
): FeatureMatrix {
  return {
    columns,
    rows: rows.length,
    values: Float32Array.from(rows.flat()),
    weights: Float64Array.from(weights),
  };
}

/** Sessions of a file server: open, some reads and writes in step, close; now and then a rare one. */
export function sessions(count: number, seed: number): number[][] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const reads = 1 + Math.floor(random() * 3), rare = random() < .05 ? 1 : 0;
    return [1, reads, reads * 2, 1, rare, 0, 0];
  });
}

/** A session that fits none of {@linkcode sessions}. */
export const ANOMALOUS = [1, 0, 9, 0, 0, 0, 4];
