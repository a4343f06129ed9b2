/**
 * What each kind of anomaly does to a log, beyond what all of them hold.
 *
 * @module
 */
import assert from "node:assert/strict";
import { Dice } from "../../../lib/evaluate/inject/dice.ts";
import { serviceGrounds, sessionGround } from "../../../lib/evaluate/inject/ground.ts";
import { injectionByName } from "../../../lib/evaluate/inject/registry.ts";
import { sessionsOf } from "../../../lib/evaluate/log/divided_log.ts";
import { LogEdit } from "../../../lib/evaluate/log/log_edit.ts";
import type { RecordedLog } from "../../../lib/evaluate/log/recorded_log.ts";
import { BEGIN, ORDERS, ordersLog, recorded, servicesLog, textOf } from "../made_log.ts";

const HOUR = 3_600_000, WINDOW = 300_000;

/** The anomaly in the twentieth hour, and how long it takes. */
async function inHour20(name: string, log: RecordedLog, seed = 1) {
  const kind = injectionByName(name), [ground] = serviceGrounds(log, BEGIN + 15 * HOUR);
  assert.ok(kind.on === "window");
  const at = (BEGIN + 20 * HOUR) / WINDOW,
    edit = new LogEdit(log),
    seedling = kind.prepare(ground, new Dice(seed), 0);
  const what = await seedling?.plant(at, edit) ?? null;
  return {
    edit,
    what,
    windows: seedling?.windows ?? 0,
    from: at * WINDOW,
    to: (at + (seedling?.windows ?? 0)) * WINDOW,
  };
}

const services = await recorded(servicesLog(24, "iso8601"));

/** Lines of the log as it is now with a time within the span. */
async function linesWithin(
  { edit, from, to }: { edit: LogEdit; from: number; to: number },
): Promise<string[]> {
  const log = await recorded(textOf(edit.bytes(0)));
  return log.records.filter(({ time }) => time >= from && time < to)
    .map(({ start, end }) => textOf(log.inputs[0].bytes.subarray(start, end)).trimEnd());
}

Deno.test("burst: ten times as many as the windows with it have, of one template", async () => {
  const done = await inHour20("burst", services),
    [, count, text] = /^(\d+) more of "(.*)"$/.exec(done.what!)!;
  assert.equal(done.edit.inserted, Number(count));
  const known = services.records.find(({ template }) => services.catalogue.template(template).text === text)!;
  const usual = services.records.filter(({ template, time }) =>
    template === known.template && time < BEGIN + 15 * HOUR
  );
  const windows = new Set(usual.map(({ time }) => Math.floor(time / WINDOW))).size;
  assert.equal(Number(count), Math.max(10, Math.ceil(10 * usual.length / windows)));
});

Deno.test("vanished: nothing of it is left for three periods", async () => {
  for (const seed of [1, 2, 3]) {
    const done = await inHour20("vanished", services, seed),
      [, count, text] = /^(\d+) of "(.*)" taken out$/.exec(done.what!)!;
    assert.ok(Number(count) >= 3 && done.edit.removed === Number(count));
    const word = new RegExp(text.replace(/<\*>.*/, "").replace(/[^\w ]/g, ".")); // up to its first variable
    if (!text.startsWith("<*>")) assert.ok(!(await linesWithin(done)).some((line) => word.test(line)), text);
  }
});

Deno.test("new-error: one line, with an error's level", async () => {
  const done = await inHour20("new-error", services), lines = await linesWithin(done);
  assert.equal(done.edit.inserted, 1);
  assert.equal(lines.filter((line) => / ERROR checksum mismatch/.test(line)).length, 1);
});

