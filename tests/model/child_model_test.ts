import assert from "node:assert/strict";
import { childModel, ChildModelError, nextModel } from "../../lib/model/child_model.ts";
import { fitStream, type FitStreamOptions } from "../../lib/model/fit.ts";
import { learn } from "../../lib/model/learn.ts";
import { type Model, modelSnapshot, restoreModel } from "../../lib/model/model.ts";
import { scanOnce } from "../../lib/model/scan_once.ts";
import { type StreamModel, streamSnapshot } from "../../lib/model/stream_model.ts";
import type { StreamSettings } from "../../lib/model/stream_settings.ts";
import { trainingOptions } from "../../lib/model/training_options.ts";
import { calmLog, line, MadeLog, settingsOf, START, variedLog, WINDOW } from "./made_logs.ts";

const SETTINGS = settingsOf({ session: { pattern: "order=(\\d+)", idle: WINDOW } });
const ORDERS = Array.from({ length: 60 }, (_, i) => line(60 * i + 7, `order=${i} paid`)).join("");
const LOGS = { "a.log": variedLog(90), "b.log": ORDERS };
/** One with weights of its own that is quick to fit. */
const JOINED = ["isolation-forest"];

/** A stream fitted on logs. */
async function fitted(
  options: FitStreamOptions = {},
  { logs = LOGS, settings = SETTINGS }: { logs?: Record<string, string>; settings?: StreamSettings } = {},
): Promise<StreamModel> {
  const open = () => Object.entries(logs).map(([name, text]) => new MadeLog(name, text));
  return await fitStream(await learn(settings, open()), { detectors: JOINED, ...options });
}

const budget = (alertsPerDay: number, sessions = .01, level = .999) => ({
  threshold: { rule: "budget", level, k: 3, alertsPerDay, sessions },
});
const quantile = (level: number) => ({ threshold: { rule: "quantile", level, k: 3 } });

