import assert from "node:assert/strict";
import fc from "fast-check";
import type { Reason, Verdict } from "../../../lib/explain/reason.ts";
import { type Alert, parseAlert } from "../../../runner/alert/alert.ts";
import { type AlertContext, raiseAlerts } from "../../../runner/alert/raise_alerts.ts";
import { compareSeverity, type Severity, severityOf } from "../../../runner/alert/severity.ts";
import { sampleThreat } from "./sample_alert.ts";

const WINDOW = 300_000;
const LATENESS = 4 * WINDOW;

function reason(id: string, share = 1, some: Partial<Reason> = {}): Reason {
  const counts = { actual: 5, expected: 1, firstSeen: null, example: `line of ${id}` };
  return {
    detector: "new-template",
    kind: "template",
    id,
    title: `text of ${id}`,
    share,
    ...counts,
    ...some,
  };
}

function windowVerdict(index: number, service = "shop", some: Partial<Verdict> = {}): Verdict {
  const start = index * WINDOW;
  return {
    stream: "s",
    key: `${service}@${new Date(start).toISOString()}`,
    kind: "window",
    service,
    start,
    end: start + WINDOW,
    lines: 10,
    score: 2,
    threshold: 1,
    anomalous: true,
    reasons: [reason("t1")],
    ...some,
  };
}

function sessionVerdict(key: string, end: number, template = "t1", some: Partial<Verdict> = {}): Verdict {
  const span = { start: end - 1000, end };
  return { ...windowVerdict(0), key, kind: "session", ...span, reasons: [reason(template)], ...some };
}

const normal = (verdict: Verdict): Verdict => ({ ...verdict, anomalous: false, score: 0.5, reasons: [] });

function context(some: Partial<AlertContext> = {}): AlertContext {
  return { lineage: "m1", window: WINDOW, retention: LATENESS, watermark: 0, ...some };
}

/** Every verdict in one run, nothing closed. */
function raised(verdicts: Verdict[], some: Partial<AlertContext> = {}): Alert[] {
  return raiseAlerts(verdicts, [], context(some)).alerts;
}

Deno.test("raiseAlerts() makes one alert of windows that follow each other", () => {
  const alerts = raised([0, 1, 2].map((i) => windowVerdict(i)));
  assert.equal(alerts.length, 1);
  assert.deepEqual([alerts[0].windows, alerts[0].records, alerts[0].start, alerts[0].end], [
    3,
    30,
    0,
    3 * WINDOW,
  ]);
});

Deno.test("raiseAlerts() outlasts two normal windows and not three", () => {
  assert.equal(raised([windowVerdict(0), windowVerdict(3)]).length, 1);
  assert.equal(raised([windowVerdict(0), windowVerdict(4)]).length, 2);
});

Deno.test("raiseAlerts() keeps services apart", () => {
  assert.equal(raised([windowVerdict(0, "shop"), windowVerdict(0, "sshd")]).length, 2);
});

Deno.test("raiseAlerts() groups sessions by leading template within 15 minutes", () => {
  const minute = 60_000;
  assert.equal(raised([sessionVerdict("a", 0), sessionVerdict("b", 15 * minute)]).length, 1);
  assert.equal(raised([sessionVerdict("a", 0), sessionVerdict("b", 15 * minute + 1)]).length, 2);
  assert.equal(raised([sessionVerdict("a", 0), sessionVerdict("b", 1, "t2")]).length, 2);
});

Deno.test("raiseAlerts() groups sessions without times by leading template", () => {
  const timeless = { start: NaN, end: NaN };
  const alerts = raised([
    sessionVerdict("a", 0, "t1", timeless),
    sessionVerdict("b", 0, "t1", timeless),
    sessionVerdict("c", 0, "t2", timeless),
  ], { watermark: Infinity });
  assert.deepEqual(alerts.map((alert) => [alert.windows, alert.start, alert.status]), [
    [2, null, "closed"],
    [1, null, "closed"],
  ]);
});

Deno.test("raiseAlerts() says which alert each anomalous window belongs to, also one that is judged anew", () => {
  const [first, second] = [windowVerdict(0), windowVerdict(1)];
  const { holders, alerts: [alert] } = raiseAlerts([first, second, normal(second)], [], context());
  assert.deepEqual([...holders], [[first.key, alert.id]]);
  const again = raiseAlerts([first, normal(windowVerdict(2))], [alert], context());
  assert.deepEqual([...again.holders], [[first.key, alert.id]]);
});

