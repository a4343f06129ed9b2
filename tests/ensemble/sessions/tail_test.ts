import assert from "node:assert/strict";
import { quantile, Tail } from "../../../lib/ensemble/sessions/tail.ts";

Deno.test("Tail.surprise() is -ln of the share of held-back values that are as large", () => {
  const tail = Tail.of([0, 0, 1, 2, 3]);
  [0, Math.log(6 / 4), Math.log(6 / 2)].forEach((surprise, i) =>
    assert(Math.abs(tail.surprise([0, 1, 3][i]) - surprise) < 1e-12)
  );
});

Deno.test("Tail.surprise() grows beyond the largest held-back value, by two nats at most", () => {
  const tail = Tail.of([0, 0, 1, 2, 3]), most = -Math.log(1 / 6);
  assert(tail.surprise(3.1) > most);
  assert.equal(tail.surprise(1e9), most + 2);
});

Deno.test("Tail.ownSurprise() ranks a held-back value among the others", () => {
  const tail = Tail.of([0, 0, 0, 5]);
  assert.equal(tail.ownSurprise(0), 0);
  assert(tail.ownSurprise(5) > -Math.log(1 / 4));
});

Deno.test("Tail.of() refuses no values", () => {
  assert.throws(() => Tail.of([]), RangeError);
});

Deno.test("quantile() interpolates between ascending values", () => {
  assert.deepEqual([0, .5, .75, 1].map((share) => quantile([1, 2, 3], share)), [1, 2, 2.5, 3]);
});
