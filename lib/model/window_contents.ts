/**
 * What windows held: the templates that tell them from others like them, with a line of each.
 *
 * @module
 */
import type { Input } from "../source/input.ts";
import { type FirstLine, firstLines } from "./first_lines.ts";
import type { ScannedLog } from "./scan_once.ts";
import type { StreamModel } from "./stream_model.ts";

/** A template in a window. */
export interface HeldTemplate {
  id: string;
  /** Redacted. */
  text: string;
  /** Records in the window. */
  count: number;
  /**
   * Those that a normal window like it has on average: of the same service, or any session; of the time that was learned from,
   * where the log reaches back to it.
   */
  usual: number;
  /** Its first line in the window, redacted; empty where it has none. */
  line: string;
}

/** How {@linkcode windowContents} goes about it. */
export interface WindowContentsOptions {
  /** The model that the windows were judged by. */
  model: StreamModel;
  /** The logs that the windows are of, to be read once more for the lines; closed at the end. */
  inputs: Input[];
  /** Templates of a time window at the most; default 3. */
  templates?: number;
  /** Templates of a session at the most; default 20. */
  events?: number;
  /** Ids of templates that stand first in a time window, whatever their counts: those that a verdict is about; default none. */
  first?: (row: number) => readonly string[];
}

/**
 * What windows held. Of a time window: the templates whose counts differ most from what is usual, the most striking first, also
 * ones that it lacks. Of a session: its templates in the order in which they came.
 *
 * @param scanned What `scanOnce` found.
 * @param wanted Rows of `scanned.windows`.
 * @returns By row.
 *
 * @example Two calm minutes teach; what did the third one hold?
 * ```ts
 * import assert from "node:assert/strict";
 * import { stdinInput } from "../source/stdin.ts";
 * import { fitStream } from "./fit.ts";
 * import { learn } from "./learn.ts";
 * import { scanOnce } from "./scan_once.ts";
 * import { streamSettings } from "./stream_settings.ts";
 * import { windowContents } from "./window_contents.ts";
 *
 * const log = (...lines: string[]) => [stdinInput(new Blob(lines.map((line) => `2026-03-02T${line}\n`)).stream())];
 * const calm = ["10:00:01 INFO all is well", "10:01:02 INFO all is well"], full = "10:02:30 ERROR disk full";
 * const learned = await learn(streamSettings({ name: "web", window: 60_000 }), log(...calm));
 * const threshold = { rule: "quantile", level: .99, k: 3 }; // so little says nothing of false alarms a day
 * const model = await fitStream(learned, { detectors: ["new-template"], threshold });
 *
 * const scanned = await scanOnce(model, log(...calm, full));
 * const contents = await windowContents(scanned, [2], { model, inputs: log(...calm, full) });
 * const [{ text, count, usual, line }] = contents.get(2)!;
 * assert.deepEqual([text, count, usual], ["disk full", 1, 0]);
 * assert.equal(line, `2026-03-02T${full}`);
 * ```
 */
export async function windowContents(
  scanned: ScannedLog,
  wanted: readonly number[],
  options: WindowContentsOptions,
): Promise<Map<number, HeldTemplate[]>> {
  const { model, templates = 3, events = 20, first = () => [] } = options, { catalogue } = model;
  const lines = await firstLines(scanned, wanted, options), means = new Map<string, Map<number, number>>();
  return new Map(wanted.map((row) => {
    const like = likeOf(scanned, row), isSession = scanned.windows.isSession(row);
    if (!means.has(like)) means.set(like, usualCounts(scanned, like, model));
    const usual = means.get(like)!, counts = countsOf(scanned, row), own = lines.get(row)!;
    const wantedFirst = isSession
      ? []
      : first(row).map((id) => catalogue.indexOf(id)).filter((template) => template >= 0);
    const held = [...new Set([...wantedFirst, ...counts.keys(), ...(isSession ? [] : usual.keys())])]
      .map((template) => ({ template, count: counts.get(template) ?? 0, usual: usual.get(template) ?? 0 }));
    const place = ({ template }: Counted) =>
      wantedFirst.includes(template) ? wantedFirst.indexOf(template) : Infinity;
    const inOrder = isSession ? byTime(own) : (a: Counted, b: Counted) => strikes(b) - strikes(a);
    held.sort((a, b) =>
      (place(a) === place(b) ? inOrder(a, b) : place(a) - place(b)) || a.template - b.template
    );
    return [
      row,
      held.slice(0, isSession ? events : templates).map(({ template, count, usual }) => {
        const { id, text } = catalogue.template(template);
        return { id, text, count, usual, line: own.get(template)?.text ?? "" };
      }),
    ];
  }));
}

/** A template by number, and how often it is in a window. */
interface Counted {
  template: number;
  count: number;
  usual: number;
}

/** The order in which templates came; those without a line last. */
function byTime(lines: ReadonlyMap<number, FirstLine>): (a: Counted, b: Counted) => number {
  const order = ({ template }: Counted) => lines.get(template)?.order ?? Number.MAX_SAFE_INTEGER;
  return (a, b) => order(a) - order(b);
}

/** How far a count lies from what is usual, in deviations of a count that happens by chance. */
function strikes({ count, usual }: { count: number; usual: number }): number {
  return Math.abs(count - usual) / Math.sqrt(usual + 1);
}

/** What a window is compared with: the windows of its service, or all sessions. */
function likeOf({ windows }: ScannedLog, row: number): string {
  return windows.isSession(row) ? "sessions" : `service ${windows.service[row]}`;
}

/** Records by template, whatever their levels. */
function countsOf({ vectors, windows }: ScannedLog, row: number): Map<number, number> {
  const { symbols, counts } = vectors.counts(windows.vector[row]), sums = new Map<number, number>();
  symbols.forEach((symbol, i) => sums.set(symbol >> 3, (sums.get(symbol >> 3) ?? 0) + counts[i]));
  return sums;
}

/** Mean counts of the normal windows that are alike, of the time that was learned from where there are any. */
function usualCounts(scanned: ScannedLog, like: string, { trained }: StreamModel): Map<number, number> {
  const alike = [...scanned.windows.start.keys()]
    .filter((row) => !scanned.anomalous.has(row) && likeOf(scanned, row) === like);
  const learned = alike.filter((row) => scanned.windows.start[row] <= trained.to);
  const rows = learned.length > 0 ? learned : alike, sums = new Map<number, number>();
  for (const same of Map.groupBy(rows, (row) => scanned.windows.vector[row]).values()) {
    for (const [template, count] of countsOf(scanned, same[0])) {
      sums.set(template, (sums.get(template) ?? 0) + same.length * count);
    }
  }
  return new Map([...sums].map(([template, sum]) => [template, sum / rows.length]));
}
