import assert from "node:assert/strict";
import { seededRandom } from "../../../lib/detector/seeded_random.ts";
import {
  fitLine,
  type FittedLine,
  middles,
  valueAt,
} from "../../../lib/ensemble/session_values/slot_line.ts";

/** Log-normal values, ascending. */
function lognormal(count: number, spread: number, seed = 1): Float64Array {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Float64Array.from({ length: count }, () => 200 * Math.exp(spread * normal())).sort();
}

const fitted = (values: Float64Array, rate = 1e-4, isTime = true) => {
  const line = fitLine(values, rate, isTime);
  assert(typeof line !== "string", `refused: ${line}`);
  return line;
};
const lineOf = (line: FittedLine) => valueAt(line, line.line);

Deno.test("fitLine() draws a line that hardly any further value exceeds, however widely they differ", () => {
  for (const spread of [.2, .5, .8]) {
    const line = lineOf(fitted(lognormal(1000, spread))), further = lognormal(200_000, spread, 2);
    const rate = further.filter((value) => value > line).length / further.length;
    assert(rate < 5e-4, `${spread}: ${rate}`);
    assert(line < 200 * 40, `${spread}: ${line}`);
  }
});

Deno.test("fitLine() is nowhere below the greatest value, nor near what all have", () => {
  const values = lognormal(300, .3), greatest = values[299];
  assert(lineOf(fitted(values)) >= greatest - 1e-6);
  const alike = Float64Array.from({ length: 300 }, (_, i) => 1000 + i / 100);
  assert(lineOf(fitted(alike)) > 1490); // half as much again
});

Deno.test("fitLine() refuses what can't be judged, and says why", () => {
  assert.equal(fitLine(lognormal(99, .3), 1e-4, true), "few");
  assert.equal(fitLine(lognormal(1000, 3), 1e-4, true), "wide");
  const limit = Float64Array.from(lognormal(1000, .5), (value) => Math.min(value, 250));
  assert.equal(fitLine(limit, 1e-4, false), "limited");
  const seconds = Float64Array.from(
    { length: 1000 },
    (_, i) => i < 700 ? 0 : i < 900 ? 1000 : 1000 * (i - 898),
  );
  assert.equal(fitLine(seconds, 1e-4, true), "coarse");
});

Deno.test("fitLine() judges numbers that are mostly 0 by the least one above it", () => {
  const retries = Float64Array.from({ length: 1000 }, (_, i) => i < 900 ? 0 : i < 990 ? 1 : i < 998 ? 2 : 3);
  const line = lineOf(fitted(retries, 1e-4, false));
  assert(line >= 3 && line < 50, `${line}`);
});

Deno.test("middles() are those of five values behind each other", () => {
  assert.deepEqual(middles([5, 1, 4, 2, 3, 9, 9]), [3, 3, 4]);
  assert.deepEqual(middles([1, 2, 3, 4]), []);
});
