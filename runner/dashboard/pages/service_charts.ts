/**
 * The charts that several views have: records by level, warnings and errors by themselves, anomalous windows, scores.
 *
 * @module
 */
import { LEVEL_CLASSES, type LevelClass } from "../data/series.ts";
import type { AnomalySeries, ScoreSeries, Volume } from "../data/series.ts";
import type { TimeChart } from "./chart.ts";
import type { Html, PageContext } from "./page_context.ts";
import { timeChart } from "./time_chart.ts";

/** A span of time that stands out. */
type During = TimeChart["during"];

/** Levels that say that something is wrong: among all records they would be too few to be seen. */
const WRONG: readonly LevelClass[] = ["fatal", "error", "warn"];

/** All records by level. */
export function volumeChart({ times, levels }: Volume, ctx: PageContext, during?: During): Html {
  const series = LEVEL_CLASSES.filter((level) => levels[level].some((count) => count > 0))
    .map((level) => ({
      name: level === "none" ? "no level" : level,
      look: `level-${level}`,
      values: levels[level],
    }));
  const nothing = "No records in this span.";
  return timeChart({ id: "volume", title: "Records", kind: "stack", times, series, during, nothing }, ctx);
}

/** Warnings and errors, the worst at the bottom. */
export function wrongChart({ times, levels }: Volume, ctx: PageContext, during?: During): Html {
  const series = WRONG.filter((level) => levels[level].some((count) => count > 0))
    .map((level) => ({ name: level, look: `level-${level}`, values: levels[level] }));
  const nothing = "No warnings and no errors in this span.";
  return timeChart({
    id: "wrong",
    title: "Warnings and errors",
    kind: "stack",
    times,
    series,
    during,
    nothing,
  }, ctx);
}

/** Anomalous windows; how many were judged stands in the table. */
export function anomalyChart(
  { times, anomalous, judged }: AnomalySeries,
  ctx: PageContext,
  during?: During,
): Html {
  const series = [
    { name: "anomalous", look: "anomalous", values: anomalous },
    { name: "judged", look: "calm", values: judged, isListed: true },
  ];
  const nothing = judged.some((count) => count > 0)
    ? "No anomalous window in this span."
    : "Nothing was judged in this span.";
  return timeChart({
    id: "anomalies",
    title: "Anomalous windows",
    kind: "stack",
    times,
    series,
    during,
    nothing,
  }, ctx);
}

/** Scores as multiples of their threshold. */
export function scoreChart(
  { times, ratios, anomalous }: ScoreSeries,
  ctx: PageContext,
  during?: During,
): Html {
  const series = [{ name: "score", look: "calm", values: ratios }],
    nothing = "Nothing was judged in this span.";
  return timeChart({
    ...{ id: "scores", title: "Score ÷ threshold", kind: "ratio", times, series, during, nothing },
    marks: anomalous,
  }, ctx);
}
