import assert from "node:assert/strict";
import { Dictionary } from "../../lib/record/dictionary.ts";
import type { Collector } from "../../lib/window/collector.ts";
import { Collectors } from "../../lib/window/facts.ts";
import { counting } from "./counting_collector.ts";
import { batchOf } from "./made_rows.ts";

/** Notes the latest time, of records without one nothing. */
const latest: Collector<number> = {
  name: "latest",
  add: (fact, { timestamp }, row) =>
    Number.isNaN(timestamp[row]) ? fact : Math.max(fact ?? timestamp[row], timestamp[row]),
  merge: Math.max,
  save: (fact) => fact,
  load: Number,
};

const batch = batchOf([
  { time: 5, template: 1 },
  { time: NaN, template: 2 },
  { time: NaN, template: 0 },
], new Dictionary());

Deno.test("Collectors.add() asks each collector, and has nothing while none of them has", () => {
  const both = new Collectors([counting, latest]);
  assert.equal(both.add(undefined, batch, 2), undefined);
  const facts = both.add(both.add(both.add(undefined, batch, 0), batch, 1), batch, 2);
  assert.deepEqual(
    both.named(facts),
    new Map<string, unknown>([["counting", new Map([[1, 1], [2, 1]])], ["latest", 5]]),
  );
  assert.deepEqual(both.named(both.add(undefined, batch, 1)), new Map([["counting", new Map([[2, 1]])]]));
  assert.equal(both.named(undefined), undefined);
});

Deno.test("Collectors.add() asks of a session's record only the collectors that are meant for sessions", () => {
  const both = new Collectors([latest, counting]);
  assert.deepEqual(
    both.named(both.add(undefined, batch, 0, true)),
    new Map([["counting", new Map([[1, 1]])]]),
  );
  assert.deepEqual([both.none, both.noneInSessions], [false, false]);
  assert.deepEqual([new Collectors([latest]).noneInSessions, new Collectors([]).none], [true, true]);
});

Deno.test("Collectors.merge() merges what both windows have, and takes what one of them has", () => {
  const both = new Collectors([counting, latest]);
  const one = () => both.add(undefined, batch, 0), other = () => both.add(undefined, batch, 1);
  assert.deepEqual(
    both.named(both.merge(one(), other())),
    new Map<string, unknown>([["counting", new Map([[1, 1], [2, 1]])], ["latest", 5]]),
  );
  assert.deepEqual(both.named(both.merge(other(), one())!)!.get("latest"), 5);
  assert.deepEqual(both.merge(undefined, one()), one());
  assert.deepEqual(both.merge(one(), undefined), one());
  assert.equal(both.merge(undefined, undefined), undefined);
});

Deno.test("Collectors.load() gives back what save() gave, whoever is asked now and in which order", () => {
  const both = new Collectors([counting, latest]),
    facts = both.add(undefined, batch, 0),
    saved = both.save(facts);
  assert.deepEqual(both.load(saved), facts);
  assert.deepEqual(new Collectors([latest, counting]).load(saved), [5, new Map([[1, 1]])]);
  assert.deepEqual(new Collectors([latest]).load(saved), [5]);
  assert.equal(new Collectors([]).load(saved), undefined);
  assert.equal(both.load(both.save(undefined)), undefined);
});

Deno.test("Collectors.rename() gives facts under new template indices, and leaves the given ones alone", () => {
  const both = new Collectors([counting, latest]), facts = both.add(undefined, batch, 0)!;
  assert.deepEqual(both.rename(facts, Int32Array.of(0, 7)), [new Map([[7, 1]]), 5]);
  assert.deepEqual(facts[0], new Map([[1, 1]]));
});

Deno.test("Collectors.load() refuses what is no saved form", () => {
  assert.throws(() => new Collectors([latest]).load("{"), SyntaxError);
  assert.throws(() => new Collectors([latest]).load("null"), TypeError);
});

Deno.test("Collectors ask for sessions and time windows who wants them, and once whether a template concerns sessions", () => {
  const asked: number[] = [];
  const sessions = {
    ...counting,
    name: "sessions",
    inWindows: false,
    concerns: (template: number) => asked.push(template) > 0 && template === 1,
  };
  const both = new Collectors([latest, sessions]);
  assert.deepEqual(
    both.named(both.add(undefined, batch, 0)),
    new Map([["latest", both.add(undefined, batch, 0)![0]]]),
  );
  assert.deepEqual(
    both.named(both.add(undefined, batch, 0, true)),
    new Map([["sessions", new Map([[1, 1]])]]),
  );
  assert.deepEqual([1, 700, 1, 700].map((template) => both.concernsSessions(template)), [
    true,
    false,
    true,
    false,
  ]);
  assert.deepEqual(asked, [1, 700]);
  both.rename([undefined, new Map([[1, 1]])], Int32Array.of(0, 5));
  both.concernsSessions(1);
  assert.deepEqual(asked, [1, 700, 1]); // numbers mean other templates now
  assert(new Collectors([counting]).concernsSessions(3) && !new Collectors([latest]).concernsSessions(3));
});
