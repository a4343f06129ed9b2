import assert from "node:assert/strict";
import type { Detector } from "../../lib/detector/detector.ts";
import { newTemplate } from "../../lib/detector/new_template.ts";
import { countParts } from "../../lib/ensemble/count_parts.ts";
import { pairsOf } from "../../lib/feature/event_window.ts";
import { ERROR, type Event, INFO, madeSpace, NAMES as names, windowOf } from "./made_scope.ts";

/** The parts of a window by a detector. */
function partsOf(detector: Detector, ...events: Event[]) {
  const { space } = madeSpace(), { events: counts } = windowOf(0, ...events);
  return countParts(detector, space.projectOne(pairsOf(counts)), { events: counts, space, names });
}

/** Finds this share in each column, by its kind and id. */
function sharing(shares: Record<string, number>): Detector {
  const { space } = madeSpace(), { columns } = space.projectOne(new Int32Array());
  const values = Float64Array.from(columns, ({ kind, id }) => shares[`${kind} ${id}`] ?? shares[kind] ?? 0);
  return { contributions: () => values, expected: () => values.map(() => .5) } as unknown as Detector;
}

Deno.test("countParts() has a part for each column that tells something, most telling first", () => {
  const parts = partsOf(sharing({ "template id0": .2, "template id1": .5, level: .1 }), [0, INFO, 7], [
    1,
    ERROR,
    2,
  ]);
  assert.deepEqual(
    parts.slice(0, 2).map(({ kind, template, actual, expected }) => [kind, template, actual, expected]),
    [
      ["template", 1, 2, .5],
      ["template", 0, 7, .5],
    ],
  );
  assert.ok(
    parts.slice(2).every(({ kind, template, detail }) =>
      kind === "level" && template === -1 && detail !== ""
    ),
  );
  assert.ok(parts.length > 2);
});

Deno.test("countParts() finds nothing where the detector doesn't", () => {
  assert.deepEqual(partsOf(sharing({}), [0, INFO, 7]), []);
});

Deno.test("countParts() shares what training didn't know among its templates, by the logarithms of their counts", async () => {
  const detector = await newTemplate.fit(madeSpace().matrix);
  const parts = partsOf(detector, [0, INFO, 2], [2, ERROR, 1], [3, INFO, 7]);
  const unseen = parts.filter(({ kind }) => kind === "unseen");
  assert.deepEqual(unseen.map(({ template, actual }) => [template, actual]), [[3, 7], [2, 1]]);
  assert.ok(Math.abs(unseen[0].share / unseen[1].share - 3) < 1e-12); // log2 of 8 and of 2
});

Deno.test("countParts() leaves out templates that were counted nowhere", async () => {
  const { space, matrix } = madeSpace(), detector = await newTemplate.fit(matrix);
  const { events } = windowOf(0, [2, ERROR, 1], [3, INFO, 7]), ignore = (template: number) => template === 3;
  const row = space.projectOne(pairsOf(events), { ignore });
  const parts = countParts(detector, row, { events, space, names, ignored: [3] });
  assert.deepEqual(parts.filter(({ kind }) => kind === "unseen").map(({ template }) => template), [2]);
});
