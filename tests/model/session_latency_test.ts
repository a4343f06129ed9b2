import assert from "node:assert/strict";
import { seededRandom } from "../../lib/detector/seeded_random.ts";
import { fitStream } from "../../lib/model/fit.ts";
import { learn } from "../../lib/model/learn.ts";
import { scanOnce } from "../../lib/model/scan_once.ts";
import { restoreStream, streamSnapshot } from "../../lib/model/stream_model.ts";
import { line, MadeLog, settingsOf } from "./made_logs.ts";

const SLOW = 1555, DEAR = 1570, MANY = 1500;

/** Orders, one every two minutes, that are paid within some hundred ms: one only after 41 s, and one costs very much. */
function orders(count: number, from = 0): string {
  const random = seededRandom(from + 1);
  return Array.from({ length: count }, (_, i) => {
    const order = from + i, at = 120 * order, spread = () => .5 + random();
    const took = order === SLOW ? 41 : .4 * spread();
    const amount = order === DEAR ? 98_765 : (40 * spread()).toFixed(2);
    return line(at, `order=${order} placed amount=${amount} EUR`) + line(at + took, `order=${order} paid`) +
      line(at + took + .1 * spread(), `order=${order} parcel booked`);
  }).join("");
}

/** The model of two days of orders, read twice. */
async function modelOf() {
  const settings = settingsOf({ session: { pattern: "order=(\\d+)", idle: 600_000 } });
  const read = () => Promise.resolve([new MadeLog("a.log", orders(MANY))]);
  return await fitStream(await learn(settings, await read(), { reopen: read }), {
    detectors: ["new-template"],
  });
}

Deno.test("learn() with a second reading, fitStream() and scanOnce() find a slow step and a large number in sessions", async () => {
  const model = await modelOf(), { watched: { sessions }, scopes } = model;
  assert.deepEqual(Object.values(sessions!.quantities).map((slots) => Object.keys(slots)), [["amount"]]);
  assert.equal(sessions!.times, true);
  assert.equal(scopes.find(({ name }) => name === "sessions")!.ensemble.kind, "together");
  for (const used of [model, await restoreStream(JSON.parse(JSON.stringify(streamSnapshot(model))))]) {
    const { windows, anomalous } = await scanOnce(used, [new MadeLog("a.log", orders(100, MANY))]);
    assert.deepEqual([...anomalous.keys()].map((i) => windows.key(i)).sort(), [`${SLOW}`, `${DEAR}`]);
    const of = (key: number) => [...anomalous].find(([i]) => windows.key(i) === `${key}`)![1];
    const step = of(SLOW).reasons.find(({ title }) => title === "order=<*> paid")!;
    assert.deepEqual([step.detector, step.kind, step.actual], ["session-time", "value", 41_000]);
    assert.match(step.note!, /^41 s, usually at most \d+ ms, after `order=<\*> placed amount=<\*> EUR`$/);
    const [number] = of(DEAR).reasons;
    assert.deepEqual([number.detector, number.actual], ["session-value", 98_765]);
    assert.match(number.note!, /^98,765, usually at most [\d.]+$/);
    assert.match(number.example, new RegExp(`INFO order=${DEAR} placed amount=98765 EUR$`));
  }
});

Deno.test("fitStream() of a log read once judges numbers of sessions by nothing, and their duration alone", async () => {
  const settings = settingsOf({ session: { pattern: "order=(\\d+)", idle: 600_000 } });
  const learned = await learn(settings, [new MadeLog("a.log", orders(MANY))]);
  const model = await fitStream(learned, { detectors: ["new-template"] });
  const { windows, anomalous } = await scanOnce(model, [new MadeLog("a.log", orders(100, MANY))]);
  assert.deepEqual([...anomalous.keys()].map((i) => windows.key(i)), [`${SLOW}`]);
});