/** A saved model with this stream and another one. */
async function savedModel(stream: StreamModel): Promise<Model> {
  const other = await fitted(quantile(.99), {
    settings: settingsOf({ name: "other" }),
    logs: { "o.log": calmLog(20) },
  });
  const model = { version: "", parent: null, createdAt: 1, seed: 3, streams: [other, stream] };
  return await restoreModel(JSON.parse(JSON.stringify(modelSnapshot(model))), "v0007");
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

Deno.test("childModel() keeps the weights to the byte, names the parent, and decides as the stream does", async () => {
  for (const [before, after] of [[budget(2), budget(.1, .1)], [quantile(.999), quantile(.7)]]) {
    const parent = await savedModel(await fitted(before)), stream = await fitted(after);
    const child = await childModel(parent, stream, { createdAt: 5 });
    assert.deepEqual([child.version, child.parent, child.createdAt, child.seed], ["", "v0007", 5, 3]);
    assert.equal(child.streams[0], parent.streams[0]);

    const [own, changed, wanted] = [parent.streams[1], child.streams[1], stream].map(streamSnapshot).map(
      plain,
    );
    for (const part of ["settings", "catalogue", "watched", "trained", "formats"]) {
      assert.deepEqual(changed[part], own[part], part);
    }
    const weights = (scopes: typeof own.scopes) =>
      scopes.map(({ space, detectors }: { space: unknown; detectors: { detector: unknown }[] }) => [
        space,
        detectors.map(({ detector }) => detector),
      ]);
    assert.equal(JSON.stringify(weights(changed.scopes)), JSON.stringify(weights(own.scopes)));
    assert.deepEqual(changed.scopes, wanted.scopes);
    assert.notDeepEqual(changed.scopes, own.scopes);
    assert.deepEqual(
      plain(modelSnapshot(await restoreModel(plain(modelSnapshot(child)), "v0008"))),
      plain(modelSnapshot(child)),
    );
  }
});

Deno.test("childModel() judges as the stream that was given, and the parent as before", async () => {
  const parent = await savedModel(await fitted(quantile(.999))), stream = await fitted(quantile(.7));
  const child = await childModel(parent, stream, { createdAt: 5 });
  const scores = async (
    model: StreamModel,
  ) => [...(await scanOnce(model, [new MadeLog("a.log", variedLog(120))])).score];
  const before = await scores(parent.streams[1]), after = await scores(child.streams[1]);
  assert.deepEqual(after, await scores(stream));
  assert.notDeepEqual(after, before);
  assert.deepEqual(await scores(parent.streams[1]), before);
});

Deno.test("childModel() refuses what is more than another line, and says what it is", async () => {
  const parent = await savedModel(await fitted(budget(1)));
  const longer = { ...LOGS, "a.log": variedLog(91) }, stream = await fitted(budget(2));
  const cases: [Promise<StreamModel> | StreamModel, RegExp][] = [
    [
      fitted({}, { settings: { ...SETTINGS, name: "till" } }),
      /of stream till: model v0007 has other, shop/,
    ],
    [
      fitted({}, { settings: { ...SETTINGS, lateness: 0 } }),
      /of stream shop: its lateness is 0, and 600000 in model v0007/,
    ],
    [
      fitted({}, { logs: longer }),
      /it was fitted on other data \([0-9a-f]{16}\) than model v0007 \([0-9a-f]{16}\)/,
    ],
    [
      { ...stream, watched: { ...stream.watched, values: { text: {} } } },
      /other values of its lines are followed/,
    ],
    [{ ...stream, scopes: stream.scopes.slice(1) }, /its windows are divided otherwise/],
    [
      fitted(quantile(.99)),
      /scope sessions: it is decided by static, and by .*session-modes.* in model v0007/,
    ],
    [
      fitted({ ...budget(1), detectors: [] }),
      /scope sessions: it has other detectors \(none\) than \(isolation-forest\)/,
    ],
    [fitted({ ...budget(1), seed: 9 }), /isolation-forest has other weights than in model v0007/],
    [
      fitted(budget(1, .01, .5)),
      /what isolation-forest says is weighed otherwise \(by level or k\) than in model v0007/,
    ],
  ];
  for (const [other, message] of cases) {
    await assert.rejects(
      async () => await childModel(parent, await other, { createdAt: 5 }),
      (error: Error) => {
        assert(error instanceof ChildModelError);
        assert.match(error.message, message);
        assert.match(error.message, /^Cannot move only the line of .*; train a new model$/);
        return true;
      },
    );
  }
  const unsaved = { ...parent, version: "" };
  await assert.rejects(
    () => childModel(unsaved, stream, { createdAt: 5 }),
    /of a model: it was never saved/,
  );
});

Deno.test("nextModel() replaces one stream and keeps the others as they are", async () => {
  const parent = await savedModel(await fitted(quantile(.99))), [other, shop] = parent.streams;
  const changed = { ...other, formats: ["syslog"] }, next = nextModel(parent, changed, { createdAt: 9 });
  assert.deepEqual([next.version, next.parent, next.createdAt, next.seed], ["", "v0007", 9, 3]);
  assert.equal(next.streams[0], changed);
  assert.equal(next.streams[1], shop);
});

/** Learns logs with these options. */
async function modelOfAll(logs: Record<string, string>, options = {}): Promise<StreamModel> {
  const open = () => Object.entries(logs).map(([name, text]) => new MadeLog(name, text));
  const learned = await learn(SETTINGS, open(), { ...options, reopen: () => Promise.resolve(open()) });
  return await fitStream(learned, { detectors: [], ...quantile(.99) });
}

Deno.test("trainingOptions() teach the same again from logs that go on, whole trainings and first ones alike", async () => {
  const later = line(60 * 95, "order=900 paid") + line(60 * 96, "disk full", "ERROR");
  const logs = { ...LOGS, "a.log": variedLog(130), "c.log": later };
  const minute = 60_000, spans = [{}, { from: START + 5 * minute, to: START + 70 * minute }];
  for (const span of [...spans, { span: 60 * minute }, { span: 61.4 * minute }]) {
    const trained = await modelOfAll(Object.keys(span).length === 0 ? LOGS : logs, span);
    const again = await modelOfAll(logs, trainingOptions(trained));
    assert.deepEqual(plain(again.trained), plain(trained.trained), JSON.stringify(span));
    assert.deepEqual(plain(again.watched), plain(trained.watched));
  }
});