Deno.test("raiseAlerts() opens nothing for normal windows", () => {
  assert.deepEqual(raiseAlerts([normal(windowVerdict(0))], [], context()), {
    alerts: [],
    ...{ opened: [], continued: [], worse: [], holders: new Map() },
  });
});

Deno.test("raiseAlerts() tells of an alert when it opens, not when it goes on", () => {
  const first = raiseAlerts([windowVerdict(0)], [], context());
  const second = raiseAlerts([windowVerdict(1)], first.alerts, context());
  assert.equal(first.opened.length, 1);
  assert.equal(second.opened.length, 0);
  assert.equal(second.alerts[0].id, first.alerts[0].id);
});

Deno.test("raiseAlerts() gives an identity to stream, window, lineage and cause, and to nothing else", () => {
  const id = (verdict: Verdict, lineage = "m1") => raised([verdict], { lineage })[0].id;
  const base = id(windowVerdict(0));
  assert.match(base, /^[0-9a-f]{16}$/);
  assert.equal(id(windowVerdict(0, "shop", { score: 9, lines: 1 })), base);
  const others = [
    id(windowVerdict(1)),
    id(windowVerdict(0, "shop", { reasons: [reason("t2")] })),
    id(windowVerdict(0), "m2"),
    id({ ...windowVerdict(0), stream: "x" }),
    id(windowVerdict(0, "b")),
    id(sessionVerdict("k", 0)),
    id(sessionVerdict("k", 0, "t2")),
  ];
  assert.equal(new Set([base, ...others]).size, others.length + 1);
});

Deno.test("raiseAlerts() replaces a window that was judged anew", () => {
  const first = raised([windowVerdict(0), windowVerdict(1)]);
  const [alert] = raiseAlerts([windowVerdict(0, "shop", { score: 40, lines: 99 })], first, context()).alerts;
  assert.deepEqual([alert.windows, alert.records, alert.score, alert.worstKey], [
    2,
    109,
    40,
    windowVerdict(0).key,
  ]);
});

Deno.test("raiseAlerts() takes out a window that became normal, and closes an alert that has none left", () => {
  const first = raised([windowVerdict(0), windowVerdict(1)]);
  const second = raiseAlerts([normal(windowVerdict(0))], first, context()).alerts;
  assert.deepEqual([second[0].windows, second[0].start, second[0].status], [1, WINDOW, "firing"]);
  const third = raiseAlerts([normal(windowVerdict(1))], second, context()).alerts;
  assert.deepEqual([third[0].windows, third[0].status], [0, "closed"]);
});

Deno.test("raiseAlerts() closes an alert when nothing can change it any more", () => {
  const [alert] = raised([windowVerdict(0)]);
  const last = WINDOW + 3 * WINDOW + LATENESS; // end, reach, retention
  const [resolved] = raiseAlerts([], [alert], context({ watermark: last - 1 })).alerts;
  assert.equal(resolved.status, "resolved");
  assert.deepEqual(raiseAlerts([], [resolved], context({ watermark: last - 1 })).alerts, []);
  const [over] = raiseAlerts([], [alert], context({ watermark: last })).alerts;
  assert.equal(over.status, "closed");
  assert.deepEqual(over.evidence.members, []);
});

Deno.test("raiseAlerts() resolves an alert when nothing in order can continue it, and a late window brings it back", () => {
  const [alert] = raised([windowVerdict(0)]), quiet = WINDOW + 3 * WINDOW; // end, reach
  assert.deepEqual(raiseAlerts([], [alert], context({ watermark: quiet - 1 })).alerts, []);
  const [resolved] = raiseAlerts([], [alert], context({ watermark: quiet })).alerts;
  assert.equal(resolved.status, "resolved");
  const { alerts: [again], opened } = raiseAlerts(
    [windowVerdict(2)],
    [resolved],
    context({ watermark: quiet }),
  );
  assert.deepEqual([again.status, again.id, again.windows, opened], ["firing", alert.id, 2, []]);
  const early = raiseAlerts(
    [windowVerdict(0, "shop", { score: 40 })],
    [resolved],
    context({ watermark: quiet }),
  );
  assert.deepEqual(early.alerts.map(({ status, score }) => [status, score]), [["resolved", 40]]);
});

