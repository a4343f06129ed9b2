import assert from "node:assert/strict";
import fc from "fast-check";
import { type FeatureMatrix, rowOf } from "../../lib/feature/feature_matrix.ts";
import { FeatureSpace } from "../../lib/feature/feature_space.ts";
import type { FeatureSpaceSnapshot } from "../../lib/feature/feature_space_snapshot.ts";
import { CountVectors } from "../../lib/window/count_vectors.ts";
import { symbolOf } from "../../lib/window/symbol.ts";

const template = (index: number) => ({ id: `E${index}`, text: `template ${index}` });
const IDS = Array.from({ length: 20 }, (_, index) => `E${index}`);

/** A window with one event of each (template, severity). */
function windowOf(vectors: CountVectors, ...events: [number, number][]): number {
  return vectors.intern(
    events.map(([template, severity]) => symbolOf(template, severity)),
    events.map(() => 1),
  );
}

function named(matrix: FeatureMatrix, row: number): Record<string, number> {
  const values = rowOf(matrix, row);
  return Object.fromEntries(
    matrix.columns.map(({ id }, i) => [id, values[i]]).filter(([, count]) => count !== 0),
  );
}

Deno.test("FeatureSpace.fit() gives the most widespread templates a column, up to the limit", () => {
  const vectors = new CountVectors();
  const a = windowOf(vectors, [3, 9], [1, 9]),
    b = windowOf(vectors, [1, 9], [2, 9]),
    c = windowOf(vectors, [4, 9], [4, 13]);
  const space = FeatureSpace.fit(vectors, [a, a, b, c], { template, limit: 2 });
  assert.deepEqual(space.columns.map(({ id }) => id), [
    "E1",
    "E3",
    "other",
    "unseen",
    "warn",
    "error",
    "fatal",
  ]);
  assert.deepEqual(space.columns[0], { kind: "template", id: "E1", title: "template 1" });
  assert.deepEqual(space.toJSON().other, ["E2", "E4"]);
});

Deno.test("FeatureSpace.project() counts rare, unseen and severe events in columns of their own", () => {
  const vectors = new CountVectors();
  const a = windowOf(vectors, [1, 9]), b = windowOf(vectors, [2, 9]);
  const space = FeatureSpace.fit(vectors, [a, a, b], { template, limit: 1 });
  const numbers = [windowOf(vectors, [1, 9], [1, 17], [2, 13], [0, 21], [900, 21]), 0];
  const { matrix, row } = space.project(vectors, numbers);
  assert.deepEqual(named(matrix, row[0]), { E1: 2, other: 1, unseen: 2, warn: 1, error: 1, fatal: 2 });
  assert.deepEqual(named(matrix, row[1]), {});
});

Deno.test("FeatureSpace.project() counts ignored templates nowhere", () => {
  const vectors = new CountVectors(), known = windowOf(vectors, [1, 9]);
  const space = FeatureSpace.fit(vectors, [known], { template });
  const { matrix } = space.project(vectors, [windowOf(vectors, [1, 9], [7, 17])], {
    ignore: (index) => index === 7,
  });
  assert.deepEqual(named(matrix, 0), { E1: 1 });
});

Deno.test("FeatureSpace.project() makes equal windows one row, in the order of their first appearance", () => {
  const event = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom(0, 9, 13, 17));
  const windows = fc.array(fc.array(event, { maxLength: 4 }), { minLength: 1, maxLength: 30, size: "max" });
  fc.assert(fc.property(windows, fc.integer({ min: 1, max: 4 }), (windows, limit) => {
    const vectors = new CountVectors(), numbers = windows.map((events) => windowOf(vectors, ...events));
    const space = FeatureSpace.fit(vectors, numbers, { template, limit });
    const { matrix, row } = space.project(vectors, numbers);
    const rows = Array.from({ length: matrix.rows }, (_, i) => rowOf(matrix, i).join());
    assert.equal(new Set(rows).size, rows.length);
    assert.deepEqual([...new Set(row)], rows.map((_, i) => i));
    assert.deepEqual([...matrix.weights], rows.map((_, i) => row.filter((other) => other === i).length));
    windows.forEach((events, i) => {
      const values = named(matrix, row[i]), at = (id: string) => values[id] ?? 0;
      const templates = space.columns.filter(({ kind }) => kind === "template").reduce(
        (sum, { id }) => sum + at(id),
        0,
      );
      assert.equal(templates + at("other"), events.length);
      assert.equal(at("warn"), events.filter(([, severity]) => severity === 13).length);
    });
  }));
});

Deno.test("FeatureSpace.fromJSON() names templates by id, whatever their indices are now", () => {
  const vectors = new CountVectors();
  const space = FeatureSpace.fit(vectors, [windowOf(vectors, [1, 9], [2, 9]), windowOf(vectors, [1, 9])], {
    template,
    limit: 1,
  });
  const ids = ["E9", "E2", "E0", "E1"]; // E1 is index 3 now, E2 index 1
  const restored = FeatureSpace.fromJSON(JSON.parse(JSON.stringify(space)), ids);
  assert.deepEqual(restored.toJSON(), space.toJSON());
  const { matrix } = restored.project(vectors, [windowOf(vectors, [3, 9], [3, 13], [1, 9], [0, 9], [8, 9])]);
  assert.deepEqual(named(matrix, 0), { E1: 2, other: 1, unseen: 2, warn: 1 });
});

Deno.test("FeatureSpace.fromJSON() refuses what it doesn't know", () => {
  const vectors = new CountVectors();
  const good = FeatureSpace.fit(vectors, [windowOf(vectors, [1, 9])], { template }).toJSON();
  const refused = (snapshot: unknown, message: RegExp) =>
    assert.throws(() => FeatureSpace.fromJSON(snapshot as FeatureSpaceSnapshot, IDS), {
      name: "TypeError",
      message,
    });
  refused(null, /version undefined/);
  refused({ ...good, version: 2 }, /version 2 is not known/);
  refused({ ...good, columns: undefined }, /columns are missing/);
  refused({ ...good, columns: [{ id: 1 }] }, /not a kind, an id and a title/);
  refused({ ...good, columns: good.columns.slice(0, -1) }, /don't end with/);
  refused({ ...good, other: [5] }, /not text/);
  refused({ ...good, other: ["E99"] }, /template E99 is not in the catalogue/);
});

Deno.test("FeatureSpace.fit() refuses no windows and a limit that is none", () => {
  const vectors = new CountVectors();
  assert.throws(() => FeatureSpace.fit(vectors, [], { template }), RangeError);
  assert.throws(() => FeatureSpace.fit(vectors, [0], { template, limit: 0 }), RangeError);
});

Deno.test("FeatureSpace counts events that no template has, of an index below 0, as unseen", () => {
  const vectors = new CountVectors(), symbol = symbolOf(0, 9);
  const space = FeatureSpace.fit(vectors, [vectors.intern([symbol], [1])], {
    template: (index) => ({ id: `E${index}`, text: "started" }),
  });
  const { values } = space.projectOne(Int32Array.of(-2 << 3, 3, symbol, 1));
  assert.deepEqual([...values], [1, 0, 3, 0, 0, 0]);
  assert.equal(space.knows(-2), false);
});
