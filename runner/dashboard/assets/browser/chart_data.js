/**
 * What a figure says, made ready to be drawn.
 *
 * @module
 */

/**
 * @typedef {object} ChartData As the page wrote it.
 * @property {"stack" | "ratio"} kind
 * @property {number} start
 * @property {number} slot
 * @property {{ name: string, look: string, values: (number | null)[], isListed?: boolean }[]} series
 * @property {number[]} marks
 * @property {{ from: number, to: number }} [during]
 */

/** From this value on what is small would not be seen beside what is large. */
const WIDE = 30;
/** Least height of a scale of multiples: the threshold's line is seen. */
const LEAST = 1.3;

/** Pixels that a bar must have to be told from the next one. */
const BAR = 3.5;

/**
 * @param {string} text
 * @param {number} width Pixels that there are for it: where they are too few for all slots, several become one.
 */
export function chartData(text, width) {
  const whole = /** @type {ChartData} */ (JSON.parse(text));
  const chart = coarser(whole, Math.max(1, Math.ceil(whole.series[0].values.length * BAR / width)));
  const { kind, start, slot, series, marks } = chart;
  const drawn = series.filter(({ isListed }) => !isListed);
  const length = drawn[0].values.length, times = Array.from({ length }, (_, i) => start + i * slot);
  const layers = kind === "ratio" ? marked(drawn[0], marks) : stacked(drawn);
  const most = Math.max(...drawn.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return {
    ...chart,
    layers,
    aligned: /** @type {import("./uplot.js").AlignedData} */ ([times, ...layers.map(({ values }) => values)]),
    range: /** @type {[number, number]} */ ([start, start + length * slot]),
    isWide: kind === "ratio" && most > WIDE,
    top: (/** @type {number} */ highest) =>
      kind === "ratio" ? Math.max(LEAST, 1.08 * highest) : Math.max(1, 1.05 * highest),
    unit: `${kind === "ratio" ? "highest" : "sum"} of ${lengthText(chart.slot)}`,
    textAt: (/** @type {number | null | undefined} */ place) => textAt(chart, place),
  };
}

/**
 * @param {number} length ms
 * @returns {string}
 */
function lengthText(length) {
  const minutes = length / 60_000;
  if (minutes >= 2880) return `${minutes / 1440} d`;
  return minutes >= 120 ? `${minutes / 60} h` : minutes >= 1 ? `${minutes} min` : `${length / 1000} s`;
}

/**
 * Every `step` slots as one: sums of counts, the highest of multiples.
 *
 * @param {ChartData} chart
 * @param {number} step
 * @returns {ChartData}
 */
function coarser(chart, step) {
  const { kind, slot, series, marks } = chart;
  if (step === 1) return chart;
  return {
    ...chart,
    slot: step * slot,
    marks: [...new Set(marks.map((place) => Math.floor(place / step)))],
    series: series.map((one) => ({ ...one, values: merged(one.values, step, kind) })),
  };
}

/**
 * @param {(number | null)[]} values
 * @param {number} step
 * @param {ChartData["kind"]} kind
 * @returns {(number | null)[]}
 */
function merged(values, step, kind) {
  return Array.from({ length: Math.ceil(values.length / step) }, (_, i) => {
    const present = values.slice(i * step, (i + 1) * step).filter((value) => value !== null);
    if (present.length === 0) return null;
    return kind === "ratio" ? Math.max(...present) : present.reduce((sum, value) => sum + value, 0);
  });
}

/**
 * Each layer holds what those in front of it hold, too: the last series is drawn first, and highest.
 *
 * @param {ChartData["series"]} series
 */
function stacked(series) {
  const sums = series[0].values.map(() => 0);
  return series.map(({ look, values }) => ({
    look,
    values: values.map((value, i) => (sums[i] += value ?? 0) === 0 ? null : sums[i]),
  })).reverse();
}

/**
 * What is not marked, and what is.
 *
 * @param {ChartData["series"][number]} series
 * @param {number[]} marks
 */
function marked({ look, values }, marks) {
  const places = new Set(marks);
  return [
    { look, values: values.map((value, i) => places.has(i) ? null : value) },
    { look: "anomalous", values: values.map((value, i) => places.has(i) ? value : null) },
  ];
}

/**
 * @param {ChartData} chart
 * @param {number | null | undefined} place
 * @returns {string}
 */
function textAt({ kind, start, slot, series }, place) {
  if (place === null || place === undefined) return "";
  const { zone } = document.body.dataset, at = start + place * slot;
  const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: zone });
  const values = series.map(({ name, values }) => [name, values[place]]).filter(([, value]) =>
    value !== null && value !== 0
  );
  const figures = values.map(([name, value]) =>
    `${name} ${Number(Number(value).toPrecision(3)).toLocaleString("en")}`
  );
  const said = figures.length > 0 ? figures.join(", ") : kind === "ratio" ? "not judged" : "nothing";
  return `${time.format(at)}–${time.format(at + slot)}: ${said}`;
}
