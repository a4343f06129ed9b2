import assert from "node:assert/strict";
import { driftOf } from "../../lib/store/drift.ts";
import type { DayReading, Reading } from "../../lib/store/readings.ts";
import { State } from "../../lib/store/state.ts";

const DAY = 86_400_000;

const calm: Reading = {
  windows: 288,
  records: 1000,
  scores: [200, 70, 18, 0],
  read: 1000,
  unseen: 2,
  unparsed: 0,
};

const days = (...readings: Partial<Reading>[]): DayReading[] =>
  readings.map((reading, i) => ({ ...calm, ...reading, day: i * DAY }));

const drifted = (...readings: Partial<Reading>[]) =>
  driftOf(days(...readings)).monitors.filter((one) => one.drifted).map(({ what }) => what);

Deno.test("driftOf() sees no drift in days that are alike, however many", () => {
  for (const count of [4, 5, 20]) {
    const { days: compared, monitors, last } = driftOf(days(...Array.from({ length: count }, () => ({}))));
    assert.equal(compared, Math.min(7, Math.floor((count - 2) / 2)));
    assert.deepEqual([monitors.length, last], [4, (count - 2) * DAY]);
    assert.ok(monitors.every((one) => !one.drifted));
  }
});

Deno.test("driftOf() says nothing before there are days enough, and leaves out those that are not whole", () => {
  for (const count of [0, 1, 3]) {
    assert.equal(driftOf(days(...Array.from({ length: count }, () => ({})))).days, 0);
  }
  assert.deepEqual(drifted({ records: 1 }, {}, {}, { records: 9 }), []);
});

const CASES: [string, Partial<Reading>, string[]][] = [
  ["scores that rise", { scores: [60, 60, 60, 108] }, ["scores"]],
  ["too few windows to tell", { windows: 30, scores: [0, 0, 0, 30] }, []],
  ["templates that training has not seen", { unseen: 100 }, ["unseen"]],
  ["a few of them", { unseen: 30 }, []],
  ["a format that changed", { unparsed: 200 }, ["unparsed"]],
  ["three times as many records", { records: 3000 }, ["volume"]],
  ["hardly any records", { records: 300 }, ["volume"]],
  ["half as many again", { records: 1500 }, []],
  ["nothing read at all", { read: 0, unseen: 0, records: 0, windows: 0, scores: [0, 0, 0, 0] }, ["volume"]],
];

for (const [name, reading, monitors] of CASES) {
  Deno.test(`driftOf() on ${name}: ${monitors.join() || "no drift"}`, () => {
    assert.deepEqual(drifted({}, {}, {}, reading, reading, {}), monitors);
  });
}

Deno.test("Readings adds up days, forgets old ones and tells people once", () => {
  const state = State.open(":memory:"), { readings } = state, of = { stream: "a", training: "t" };
  for (const day of [0, 0, DAY, 2 * DAY]) readings.add(of, day, calm);
  readings.add({ stream: "a", training: "other" }, DAY, calm);
  assert.deepEqual(readings.of(of)[0], {
    ...calm,
    day: 0,
    windows: 576,
    records: 2000,
    read: 2000,
    unseen: 4,
    scores: [400, 140, 36, 0],
  });
  assert.deepEqual([readings.tell(of, DAY), readings.tell(of, DAY), readings.tell(of, 9 * DAY)], [
    true,
    false,
    false,
  ]);
  readings.add(of, DAY, calm);
  assert.equal(readings.tell(of, DAY), false);
  assert.equal(readings.prune("a", 1.5 * DAY), 3);
  assert.deepEqual(readings.of(of).map(({ day }) => day), [2 * DAY]);
  state.close();
});
