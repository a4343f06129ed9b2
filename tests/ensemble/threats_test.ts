import assert from "node:assert/strict";
import fc from "fast-check";
import type { EventWindow } from "../../lib/feature/event_window.ts";
import { ThreatEnsemble, type ThreatOpinion, type ThreatState } from "../../lib/ensemble/threats.ts";
import { accepted, refused, request } from "../detector/threat/lines.ts";
import { windowOf, windowsOf } from "./threats/windows.ts";

const SOURCE = "203.0.113.9";
/** Three days of an hour each with some noise: other sources every hour. */
const noise = (tries = 2) =>
  Array.from({ length: 72 }, (_, hour) => refused(`198.51.100.${hour}`, "admin", tries));
const quiet = Array.from({ length: 72 }, () => ["took 4 ms"]);

function judgeAll(ensemble: ThreatEnsemble, windows: readonly EventWindow[], state = ensemble.start()) {
  return windows.map((window) => ensemble.judge(state, window));
}

/** Detectors that spoke, by window. */
const spoke = (ensemble: ThreatEnsemble, windows: readonly EventWindow[], state?: ThreatState) =>
  judgeAll(ensemble, windows, state).map(({ opinions }) => opinions.map(({ detector }) => detector));

Deno.test("ThreatEnsemble says nothing of what training is like", () => {
  const ensemble = ThreatEnsemble.fit(windowsOf(noise())),
    decisions = judgeAll(ensemble, windowsOf(noise(), 72));
  assert(decisions.every(({ score, opinions }) => score <= 1 && opinions.length === 0));
});

Deno.test("ThreatEnsemble speaks of an attack as long as it goes on, since its beginning", () => {
  const ensemble = ThreatEnsemble.fit(windowsOf(quiet));
  const attack = Array.from({ length: 5 }, () => refused(SOURCE, "root", 30));
  const decisions = judgeAll(ensemble, windowsOf([...attack, ["took 4 ms"]], 72));
  for (const { opinions, score } of decisions.slice(0, 5)) {
    const [{ detector, parts, severity, evidence }] = opinions as ThreatOpinion[];
    assert.deepEqual([detector, parts[0].detail, parts[0].since], [
      "threat:brute-force",
      SOURCE,
      72 * 3_600_000,
    ]);
    assert(score > 1 && evidence > 1 && severity === "low");
    assert.equal(parts.reduce((sum, { share }) => sum + share, 0), 1);
  }
  assert.deepEqual(decisions[5].opinions, []);
});

Deno.test("ThreatEnsemble raises the severity when an attack succeeds", () => {
  const ensemble = ThreatEnsemble.fit(windowsOf(quiet)), attack = refused(SOURCE, "root", 60);
  const [before, after] = judgeAll(ensemble, windowsOf([attack, [accepted(SOURCE, "root")]], 72));
  assert.equal((before.opinions[0] as ThreatOpinion).severity, "low");
  const [{ detector, severity, parts }] = after.opinions as ThreatOpinion[];
  assert.deepEqual([detector, severity], ["threat:guessed-password", "critical"]);
  const evidence = `60 failed logins from ${SOURCE}, then one accepted (root)`;
  assert.equal(parts[0].text, `${evidence} [critical; T1078 Valid Accounts]`);
});

Deno.test("ThreatEnsemble joins what follows an intrusion to it", () => {
  const ensemble = ThreatEnsemble.fit(windowsOf(quiet));
  const hours = [
    [...refused(SOURCE, "root", 60), accepted(SOURCE, "root")],
    ["new user: name=eve, UID=7"],
    [],
    [],
    [],
  ];
  const decisions = judgeAll(ensemble, windowsOf(hours, 72));
  assert.equal((decisions[1].opinions[0] as ThreatOpinion).severity, "critical");
  assert.deepEqual(decisions.slice(2).map(({ opinions }) => opinions.map(({ detector }) => detector)), [
    [],
    ["threat:silence-after-intrusion"],
    ["threat:silence-after-intrusion"],
  ]);
});

Deno.test("ThreatEnsemble takes for usual what training has all the time", () => {
  const constant = Array.from({ length: 72 }, (_, hour) => refused(`198.51.100.${hour}`, "root", 40));
  const ensemble = ThreatEnsemble.fit(windowsOf(constant));
  assert.deepEqual(spoke(ensemble, windowsOf(constant, 72)).flat(), []);
  assert.deepEqual(spoke(ensemble, [windowOf(72, refused(SOURCE, "root", 400))]), [["threat:brute-force"]]);
  assert(ensemble.notes.some((note) => note.startsWith("brute-force: up to ")));
});

Deno.test("ThreatEnsemble isn't deaf because of a single attack in a longer training", () => {
  const days = [...noise(), refused(SOURCE, "root", 500), ...noise(), ...noise()];
  assert.deepEqual(spoke(ThreatEnsemble.fit(windowsOf(days)), [windowOf(500, refused(SOURCE, "root", 60))]), [
    [
      "threat:brute-force",
    ],
  ]);
});

