import assert from "node:assert/strict";
import {
  NO_SESSION_SLOTS,
  NOTHING_WATCHED,
  readWatched,
  watchedFacts,
  watchedSlots,
} from "../../lib/model/watched.ts";

const names = {
  id: (index: number) => `T${index}`,
  text: () => "",
  severity: () => 0,
  indexOf: (id: string) => Number(id.slice(1)),
};
const quantity = (template: number, slot: string, count: number) => ({
  template,
  slot,
  count,
  least: 1,
  greatest: 2,
});
const value = (template: number, slot: string, text: string) => ({ template, slot, value: text });

/** So many windows with these facts. */
const windows = (count: number, facts: (i: number) => [string, unknown][]) =>
  Array.from({ length: count }, (_, i) => new Map(facts(i)));

Deno.test("watchedSlots() takes parameters that had thirty numbers", () => {
  const seen = windows(
    10,
    () => [["quantities", [quantity(2, "ms", 3), quantity(2, "bytes", 2), quantity(1, "n", 9)]]],
  );
  assert.deepEqual(watchedSlots(seen, names), {
    quantities: { T1: ["n"], T2: ["ms"] },
    values: {},
    sessions: NO_SESSION_SLOTS,
  });
});

Deno.test("watchedSlots() takes parameters that had few values in many windows", () => {
  const seen = windows(60, (i) => {
    const few = value(0, "user", ["ann", "bob"][i % 2]), many = value(0, "path", `/tmp/${i}`);
    return [["values", i < 29 ? [few, many, value(0, "seldom", "x")] : [few, many]]];
  });
  assert.deepEqual(watchedSlots(seen, names), {
    quantities: {},
    values: { T0: { user: { ann: 30, bob: 30 } } },
    sessions: NO_SESSION_SLOTS,
  });
});

/** So many sessions with two steps, whose second one comes after 20 to 39 ms or at once, and says a number. */
const sessions = (count: number, after: (i: number) => number) =>
  windows(count, (i) => [
    ["times", [1, 5000, 5000, 2, 5000 + after(i), 5000 + after(i)]],
    ["greatest", [
      { template: 2, slot: "ms", kind: 3, greatest: 20 + (i * 7) % 20 + (i * 7) % 20 / 100 + i / 1e4 },
      { template: 2, slot: "of", kind: 2, greatest: 100 },
    ]],
  ]);

Deno.test("watchedSlots() takes numbers and times of sessions for which a line can be drawn", () => {
  const spread = (i: number) => 20 + (i * 7) % 20;
  assert.deepEqual(watchedSlots(sessions(200, (i) => spread(i) + i / 1e4), names).sessions, {
    quantities: { T2: { ms: 39.2057 } }, // the other one is always 100
    times: true,
  });
  assert.equal(watchedSlots(sessions(200, () => 0), names).sessions?.times, false);
  const limits = { idle: 10, span: Infinity };
  assert.equal(watchedSlots(sessions(200, (i) => spread(i) + i / 1e4), names, limits).sessions?.times, false);
  assert.deepEqual(watchedSlots(sessions(90, (i) => spread(i) + i / 1e4), names).sessions, NO_SESSION_SLOTS);
});

Deno.test("watchedSlots() watches nothing where no window has such facts", () => {
  assert.deepEqual(watchedSlots([new Map([["order", 7]]), new Map()], names), NOTHING_WATCHED);
});

Deno.test("watchedFacts() keeps what is watched, and facts of other kinds as they are", () => {
  const watched = { quantities: { T0: ["ms"] }, values: { T1: { user: { ann: 4 } } } }, order = { pairs: 3 };
  const facts = [order, [quantity(0, "ms", 1), quantity(0, "n", 1)], [
    value(0, "ms", "5"),
    value(1, "user", "ann"),
  ]];
  assert.deepEqual(watchedFacts(facts, ["order", "quantities", "values"], watched, names), [
    order,
    [quantity(0, "ms", 1)],
    [value(1, "user", "ann")],
  ]);
  assert.deepEqual(watchedFacts([undefined, undefined], ["quantities", "values"], watched, names), [
    undefined,
    undefined,
  ]);
});

Deno.test("watchedFacts() keeps what is watched of sessions", () => {
  const number = (slot: string) => ({ template: 0, slot, kind: 3, greatest: 1 });
  const facts = [[number("ms"), number("n")], [0, 1, 2]], collectors = ["greatest", "times"];
  const keep = (times: boolean) =>
    watchedFacts(
      facts,
      collectors,
      { ...NOTHING_WATCHED, sessions: { quantities: { T0: { ms: 7 } }, times } },
      names,
    );
  assert.deepEqual(keep(true), [[number("ms")], [0, 1, 2]]);
  assert.deepEqual(keep(false), [[number("ms")], undefined]);
});

Deno.test("readWatched() reads what was saved before sessions were watched", () => {
  assert.deepEqual(readWatched({ quantities: {}, values: {} }, "watched"), NOTHING_WATCHED);
});

Deno.test("readWatched() gives back what was saved, and refuses anything else", () => {
  const sessions = { quantities: { T0: { ms: 7 } }, times: true };
  const watched = { sessions, quantities: { T0: ["ms", "n"] }, values: { T1: { user: { ann: 4 } } } };
  assert.deepEqual(readWatched(JSON.parse(JSON.stringify(watched)), "watched"), watched);
  for (
    const wrong of [null, [], {}, { ...watched, values: [] }, { ...watched, values: { T1: ["user"] } }, {
      ...watched,
      values: { T1: {} },
    }, {
      ...watched,
      quantities: { T0: [7] },
    }, {
      ...watched,
      sessions: null,
    }, {
      ...watched,
      sessions: { ...sessions, times: 1 },
    }, {
      ...watched,
      sessions: { ...sessions, quantities: { T0: { ms: "7" } } },
    }]
  ) {
    assert.throws(
      () => readWatched(wrong, "watched"),
      /^TypeError: Cannot restore watched parameters: watched/,
    );
  }
});
