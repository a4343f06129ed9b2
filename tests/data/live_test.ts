import assert from "node:assert/strict";
import fc from "fast-check";
import { FILES } from "../../data/generate.ts";
import { liveIncidents, liveLines } from "../../data/live.ts";

const lines = [...liveLines(1)];
const { incidents, cleanUntil } = liveIncidents();

Deno.test("liveLines() gives the same lines for the same seed, others for another", () => {
  fc.assert(
    fc.property(fc.nat(1000), (seed) => {
      const [once, again, other] = [seed, seed, seed + 1].map((seed) =>
        JSON.stringify([...liveLines(seed, { hours: 1, scale: .2 })])
      );
      assert.equal(once, again);
      assert.notEqual(once, other);
    }),
    { numRuns: 5, seed: 1 },
  );
});

Deno.test("liveLines() gives some thousand lines of all files in the order of time", () => {
  assert.ok(lines.length > 3_000 && lines.length < 12_000, `${lines.length}`);
  assert.deepEqual(new Set(lines.map(({ file }) => file)), new Set(Object.values(FILES)));
  for (let i = 1; i < lines.length; i++) assert.ok(lines[i].time >= lines[i - 1].time);
  assert.ok(lines.every(({ line }) => !line.includes("\n")));
});

Deno.test("liveLines() rotates each file twice, in all three ways", () => {
  const rotated = lines.filter(({ rotate }) => rotate !== undefined);
  const perFile = Map.groupBy(rotated, ({ file }) => file);
  for (const file of Object.values(FILES)) assert.equal(perFile.get(file)?.length, 2, file);
  assert.deepEqual(new Set(rotated.map(({ rotate }) => rotate)), new Set(["rename", "copytruncate", "gzip"]));
  assert.ok(rotated.every(({ line }) => !/^\s/.test(line)));
});

Deno.test("liveLines() plants what liveIncidents() names, and nothing before", () => {
  const looks: Record<string, RegExp> = {
    new_error: /Catalog price lookup failed/,
    brute_force: / from 198\.51\.100\.250 port/,
  };
  assert.deepEqual(incidents.map(({ kind }) => kind), ["new_error", "order_swap", "brute_force", "silence"]);
  for (const { kind, from, to } of incidents) {
    assert.ok(from >= cleanUntil);
    if (!looks[kind]) continue;
    const found = lines.filter(({ line }) => looks[kind].test(line));
    assert.ok(found.length >= 10, kind);
    assert.ok(found.every(({ time }) => time >= from - 1_000 && time <= to + 5_000), kind);
  }
  const silence = incidents.find(({ kind }) => kind === "silence")!;
  const quiet = lines.filter(({ file, time }) =>
    file === FILES.db && time >= silence.from && time < silence.to
  );
  assert.equal(quiet.length, 0);
  assert.ok(swapped().length >= 3, `${swapped()}`);
});

/** Orders whose parcel was booked before they were paid. */
function swapped(): string[] {
  const paid = new Set<string>(), early: string[] = [];
  for (const { line } of lines) {
    const order = /order=(\d+) (payment authorised|parcel booked)/.exec(line);
    if (order === null) continue;
    if (order[2] === "payment authorised") paid.add(order[1]);
    else if (!paid.has(order[1])) early.push(order[1]);
  }
  return early;
}

Deno.test("liveLines() plants nothing where every hour is clean", () => {
  const options = { hours: 2, cleanHours: 2 };
  assert.deepEqual(liveIncidents(options).incidents, []);
  assert.ok([...liveLines(1, options)].every(({ line }) => !line.includes("price lookup failed")));
});

Deno.test("liveLines() refuses options out of range", () => {
  for (const options of [{ hours: 0 }, { hours: 1.5 }, { start: 1 }, { hours: 2, cleanHours: 3 }]) {
    assert.throws(() => [...liveLines(1, options)], RangeError);
  }
});