Deno.test("raiseAlerts() waits for sessions as long as one may last before it resolves an alert about them", () => {
  const end = 1_000_000, [alert] = raised([sessionVerdict("k", end)]), waits = { idle: 60_000 };
  const quiet = end + 900_000 + waits.idle;
  assert.deepEqual(raiseAlerts([], [alert], context({ ...waits, watermark: quiet })).alerts, []);
  const [resolved] = raiseAlerts([], [alert], context({ ...waits, watermark: quiet + 1 })).alerts;
  assert.equal(resolved.status, "resolved");
});

Deno.test("raiseAlerts() keeps an alert pending until it has so many of so many windows", () => {
  const twoOfThree = { pending: { windows: 2, of: 3 }, watermark: -Infinity };
  const low = (i: number) => windowVerdict(i, "shop", { score: 1.1 });
  const first = raiseAlerts([low(0)], [], context(twoOfThree));
  assert.deepEqual([first.opened, first.alerts.map(({ status, fired }) => [status, fired])], [[], [[
    "pending",
    false,
  ]]]);
  const far = raiseAlerts([low(3)], first.alerts, context(twoOfThree));
  assert.deepEqual([far.opened, far.continued, far.alerts[0].status], [[], [], "pending"]); // the second of four
  const near = raiseAlerts([low(2)], first.alerts, context(twoOfThree));
  assert.deepEqual(near.opened.map(({ status, windows }) => [status, windows]), [["firing", 2]]);
  const severe = raiseAlerts([windowVerdict(0, "shop", { score: 12 })], [], context(twoOfThree));
  assert.equal(severe.opened.length, 1);
});

Deno.test("raiseAlerts() closes a pending alert that comes to nothing without a word", () => {
  const pending = { windows: 2, of: 3 }, low = windowVerdict(0, "shop", { score: 1.1 });
  const { alerts } = raiseAlerts([low], [], context({ pending, watermark: -Infinity }));
  const { alerts: [over], opened, worse } = raiseAlerts(
    [],
    alerts,
    context({ pending, watermark: Infinity }),
  );
  assert.deepEqual([over.status, over.fired, opened, worse], ["closed", false, [], []]);
});

Deno.test("raiseAlerts() prefers a line of one of the alert's own windows", () => {
  const elsewhere = { example: "of another", exampleElsewhere: true };
  const alertOf = (...examples: Partial<Reason>[]) => {
    const verdicts = examples.map((one, i) => windowVerdict(i, "shop", { reasons: [reason("a", 1, one)] }));
    const [{ example, exampleElsewhere }] = raised(verdicts)[0].reasons;
    return [example, exampleElsewhere];
  };
  assert.deepEqual(alertOf(elsewhere, { example: "own" }, elsewhere), ["own", undefined]);
  assert.deepEqual(alertOf({ example: "" }, elsewhere, { example: "" }), ["of another", true]);
  assert.deepEqual(alertOf({ example: "own" }, { example: "later" }), ["own", undefined]);
});

Deno.test("raiseAlerts() averages shares, adds up counts and keeps the earliest sight and an example", () => {
  const [alert] = raised([
    windowVerdict(0, "shop", { reasons: [reason("a", 0.6, { example: "" }), reason("b", 0.4)] }),
    windowVerdict(1, "shop", { reasons: [reason("a", 1, { firstSeen: 7, actual: 2 })] }),
  ]);
  assert.deepEqual(alert.reasons.map((r) => [r.id, r.share, r.actual, r.expected, r.firstSeen, r.example]), [
    ["a", 0.8, 7, 2, 7, "line of a"],
    ["b", 0.2, 5, 1, null, "line of b"],
  ]);
});

Deno.test("raiseAlerts() takes severity from score and from the templates' level", () => {
  const severity = (score: number, level: number) =>
    raised([windowVerdict(0, "shop", { score })], { levelOf: () => level })[0].severity;
  assert.deepEqual([severity(1.1, 9), severity(3, 9), severity(1.1, 17), severity(10, 17)], [
    "low",
    "medium",
    "medium",
    "critical",
  ]);
  assert.equal(severityOf(1, 21), "high");
});

Deno.test("raiseAlerts() survives an infinite score", () => {
  const [alert] = raised([windowVerdict(0, "shop", { score: Infinity })]);
  assert.deepEqual(parseAlert(JSON.stringify(alert)), alert);
});

