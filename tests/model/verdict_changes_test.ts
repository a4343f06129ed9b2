import assert from "node:assert/strict";
import { fitStream } from "../../lib/model/fit.ts";
import { scanOnce } from "../../lib/model/scan_once.ts";
import { verdictChanges } from "../../lib/model/verdict_changes.ts";
import { calmLog, learnedFrom, line, MadeLog, START, WINDOW } from "./made_logs.ts";

const LOG = calmLog(20) + line(20 * 60 + 3, "disk full", "ERROR") +
  line(21 * 60 + 3, "request 9 served in 5 ms");

/** What models with these detectors find of the log. */
const found = (...models: string[][]) => foundIn(LOG, ...models);

async function foundIn(log: string, ...models: string[][]) {
  const learned = await learnedFrom({ "a.log": calmLog(20) });
  return await Promise.all(models.map(async (detectors) => {
    const model = await fitStream(learned, { detectors, threshold: { rule: "quantile", level: .99, k: 3 } });
    return await scanOnce(model, [new MadeLog("a.log", log)]);
  }));
}

Deno.test("verdictChanges() are added one way and taken away the other, with both scores and what they are about", async () => {
  const [none, fresh] = await found([], ["new-template"]), added = verdictChanges(none, fresh);
  assert.deepEqual(added.map(({ change, before, about }) => [change, before, about]), [[
    "added",
    0,
    "disk full",
  ]]);
  assert.equal(added[0].start, START + 20 * WINDOW);
  assert(added[0].after > 1);
  const [{ before, after, ...rest }] = added;
  assert.deepEqual(verdictChanges(fresh, none), [{
    ...rest,
    change: "taken away",
    before: after,
    after: before,
  }]);
});

Deno.test("verdictChanges() are none where both decide alike, and leave out windows that only one has", async () => {
  const [fresh, both] = await found(["new-template"], ["new-template", "unseen-vector"]);
  assert(both.anomalous.size > fresh.anomalous.size); // of a last minute with one line
  assert.deepEqual(verdictChanges(fresh, fresh), []);
  assert.deepEqual(verdictChanges(fresh, both).map(({ key }) => key), [both.windows.identity(21)]);
  const [calm] = await foundIn(calmLog(20), ["new-template"]);
  assert.deepEqual(verdictChanges(calm, both), []); // what only one log has can't have changed
});
