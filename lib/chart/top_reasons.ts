/**
 * What anomalous windows were mostly about.
 *
 * @module
 */
import type { Reason, Verdict } from "../explain/reason.ts";
import { reasonTitle, type TitledReason } from "../explain/reason_title.ts";
import { countText, numberText } from "../table/figures.ts";
import { Chart, type ChartOptions, titleOf } from "./chart.ts";
import { emptyChart, PLOT } from "./empty.ts";
import { uniqueLabels } from "./printable.ts";
import { checkedLimit } from "./row_labels.ts";
import type { Palette } from "./theme.ts";

/** What the chart needs of a verdict. */
export interface ExplainedWindow extends Pick<Verdict, "anomalous"> {
  reasons: readonly (Pick<Reason, "id" | "share"> & TitledReason)[];
}

/** Options of {@linkcode topReasons}. */
export interface TopReasonsOptions extends ChartOptions {
  /** Bars, at most. Default 10. */
  limit?: number;
}

/**
 * Bars of the reasons that explain most anomalous windows: a reason counts its shares, so the bars of all reasons sum to the windows.
 *
 * @param windows Normal ones are passed over.
 * @throws {RangeError} if `limit` is not a positive integer.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { topReasons } from "./top_reasons.ts";
 *
 * const reasons = [{ id: "e1", title: "Connection refused", share: 0.75 }, { id: "e2", title: "Retry", share: 0.25 }];
 * assert.match(topReasons([{ anomalous: true, reasons }]).toText(), /Connection refused \(0\.75\), Retry \(0\.25\)/);
 * ```
 */
export function topReasons(windows: readonly ExplainedWindow[], options: TopReasonsOptions = {}): Chart {
  const limit = checkedLimit(options.limit ?? 10, "reasons");
  const title = titleOf(options, "Top reasons");
  const totals = totalsOf(windows).slice(0, limit);
  if (totals.length === 0) return emptyChart(title, "no anomalous windows", options);
  const labels = uniqueLabels(totals.map(({ title }) => title), 56);
  const values = totals.map(({ total }, index) => ({ reason: labels[index], total }));
  const body = ({ anomalous: color }: Palette) => ({
    title,
    width: PLOT.width - 280,
    height: { step: 26 },
    data: { values },
    mark: { type: "bar", color },
    encoding: {
      x: {
        field: "total",
        type: "quantitative",
        axis: { title: "Anomalous windows explained (sum of shares)" },
      },
      y: {
        field: "reason",
        type: "nominal",
        sort: null,
        axis: { title: "Reason", labelLimit: 0, maxExtent: 500 },
      },
    },
  });
  const anomalous = windows.filter((window) => window.anomalous).length;
  const list = values.map(({ reason, total }) => `${reason} (${numberText(total)})`).join(", ");
  return new Chart(body, `${title} of ${countText(anomalous, "anomalous window")}: ${list}.`, options);
}

/** Sums of shares by reason, greatest first. */
function totalsOf(windows: readonly ExplainedWindow[]): { id: string; title: string; total: number }[] {
  const totals = new Map<string, { id: string; title: string; total: number }>();
  for (const { anomalous, reasons } of windows) {
    if (!anomalous) continue;
    for (const reason of reasons) {
      const { id } = reason;
      let entry = totals.get(id);
      if (entry === undefined) totals.set(id, entry = { id, title: reasonTitle(reason), total: 0 });
      entry.total += reason.share;
    }
  }
  return [...totals.values()].sort((a, b) => b.total - a.total || (a.id < b.id ? -1 : 1));
}
