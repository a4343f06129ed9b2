import assert from "node:assert/strict";
import { seededRandom } from "../../lib/detector/seeded_random.ts";
import fc from "fast-check";
import { LogBatch } from "../../lib/record/log_batch.ts";
import { RecordReader } from "../../lib/record/record_reader.ts";
import { stdinInput } from "../../lib/source/stdin.ts";
import { OpenWindows } from "../../lib/window/open_windows.ts";
import { Examples } from "../../lib/model/examples.ts";
import { Judge } from "../../lib/model/judge.ts";
import { Novelties } from "../../lib/model/novelties.ts";
import { streamCollectors } from "../../lib/model/stream_collectors.ts";
import type { StreamModel } from "../../lib/model/stream_model.ts";
import { windowOptions } from "../../lib/model/stream_settings.ts";
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

/** Orders of which every one from the twentieth on takes eight times as long, as lines that come up to three minutes late. */
function lateLines(): string[] {
  const random = seededRandom(9),
    text = Array.from({ length: 90 }, (_, i) => {
      const order = MANY + i, at = 120 * order, took = .4 * (.5 + random()) * (i < 20 ? 1 : 8);
      return line(at, `order=${order} placed amount=40 EUR`) + line(at + took, `order=${order} paid`) +
        line(at + took + .1, `order=${order} parcel booked`);
    }).join("");
  const lines = text.split(/(?<=\n)/);
  return lines.map((line, i) => ({ line, at: i + 4 * random() })).sort((a, b) => a.at - b.at).map((
    { line },
  ) => line);
}

/** Scores of all sessions of lines that come in pieces; behind each the windows close, and the run may begin anew. */
async function scoresOf(model: StreamModel, pieces: { lines: string[]; restarts: boolean }[]) {
  const { catalogue, settings } = model,
    options = windowOptions(settings, { collectors: streamCollectors(settings, model) });
  let { services } = new LogBatch(), windows = new OpenWindows(options, services);
  const judgeOf = () =>
    new Judge({ model, catalogue, services, novelties: new Novelties(), start: { told: true } });
  const saved: Record<string, unknown> = {}, scores = new Map<string, number>(), examples = new Examples();
  let judge = judgeOf();
  const take = (closed: ReturnType<OpenWindows["closeAll"]>) => {
    const { score, again } = judge.judge(closed, windows, examples);
    for (let i = 0; i < closed.length; i++) {
      if (closed.isWithdrawn(i)) scores.delete(closed.identity(i));
      else scores.set(closed.identity(i), score[i]);
    }
    for (const { key, score } of again) scores.set(key, score);
  };
  for (const { lines, restarts } of pieces) {
    const input = stdinInput(new Blob(lines).stream());
    const batch = (await new RecordReader(input, { services, fallbackService: "shop" }).next())!;
    catalogue.match(batch);
    windows.add(batch, 0, batch.length);
    take(windows.close(windows.latest()));
    if (!restarts) continue;
    for (const [key, state] of judge.save(windows)) saved[key] = JSON.parse(JSON.stringify(state));
    const bytes = windows.save();
    ({ services } = new LogBatch());
    windows = OpenWindows.restore(bytes, options, services);
    judge = judgeOf();
    judge.resume(structuredClone(saved), windows.retained(), windows);
  }
  take(windows.closeAll());
  return new Map([...scores].sort(([a], [b]) => a < b ? -1 : 1));
}

Deno.test("Judge comes to the same scores of slow sessions wherever runs stop and windows close", async () => {
  const model = await modelOf(), lines = lateLines();
  const once = await scoresOf(model, [{ lines, restarts: false }]),
    above = [...once.values()].filter((score) => score > 1);
  assert.equal(once.size, 90);
  assert(above.length > 5 && above.length < 40, `${above.length}`); // found, and usual after a while
  const piece = fc.record({ count: fc.integer({ min: 3, max: 90 }), restarts: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 8 }), async (plan) => {
      const pieces: { lines: string[]; restarts: boolean }[] = [];
      for (let at = 0, i = 0; at < lines.length; i++) {
        const { count, restarts } = plan[i % plan.length];
        pieces.push({ lines: lines.slice(at, at += count), restarts });
      }
      assert.deepEqual(await scoresOf(model, pieces), once);
    }),
    { numRuns: 12 },
  );
});
