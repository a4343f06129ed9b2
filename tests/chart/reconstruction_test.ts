import assert from "node:assert/strict";
import { reconstruction } from "../../lib/chart/reconstruction.ts";
import type { FeatureColumn } from "../../lib/feature/feature_matrix.ts";

const COLUMNS: FeatureColumn[] = [
  ...["paid", "packed", "sent"].map((id) => ({ kind: "template" as const, id, title: `order <*> ${id}` })),
  { kind: "unseen", id: "unseen", title: "templates unseen in training" },
  { kind: "level", id: "error", title: "error" },
];

type Part = {
  title: { text: string };
  data: { values: { column: string; actual: number; rebuilt: number }[] };
};
const partsOf = (chart: ReturnType<typeof reconstruction>) => chart.spec.hconcat as Part[];

const LOST = { name: "order 7", actual: [1, 0, 0, 2, 0], rebuilt: [1, 0.98, 0.4, 0, 0.01] };
const USUAL = { name: "order 8", actual: [1, 1, 1, 0, 0], rebuilt: [1, 1.02, 1, 0, 0] };

Deno.test("reconstruction() shows what differs most first, and the same of every window", () => {
  const [lost, usual] = partsOf(reconstruction(COLUMNS, [LOST, USUAL]));
  const names = [
    "templates unseen in training",
    "order <*> packed",
    "order <*> sent",
    "order <*> paid",
  ]; // no records of level error: nowhere counted, nowhere rebuilt
  assert.deepEqual(lost.data.values.map(({ column }) => column), names);
  assert.deepEqual(usual.data.values.map(({ column }) => column), names);
  assert.deepEqual(lost.data.values[0], {
    ...{ window: "order 7", column: "templates unseen in training", actual: 2, rebuilt: 0 },
  });
  assert.deepEqual([lost, usual].map(({ title }) => title.text), ["order 7", "order 8"]);
});

Deno.test("reconstruction() says in words what differs, and that nothing does", () => {
  assert.equal(
    reconstruction(COLUMNS, [LOST, USUAL], { title: "Orders" }).toText(),
    "Orders. order 7: templates unseen in training 2, rebuilt 0; order <*> packed 0, rebuilt 0.98; " +
      "order <*> sent 0, rebuilt 0.4. order 8: rebuilt as it is.",
  );
});

Deno.test("reconstruction() names a level as one, and keeps to its limit", () => {
  const failed = { name: "order 9", actual: [1, 0, 0, 0, 3], rebuilt: [1, 1, 0, 0, 0] };
  const [part] = partsOf(reconstruction(COLUMNS, [failed], { limit: 1 }));
  assert.deepEqual(part.data.values.map(({ column }) => column), ["records of level error"]);
});

Deno.test("reconstruction() of no windows, and of empty ones, is an empty chart", () => {
  const empty = { name: "silence", actual: new Float32Array(5), rebuilt: new Float64Array(5) };
  for (const windows of [[], [empty]]) {
    assert.equal(reconstruction(COLUMNS, windows).toText(), "Counted and rebuilt: nothing is counted");
  }
});

Deno.test("reconstruction() refuses counts of other columns, and a limit that is none", () => {
  const short = { name: "order 1", actual: [1], rebuilt: [1, 0, 0, 0, 0] };
  assert.throws(
    () => reconstruction(COLUMNS, [short]),
    /^RangeError: Cannot chart a reconstruction: order 1 has 1 and 5 counts of 5 columns$/,
  );
  assert.throws(() => reconstruction(COLUMNS, [USUAL], { limit: 0 }), RangeError);
});
