import assert from "node:assert/strict";
import { leaveOneLogOut, spread, type Variant } from "./leave_one_out.ts";

/** A miner with the given scores on the logs a, b and c. */
const variant = (name: string, ...scores: number[]): Variant => ({
  name,
  logs: scores.map((score, i) => ({ name: "abc"[i], accuracy: [score + 0.1, score - 0.1, 0, 0] })),
});

Deno.test("leaveOneLogOut() scores each log by what is best on the others, not by what is best on itself", () => {
  const left = leaveOneLogOut([
    variant("shipped", 0.5, 0.5, 0.5),
    variant("good for a", 0.8, 0.5, 0.4),
    variant("good for b and c", 0.3, 0.6, 0.6),
  ]);
  assert.deepEqual(left.map(({ log, chosen }) => [log, chosen]), [
    ["a", "good for b and c"],
    ["b", "good for a"],
    ["c", "good for a"],
  ]);
  [0.3, 0.5, 0.4].forEach((score, i) => assert.ok(Math.abs(left[i].score - score) < 1e-9));
  assert.ok(left.every(({ shipped }) => Math.abs(shipped - 0.5) < 1e-9));
});

Deno.test("leaveOneLogOut() keeps what is shipped where another miner is only as good", () => {
  const left = leaveOneLogOut([variant("shipped", 0.1, 0.2, 0.3), variant("other", 0.3, 0.2, 0.1)]);
  assert.deepEqual(left.map(({ chosen, equal }) => [chosen, equal]), [
    ["shipped", 1],
    ["shipped", 2],
    ["other", 1],
  ]);
});

Deno.test("leaveOneLogOut() tells what only the log left out decided", () => {
  const [{ chosen, score, equal, lowest, lowestName }] = leaveOneLogOut([
    variant("shipped", 0.75, 0.5, 0.5),
    variant("worse for a", 0.25, 0.5, 0.5),
    variant("worse for all", 0.125, 0.25, 0.5),
  ]);
  assert.deepEqual([chosen, score, equal, lowest, lowestName], ["shipped", 0.75, 2, 0.25, "worse for a"]);
});

Deno.test("spread() gives the ends of each column without what is shipped", () => {
  const rows = [["as shipped", 0.9, 1, null], ["a", 0.8, 0.7, null], ["b", 0.6, 0.95, null]];
  assert.deepEqual(spread(rows), [["lowest of all", 0.6, 0.7, null], ["highest of all", 0.8, 0.95, null]]);
});
