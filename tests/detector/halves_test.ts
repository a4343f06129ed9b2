import assert from "node:assert/strict";
import type { Detector } from "../../lib/detector/detector.ts";
import { Halves } from "../../lib/detector/halves.ts";
import { newTemplate } from "../../lib/detector/new_template.ts";
import { unseenVector } from "../../lib/detector/unseen_vector.ts";
import { matrixOf, UNSEEN } from "./matrices.ts";

const OPEN = [1, 0, 0, 0, 0, 0, 0], WRITE = [0, 0, 1, 0, 0, 0, 0];
/** A read is new to the first half alone, what nobody knows to both. */
const BOTH = [1, 3, 0, 0, 0, 3, 0];

async function made(): Promise<Halves> {
  return new Halves([
    await newTemplate.fit(matrixOf([OPEN])),
    await newTemplate.fit(matrixOf([OPEN, [1, 1, 0, 0, 0, 0, 0]])),
  ]);
}

Deno.test("Halves.score() is the mean of both, for each row", async () => {
  const halves = await made(), matrix = matrixOf([OPEN, BOTH, WRITE]);
  const [first, second] = halves.halves.map((half) => half.score(matrix));
  assert.notEqual(first[1], second[1]);
  assert.deepEqual([...halves.score(matrix)], [...first.keys()].map((i) => (first[i] + second[i]) / 2));
});

Deno.test("Halves.contributions() sum to 1, or are all 0 where neither half finds anything", async () => {
  const halves = await made(), matrix = matrixOf([OPEN, BOTH]);
  const shares = halves.contributions(matrix, 1);
  assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-12);
  assert.ok(shares[UNSEEN] > shares[1] && shares[1] > 0); // both halves, and one
  assert.deepEqual([...halves.contributions(matrix, 0)], OPEN.map(() => 0));
});

Deno.test("Halves.expected() lies between what both expect", () => {
  const quarter: Detector = {
    ...{ kind: "fixed", score: () => new Float64Array(1), contributions: () => new Float64Array(1) },
    expected: () => Float64Array.of(2),
    toJSON: () => ({ kind: "fixed", version: 1 }),
  };
  const half = { ...quarter, expected: () => Float64Array.of(4) };
  assert.deepEqual([...new Halves([quarter, half]).expected(matrixOf([OPEN]), 0)], [3]);
});

Deno.test("Halves is of the kind of its halves, and says each of their notes once", async () => {
  const halves = await made();
  assert.equal(halves.kind, "new-template");
  const [first, second] = halves.halves, noted = (note: string) => ({ kind: first.kind, note }) as Detector;
  assert.equal(new Halves([noted("too few windows"), noted("too few windows")]).note, "too few windows");
  assert.equal(new Halves([noted("few"), noted("fewer")]).note, "few; fewer");
  assert.equal(new Halves([first, second]).note, "");
});

Deno.test("Halves.read() gives the snapshots of both, and null for that of anything else", async () => {
  const halves = await made(), saved = JSON.parse(JSON.stringify(halves.toJSON()));
  assert.deepEqual(Halves.read(saved), saved.halves);
  assert.equal(Halves.read((await unseenVector.fit(matrixOf([OPEN]))).toJSON()), null);
});

Deno.test("Halves.read() refuses another version and what are not two snapshots", async () => {
  const saved = (await made()).toJSON(), { halves } = saved as unknown as { halves: unknown[] };
  for (
    const wrong of [{ version: 2 }, { halves: null }, { halves: halves.slice(1) }, {
      halves: [halves[0], null],
    }]
  ) {
    assert.throws(() => Halves.read({ ...saved, ...wrong }), /^TypeError: Cannot restore halves: /);
  }
});
