/**
 * Charts are drawn when they come into sight: until then, and without this, they are the plain shapes that the page came with.
 *
 * @module
 */

/** @type {WeakMap<Element, { data: string, redraw: (data: string) => void }>} */
const drawn = new WeakMap();

const sight = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) void draw(/** @type {HTMLElement} */ (target));
  }
}, { rootMargin: "200px" });

/**
 * Watches the charts in a part of the page, and draws those anew whose figures are others.
 *
 * @param {ParentNode} part
 */
export function chartsOf(part) {
  for (const figure of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("figure[data-chart]"))) {
    const data = /** @type {string} */ (figure.dataset.chart), known = drawn.get(figure);
    if (known === undefined) sight.observe(figure);
    else if (known.data !== data) {
      known.data = data;
      known.redraw(data);
    }
  }
}

/** @param {HTMLElement} figure */
async function draw(figure) {
  sight.unobserve(figure);
  const { drawChart } = await import("./chart.js");
  const data = /** @type {string} */ (figure.dataset.chart);
  if (!drawn.has(figure)) drawn.set(figure, { data, redraw: drawChart(figure) });
}