Deno.test("raiseAlerts() stays small and right in a storm", () => {
  const storm = Array.from({ length: 20_000 }, (_, i) => sessionVerdict(`k${i}`, i * 10));
  const [alert, ...others] = raised(storm);
  assert.equal(others.length, 0);
  assert.equal(alert.windows, 20_000);
  assert.ok(JSON.stringify(alert).length < 300_000);
});

/** Levels by the beginning of a template's id. */
const levelOf = ({ id }: Reason) => ({ i: 9, w: 13, e: 17, f: 21 })[id[0]] ?? 0;
const levels = { levelOf };

/** A window that is led by a template that training has not seen. */
function unseenVerdict(index: number, template: string, some: Partial<Verdict> = {}): Verdict {
  const reasons = [reason(template, 1, { kind: "unseen", expected: 0 })];
  return windowVerdict(index, "shop", { reasons, ...some });
}

const causes = (alerts: readonly Alert[]) => alerts.map(({ cause, windows }) => [cause, windows]);

Deno.test("raiseAlerts() tells of a fatal error although a stray warning has opened an alert of its service", () => {
  const stray = raiseAlerts([unseenVerdict(0, "warned")], [], context(levels));
  const reasons = [reason("fatal", 1, { kind: "unseen", actual: 40, expected: 0 })];
  const storm = raiseAlerts(
    [windowVerdict(1, "shop", { reasons, score: 60 })],
    stray.alerts,
    context(levels),
  );
  assert.deepEqual(causes(storm.opened), [["template:fatal", 1]]);
  assert.equal(storm.opened[0].severity, "critical");
  const more = raiseAlerts(
    [unseenVerdict(2, "fatal"), unseenVerdict(2, "warned")],
    [...stray.alerts, ...storm.alerts],
    context(levels),
  );
  assert.deepEqual([more.opened, more.worse], [[], []]);
});

Deno.test("raiseAlerts() opens nothing for reasons that change places, go missing, or are harmless by their own level", () => {
  const two = [
    reason("warned", .6, { kind: "unseen" }),
    reason("error", .3),
    reason("absent", .1, { actual: 0, expected: 9 }),
  ];
  const first = windowVerdict(0, "shop", { reasons: two });
  for (
    const reasons of [
      [reason("error", .9, { actual: 90 }), reason("warned", .1, { kind: "unseen" })],
      [reason("warned", 1, { kind: "unseen" })],
      [reason("error2", 1, { actual: 0, expected: 50 })],
      [reason("error3", 1, { actual: 5, expected: 4 })],
      [reason("info", 1, { kind: "unseen" })],
      [reason("calm", 1)],
      [reason("error", 1, { kind: "level" })],
      [],
    ]
  ) {
    const alerts = raised([first, windowVerdict(1, "shop", { reasons })], levels);
    assert.deepEqual(alerts.map(({ windows }) => windows), [2], JSON.stringify(reasons));
  }
});

Deno.test("raiseAlerts() opens no more than four alerts of one trouble, however long it lasts and whatever comes up in it", () => {
  const storm = Array.from({ length: 30 }, (_, i) => unseenVerdict(i, `error${i}`));
  const alerts = raised(storm, levels);
  assert.equal(alerts.length, 4);
  assert.equal(alerts.reduce((sum, { windows }) => sum + windows, 0), 30);
});

Deno.test("raiseAlerts() puts a window into the alert that knows what leads it", () => {
  const alerts = raised(
    [
      unseenVerdict(0, "error1"),
      unseenVerdict(1, "error2"),
      unseenVerdict(2, "error1"),
      unseenVerdict(3, "error2"),
    ],
    levels,
  );
  assert.deepEqual(causes(alerts), [["template:error1", 2], ["template:error2", 2]]);
});

