/**
 * What can be drawn of an alert: the scores of its service, or of its stream's sessions, around it.
 *
 * @module
 */
import type { ActivityScore, State } from "../../lib/mod.ts";
import type { Alert } from "./alert.ts";
import type { MessageChart } from "./message.ts";

/** Windows that are shown before an alert at the least; as many after it, as far as they are judged. */
const AROUND = 24;

/** Spans of time that are drawn at the most: a bar is some pixels wide. */
const MOST_SPANS = 120;

/** Where scores are looked up: {@linkcode State}. */
export type ScoreSource = Pick<State, "highestScores">;

/**
 * The scores around an alert: before it at least as long as it lasts. `undefined` where its windows have no times.
 *
 * @param window Length of the stream's time windows, ms.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { chartOf } from "./message_chart.ts";
 *
 * const alert = { stream: "shop", service: "shop", kind: "window" as const, start: 3_600_000, end: 3_900_000 };
 * const scores = [{ start: 3_300_000, score: 1, threshold: 2, anomalous: false }, { start: 3_600_000, score: 6, threshold: 2, anomalous: true }];
 * const chart = chartOf(alert, 300_000, { highestScores: () => scores })!;
 * assert.deepEqual([chart.ratios.slice(-2), chart.anomalous], [[0.5, 3], [chart.ratios.length - 1]]);
 * ```
 */
export function chartOf(
  { stream, service, kind, start, end }: Pick<Alert, "stream" | "service" | "kind" | "start" | "end">,
  window: number,
  source: ScoreSource,
): MessageChart | undefined {
  if (start === null || end === null) return undefined;
  const around = Math.max(AROUND * window, end - start);
  const size = window * Math.max(1, Math.ceil((2 * around + end - start) / window / MOST_SPANS));
  const from = Math.floor((start - around) / size) * size, to = end + around;
  const scores = source.highestScores(stream, from, to, size, {
    kind,
    ...kind === "window" && { service },
  });
  if (scores.length === 0) return undefined;
  const spans = scores.map((score) => Math.floor((score.start - from) / size)), [first] = spans;
  const ratios = Array.from<number | null>({ length: spans.at(-1)! - first + 1 }).fill(null);
  scores.forEach((score, i) => ratios[spans[i] - first] = ratioOf(score));
  const anomalous = spans.filter((_, i) => scores[i].anomalous).map((span) => span - first);
  return { start: from + first * size, size, ratios, anomalous };
}

/** With three digits: it is drawn. */
function ratioOf({ score, threshold }: ActivityScore): number | null {
  const ratio = score / threshold;
  return Number.isFinite(ratio) ? Number(ratio.toPrecision(3)) : null;
}
