import assert from "node:assert/strict";
import { fitStream, NoWindowsError } from "../../lib/model/fit.ts";
import { learn } from "../../lib/model/learn.ts";
import {
  calmLog,
  learnedFrom,
  line,
  MadeLog,
  modelOf,
  settingsOf,
  START,
  variedLog,
  WINDOW,
} from "./made_logs.ts";

const options = {
  detectors: ["new-template", "unseen-vector"],
  threshold: { rule: "quantile", level: .99, k: 3 },
  seed: 1,
};

Deno.test("learn() gives the same fingerprint however the bytes come, another for other lines", async () => {
  const text = calmLog(40);
  const prints = [];
  for (const piece of [Infinity, 1, 17, 4096]) {
    prints.push(
      (await fitStream(await learnedFrom({ "a.log": text }, settingsOf(), { piece }), options)).trained,
    );
  }
  for (const trained of prints) assert.deepEqual(trained, prints[0]);
  const other = await modelOf({ "a.log": text + line(2401, "stock counted") });
  assert.notEqual(other.trained.fingerprint, prints[0].fingerprint);
  assert.match(other.trained.fingerprint, /^[0-9a-f]{16}$/);
});

Deno.test("learn() with a span stops at the nearest border of a time window and leaves the rest unread", async () => {
  const learned = await learnedFrom({ "a.log": calmLog(40) }, settingsOf(), { span: 20 * WINDOW });
  assert.equal(learned.complete, true);
  assert.equal(learned.read, 40);
  assert.ok(learned.to < START + 20 * WINDOW);
  const [{ position }] = await learned.records.positions();
  assert.equal(position.offset, calmLog(20).length);
});

Deno.test("learn() says when the span is not there yet", async () => {
  const learned = await learnedFrom({ "a.log": calmLog(10) }, settingsOf(), { span: 20 * WINDOW });
  assert.equal(learned.complete, false);
});

Deno.test("learn() of one span is the same whether more lines are there or not", async () => {
  const [short, long] = await Promise.all(
    [21, 60].map((minutes) =>
      learnedFrom(
        { "a.log": calmLog(60).split("\n").slice(0, 2 * minutes).join("\n") + "\n" },
        settingsOf(),
        { span: 20 * WINDOW },
      )
    ),
  );
  const [one, other] = [await fitStream(short, options), await fitStream(long, options)];
  assert.equal(one.trained.fingerprint, other.trained.fingerprint);
});

Deno.test("fitStream() refuses a stream without a window", async () => {
  await assert.rejects(
    async () => await fitStream(await learnedFrom({ "a.log": "" }), options),
    (error: Error) => error instanceof NoWindowsError && /there are no lines/.test(error.message),
  );
  await assert.rejects(
    async () => await fitStream(await learnedFrom({ "a.log": "no time\n" }), options),
    /no line has a session or a time/,
  );
});

Deno.test("fitStream() gives sessions, all time windows and every busy service a scope", async () => {
  const session = { pattern: "order=(\\d+)", idle: 30 * WINDOW };
  const orders = Array.from(
    { length: 200 },
    (_, i) => line(60 * i, `order=${i} paid`) + line(60 * i + 9, "pool ok"),
  );
  const model = await modelOf({ "a.log": orders.join(""), "b.log": calmLog(20) }, settingsOf({ session }));
  assert.deepEqual(model.scopes.map(({ name }) => name), ["sessions", "*", "service a.log"]);
  for (const { detectors } of model.scopes) {
    assert.deepEqual(detectors.map(({ detector }) => detector.kind), options.detectors);
  }
});

Deno.test("fitStream() lets detectors join under a budget where windows differ, also of the only service", async () => {
  const joined = async (log: string) => {
    const model = await fitStream(await learnedFrom({ "a.log": log }), { detectors: ["isolation-forest"] });
    return model.scopes.map(({ name, detectors }) => [name, detectors.length]);
  };
  assert.deepEqual(await joined(variedLog(70)), [["*", 1]]);
  assert.deepEqual(await joined(calmLog(70)), [["*", 0]]);
});

Deno.test("learn() closes the logs where their reading fails: nobody else has them", async () => {
  const input = new MadeLog("a.log", calmLog(40));
  let closed = 0;
  input.close = () => void closed++;
  input.read = () => Promise.reject(new TypeError("broken"));
  await assert.rejects(() => learn(settingsOf(), [input]), /broken/);
  assert.ok(closed > 0);
});
