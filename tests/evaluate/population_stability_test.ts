import assert from "node:assert/strict";
import { populationStability, SHIFTED } from "../../lib/evaluate/population_stability.ts";

Deno.test("populationStability() is what the formula says where every bin is large", () => {
  const { psi } = populationStability([5000, 5000], [8000, 2000])!;
  assert.ok(Math.abs(psi - (0.3 * Math.log(0.8 / 0.5) - 0.3 * Math.log(0.2 / 0.5))) < 1e-3);
});

Deno.test("populationStability() of equal distributions is what chance makes of it", () => {
  let seed = 7, sum = 0, chance = 0;
  const random = () => (seed = seed * 48271 % 2147483647) / 2147483647;
  const drawn = (size: number) => {
    const bins = new Array(10).fill(0);
    for (let i = 0; i < size; i++) bins[Math.floor(10 * random())]++;
    return bins;
  };
  for (let i = 0; i < 400; i++) {
    const stability = populationStability(drawn(500), drawn(300))!;
    sum += stability.psi;
    chance += stability.chance;
  }
  assert.ok(Math.abs(sum / chance - 1) < 0.1, `${sum / chance} times chance`);
});

Deno.test("populationStability() joins bins that are rare, and sees what is new where nothing was", () => {
  assert.ok(populationStability([1000, 0, 0, 0, 1], [1000, 0, 0, 0, 2])!.psi < 0.01);
  assert.equal(populationStability([1000, 0, 0], [1000, 0, 0])!.chance, 0);
  assert.ok(populationStability([900, 100, 0, 0], [300, 30, 0, 600])!.psi > SHIFTED);
  assert.equal(populationStability([3, 4], [0, 0]), null);
});