Deno.test("raiseAlerts() tells again of an alert that has become more severe, once a step, by what made it so", () => {
  const first = raiseAlerts([windowVerdict(0, "shop", { reasons: [reason("warned")] })], [], context(levels));
  const step = (index: number, score: number, open: Alert[], id = "warned") => {
    const verdict = windowVerdict(index, "shop", { score, reasons: [reason(id)] });
    return raiseAlerts([verdict], open, context(levels));
  };
  const same = step(1, 2.5, first.alerts);
  assert.deepEqual([same.worse, same.opened], [[], []]);
  const worse = step(2, 5, same.alerts, "other");
  assert.deepEqual(worse.worse.map(({ alert, was }) => [alert.severity, was, alert.headline]), [
    ["medium", "low", "template:other"],
  ]);
  assert.equal(worse.worse[0].alert.worstKey, windowVerdict(2).key);
  assert.deepEqual(step(3, 2, worse.alerts).worse, []);
  assert.deepEqual(step(3, 4, worse.alerts).worse, []);
});

Deno.test("raiseAlerts() is led by an error that comes more often, not by what has the largest share", () => {
  const reasons = [reason("info", .6), reason("error", .3), reason("fatal", .05)];
  const [alert] = raised([windowVerdict(0, "shop", { reasons })], levels);
  assert.deepEqual([alert.cause, alert.headline], ["template:error", "template:error"]);
  const missing = [reason("info", .6), reason("error", .4, { actual: 0, expected: 9 })];
  const [calm] = raised([windowVerdict(0, "shop", { reasons: missing })], levels);
  assert.deepEqual([calm.cause, calm.severity], ["template:info", "low"]);
});

Deno.test("raiseAlerts() shows what leads the worst window, however small its share of all", () => {
  const crowd = (index: number, ...more: Reason[]) => {
    const reasons = [1, 2, 3, 4].map((n) => reason(`calm${n}`, .2));
    return windowVerdict(index, "shop", { reasons: [...reasons, reason("calm5", .1), ...more] });
  };
  const fatal = reason("fatal", .1), others = Array.from({ length: 20 }, (_, i) => crowd(i + 1));
  const first = crowd(0);
  const [alert] = raised([{ ...first, reasons: [...first.reasons.slice(0, 4), fatal] }, ...others], levels);
  assert.deepEqual(alert.reasons.map(({ id }) => id), ["calm1", "calm2", "calm3", "calm4", "fatal"]);
  assert.deepEqual([alert.headline, alert.worstKey], ["template:fatal", first.key]);
});

Deno.test("raiseAlerts() goes on with a trouble's first cause when it comes back while another lasts", () => {
  const templates = ["error1", "error2", "error2", "error2", "error2", "error1"];
  const alerts = raised(templates.map((template, i) => unseenVerdict(i, template)), levels);
  assert.deepEqual(causes(alerts), [["template:error1", 2], ["template:error2", 4]]);
});

Deno.test("raiseAlerts() makes one alert of an attack that goes on, and another of one by somebody else", () => {
  const attack = (index: number, source: string, actual: number) => {
    const id = `password-guessing ${source}`;
    return windowVerdict(index, "sshd", {
      score: 12,
      reasons: [
        sampleThreat({
          id,
          title: source,
          actual,
          note: `${actual} failed logins from ${source}`,
          since: 0,
          share: .5,
        }),
        reason("", .4, { kind: "total" }),
      ],
    });
  };
  const alerts = raised([
    attack(0, "192.0.2.7", 40),
    attack(2, "192.0.2.7", 90),
    attack(3, "192.0.2.9", 20),
    attack(4, "192.0.2.7", 120),
  ]);
  assert.deepEqual(causes(alerts), [
    ["source:password-guessing 192.0.2.7", 3],
    ["source:password-guessing 192.0.2.9", 1],
  ]);
  const [{ reasons: [told], severity }] = alerts;
  assert.deepEqual([told.actual, told.note, told.since, severity], [
    120,
    "120 failed logins from 192.0.2.7",
    0,
    "low",
  ]);
});

Deno.test("raiseAlerts() makes an alert at least as severe as its threats, whatever leads it", () => {
  const severity = (threat: Severity, share: number, score = 1.5) =>
    raised([windowVerdict(0, "shop", {
      score,
      reasons: [reason("error", 1 - share), sampleThreat({ severity: threat, share })],
    })], levels)[0].severity;
  assert.deepEqual([severity("critical", .05), severity("high", .9), severity("low", .1, 12)], [
    ...["critical", "high", "critical"],
  ]);
});

