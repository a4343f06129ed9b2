import assert from "node:assert/strict";
import fc from "fast-check";
import { gammaTail, lowerTail, poissonTail, upperTail } from "../../../lib/detector/series/count_tail.ts";

/** P(X = i) of a negative binomial for i from 0 on, by its recurrence. */
function masses(mean: number, dispersion: number, length: number): number[] {
  const k = 1 / dispersion, share = mean / (k + mean), all = [(k / (k + mean)) ** k];
  for (let i = 1; i < length; i++) all.push(all[i - 1] * share * (k + i - 1) / i);
  return all;
}

const cases = fc.tuple(
  fc.double({ min: 0.1, max: 60, noNaN: true }),
  fc.double({ min: 0.05, max: 5, noNaN: true }),
  fc.integer({ min: 0, max: 120 }),
);

Deno.test("lowerTail() and upperTail() are the sums of the negative binomial's masses", () => {
  fc.assert(fc.property(cases, ([mean, dispersion, count]) => {
    const all = masses(mean, dispersion, count + 1),
      below = all.slice(0, count).reduce((sum, p) => sum + p, 0);
    assert(Math.abs(10 ** -lowerTail(count, mean, dispersion) - (below + all[count])) < 1e-6);
    assert(Math.abs(10 ** -upperTail(count, mean, dispersion) - (1 - below)) < 1e-6);
  }));
});

Deno.test("lowerTail() rises as the count falls, and upperTail() as it rises, however far", () => {
  for (const [mean, dispersion] of [[40, 0], [5000, 0.05], [3, 4]]) {
    let low = Infinity, high = -1;
    for (let count = 0; count <= 20 * mean; count += Math.ceil(mean / 4)) {
      const [lower, upper] = [lowerTail(count, mean, dispersion), upperTail(count, mean, dispersion)];
      assert(lower <= low && upper >= high && Number.isFinite(lower) && upper <= 300, `${count} of ${mean}`);
      [low, high] = [lower, upper];
    }
  }
});

Deno.test("poissonTail() is exact for rates of any size", () => {
  for (const [count, mean] of [[1, 1e-6], [3, 0.2], [10, 10], [80, 20]]) {
    let term = Math.exp(-mean), below = 0;
    for (let i = 0; i < count; i++) [below, term] = [below + term, term * mean / (i + 1)];
    assert(Math.abs(10 ** -poissonTail(count, mean) - (1 - below)) < 1e-12, `${count} at ${mean}`);
  }
  assert.equal(poissonTail(0, 3), 0);
  assert.equal(poissonTail(1, 0), 300);
});

Deno.test("gammaTail() of whole shapes is Erlang's", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 12 }),
    fc.double({ min: 0.1, max: 30, noNaN: true }),
    fc.double({ min: 0.1, max: 80, noNaN: true }),
    (shape, mean, time) => {
      const x = time * shape / mean;
      let term = Math.exp(-x), tail = 0;
      for (let i = 0; i < shape; i++) [tail, term] = [tail + term, term * x / (i + 1)];
      assert(Math.abs(gammaTail(time, mean, shape) + Math.log10(tail)) < 1e-6 || tail < 1e-290);
    },
  ));
});
