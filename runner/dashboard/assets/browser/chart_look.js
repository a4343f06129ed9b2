/**
 * What charts look like: as the style sheet says.
 *
 * @module
 */

const DAY = 86_400_000;
const FONT = "11px system-ui, sans-serif";

/**
 * A colour of the style sheet, as it is now.
 *
 * @param {string} name
 * @returns {string}
 */
export function colour(name) {
  const probe = document.createElement("i");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Steps between whole numbers: 1, 2, 5, 10 … */
const WHOLE = Array.from({ length: 36 }, (_, i) => [1, 2, 5][i % 3] * 10 ** Math.floor(i / 3));

/**
 * Time below, figures at the left: of counts whole ones.
 *
 * @param {"stack" | "ratio"} kind
 * @returns {import("./uplot.js").Axis[]}
 */
export function axes(kind) {
  const base = { stroke: colour("quiet"), font: FONT, ticks: { show: false } };
  return [
    {
      ...base,
      grid: { show: false },
      size: 30,
      space: 64,
      gap: 4,
      values: (_, splits, __, ___, step) => timeLabels(splits, step),
    },
    {
      ...base,
      grid: { stroke: colour("line"), width: 1 },
      size: 42,
      space: 32,
      gap: 4,
      values: (_, splits) => splits.map(shortFigure),
      ...(kind === "stack" ? { incrs: WHOLE } : {}),
    },
  ];
}

/**
 * Times of day, with the date where it is another one than before.
 *
 * @param {number[]} splits
 * @param {number} step
 * @returns {string[]}
 */
function timeLabels(splits, step) {
  const timeZone = document.body.dataset.zone;
  const day = new Intl.DateTimeFormat("en-CA", { month: "2-digit", day: "2-digit", timeZone });
  const time = new Intl.DateTimeFormat("en-GB", { timeStyle: step < 60_000 ? "medium" : "short", timeZone });
  let before = "";
  return splits.map((at) => {
    const date = day.format(at), isNew = date !== before;
    before = date;
    if (step >= DAY) return date;
    return isNew ? `${time.format(at)}\n${date}` : time.format(at);
  });
}

/**
 * @param {number} value
 * @returns {string}
 */
function shortFigure(value) {
  return Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 }).format(value);
}
