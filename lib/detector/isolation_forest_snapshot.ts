/**
 * A fitted isolation forest as plain data, and back.
 *
 * @module
 */
import type { DetectorSnapshot } from "./detector.ts";
import { type IsolationTrees, treeShape } from "./isolation_trees.ts";
import * as snapshots from "./snapshot.ts";
import { TrainedColumns } from "./trained_columns.ts";

/** The detector's name. */
export const NAME = "isolation-forest";
const VERSION = 1;

/** What an isolation forest learned. */
export interface FittedForest {
  columns: TrainedColumns;
  /** Grown on log1p(count). */
  trees: IsolationTrees;
  /** Windows that each tree was grown on. */
  windows: number;
  /** Least, middling and greatest count of each column in training, shape [columns]. */
  least: number[];
  medians: number[];
  greatest: number[];
}

/** What was learned as plain data: about six bytes a node, in base64. */
export function saveFitted(
  { columns, trees, windows, least, medians, greatest }: FittedForest,
): DetectorSnapshot {
  const inner = trees.thresholds.filter((_, node) => trees.nodes[node] >= 0);
  return {
    kind: NAME,
    version: VERSION,
    columns: [...columns.names],
    windows,
    least: [...least],
    medians: [...medians],
    greatest: [...greatest],
    nodes: snapshots.encodeFloats(Float32Array.from(trees.nodes)),
    thresholds: snapshots.encodeFloats(Float32Array.from(inner)),
  };
}

/**
 * What {@linkcode saveFitted} saved.
 *
 * @throws {TypeError} if a field is missing, of another type or not known, or they don't fit together.
 */
export function readFitted(snapshot: DetectorSnapshot): FittedForest {
  const saved = snapshots.readSnapshot(snapshot, NAME, VERSION, {
    columns: snapshots.isColumnNames,
    windows: snapshots.isCount,
    least: snapshots.isNumbers,
    medians: snapshots.isNumbers,
    greatest: snapshots.isNumbers,
    nodes: snapshots.isFloats,
    thresholds: snapshots.isFloats,
  });
  const { least, medians, greatest, windows } = saved, columns = new TrainedColumns(NAME, saved.columns);
  for (const [field, { length }] of Object.entries({ least, medians, greatest })) {
    if (length !== columns.width) refuse(`the field ${field} is for ${length} columns of ${columns.width}`);
  }
  if (windows < 1) refuse("its trees were grown on no window");
  const trees = readTrees(
    snapshots.decodeFloats(saved.nodes),
    snapshots.decodeFloats(saved.thresholds),
    columns.width,
  );
  return { columns, trees, windows, least, medians, greatest };
}

function readTrees(numbers: Float32Array, inner: Float32Array, width: number): IsolationTrees {
  const stray = numbers.find((node) => !Number.isInteger(node) || node >= width);
  if (stray !== undefined) refuse(`the field nodes names the column ${stray}`);
  const nodes = Int32Array.from(numbers), thresholds = new Float64Array(nodes.length);
  let at = 0;
  nodes.forEach((node, i) => {
    if (node >= 0) thresholds[i] = inner[at++];
  });
  if (at !== inner.length) refuse(`the field thresholds has ${inner.length} numbers instead of ${at}`);
  try {
    return { ...treeShape(nodes), nodes, thresholds };
  } catch (cause) {
    throw new TypeError(`Cannot restore ${NAME}: the field nodes is no whole forest`, { cause });
  }
}

function refuse(what: string): never {
  throw new TypeError(`Cannot restore ${NAME}: ${what}`);
}
