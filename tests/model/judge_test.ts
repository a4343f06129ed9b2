import assert from "node:assert/strict";
import { modelSnapshot, restoreModel } from "../../lib/model/model.ts";
import { calmLog, judged, line, modelOf, settingsOf, WINDOW } from "./made_logs.ts";

const session = { pattern: "order=(\\d+)", idle: 5 * WINDOW };

/** Calm minutes, of which one has an error that training never showed. */
const withError = calmLog(20, 100) + line(60 * 120 + 5, "disk failed: checksum mismatch", "ERROR") +
  calmLog(10, 120);

/** Orders one after the other; every tenth is paid twice. */
function orders(count: number): string {
  return Array.from(
    { length: count },
    (_, i) =>
      line(60 * i, `order=${i} created`) + line(60 * i + 5, `order=${i} paid`).repeat(i % 10 === 9 ? 2 : 1) +
      line(60 * i + 9, `order=${i} shipped`),
  ).join("");
}

Deno.test("Judge calls a window with a template that training never had anomalous, and says which", async () => {
  const model = await modelOf({ "a.log": calmLog(100) });
  const { verdicts, parts } = await judged(model, { "a.log": withError });
  assert.deepEqual(verdicts.filter(({ anomalous }) => anomalous).map(({ key }) => key), [
    "a.log@2026-03-02T02:00:00.000Z",
  ]);
  const [verdict] = parts.flatMap(({ anomalous }) => [...anomalous.values()]);
  const [reason] = verdict.reasons;
  assert.match(reason.title, /disk failed/);
  assert.match(reason.example, /checksum mismatch/);
  assert.equal(reason.actual, 1);
});

Deno.test("Judge scores equal count vectors once", async () => {
  const model = await modelOf({ "a.log": calmLog(100) });
  const { judge, verdicts } = await judged(model, { "a.log": calmLog(500, 100) });
  assert.equal(verdicts.length, 499);
  assert.equal(judge.scored, 1);
});

Deno.test("Judge gives windows with equal counts equal reasons, the first eight with lines of their own", async () => {
  const model = await modelOf({ "a.log": calmLog(100) });
  const log = Array.from({ length: 12 }, (_, i) => line(60 * i + 5, `disk ${i} failed`, "ERROR")).join("");
  const { parts } = await judged(model, { "a.log": log + line(720, "health check ok") }, {
    piece: 60,
    checkpointBytes: 1,
  });
  const reasons = parts.flatMap(({ anomalous }) => [...anomalous.values()]).map((verdict) => verdict.reasons);
  assert.equal(reasons.length, 12);
  const bare = reasons.map((one) =>
    one.map((reason) => ({ ...reason, example: "", exampleElsewhere: undefined }))
  );
  for (const one of bare) assert.deepEqual(one, bare[0]);
  assert.deepEqual(
    reasons.map(([{ example }]) => Number(example.match(/disk (\d+)/)![1])),
    [0, 1, 2, 3, 4, 5, 6, 7, 7, 7, 7, 7],
  );
  assert.deepEqual(
    reasons.map(([{ exampleElsewhere = false }]) => exampleElsewhere),
    [...Array(8).fill(false), ...Array(4).fill(true)],
  );
});

Deno.test("scan() comes to the same verdicts however bytes come and checkpoints fall", async () => {
  for (
    const [settings, text] of [[settingsOf(), withError], [settingsOf({ session }), orders(60)]] as const
  ) {
    const model = await modelOf({ "a.log": settings.session ? orders(40) : calmLog(100) }, settings);
    const once = await judged(model, { "a.log": text });
    const often = await judged(model, { "a.log": text }, { piece: 97, checkpointBytes: 1 });
    assert.deepEqual(often.verdicts, once.verdicts);
    assert.equal(once.checkpoints, 1);
    if (settings.session === null) assert.ok(often.checkpoints > 10);
  }
});

Deno.test("scan() judges a session when it has been silent long enough, a window when time has passed its end", async () => {
  const settings = settingsOf({ session });
  const model = await modelOf({ "a.log": orders(40) }, settings);
  const { verdicts } = await judged(model, { "a.log": orders(20) });
  assert.deepEqual(verdicts.map(({ key }) => Number(key.split("@")[0])).sort((a, b) => a - b), [
    ...Array(14).keys(),
  ]);
  assert.ok(verdicts.every(({ lines, key }) => lines === (Number(key.split("@")[0]) % 10 === 9 ? 4 : 3)));
});

Deno.test("restoreModel() gives back a model that judges to the last bit as the saved one", async () => {
  for (
    const [settings, training, text] of [
      [settingsOf(), calmLog(100), withError],
      [settingsOf({ session }), orders(40), orders(60) + line(4000, "order=7777 lost", "ERROR")],
    ] as const
  ) {
    const stream = await modelOf({ "a.log": training }, settings);
    const snapshot = modelSnapshot({ version: "", parent: null, createdAt: 5, seed: 1, streams: [stream] });
    const restored = await restoreModel(JSON.parse(JSON.stringify(snapshot)), "v0001");
    assert.deepEqual(modelSnapshot(restored), snapshot);
    const [before, after] = [
      await judged(stream, { "a.log": text }),
      await judged(restored.streams[0], { "a.log": text }),
    ];
    assert.deepEqual(after.verdicts, before.verdicts);
    assert.deepEqual(
      after.parts.map(({ anomalous }) => [...anomalous]),
      before.parts.map(({ anomalous }) => [...anomalous]),
    );
  }
});

Deno.test("restoreModel() refuses what is no model, another format, and a part that is missing", async () => {
  const stream = await modelOf({ "a.log": calmLog(20) });
  const snapshot = modelSnapshot({ version: "", parent: null, createdAt: 5, seed: 1, streams: [stream] });
  await assert.rejects(() => restoreModel(null, "v1"), /Cannot use model v1: it is no DeepScan model/);
  await assert.rejects(
    () => restoreModel({ ...snapshot, format: 0 }, "v1"),
    /it has format 0, this program knows/,
  );
  for (const part of ["catalogue", "scopes", "trained"] as const) {
    const streams = snapshot.streams.map((stream) => ({ ...stream, [part]: undefined }));
    await assert.rejects(
      () => restoreModel({ ...snapshot, streams }, "v1"),
      /Cannot use model v1: .*; train a new one/,
    );
  }
});
