import assert from "node:assert/strict";
import { measureKey, measuresOf } from "../../../lib/ensemble/session_values/measures.ts";
import type { EventWindow } from "../../../lib/feature/event_window.ts";

const NO_EVENTS = { templates: new Int32Array(), counts: new Int32Array(), levels: new Uint8Array() };

/** A session with these facts. */
function session(facts: [string, unknown][], end = NaN): EventWindow {
  return { start: 0, end, lines: 2, events: NO_EVENTS, sequence: null, facts: new Map(facts) };
}

const steps = (...times: number[]) =>
  measuresOf(session([["times", times]])).map(({ since, template, value }) => [since, template, value]);

Deno.test("measuresOf() has the time before each step, since the last one that was there by then", () => {
  assert.deepEqual(steps(1, 0, 0, 2, 300, 300, 3, 350, 350), [[1, 2, 300], [2, 3, 50]]);
  assert.deepEqual(steps(1, 0, 200, 2, 300, 300), [[1, 2, 100]]); // the first came again
  assert.deepEqual(steps(1, 0, 900, 2, 300, 300), [[1, 2, 300]]); // … but behind the second
  assert.deepEqual(steps(1, 0, 0), []);
});

Deno.test("measuresOf() takes each of the steps of one moment for the one before", () => {
  assert.deepEqual(steps(1, 0, 0, 2, 0, 0, 3, 70, 70), [[2, 1, 0], [1, 2, 0], [1, 3, 70], [2, 3, 70]]);
});

Deno.test("measuresOf() has the greatest numbers, and how long a session with times took", () => {
  const numbers = [{ template: 4, slot: "in", kind: 3, greatest: 70 }];
  const [number, whole] = measuresOf(session([["greatest", numbers]], 4000));
  assert.deepEqual([number.template, number.slot, number.kind, number.value], [4, "in", 3, 70]);
  assert.deepEqual([whole.template, whole.slot, whole.value], [-1, "", 4000]);
  assert.deepEqual(measuresOf({ ...session([], 4000), lines: 1 }), []);
  assert.deepEqual(measuresOf({ ...session([]), facts: undefined }), []);
});

Deno.test("measureKey() tells parameters, steps and the whole apart", () => {
  const keys = [[4, "in", -1], [4, "", 5], [5, "", 4], [-1, "", -1]].map(([template, slot, since]) =>
    measureKey({ template: template as number, slot: slot as string, since: since as number })
  );
  assert.equal(new Set(keys).size, keys.length);
});
