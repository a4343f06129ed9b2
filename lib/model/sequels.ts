/**
 * What goes on behind an alert's windows without being anomalous any more.
 *
 * @module
 */
import { isErrorWorded } from "../detector/series/error_words.ts";
import type { TemplateNames } from "../feature/event_window.ts";
import type { CountVectors } from "../window/count_vectors.ts";
import { levelOf, templateOf } from "../window/symbol.ts";
import type { Exclusion } from "./excluded_windows.ts";
import type { HistoryRow } from "./window_history.ts";

/** Level class (see `lib/window/symbol.ts`) from which a new template is no harmless news: warn. */
const ALARMING = 3;

/** What the count vectors of rows stand for. */
export interface RowContents {
  vectors: Pick<CountVectors, "pairs">;
  names: TemplateNames;
}

/**
 * Leaves out windows with an error that first came up in windows of an alert: it is new only once, and what goes on with it
 * would teach that it is normal. Errors are templates of level warn or worse, or whose words say so; what a deployment brings
 * besides is learned.
 *
 * @param rows Of one service, or all sessions, in order of time; `leftOut` is set in those that go on.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { CountVectors } from "../window/count_vectors.ts";
 * import { symbolOf } from "../window/symbol.ts";
 * import { markSequels } from "./sequels.ts";
 *
 * const texts = ["request served", "disk failed"], vectors = new CountVectors();
 * const names = { id: String, text: (i: number) => texts[i], severity: () => 0, indexOf: Number };
 * const [calm, failed] = [[symbolOf(0, 9)], [symbolOf(0, 9), symbolOf(1, 17)]].map((symbols) =>
 *   vectors.intern(symbols, symbols.map(() => 1))
 * );
 * const alert = { why: "alert" as const, name: "a1", title: "disk failed", certain: false, windows: [] };
 * const rows = [calm, failed, failed, calm].map((vector, i) => ({
 *   ...{ kind: "window" as const, service: 0, start: i, end: i + 1, lines: 1, vector, sequence: null },
 *   ...(i === 1 ? { leftOut: alert } : {}),
 * }));
 * markSequels(rows, { vectors, names });
 * assert.deepEqual(rows.map(({ leftOut }) => leftOut?.why), [undefined, "alert", "sequel", undefined]);
 * ```
 */
export function markSequels(rows: readonly HistoryRow[], { vectors, names }: RowContents): void {
  const known = new Set<number>(),
    sequels = new Map<number, Exclusion>(),
    made = new Map<Exclusion, Exclusion>();
  for (const row of rows) {
    const pairs = vectors.pairs(row.vector), { leftOut } = row;
    if (leftOut === undefined) {
      const sequel = first(pairs, (symbol) => sequels.get(templateOf(symbol)));
      if (sequel === undefined) { for (let i = 0; i < pairs.length; i += 2) known.add(templateOf(pairs[i])); }
      else row.leftOut = sequel;
      continue;
    }
    if (leftOut.why !== "alert") continue;
    for (let i = 0; i < pairs.length; i += 2) {
      const template = templateOf(pairs[i]);
      if (known.has(template) || sequels.has(template)) continue;
      if (levelOf(pairs[i]) < ALARMING && !isErrorWorded(template, names)) continue;
      const sequel = made.get(leftOut) ?? sequelOf(leftOut);
      made.set(leftOut, sequel);
      sequels.set(template, sequel);
    }
  }
}

function first<T>(pairs: Int32Array, of: (symbol: number) => T | undefined): T | undefined {
  for (let i = 0; i < pairs.length; i += 2) {
    const found = of(pairs[i]);
    if (found !== undefined) return found;
  }
}

function sequelOf({ name, title }: Exclusion): Exclusion {
  return { why: "sequel", name, title, certain: false, windows: [] };
}
