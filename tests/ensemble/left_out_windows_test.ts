import assert from "node:assert/strict";
import { SeriesEnsemble } from "../../lib/ensemble/series.ts";
import { ThreatEnsemble } from "../../lib/ensemble/threats.ts";
import type { EventWindow } from "../../lib/feature/event_window.ts";
import { anomalousFor, history, NAMES, WINDOW } from "../detector/series/windows.ts";
import { refused } from "../detector/threat/lines.ts";
import { windowsOf } from "./threats/windows.ts";

const without = (windows: readonly EventWindow[]) => windows.map((window) => ({ ...window, leftOut: true }));

/** Names of the detectors that fire in the windows. */
function fired(ensemble: SeriesEnsemble, windows: readonly EventWindow[]): Set<string> {
  const state = ensemble.start();
  return new Set(
    windows.flatMap((each) => ensemble.judge(state, each).opinions.map(({ detector }) => detector)),
  );
}

/** An incident behind twenty calm days. */
const INCIDENT = anomalousFor("new-error"), CALM = history(20);

Deno.test("SeriesEnsemble fit() learns nothing of windows that are left out: what was in them is new again", () => {
  const seen = [...CALM, ...INCIDENT], after = INCIDENT.map((window) => shifted(window, INCIDENT.length));
  assert.ok(fired(SeriesEnsemble.fit(CALM, NAMES, { windowMs: WINDOW }), INCIDENT).has("new-error"));
  assert.ok(!fired(SeriesEnsemble.fit(seen, NAMES, { windowMs: WINDOW }), after).has("new-error"));
  const left = SeriesEnsemble.fit([...CALM, ...without(INCIDENT)], NAMES, { windowMs: WINDOW });
  assert.ok(fired(left, after).has("new-error"));
});

function shifted(window: EventWindow, windows: number): EventWindow {
  return { ...window, start: window.start + windows * WINDOW, end: window.end + windows * WINDOW };
}

Deno.test("SeriesEnsemble fit() draws the same lines whatever was in the windows that are left out", () => {
  const place = CALM.slice(0, -48), day = CALM.slice(-48), burst = anomalousFor("record")[0];
  const lines = (windows: readonly EventWindow[]) => {
    const all = [...place, ...without(windows), ...history(2, 20)];
    return SeriesEnsemble.fit(all, NAMES, { windowMs: WINDOW }).lines().filter(({ detector }) =>
      !["heartbeat", "vanished"].includes(detector) // which see who was there
    );
  };
  const other = day.map((window, i) => ({ ...burst, start: window.start, end: window.end, lines: 1000 * i }));
  assert.deepEqual(lines(other), lines(day));
});

Deno.test("ThreatEnsemble fit() remembers nobody from windows that are left out, and takes no attack for usual", () => {
  const hours = Array.from(
    { length: 48 },
    (_, i) => i % 8 === 4 ? refused(`203.0.113.${i}`, "root", 60) : ["took 4 ms"],
  );
  const log = windowsOf(hours),
    isAttack = (i: number) => i % 8 === 4,
    again = windowsOf([refused("192.0.2.1", "root", 60)], 49);
  const fitted = (windows: readonly EventWindow[]) => {
    const ensemble = ThreatEnsemble.fit(windows), state = ensemble.start();
    const sources = [...state.memory.sources.keys()];
    return { sources, score: ensemble.judge(state, again[0]).score, limits: ensemble.toJSON().limits };
  };
  const left = fitted(log.map((window, i) => isAttack(i) ? { ...window, leftOut: true } : window));
  assert.deepEqual(left, fitted(log.filter((_, i) => !isAttack(i))));
  assert.deepEqual([left.sources, left.score > 1], [[], true]);
  const taught = fitted(log);
  assert.deepEqual([taught.sources.length, taught.score > 1], [6, false]);
});
