import assert from "node:assert/strict";
import fc from "fast-check";
import { thinned } from "../../lib/chart/thinned.ts";

Deno.test("thinned() keeps both ends of every place, in order, and nothing else", () => {
  fc.assert(fc.property(fc.array(fc.nat({ max: 50 })), (values) => {
    const points = values.toSorted((a, b) => a - b).map((x, i) => ({ x, i }));
    const place = ({ x }: { x: number }) => Math.floor(x / 10), kept = thinned(points, place);
    for (const [at, own] of Map.groupBy(points, place)) {
      const left = kept.filter((point) => place(point) === at);
      assert.deepEqual(left, own.length === 1 ? own : [own[0], own.at(-1)]);
    }
  }));
});
