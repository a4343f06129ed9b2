import assert from "node:assert/strict";
import { budgetCurve } from "../../lib/chart/budget_curve.ts";

const trial = (budget: number, known = true) => ({
  budget,
  alerts: 7 * budget,
  falseAlerts: known ? budget : null,
  found: known ? 3 : null,
});

/** Values that a chart draws. */
function valuesOf(chart: ReturnType<typeof budgetCurve>) {
  const [lines] = chart.spec.layer as {
    data: { values: { budget: number; what: string; value: number }[] };
  }[];
  return lines.data.values;
}

Deno.test("budgetCurve() draws alerts, false ones and incidents found, by growing budgets", () => {
  const chart = budgetCurve([trial(2), trial(0.5), trial(1)]);
  assert.equal(
    chart.toText(),
    "Alerts a week by budget: 3 budgets, 0.5 to 2; alerts 3.5 to 14, false alerts 0.5 to 2, incidents found 3.",
  );
  assert.deepEqual(
    valuesOf(chart).filter(({ what }) => what === "alerts").map(({ budget, value }) => [budget, value]),
    [[0.5, 3.5], [1, 7], [2, 14]],
  );
});

Deno.test("budgetCurve() draws no lines of what nobody knows", () => {
  const chart = budgetCurve([trial(1, false), trial(2, false)]);
  assert.deepEqual([...new Set(valuesOf(chart).map(({ what }) => what))], ["alerts"]);
  assert.match(chart.toText(), /2 budgets, 1 to 2; alerts 7 to 14\.$/);
});

Deno.test("budgetCurve() marks the chosen budget, also beyond the others", async () => {
  const chart = budgetCurve([trial(1)], { chosen: 5, unit: "Alarms a day" }), svg = await chart.svg();
  assert.match(svg, /chosen: 5/);
  assert.match(svg, /Alarms a day/);
  assert.equal((chart.spec.layer as unknown[]).length, 3);
  assert.equal((budgetCurve([trial(1)], { chosen: 0 }).spec.layer as unknown[]).length, 1);
});

Deno.test("budgetCurve() leaves out budgets that can't be drawn; of none it is an empty chart", () => {
  assert.match(budgetCurve([trial(0), trial(NaN), trial(Infinity), trial(3)]).toText(), /: 1 budget, 3; /);
  assert.equal(budgetCurve([trial(-1)]).toText(), "Alerts a week by budget: no budgets");
});

Deno.test("budgetCurve() draws a line through the points of each", async () => {
  const svg = await budgetCurve([trial(1), trial(2), trial(4)]).svg();
  assert.equal(svg.match(/<path d="M[\d.,]+L[\d.,]+L[\d.,]+" stroke=/g)?.length, 3);
});
