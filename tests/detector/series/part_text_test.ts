import assert from "node:assert/strict";
import type { Part } from "../../../lib/detector/part.ts";
import { SERIES_DETECTORS } from "../../../lib/detector/series/registry.ts";
import { anomalousFor, history, NAMES, WINDOW } from "./windows.ts";

/** What a kind says first of its own anomaly. */
function partOf(name: string): Part {
  const kind = SERIES_DETECTORS.find((kind) => kind.name === name)!;
  const detector = kind.create({ windowMs: WINDOW, names: NAMES }), state = detector.start();
  let most = 0, part: Part | undefined;
  for (const window of history(20)) detector.step(state, window, { fired: false, alerted: false, line: 1e9 });
  for (const window of anomalousFor(name)) {
    const score = detector.score(state, window);
    if (score > most) [most, part] = [score, detector.explain(state, window)[0]];
    detector.step(state, window, { fired: false, alerted: false, line: 1e9 });
  }
  return part!;
}

const textOf = (name: string) => partOf(name).text;

Deno.test("heartbeat says when it came last and how often it usually comes", () => {
  assert.match(
    textOf("heartbeat"),
    /^last seen \d{4}-\d\d-\d\d \d\d:\d\d UTC, usually every [\d.]+ (?:min|h|d)$/,
  );
});

Deno.test("vanished says when it came last and how long it stays away at other times", () => {
  assert.match(
    textOf("vanished"),
    /^last seen \d{4}-\d\d-\d\d \d\d:\d\d UTC, never away for more than [\d.]+ (?:min|h|d) lately$/,
  );
});

Deno.test("cusum and heartbeat say of which time their counts are where it is more than the window", () => {
  for (const name of ["cusum", "heartbeat"]) {
    const { span = 0, actual, expected } = partOf(name);
    assert(span > WINDOW && span % WINDOW === 0, `${name} ${span}`);
    assert(name === "cusum" ? actual > expected : actual < expected, `${name} ${actual} ${expected}`);
  }
  assert.equal(partOf("record").span, undefined);
});

Deno.test("numeric says the usual value in the unit of the value", () => {
  assert.match(textOf("numeric"), /^[\d.]+( ?[a-z]+)?, usually at most [\d.]+\1$/i);
});