Deno.test("raiseAlerts() adds up no values and no spans of time: the most unusual stays", () => {
  const value = (actual: number, expected: number) =>
    reason("t1 took", 1, { kind: "value", actual, expected, note: `${actual} ms` });
  const [slow] = raised(
    [value(500, 300), value(4100, 300), value(900, 280)].map((one, i) =>
      windowVerdict(i, "shop", { reasons: [one] })
    ),
  );
  assert.deepEqual([slow.reasons[0].actual, slow.reasons[0].expected, slow.reasons[0].note], [
    4100,
    300,
    "4100 ms",
  ]);
  const total = (expected: number) => reason("", 1, { kind: "total", actual: 0, expected, span: 7_200_000 });
  const [silent] = raised(
    [total(100), total(150)].map((one, i) => windowVerdict(i, "shop", { reasons: [one] })),
  );
  assert.deepEqual([silent.reasons[0].actual, silent.reasons[0].expected], [0, 150]);
});

Deno.test("raiseAlerts() adds up orders, and what sessions counted", () => {
  const order = reason("t1 t2", 1, { kind: "order", note: "`a` at the end, never so in training" });
  const [odd] = raised([0, 1].map((i) => windowVerdict(i, "shop", { reasons: [order] })));
  assert.equal(odd.reasons[0].actual, 10);
  const gone = reason("t1", 1, { actual: 0, expected: 1, note: "`a` is missing" });
  const [session] = raised(["a", "b", "c"].map((key) => sessionVerdict(key, 0, "t1", { reasons: [gone] })));
  assert.deepEqual([session.reasons[0].actual, session.reasons[0].expected], [0, 3]);
});

Deno.test("raiseAlerts() takes a template that becomes known for the same cause", () => {
  const first = windowVerdict(0, "shop", { reasons: [reason("error", 1, { kind: "unseen", expected: 0 })] });
  const then = windowVerdict(1, "shop", { reasons: [reason("error", 1)] });
  const [alert, ...others] = raised([first, then], levels);
  assert.deepEqual([others, alert.windows, alert.reasons.length, alert.reasons[0].kind], [
    [],
    2,
    1,
    "unseen",
  ]);
});

Deno.test("raiseAlerts() averages the shares of detectors over the windows", () => {
  const by = (index: number, ...shares: [string, number][]) =>
    windowVerdict(index, "shop", { detectors: shares.map(([detector, share]) => ({ detector, share })) });
  const [alert] = raised([by(0, ["record", 1]), by(1, ["record", .5], ["order", .5])]);
  assert.deepEqual(alert.detectors, [{ detector: "record", share: .75 }, { detector: "order", share: .25 }]);
});

Deno.test("parseAlert() refuses another version and a damaged alert", () => {
  const [alert] = raised([windowVerdict(0)]);
  assert.throws(() => parseAlert(JSON.stringify({ ...alert, version: 5 })), /expected version 4, got 5/);
  assert.throws(() => parseAlert(JSON.stringify({ ...alert, evidence: {} })), TypeError);
});

// A history: at step n the watermark is n windows, the window before it closes for each service, sessions end, and
// windows that can still change are judged anew.
interface Step {
  verdicts: Verdict[];
  watermark: number;
}

interface Judgement {
  anomalous: boolean;
  score: number;
  template: string;
}

interface PlannedStep {
  shop: Judgement;
  sshd: Judgement;
  sessions: Judgement[];
  again: { back: number; judgement: Judgement }[];
}

const judgement: fc.Arbitrary<Judgement> = fc.record({
  anomalous: fc.boolean(),
  score: fc.integer({ min: 2, max: 30 }),
  template: fc.constantFrom("t1", "w2", "e3", "f4", "e5", "e6", "e7"),
});

