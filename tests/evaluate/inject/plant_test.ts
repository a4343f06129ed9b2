import assert from "node:assert/strict";
import { serviceGrounds, sessionGround } from "../../../lib/evaluate/inject/ground.ts";
import type { WindowInjection } from "../../../lib/evaluate/inject/injection.ts";
import { plantSessions, plantWindows } from "../../../lib/evaluate/inject/plant.ts";
import { earlyEnd } from "../../../lib/evaluate/inject/early_end.ts";
import { injectionByName, INJECTIONS } from "../../../lib/evaluate/inject/registry.ts";
import { sessionsOf } from "../../../lib/evaluate/log/divided_log.ts";
import { BEGIN, ORDERS, ordersLog, recorded, servicesLog } from "../made_log.ts";

const HOUR = 3_600_000, WINDOW = 300_000, GUARD = 2;
const windowKinds = INJECTIONS.filter((kind): kind is WindowInjection => kind.on === "window");

Deno.test("plantWindows() plants in the tested part only, two windows apart, where nothing alerted", async () => {
  const log = await recorded(servicesLog(24, "iso8601")), cut = BEGIN + 12 * HOUR;
  const loud = (window: number) => window % 60 === 7;
  const { rounds, unplaced } = await plantWindows(
    serviceGrounds(log, cut),
    windowKinds,
    (_, window) => !loud(window),
    { count: 3, seed: 5 },
  );
  assert.deepEqual([...unplaced], []);
  for (const { planted } of rounds) {
    const spans = planted.map(({ start, end }) => [start / WINDOW, end / WINDOW]).sort((a, b) => a[0] - b[0]);
    assert.ok(spans[0][0] >= cut / WINDOW && spans.length <= 3); // half a day is tested
    spans.forEach(([from, to], i) => {
      if (i > 0) assert.ok(from - spans[i - 1][1] >= GUARD);
      for (let window = from - GUARD; window < to + GUARD; window++) assert.ok(!loud(window));
    });
  }
  assert.equal(rounds.flatMap(({ planted }) => planted).length, 3 * windowKinds.length);
});

Deno.test("plantWindows() says what found no place", async () => {
  const log = await recorded(servicesLog(24, "iso8601")), grounds = serviceGrounds(log, BEGIN + 12 * HOUR);
  const { rounds, unplaced } = await plantWindows(grounds, windowKinds.slice(0, 2), () => false, {
    count: 4,
    seed: 1,
  });
  assert.deepEqual([rounds.length, [...unplaced]], [0, [["new-error", 4], ["new-info", 4]]]);
});

Deno.test("plantSessions() touches each session once a round, and few of them", async () => {
  const log = await recorded(ordersLog(300), ORDERS), sessions = sessionsOf(log);
  const ground = sessionGround(log, sessions.slice(0, 100), sessions.slice(100), HOUR);
  const { rounds } = await plantSessions(ground, [earlyEnd], (key) => Number(key) % 2 === 0, {
    count: 20,
    seed: 1,
  });
  const keys = rounds.map(({ planted }) => planted.map(({ key }) => Number(key)));
  assert.equal(keys.flat().length, 20);
  assert.equal(new Set(keys.flat()).size, 20);
  assert.ok(keys.every((round) => round.length <= 6)); // 3 % of 200
  assert.ok(keys.flat().every((key) => key >= 5100 && key % 2 === 0));
});

Deno.test("injectionByName() names what there is where something else is asked for", () => {
  assert.throws(
    () => injectionByName("flood"),
    /^RangeError: Cannot plant flood: .*known are new-error, new-info/,
  );
});
