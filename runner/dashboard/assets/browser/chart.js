/**
 * A chart on a canvas: values where the pointer is, on all charts of the page at once, and a brush that leads to the span it covers.
 *
 * @module
 */
import uPlot from "./uplot.js";
import { chartData } from "./chart_data.js";
import { axes, colour } from "./chart_look.js";
import { COLOURS_CHANGED } from "./theme_switch.js";
import { addressWith } from "./zones.js";

/** Pixels that a brush must cover to be meant. */
const MEANT = 6;

/**
 * Draws a figure's chart, again when its size or the colours are others.
 *
 * @param {HTMLElement} figure
 * @returns {(data: string) => void} Draws it with other data.
 */
export function drawChart(figure) {
  const place = /** @type {HTMLElement} */ (figure.querySelector(".plot"));
  let data = /** @type {string} */ (figure.dataset.chart), width = 0;
  /** @type {uPlot | undefined} */
  let plot;
  const draw = () => {
    plot?.destroy();
    width = place.clientWidth;
    plot = width > 0 ? plotOf(figure, place, chartData(data, width)) : undefined;
  };
  draw();
  document.addEventListener(COLOURS_CHANGED, draw);
  new ResizeObserver(() => place.clientWidth !== width && draw()).observe(place);
  return (next) => {
    data = next;
    draw();
  };
}

/**
 * @param {HTMLElement} figure
 * @param {HTMLElement} place
 * @param {ReturnType<typeof chartData>} chart
 */
function plotOf(figure, place, chart) {
  const { aligned, layers, range, isWide } = chart;
  const unit = figure.querySelector(".unit");
  if (unit !== null) unit.textContent = chart.unit;
  const bars = /** @type {NonNullable<uPlot.Series.BarsPathBuilderFactory>} */ (uPlot.paths.bars);
  const options = /** @type {uPlot.Options} */ ({
    width: place.clientWidth,
    height: place.clientHeight,
    ms: 1,
    legend: { show: false },
    padding: [6, 16, 0, 0],
    scales: {
      x: { range: () => range },
      y: { range: (_, __, most) => [0, chart.top(most)], distr: isWide ? 4 : 1, asinh: 1 },
    },
    axes: axes(chart.kind),
    series: [
      {},
      ...layers.map(({ look }) => ({
        fill: colour(look),
        width: 0,
        points: { show: false },
        paths: bars({ size: [.92, Infinity], align: 1 }),
      })),
    ],
    cursor: {
      sync: { key: "time" },
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false },
    },
    hooks: {
      drawClear: [(plot) => band(plot, chart)],
      draw: [(plot) => thresholdLine(plot, chart)],
      setCursor: [(plot) => readOut(figure, plot, chart)],
      setSelect: [(plot) => zoom(plot, chart)],
    },
  });
  return new uPlot(options, aligned, place);
}

/**
 * The span that stands out, behind everything.
 *
 * @param {uPlot} plot
 * @param {ReturnType<typeof chartData>} chart
 */
function band({ ctx, bbox, valToPos }, { during }) {
  if (during === undefined) return;
  const place = (/** @type {number} */ at) =>
    Math.min(bbox.left + bbox.width, Math.max(bbox.left, valToPos(at, "x", true)));
  const [from, to] = [place(during.from), place(during.to)];
  ctx.fillStyle = colour("during");
  ctx.fillRect(from, bbox.top, Math.max(2, to - from), bbox.height);
}

/**
 * @param {uPlot} plot
 * @param {ReturnType<typeof chartData>} chart
 */
function thresholdLine({ ctx, bbox, valToPos }, { kind }) {
  if (kind !== "ratio") return;
  const at = Math.round(valToPos(1, "y", true)) + .5;
  ctx.save();
  ctx.strokeStyle = colour("threshold");
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4, 3]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, at);
  ctx.lineTo(bbox.left + bbox.width, at);
  ctx.stroke();
  ctx.restore();
}

/**
 * Says what there is where the pointer is.
 *
 * @param {HTMLElement} figure
 * @param {uPlot} plot
 * @param {ReturnType<typeof chartData>} chart
 */
function readOut(figure, { cursor }, chart) {
  const place = figure.querySelector(".readout"), { left = -1 } = cursor;
  if (place !== null) place.textContent = left < 0 ? "" : chart.textAt(cursor.idx);
}

/**
 * Leads to the span that was brushed.
 *
 * @param {uPlot} plot
 * @param {ReturnType<typeof chartData>} chart
 */
function zoom({ select, posToVal }, { slot }) {
  if (select.width < MEANT) return;
  const from = Math.floor(posToVal(select.left, "x") / slot) * slot;
  const to = Math.ceil(posToVal(select.left + select.width, "x") / slot) * slot;
  const text = (/** @type {number} */ at) => new Date(at).toISOString().replace(".000Z", "Z");
  location.assign(addressWith({ last: null, from: text(from), to: text(to) }));
}
