import assert from "node:assert/strict";
import fc from "fast-check";
import { ScoreRing } from "../../lib/threshold/score_ring.ts";

Deno.test("ScoreRing holds the last scores, none of them below what was pushed", () => {
  const score = fc.double({ min: -1e300, max: 1e30, noNaN: true });
  fc.assert(fc.property(fc.array(score), fc.integer({ min: 1, max: 20 }), (scores, capacity) => {
    const ring = new ScoreRing(capacity);
    for (const one of scores) ring.push(one, "judged");
    const last = scores.slice(-capacity), held = ring.inOrder();
    assert.equal(held.length, last.length);
    held.forEach((one, i) => {
      assert(one >= last[i]);
      if (Math.abs(last[i]) > 1e-37 && last[i] > -3e38) assert(one - last[i] <= Math.abs(last[i]) * 2 ** -22);
    });
  }));
});

Deno.test("ScoreRing counts what is held, and not what has gone", () => {
  const ring = new ScoreRing(3);
  for (const origin of ["calibration", "alert", "judged", "judged"] as const) ring.push(1, origin);
  assert.deepEqual([ring.length, ring.judged, ring.alerts], [3, 3, 1]);
  ring.push(1, "judged");
  assert.equal(ring.alerts, 0);
});

Deno.test("ScoreRing copy() changes apart", () => {
  const ring = new ScoreRing(2);
  ring.push(1, "alert");
  const copy = ring.copy();
  copy.push(2, "judged");
  copy.push(3, "judged");
  assert.deepEqual([...ring.inOrder(), ring.alerts], [1, 1]);
  assert.deepEqual([...copy.inOrder(), copy.alerts], [2, 3, 0]);
});
