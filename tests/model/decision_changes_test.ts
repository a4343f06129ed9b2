import assert from "node:assert/strict";
import { decisionChanges } from "../../lib/model/decision_changes.ts";
import { fitStream } from "../../lib/model/fit.ts";
import type { StreamModel } from "../../lib/model/stream_model.ts";
import { learnedFrom, line, settingsOf, variedLog, WINDOW } from "./made_logs.ts";

/** Orders in which steps are more or less often repeated. */
const ORDERS = Array.from({ length: 120 }, (_, i) =>
  [
    line(60 * i + 7, `order=${i} paid`),
    ...Array.from({ length: (i * i) % 7 }, (_, k) => line(60 * i + 8 + k, `order=${i} packed`)),
    ...(i % 31 === 0 ? [line(60 * i + 20, `order=${i} returned`)] : []),
  ].join("")).join("");

/** Fits a stream of sessions and time windows by each of these thresholds. */
async function fitted(
  ...thresholds: { rule: string; level?: number; alertsPerDay?: number; sessions?: number }[]
) {
  const settings = settingsOf({ session: { pattern: "order=(\\d+)", idle: WINDOW } });
  const learned = await learnedFrom({ "a.log": variedLog(120), "b.log": ORDERS }, settings),
    models: StreamModel[] = [];
  for (const threshold of thresholds) {
    models.push(
      await fitStream(learned, {
        threshold: { level: .999, k: 3, ...threshold },
        detectors: ["isolation-forest"],
      }),
    );
  }
  return models;
}

Deno.test("decisionChanges() names the budgets of channels and what is said of sessions", async () => {
  const [before, after] = await fitted(
    { rule: "budget", alertsPerDay: 1, sessions: .01 },
    { rule: "budget", alertsPerDay: 4, sessions: .1 },
  );
  const changes = decisionChanges(before, after);
  const windows = changes.filter(({ scope }) => scope === "*"),
    channel = windows.find(({ what }) => what === "record")!;
  assert.match(channel.before, /^line [\d.]+, [\d.]+ alarms a day$/);
  const perDay = (text: string) => Number(/([\d.]+) alarms/.exec(text)![1]);
  assert(
    windows.length > 3 && windows.every(({ before, after }) => {
      return Math.abs(perDay(after) / perDay(before) - 4) < .1;
    }),
  );
  const said = changes.find(({ scope }) => scope === "sessions")!;
  assert.equal(said.what, "what sessions do");
  assert.match(said.after, /is expected to flag/);
  assert.deepEqual(decisionChanges(before, before), []);
});

Deno.test("decisionChanges() names the line of each detector, and what only one model has", async () => {
  const [low, high, budget] = await fitted(
    { rule: "quantile", level: .6 },
    { rule: "quantile", level: .999 },
    {
      rule: "budget",
    },
  );
  for (const { what, before, after } of decisionChanges(low, high)) {
    assert.equal(what, "isolation-forest");
    assert(Number(before.slice(5)) < Number(after.slice(5)), `${before} → ${after}`);
  }
  const changes = decisionChanges(low, budget);
  assert(changes.some(({ what, after }) => what === "isolation-forest" && after === ""));
  assert(changes.some(({ what, before }) => what === "what sessions do" && before === ""));
});
