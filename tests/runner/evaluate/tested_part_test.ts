import assert from "node:assert/strict";
import { type Input, recordLog } from "../../../lib/mod.ts";
import { testedPart } from "../../../runner/evaluate/tested_part.ts";
import { allBytes } from "../../../lib/evaluate/log/memory_input.ts";
import { BEGIN, MINUTE, ordersLog, servicesLog, textInput, textOf } from "../../evaluate/made_log.ts";

const SETTINGS = { format: "auto", service: "field", session: null, window: 5 * MINUTE, utcOffset: 0 };
const ORDERS = { ...SETTINGS, session: { pattern: "order=(\\d+)" } };
const read = async (inputs: Input[]) => textOf(await allBytes(inputs[0]));
const verdict = (start: number, key = "", service: string | null = "app.log") => {
  return { key, service, start, end: start, score: 0, anomalous: false };
};

Deno.test("testedPart() cuts a log in two at the border of a window, and loses no line", async () => {
  const text = servicesLog(2, "iso8601"), part = testedPart(await recordLog([textInput(text)], SETTINGS), .5);
  assert.equal(part.cut, BEGIN + 60 * MINUTE);
  assert.equal(await read(part.training()) + await read(part.testing()), text);
  assert.deepEqual([part.isTested(verdict(part.cut)), part.isTested(verdict(part.cut - 1))], [true, false]);
});

Deno.test("testedPart() lets a model that is there see all since its training, and tests the second part all the same", async () => {
  const log = await recordLog([textInput(servicesLog(2, "iso8601"))], SETTINGS);
  const part = testedPart(log, .5, BEGIN + 18 * MINUTE);
  assert.match(await read(part.testing()), /^2026-03-02T00:20:/);
  assert.equal(part.isTested(verdict(BEGIN + 20 * MINUTE)), false);
  assert.match(await read(testedPart(log, .5, BEGIN + 90 * MINUTE).testing()), /^2026-03-02T01:00:/); // it has seen that before
  assert.match(await read(testedPart(log, .5, NaN).testing()), /^2026-03-02T01:00:/);
});

Deno.test("testedPart() divides sessions by their beginning", async () => {
  const part = testedPart(await recordLog([textInput(ordersLog(10))], ORDERS), .6);
  assert.deepEqual([part.trained.length, part.tested.length], [6, 4]);
  const [training, testing] = [await read(part.training()), await read(part.testing())];
  assert.match(training, /order=5005 shipped/);
  assert.doesNotMatch(training, /order=5006/);
  assert.match(testing, /order=5006 created/);
  assert.deepEqual([part.isTested(verdict(NaN, "5006", null)), part.isTested(verdict(NaN, "5005", null))], [
    true,
    false,
  ]);
});

Deno.test("testedPart() refuses what can't be divided", async () => {
  const one = await recordLog([textInput("2026-03-02T00:00:00Z INFO up\n")], SETTINGS);
  assert.throws(() => testedPart(one, .5), /less than two windows of 300 s/);
  const timeless = await recordLog([textInput("up\n")], { ...SETTINGS, format: "content" });
  assert.throws(() => testedPart(timeless, .5), /its lines have no times/);
  const sessions = await recordLog([textInput("order=1\n")], { ...ORDERS, format: "content" });
  assert.throws(() => testedPart(sessions, .5), /--session finds 1 session in it/);
});
