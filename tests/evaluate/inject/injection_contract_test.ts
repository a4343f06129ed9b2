/**
 * What every kind of anomaly has to hold, in logs of several forms.
 *
 * @module
 */
import assert from "node:assert/strict";
import { serviceGrounds, sessionGround } from "../../../lib/evaluate/inject/ground.ts";
import type { Injection } from "../../../lib/evaluate/inject/injection.ts";
import { plantSessions, plantWindows, type Round } from "../../../lib/evaluate/inject/plant.ts";
import { INJECTIONS } from "../../../lib/evaluate/inject/registry.ts";
import { sessionsOf } from "../../../lib/evaluate/log/divided_log.ts";
import { LogEdit } from "../../../lib/evaluate/log/log_edit.ts";
import type { RecordedLog } from "../../../lib/evaluate/log/recorded_log.ts";
import { BEGIN, ORDERS, ordersLog, recorded, servicesLog, textOf } from "../made_log.ts";

const HOUR = 3_600_000;

/** Two of a kind in a log with that seed. */
async function plantedIn(log: RecordedLog, kind: Injection, seed = 1): Promise<Round[]> {
  const options = { count: 2, seed };
  if (kind.on === "window") {
    const grounds = serviceGrounds(log, BEGIN + 15 * HOUR);
    return (await plantWindows(grounds, [kind], () => true, options)).rounds;
  }
  const sessions = sessionsOf(log), at = Math.round(.65 * sessions.length);
  const ground = sessionGround(log, sessions.slice(0, at), sessions.slice(at), HOUR);
  return (await plantSessions(ground, [kind], () => true, options)).rounds;
}

/** The records of a log that an edit left alone, as text. */
function leftAlone(log: RecordedLog, edit: LogEdit): string[] {
  return log.records.flatMap(({ start, end }, i) =>
    edit.isChanged(i) ? [] : textOf(log.inputs[0].bytes.subarray(start, end))
  );
}

/** Whether `few` are among `all`, in their order. */
function isWithin(few: readonly string[], all: readonly string[]): boolean {
  let at = 0;
  for (const one of all) if (one === few[at]) at++;
  return at === few.length;
}

const LOGS: Record<string, { on: Injection["on"]; text: string; settings?: Parameters<typeof recorded>[1] }> =
  {
    "a service's log in ISO 8601": { on: "window", text: servicesLog(24, "iso8601") },
    "a service's syslog": { on: "window", text: servicesLog(24, "syslog") },
    "a service's log in JSON": { on: "window", text: servicesLog(24, "json") },
    "orders": { on: "session", text: ordersLog(200), settings: ORDERS },
    "orders without times": {
      on: "session",
      text: ordersLog(200, { timed: false }),
      settings: { ...ORDERS, format: "content" },
    },
  };

for (const [name, { on, text, settings }] of Object.entries(LOGS)) {
  const log = await recorded(text, settings);
  for (const kind of INJECTIONS.filter((kind) => kind.on === on)) {
    Deno.test(`${kind.name} in ${name}: leaves the rest as it was, is read by the same format, and does what it says`, async () => {
      const rounds = await plantedIn(log, kind);
      assert.equal(rounds.flatMap(({ planted }) => planted).length, 2);
      for (const { edit, planted } of rounds) {
        const now = textOf(edit.bytes(0)), again = await recorded(now, settings);
        assert.equal(again.inputs[0].state.format, log.inputs[0].state.format);
        assert.equal(again.records.length, log.records.length - edit.removed + edit.inserted);
        assert.ok(edit.removed + edit.replaced + edit.inserted > 0);
        const lines = again.records.map(({ start, end }) =>
          textOf(again.inputs[0].bytes.subarray(start, end))
        );
        assert.ok(isWithin(leftAlone(log, edit), lines));
        for (const { what, kind: of } of planted) assert.ok(what !== "" && of === kind.name);
      }
    });

    Deno.test(`${kind.name} in ${name}: changes nothing outside its label`, async () => {
      for (const { edit, planted } of await plantedIn(log, kind)) {
        const again = await recorded(textOf(edit.bytes(0)), settings),
          before = linesByPlace(log),
          after = linesByPlace(again);
        for (const place of new Set([...before.keys(), ...after.keys()])) {
          if (before.get(place) === after.get(place)) continue;
          const inside = planted.some(({ key, start, end }) =>
            key === null ? Number(place) >= start && Number(place) < end : key === place
          );
          assert.ok(inside, `${place}: ${before.get(place)} became ${after.get(place)}`);
        }
      }
    });

    Deno.test(`${kind.name} in ${name}: falls the same way for the same seed`, async () => {
      const texts = async (seed: number) =>
        (await plantedIn(log, kind, seed)).map(({ edit }) => textOf(edit.bytes(0)));
      assert.deepEqual(await texts(3), await texts(3));
      assert.notDeepEqual(await texts(3), await texts(4));
    });
  }
}

/** What each window (by its start), or session, holds. */
function linesByPlace(log: RecordedLog): Map<string, string> {
  const size = log.settings.window, places = new Map<string, string>();
  for (const { time, keys, start, end } of log.records) {
    const line = textOf(log.inputs[0].bytes.subarray(start, end));
    const own = keys.length > 0
      ? keys.map((key) => log.keys.text(key))
      : [`${Math.floor(time / size) * size}`];
    for (const place of own) places.set(place, (places.get(place) ?? "") + line);
  }
  return places;
}
