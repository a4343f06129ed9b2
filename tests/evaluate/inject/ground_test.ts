import assert from "node:assert/strict";
import { serviceGrounds, sessionGround } from "../../../lib/evaluate/inject/ground.ts";
import { sessionsOf } from "../../../lib/evaluate/log/divided_log.ts";
import { BEGIN, ORDERS, ordersLog, recorded } from "../made_log.ts";

Deno.test("serviceGrounds() keeps services apart and counts what is usual in the first part only", async () => {
  const lines = Array.from({ length: 40 }, (_, i) => {
    const clock = `00:${`${i}`.padStart(2, "0")}:00`;
    return `Mar  2 ${clock} h ${i % 2 === 0 ? "su" : "cron"}: ${i < 20 ? "session" : "other"} opened\n`;
  });
  const log = await recorded(lines.join(""), { format: "syslog" });
  const cut = log.records[20].time, [su, cron] = serviceGrounds(log, cut);
  assert.deepEqual([su.name, cron.name], ["su", "cron"]);
  assert.deepEqual(su.uses.map(({ count, windows }) => [count, windows]), [[10, 4]]);
  assert.deepEqual([su.trained.to - su.trained.from, su.tested.to - su.tested.from], [4, 4]);
  assert.equal([...su.windows.values()].flat().length, 20);
});

Deno.test("serviceGrounds() leaves out lines with a session", async () => {
  assert.deepEqual(serviceGrounds(await recorded(ordersLog(5), ORDERS), BEGIN), []);
});

Deno.test("sessionGround() knows what share of the training sessions has a step", async () => {
  const log = await recorded(ordersLog(60), ORDERS), sessions = sessionsOf(log);
  const { shares } = sessionGround(log, sessions, [], 60_000), values = [...shares.values()];
  assert.ok(values.filter((share) => share === 1).length >= 3);
  assert.ok(values.some((share) => share > .1 && share < .6)); // delayed parcels
});