const plan: fc.Arbitrary<PlannedStep[]> = fc.array(
  fc.record({
    shop: judgement,
    sshd: judgement,
    sessions: fc.array(judgement, { maxLength: 3 }),
    again: fc.array(fc.record({ back: fc.nat({ max: 6 }), judgement }), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 25 },
);

function judged(verdict: Verdict, { anomalous, score, template }: Judgement): Verdict {
  const reasons = [reason(template, 0.7, { actual: score }), reason("t9", 0.3)];
  return anomalous ? { ...verdict, anomalous, score, reasons } : normal(verdict);
}

function historyOf(steps: PlannedStep[]): Step[] {
  const closed: Verdict[] = [];
  return steps.map(({ shop, sshd, sessions, again }, i) => {
    const watermark = (i + 1) * WINDOW;
    const fresh = [judged(windowVerdict(i, "shop"), shop), judged(windowVerdict(i, "sshd"), sshd)];
    sessions.forEach((session, n) =>
      fresh.push(judged(sessionVerdict(`k${i}.${n}`, watermark - n * 70_000), session))
    );
    const old = again.flatMap(({ back, judgement }) => {
      const verdict = closed[closed.length - 1 - back];
      return verdict !== undefined && verdict.end + LATENESS > watermark ? [judged(verdict, judgement)] : [];
    });
    closed.push(...fresh);
    return { verdicts: [...fresh, ...old], watermark };
  });
}

/** The stored alerts after the history was run in pieces that begin at `cuts`, and how severe each was told at the most. */
function run(
  history: Step[],
  cuts: Set<number>,
  pending = { windows: 1, of: 1 },
): { stored: Alert[]; told: Map<string, Severity> } {
  const stored = new Map<string, string>(), told = new Map<string, Severity>();
  const tell = ({ id, severity }: Alert) => {
    if (compareSeverity(severity, told.get(id) ?? "low") >= 0) told.set(id, severity);
  };
  let verdicts: Verdict[] = [];
  const commit = (watermark: number) => {
    const open = [...stored.values()].map(parseAlert).filter((alert) => alert.status !== "closed");
    const { alerts, opened, worse } = raiseAlerts(verdicts, open, context({ watermark, pending, ...levels }));
    for (const alert of alerts) stored.set(alert.id, JSON.stringify(alert));
    for (const alert of opened) tell(alert);
    for (const { alert } of worse) tell(alert);
    verdicts = [];
  };
  history.forEach((step, i) => {
    verdicts.push(...step.verdicts);
    if (cuts.has(i)) commit(step.watermark);
  });
  commit(Infinity);
  const present = [...stored.values()].map(parseAlert).filter((alert) => alert.windows > 0);
  return { stored: present.sort((a, b) => a.id < b.id ? -1 : 1), told };
}

Deno.test("raiseAlerts() ends with equal alerts wherever the verdicts are cut into runs", () => {
  fc.assert(
    fc.property(plan, fc.array(fc.nat({ max: 24 })), fc.constantFrom(1, 1, 2, 3), (steps, cuts, windows) => {
      const history = historyOf(steps), pending = { windows, of: 4 };
      const whole = run(history, new Set(), pending), pieces = run(history, new Set(cuts), pending);
      assert.deepEqual(pieces.stored, whole.stored);
      for (const { id, severity } of whole.stored.filter(({ fired }) => fired)) {
        assert.ok(compareSeverity(pieces.told.get(id)!, severity) >= 0, `${id} was not told as ${severity}`);
      }
    }),
    { numRuns: 300 },
  );
});

Deno.test("raiseAlerts() tells of exactly the alerts that stay and as severe as they are, when nothing is judged anew", () => {
  fc.assert(
    fc.property(plan, fc.array(fc.nat({ max: 24 })), (steps, cuts) => {
      const { stored, told } = run(historyOf(steps.map((step) => ({ ...step, again: [] }))), new Set(cuts));
      assert.deepEqual([...told].sort(), stored.map(({ id, severity }) => [id, severity]).sort());
    }),
  );
});

Deno.test("raiseAlerts() finds the chains that a plain look at all windows finds", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (anomalous) => {
      const verdicts = anomalous.map((is, i) => is ? windowVerdict(i) : normal(windowVerdict(i)));
      const indices = anomalous.flatMap((is, i) => is ? [i] : []);
      const starts = indices.filter((i, n) => n === 0 || i - indices[n - 1] > 3);
      assert.deepEqual(raised(verdicts).map((alert) => alert.start), starts.map((i) => i * WINDOW));
    }),
  );
});

Deno.test("raiseAlerts() changes nothing when the same verdicts come again", () => {
  fc.assert(
    fc.property(plan, (steps) => {
      const verdicts = historyOf(steps.map((step) => ({ ...step, again: [] }))).flatMap((step) =>
        step.verdicts
      );
      const once = raised(verdicts, { watermark: -Infinity });
      const twice = raiseAlerts(verdicts, once, context({ watermark: -Infinity }));
      assert.deepEqual(twice.alerts, once);
      assert.deepEqual([twice.opened, twice.worse], [[], []]);
    }),
  );
});
