import assert from "node:assert/strict";
import fc from "fast-check";
import { ratiosOverTime } from "../../lib/chart/ratios_over_time.ts";

const START = Date.UTC(2026, 2, 2, 12), SIZE = 300_000;

function bars(ratios: (number | null)[], anomalous: number[] = []) {
  const { layer: [{ data, encoding }] } = ratiosOverTime({ start: START, size: SIZE, ratios, anomalous })
    .spec as {
      layer: [{
        data: { values: { from: number; to: number; ratio: number; kind: string }[] };
        encoding: { y: { scale: { type: string; domain: number[] } } };
      }];
    };
  return { values: data.values, scale: encoding.y.scale };
}

Deno.test("ratiosOverTime() draws a bar for each span that was judged, and says which are anomalous", () => {
  const { values } = bars([0.5, null, 3], [2]);
  assert.deepEqual(values.map(({ from, to, ratio, kind }) => [from, to, ratio, kind]), [
    [START, START + SIZE, 0.5, "normal"],
    [START + 2 * SIZE, START + 3 * SIZE, 3, "anomalous"],
  ]);
});

Deno.test("ratiosOverTime() always shows the threshold, and every bar within the axis", () => {
  const ratio = fc.oneof(
    fc.constant(null),
    fc.double({ min: 0, max: 1e9, noNaN: true }),
    fc.constant(Infinity),
  );
  fc.assert(fc.property(fc.array(ratio, { minLength: 1, maxLength: 200 }), (ratios) => {
    if (!ratios.some((one) => one !== null && Number.isFinite(one))) return;
    const { values, scale: { domain: [bottom, top], type } } = bars(ratios);
    assert.ok(bottom <= 1 && top > 1 && (type === "linear" || bottom > 0));
    for (const { ratio } of values) {
      assert.ok(bottom <= ratio && ratio <= top, `${ratio} in ${bottom}–${top}`);
    }
  }));
});

Deno.test("ratiosOverTime() takes a logarithmic axis where scores are twenty times the threshold", () => {
  assert.equal(bars([0.1, 20]).scale.type, "linear");
  assert.equal(bars([0.1, 21]).scale.type, "log");
});

Deno.test("ratiosOverTime() of nothing judged is an empty chart, not an error; a size of nothing is one", () => {
  assert.match(
    ratiosOverTime({ start: 0, size: 1, ratios: [null], anomalous: [] }).toText(),
    /nothing was judged/,
  );
  assert.throws(() => ratiosOverTime({ start: 0, size: 0, ratios: [1], anomalous: [] }), RangeError);
});
