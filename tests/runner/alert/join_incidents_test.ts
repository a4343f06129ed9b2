import assert from "node:assert/strict";
import fc from "fast-check";
import type { Alert } from "../../../runner/alert/alert.ts";
import { incidentsOf } from "../../../runner/alert/incidents.ts";
import { joinIncidents } from "../../../runner/alert/join_incidents.ts";
import { sampleAlert } from "./sample_alert.ts";

const START = Date.UTC(2026, 2, 2), WINDOW = 300_000;

function alertAt(service: string, window: number): Alert {
  const start = START + window * WINDOW;
  return sampleAlert({ service, key: `${service}@${window}`, start, end: start + WINDOW });
}

/** What comes of alerts that are told of one by one, in this order; `isTold` after which of them people were told. */
function joinedOneByOne(alerts: readonly Alert[], isTold: (i: number) => boolean): Map<string, Set<string>> {
  const incidents = new Map<string, { alerts: Alert[]; isTold: boolean }>();
  alerts.forEach((alert, i) => {
    const known = [...incidents].map(([id, incident]) => ({ id, ...incident }));
    const { joined, merged } = joinIncidents([alert], known, () => WINDOW);
    for (const [id, into] of joined) {
      if (!incidents.has(into)) incidents.set(into, { alerts: [], isTold: false });
      incidents.get(into)!.alerts.push(alerts.find((one) => one.id === id)!);
    }
    for (const [id, into] of merged) {
      incidents.get(into)!.alerts.push(...incidents.get(id)!.alerts);
      incidents.delete(id);
    }
    if (isTold(i)) { for (const incident of incidents.values()) incident.isTold = true; }
  });
  return new Map([...incidents].map(([id, { alerts }]) => [id, new Set(alerts.map(({ id }) => id))]));
}

const alerts = fc.uniqueArray(
  fc.record({ service: fc.constantFrom("a", "b", "c"), window: fc.nat({ max: 60 }) }),
  {
    selector: ({ service, window }) => `${service}${window}`,
    maxLength: 10,
  },
).map((all) => all.map(({ service, window }) => alertAt(service, window)));

const sorted = (groups: Iterable<Iterable<string>>) =>
  [...groups].map((group) => [...group].sort().join()).sort();

Deno.test("joinIncidents() comes to what incidentsOf() finds in all at once, in any order, while nobody was told", () => {
  fc.assert(fc.property(alerts, (some) => {
    const wanted = incidentsOf(some, { windowOf: () => WINDOW }).map(({ alerts }) =>
      alerts.map(({ id }) => id)
    );
    assert.deepEqual(sorted(joinedOneByOne(some, () => false).values()), sorted(wanted));
  }));
});

Deno.test("joinIncidents() never moves an alert of an incident that people know, nor renames it", () => {
  fc.assert(fc.property(alerts, fc.nat({ max: 10 }), (some, at) => {
    const before = joinedOneByOne(some.slice(0, at), (i) => i === at - 1);
    const after = joinedOneByOne(some, (i) => i === at - 1);
    for (const [id, own] of at <= some.length ? before : []) assert.ok(own.isSubsetOf(after.get(id)!));
    assert.deepEqual([...after.values()].flatMap((own) => [...own]).sort(), some.map(({ id }) => id).sort());
  }));
});
