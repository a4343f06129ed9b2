import assert from "node:assert/strict";
import { seededRandom } from "../../../lib/detector/seeded_random.ts";
import { thresholdTables } from "./thresholds.ts";

const WINDOWS = 3000;
const random = seededRandom(1);
const stream = {
  name: "made up",
  windowsPerDay: 48,
  fit: 500,
  calibration: 500,
  attacked: Uint8Array.from({ length: WINDOWS }, (_, window) => window >= 2990 ? 1 : 0),
};
const exponential = Float64Array.from({ length: WINDOWS }, () => -Math.log(1 - random()));
exponential.fill(1e6, 2990); // an attack: no false alert
const discrete = Float64Array.from({ length: WINDOWS }, () => random() < .9 ? 0 : 1);
const tables = thresholdTables([
  {
    stream,
    scores: [{ detector: "exponential", scores: exponential }, { detector: "discrete", scores: discrete }],
  },
]);

Deno.test("thresholdTables() finds the default right, and the brief's rule wrong, on scores drawn alike", () => {
  const rolling = tables.find(({ title }) => title === "The default at 1 alert a day, rolling, by detector")!;
  const exact = rolling.rows.find(([detector]) => detector === "exponential")!;
  const overall = exact[rolling.columns.indexOf("alerts: overall")] as number;
  assert(overall > .6 && overall < 1.4, `${overall}`);
  const { columns, rows } = tables.find(({ title }) => title.includes("static, 1 a day"))!;
  const brief = rows.find(([rule]) => rule === "mean + std (the brief's)")!;
  assert((brief[columns.indexOf("windows: worst")] as number) > 3); // 13.5 % of exponential scores exceed mean + std
});

Deno.test("thresholdTables() counts no cell where a rule draws no line", () => {
  const { columns, rows } = tables[0], cells = columns.indexOf("cells");
  assert.deepEqual(rows.map((row) => row[cells]), rows.map(([rule]) => rule === "median + 3 MAD" ? 1 : 2));
});
