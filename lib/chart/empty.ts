/**
 * The chart of no data.
 *
 * @module
 */
import { Chart, type ChartOptions } from "./chart.ts";

/** Width and height of a chart's plot, in pixels. */
export const PLOT = { width: 720, height: 240 };

/** A chart that only says that there is nothing to draw: an empty period is not an error. */
export function emptyChart(title: string, reason: string, options: ChartOptions): Chart {
  const body = () => ({
    title,
    width: PLOT.width,
    height: 60,
    data: { values: [{ text: reason }] },
    mark: { type: "text", fontSize: 13 },
    encoding: { text: { field: "text", type: "nominal" } },
  });
  return new Chart(body, `${title}: ${reason}`, options);
}