Deno.test("ThreatEnsemble says at most about one new attack of a kind a day", () => {
  const ensemble = ThreatEnsemble.fit(windowsOf(quiet)), state = ensemble.start();
  const attacks = Array.from(
    { length: 14 * 24 },
    (_, hour) => refused(`198.51.${hour >> 8}.${hour & 255}`, "root", 40),
  );
  const said = judgeAll(ensemble, windowsOf(attacks, 72), state).flatMap(({ opinions }) =>
    opinions.flatMap(({ detector, parts }) =>
      detector === "threat:brute-force" ? parts.map(({ detail }) => detail) : []
    )
  );
  assert(new Set(said).size <= 14, `${new Set(said).size}`);
  assert(said.length > 0);
  const worse = ensemble.judge(state, windowOf(72 + 14 * 24, refused(SOURCE, "root", 400)));
  assert.deepEqual(worse.opinions.map(({ detector }) => detector), ["threat:brute-force"]);
});

Deno.test("ThreatEnsemble without training judges by its floors, but no habits", () => {
  const ensemble = ThreatEnsemble.fit([]);
  assert.deepEqual(ensemble.notes, ["Less than a day of training: threats are judged by fixed limits"]);
  const lines = [...refused(SOURCE, "root", 30), "ann : TTY=p ; PWD=/ ; USER=root ; COMMAND=/bin/id"];
  assert.deepEqual(spoke(ensemble, [windowOf(0, lines)]), [["threat:brute-force"]]);
});

Deno.test("ThreatEnsemble has no opinion on sessions and on windows without facts", () => {
  const ensemble = ThreatEnsemble.fit([]), window = windowOf(0, []);
  assert.deepEqual(judgeAll(ensemble, [{ ...window, start: NaN, end: NaN }, window]), [
    { score: 0, opinions: [] },
    { score: 0, opinions: [] },
  ]);
});

Deno.test("ThreatEnsemble names the worst sources of many", () => {
  const lines = Array.from({ length: 20 }, (_, i) => refused(`203.0.113.${i}`, "root", 20 + i)).flat();
  const [{ opinions: [{ parts }] }] = judgeAll(ThreatEnsemble.fit([]), [windowOf(0, lines)]);
  assert.deepEqual(
    parts.map(({ detail }) => detail),
    Array.from({ length: 8 }, (_, i) => `203.0.113.${19 - i}`),
  );
});

const line = fc.oneof(
  fc.tuple(fc.nat(3), fc.constantFrom("root", "ann"), fc.nat(20)).map(([host, user, times]) =>
    refused(`203.0.113.${host}`, user, times)
  ),
  fc.nat(3).map((host) => [accepted(`203.0.113.${host}`, "ann")]),
  fc.tuple(fc.nat(3), fc.constantFrom("/.env", "/a?b=..%2f..%2fetc", "/x"), fc.constantFrom(200, 404)).map((
    [host, path, status],
  ) => [request(`203.0.113.${host}`, path, status)]),
  fc.constantFrom(["new user: name=eve, UID=7"], ["ann : TTY=p ; PWD=/ ; USER=root ; COMMAND=/bin/id"], []),
);
const hours = fc.array(fc.array(line, { maxLength: 4 }).map((lines) => lines.flat()), {
  minLength: 1,
  maxLength: 40,
});

Deno.test("ThreatEnsemble goes on from a saved state and model as it would have", () => {
  fc.assert(fc.property(hours, hours, fc.nat(39), (training, judged, cut) => {
    const ensemble = ThreatEnsemble.fit(windowsOf(training)), windows = windowsOf(judged, training.length);
    const restored = ThreatEnsemble.fromJSON(JSON.parse(JSON.stringify(ensemble)));
    const whole = judgeAll(ensemble, windows), state = ensemble.start();
    const before = judgeAll(ensemble, windows.slice(0, cut), state);
    const saved = restored.load(JSON.parse(JSON.stringify(ensemble.save(state))));
    const copy = ensemble.copy(state);
    assert.deepEqual([...before, ...judgeAll(restored, windows.slice(cut), saved)], whole);
    assert.deepEqual(judgeAll(ensemble, windows.slice(cut), state), whole.slice(cut)); // copy and save left it alone
    assert.deepEqual(judgeAll(ensemble, windows.slice(cut), copy), whole.slice(cut));
  }));
});

Deno.test("ThreatEnsemble gives scores that are numbers, and above 1 exactly where it has an opinion", () => {
  fc.assert(fc.property(hours, hours, (training, judged) => {
    const ensemble = ThreatEnsemble.fit(windowsOf(training));
    for (const { score, opinions } of judgeAll(ensemble, windowsOf(judged, training.length))) {
      assert(score >= 0 && Number.isFinite(score));
      assert.equal(score > 1, opinions.length > 0);
      for (const { evidence, parts } of opinions) {
        assert(evidence > 1 && parts.length > 0);
        assert(Math.abs(parts.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9);
      }
    }
  }));
});

Deno.test("ThreatEnsemble refuses what is not its own", () => {
  const saved = JSON.parse(JSON.stringify(ThreatEnsemble.fit([])));
  assert.throws(() => ThreatEnsemble.fromJSON({ ...saved, kind: "series" }), TypeError);
  assert.throws(() => ThreatEnsemble.fromJSON({ ...saved, version: 2 }), RangeError);
  assert.throws(() => ThreatEnsemble.fromJSON({ ...saved, limits: [["scanner", "ten"]] }), TypeError);
  assert.throws(() => ThreatEnsemble.fit([]).load({}), TypeError);
});
