/**
 * What is saved of a feature space, and what must be in it.
 *
 * @module
 */
import type { Level } from "../record/level.ts";
import type { FeatureColumn } from "./feature_matrix.ts";

/** Plain data that a `FeatureSpace` is restored from. */
export interface FeatureSpaceSnapshot {
  version: 1;
  columns: FeatureColumn[];
  /** Ids of the templates that training knew and that have no column of their own. */
  other: string[];
}

/** Levels that have a column: the severe ones. */
const COUNTED_LEVELS: readonly Level[] = ["warn", "error", "fatal"];

/** The columns that every space ends with, in this order. */
export function sharedColumns(): FeatureColumn[] {
  return [
    { kind: "other", id: "other", title: "other known templates" },
    { kind: "unseen", id: "unseen", title: "templates unseen in training" },
    ...COUNTED_LEVELS.map((level): FeatureColumn => ({ kind: "level", id: level, title: level })),
  ];
}

/**
 * Says why a snapshot is none.
 *
 * @throws {TypeError} always.
 */
export function refuse(what: string): never {
  throw new TypeError(`Cannot restore a feature space: ${what}`);
}

/**
 * Sees that a snapshot is one.
 *
 * @throws {TypeError} if a field is missing, of the wrong type or of an unknown version.
 */
export function checkSnapshot(snapshot: FeatureSpaceSnapshot): void {
  const { version, columns, other } = snapshot ?? {};
  if (version !== 1) refuse(`version ${version} is not known, only 1 is`);
  if (!Array.isArray(columns) || !Array.isArray(other)) refuse("its columns are missing");
  const isText = (value: unknown) => typeof value === "string";
  if (!columns.every((column) => isText(column?.kind) && isText(column.id) && isText(column.title))) {
    refuse("a column is not a kind, an id and a title");
  }
  if (!other.every(isText)) refuse("a template id is not text");
  const shared = sharedColumns().map(({ kind, id }) => `${kind} ${id}`).join();
  const templates = columns.filter(({ kind }) => kind === "template").length;
  if (columns.slice(templates).map(({ kind, id }) => `${kind} ${id}`).join() !== shared) {
    refuse(`its columns don't end with ${shared}`);
  }
}
