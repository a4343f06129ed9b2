import assert from "node:assert/strict";
import { refitLines, type SpokenAlert } from "../../lib/model/refit.ts";

const verdict = (
  score: number,
  detector: string,
  some: { service?: string; kind?: "session" | "window" } = {},
) => {
  const { service = "db", kind = "window" } = some;
  return {
    ...{
      stream: "shop",
      key: `${score}`,
      kind,
      service,
      start: 0,
      end: 1,
      lines: 9,
      score,
      threshold: 1,
      anomalous: true,
    },
    ...{
      reasons: [],
      detectors: detector === "" ? [] : [{ detector, share: 0.7 }, { detector: "other", share: 0.3 }],
    },
  };
};

const alert = (id: string, real: boolean, ...verdicts: SpokenAlert["verdicts"]): SpokenAlert => ({
  id,
  real,
  verdicts,
});

const SCOPES = new Set(["service db", "*"]);

const CASES: [string, SpokenAlert[], [factor: number, stopped: number, bound: string][]][] = [
  ["one false alarm", [alert("f1", false, verdict(2, "burst"))], [[2.1, 1, ""]]],
  ["the highest of its windows", [alert("f1", false, verdict(1.2, "burst"), verdict(1.6, "burst"))], [[
    1.68,
    1,
    "",
  ]]],
  ["several", [alert("f1", false, verdict(1.2, "burst")), alert("f2", false, verdict(2, "burst"))], [[
    2.1,
    2,
    "",
  ]]],
  ["one that is too far above", [
    alert("f1", false, verdict(1.2, "burst")),
    alert("f2", false, verdict(9, "burst")),
  ], [[1.26, 1, ""]]],
  ["a true one beyond", [alert("f1", false, verdict(2, "burst")), alert("t1", true, verdict(5, "burst"))], [[
    2.1,
    1,
    "",
  ]]],
  ["a true one between", [
    alert("f1", false, verdict(1.2, "burst")),
    alert("f2", false, verdict(2, "burst")),
    alert("t1", true, verdict(1.8, "burst")),
  ], [[1.26, 1, "t1"]]],
  ["a true one below", [alert("f1", false, verdict(2, "burst")), alert("t1", true, verdict(1.5, "burst"))], [[
    1,
    0,
    "t1",
  ]]],
  ["a true one of another detector", [
    alert("f1", false, verdict(2, "burst")),
    alert("t1", true, verdict(1.5, "low")),
  ], [[2.1, 1, ""]]],
  ["a true one of another service", [
    alert("f1", false, verdict(2, "burst")),
    alert("t1", true, verdict(1.5, "burst", { service: "web" })),
  ], [[2.1, 1, ""]]],
  ["true ones only", [alert("t1", true, verdict(1.5, "burst"))], []],
  ["what always tells", [
    alert("f1", false, verdict(2, "new-error")),
    alert("f2", false, verdict(2, "brute-force")),
  ], []],
  ["windows that nobody led", [alert("f1", false, verdict(2, ""))], []],
];

for (const [name, alerts, lines] of CASES) {
  Deno.test(`refitLines() on ${name}`, () => {
    const found = refitLines(alerts, SCOPES).map((
      { factor, stopped, bound },
    ) => [Number(factor.toFixed(6)), stopped, bound]);
    assert.deepEqual(found, lines);
  });
}

Deno.test("refitLines() tells services, sessions and thin services apart", () => {
  const lines = refitLines([
    alert("f1", false, verdict(2, "burst"), verdict(1.5, "low", { service: "thin" })),
    alert("f2", false, verdict(1.1, "unseen-vector", { kind: "session" })),
  ], SCOPES);
  assert.deepEqual(lines.map(({ scope, detector }) => [scope, detector]), [
    ...[["*", "low"], ["service db", "burst"], ["sessions", "unseen-vector"]],
  ]);
});
