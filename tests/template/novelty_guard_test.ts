import assert from "node:assert/strict";
import { NoveltyGuard } from "../../lib/template/novelty_guard.ts";

/** Which of the lines `[from, to)`, all of them new, may be learned from. */
const admitted = (guard: NoveltyGuard, from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => guard.admits(from + i)).filter(Boolean).length;

Deno.test("NoveltyGuard.admits() stops where 3,000 lines of a window are new, and stays so while all are", () => {
  const guard = new NoveltyGuard();
  assert.equal(admitted(guard, 1, 20_000), 3000);
  assert.equal(guard.closed, true);
});

Deno.test("NoveltyGuard.admits() opens again one window after lines repeat", () => {
  const guard = new NoveltyGuard();
  admitted(guard, 1, 4096);
  assert.equal(guard.admits(4096), false); // a whole window is not learned from, in which this line alone is new
  assert.equal(guard.admits(8191), false);
  assert.equal(guard.admits(8192), true);
});

Deno.test("NoveltyGuard.admits() never stops where half of the lines are new", () => {
  const guard = new NoveltyGuard();
  for (let line = 1; line < 40_000; line += 2) assert.equal(guard.admits(line), true);
});

Deno.test("NoveltyGuard.toJSON() is where another goes on", () => {
  const guard = new NoveltyGuard();
  admitted(guard, 1, 3001);
  const other = new NoveltyGuard(guard.toJSON());
  assert.equal(other.admits(3001), guard.admits(3001));
  assert.deepEqual(other.toJSON(), guard.toJSON());
});
