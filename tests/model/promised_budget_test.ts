import assert from "node:assert/strict";
import { fitStream } from "../../lib/model/fit.ts";
import { promisedBudget } from "../../lib/model/promised_budget.ts";
import { learnedFrom, line, settingsOf, variedLog, WINDOW } from "./made_logs.ts";

Deno.test("promisedBudget() is what the model was fitted by, and not known of other rules", async () => {
  const orders = Array.from({ length: 120 }, (_, i) => line(60 * i + 7, `order=${i} paid`)).join("");
  const settings = settingsOf({ session: { pattern: "order=(\\d+)", idle: WINDOW } });
  const learned = await learnedFrom({ "a.log": variedLog(120), "b.log": orders }, settings);
  const promised = async (rule: string) => {
    const threshold = { rule, level: .999, k: 3, alertsPerDay: 4, sessions: .05 };
    return promisedBudget(await fitStream(learned, { threshold, detectors: ["new-template"] }), [
      settings.name,
    ]);
  };
  assert.deepEqual(await promised("budget"), { alertsPerDay: 4, sessions: .05 });
  assert.deepEqual(await promised("quantile"), { alertsPerDay: null, sessions: null });
});