Deno.test("new-error: in a log without levels, in words", async () => {
  const done = await inHour20("new-error", await recorded(servicesLog(24, "syslog")));
  assert.match(done.what!, /^"error: checksum mismatch/);
});

Deno.test("new-info: one line, no error", async () => {
  const done = await inHour20("new-info", services), lines = await linesWithin(done);
  assert.equal(lines.filter((line) => / INFO rotated the keyring/.test(line)).length, 1);
});

Deno.test("new-error: in an access log, a request for something new with status 500", async () => {
  const lines = Array.from({ length: 24 * 60 }, (_, i) => {
    const at = new Date(BEGIN + i * 60_000).toISOString();
    return `192.0.2.7 - - [0${at.slice(9, 10)}/Mar/2026:${
      at.slice(11, 19)
    } +0000] "GET /basket HTTP/1.1" 200 ${500 + i % 40}\n`;
  });
  const log = await recorded(lines.join("")), { edit } = await inHour20("new-error", log);
  assert.match(textOf(edit.bytes(0)), /"GET \/checksum-mismatch-\S+ HTTP\/1\.1" 500 /);
  assert.match(textOf((await inHour20("scanner", log)).edit.bytes(0)), /"GET \/\S+ HTTP\/1\.1" 404 /);
});

Deno.test("order-swap: the follower comes first, at the other one's time", async () => {
  const done = await inHour20("order-swap", services), lines = await linesWithin(done);
  assert.equal(
    lines.length,
    services.records.filter(({ time }) => time >= done.from && time < done.to).length,
  );
  assert.equal(done.edit.replaced % 2, 0);
  const times = lines.map((line) => line.slice(0, 24));
  assert.deepEqual(times, times.toSorted());
});

Deno.test("slow-burn: more and more, in many windows", async () => {
  const done = await inHour20("slow-burn", services);
  assert.ok(done.windows >= 8 && done.edit.inserted > done.windows / 2);
  const half = (done.from + done.to) / 2, before = await linesWithin({ ...done, to: half });
  assert.ok((await linesWithin({ ...done, from: half })).length > before.length);
});

Deno.test("value-jump: one number, twenty times the largest", async () => {
  const done = await inHour20("value-jump", services),
    [, value, old] = /^(\d+) instead of (\d+)/.exec(done.what!)!;
  assert.ok(Number(value) > 15 * Number(old) && done.edit.replaced === 1);
});

Deno.test("dropped-lines: most are gone", async () => {
  const done = await inHour20("dropped-lines", services), left = (await linesWithin(done)).length;
  assert.ok(
    done.edit.removed >= 20 && left < done.edit.removed / 2,
    `${done.edit.removed} gone, ${left} left`,
  );
});

Deno.test("scanner: three hundred lines", async () => {
  const done = await inHour20("scanner", services);
  assert.equal(done.edit.inserted, 300);
});

const orders = await recorded(ordersLog(100), ORDERS), all = sessionsOf(orders);
const ground = sessionGround(orders, all.slice(0, 60), all.slice(60), HOUR);

/** The messages of the seventieth order, before and after. */
async function inOrder70(name: string, seed = 1) {
  const kind = injectionByName(name), edit = new LogEdit(orders);
  assert.ok(kind.on === "session");
  const what = await kind.plant(all[70], ground, new Dice(seed), edit, 0);
  const log = await recorded(textOf(edit.bytes(0)), ORDERS), { key } = all[70];
  const steps = (of: RecordedLog) =>
    sessionsOf(of).find((session) => session.key === key)!.records.map((record) => {
      const { contentStart, contentEnd } = of.records[record];
      return textOf(of.inputs[0].bytes.subarray(contentStart, contentEnd));
    });
  return { what, before: steps(orders), after: steps(log) };
}

Deno.test("repeated-step: one step, five to twenty times more, before the next one", async () => {
  const { before, after } = await inOrder70("repeated-step");
  assert.ok(after.length - before.length >= 5 && after.length - before.length <= 20);
  assert.deepEqual(after.filter((step, i) => step !== after[i - 1]), before);
});

Deno.test("step-value: one step says twenty times the largest number, all else is as it was", async () => {
  const { what, before, after } = await inOrder70("step-value");
  assert.match(what!, /^180 instead of \d in "order=<\*> created with <\*> items"$/);
  assert.deepEqual(
    after.map((step) => step.replace("with 180 items", "")),
    before.map((step) => step.replace(/with \d items/, "")),
  );
});

Deno.test("missing-step: one usual step less", async () => {
  const { before, after } = await inOrder70("missing-step");
  const missing = before.filter((step) => !after.includes(step));
  assert.ok(missing.length === 1 && after.length === before.length - 1 && !missing[0].startsWith("parcel"));
});

Deno.test("early-end: the first steps, as they were", async () => {
  const { before, after } = await inOrder70("early-end");
  assert.ok(after.length > 0 && after.length < before.length);
  assert.deepEqual(after, before.slice(0, after.length));
});

Deno.test("foreign-step: something of others, under its own key", async () => {
  for (const session of all.slice(60)) { // those that can have one: the late ones have every step
    const kind = injectionByName("foreign-step"), edit = new LogEdit(orders);
    assert.ok(kind.on === "session");
    const what = await kind.plant(session, ground, new Dice(2), edit, 0);
    const has = session.records.length === 5;
    assert.equal(what === null, has);
    if (!has) assert.match(textOf(edit.bytes(0)), new RegExp(`parcel of order=${session.key} delayed`));
  }
});

Deno.test("new-error-step and new-info-step: a line with the session's key", async () => {
  const error = await inOrder70("new-error-step"), info = await inOrder70("new-info-step");
  assert.equal(
    error.after.filter((step) =>
      step === "checksum mismatch while reading segment of the spindle store order=5070"
    ).length,
    1,
  );
  assert.equal(info.after.filter((step) => /^rotated the keyring of .* order=5070$/.test(step)).length, 1);
});
