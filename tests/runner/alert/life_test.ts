import assert from "node:assert/strict";
import fc from "fast-check";
import {
  advance,
  FLAPPING,
  type IncidentFacts,
  isSettled,
  type Life,
  lifeBefore,
  type Notice,
  type TellingPolicy,
} from "../../../runner/alert/life.ts";
import { compareSeverity, type Severity } from "../../../runner/alert/severity.ts";
import { SEVERITIES } from "../../../runner/config/alert_names.ts";

const POLICY: TellingPolicy = {
  ...{ groupWait: 30, groupInterval: 300, repeatInterval: 4000, longestRepeat: 10_000 },
  flapping: { times: 3, within: 100_000, calm: 2000 },
};

type Some = { alerts?: Record<string, [Severity, boolean]>; acknowledged?: boolean; held?: string };

function factsOf({ alerts = {}, acknowledged = false, held = "" }: Some): IncidentFacts {
  const entries = Object.entries(alerts).map(([id, [severity, isFiring]]) => [id, { severity, isFiring }]);
  return { alerts: Object.fromEntries(entries), isAcknowledged: acknowledged, held };
}

/** Moves one life through facts at times; `flush` at times that end a run. */
function story(...steps: [now: number, facts: Some, flush?: boolean][]) {
  let life: Life | null = null;
  const told: [at: number, Notice][] = [], held: [at: number, string][] = [];
  for (const [now, facts, flush] of steps) {
    const step = advance(life, factsOf(facts), { now, policy: POLICY, flush });
    life = step.life;
    if (step.notice !== null) told.push([now, step.notice]);
    if (step.held !== "") held.push([now, step.held]);
  }
  return { life: life!, told, held, kinds: told.map(([at, { kind }]) => `${at} ${kind}`) };
}

const FIRES: Some = { alerts: { a: ["medium", true] } }, OVER: Some = { alerts: { a: ["medium", false] } };

Deno.test("advance() waits for what belongs together, tells, repeats ever more seldom, and says once that it is over", () => {
  const { kinds, told } = story(
    ...[0, 29, 30, 31, 4029, 4030, 12_029, 12_030, 22_029, 22_030].map((now): [number, Some] => [now, FIRES]),
    [22_500, OVER],
    [90_000, OVER],
  );
  assert.deepEqual(kinds, ["30 opened", "4030 repeat", "12030 repeat", "22030 repeat", "22500 resolved"]);
  assert.deepEqual(told.map(([, { number }]) => number), [0, 1, 2, 3, 4]);
});

Deno.test("advance() waits for nothing at the end of a run", () => {
  assert.deepEqual(story([0, FIRES, true]).kinds, ["0 opened"]);
});

Deno.test("advance() tells what is over when it is first seen once, as over", () => {
  const { kinds, told } = story([0, OVER], [30, OVER], [9000, OVER], [9000, OVER, true]);
  assert.deepEqual(kinds, ["30 resolved"]);
  assert.equal(told[0][1].isOver, true);
});

Deno.test("advance() tells a step up in severity at once, and what else is new after a while", () => {
  const worse: Some = { alerts: { a: ["high", true] } },
    more: Some = { alerts: { a: ["high", true], b: ["low", true] } };
  const { kinds, told } = story([0, FIRES, true], [1, worse], [2, more], [300, more], [301, more], [
    900,
    more,
  ]);
  assert.deepEqual(kinds, ["0 opened", "1 worse", "301 update"]);
  assert.deepEqual(told.map(([, { news, was }]) => [news, was]), [[["a"], null], [["a"], "medium"], [
    ["b"],
    null,
  ]]);
});

Deno.test("advance() leaves who takes care alone, but for what is worse and that it is over", () => {
  const acknowledged = true, alerts: Some["alerts"] = { a: ["medium", true], b: ["low", true] };
  const { kinds } = story(
    [0, FIRES, true],
    [1, { ...FIRES, acknowledged }],
    [9000, { alerts, acknowledged }],
    [9001, { alerts: { ...alerts, b: ["critical", true] }, acknowledged }],
    [9002, { alerts: { a: ["medium", false], b: ["critical", false] }, acknowledged }],
    [9003, FIRES],
  );
  assert.deepEqual(kinds, ["0 opened", "9001 worse", "9002 resolved", "9003 again"]);
});

Deno.test("advance() tells nothing of what is held back, and what still fires when that ends", () => {
  const held = "silenced";
  const still = story([0, { ...FIRES, held }, true], [500, { ...FIRES, held }, true], [501, FIRES]);
  assert.deepEqual([still.kinds, still.held.map(([at]) => at)], [["501 opened"], [0, 500]]);
  const over = story([0, { ...FIRES, held }, true], [500, { ...OVER, held }], [501, OVER, true], [
    600,
    FIRES,
    true,
  ]);
  assert.deepEqual(over.kinds, ["600 opened"]);
  const told = story([0, FIRES, true], [1, { ...OVER, held }], [500, { ...OVER, held }], [501, OVER]);
  assert.deepEqual(told.kinds, ["0 opened", "501 resolved"]);
});

Deno.test("advance() says once that something comes and goes, and that it is over only after a longer calm", () => {
  const steps: [number, Some, boolean?][] = [[99, FIRES, true]];
  for (let i = 0; i < 10; i++) steps.push([100 + 200 * i, FIRES], [200 + 200 * i, OVER]);
  const { kinds, told, held } = story(...steps, [4000, OVER], [4001, OVER], [9000, OVER]);
  assert.deepEqual(kinds.slice(0, 7), [
    ...["99 opened", "200 resolved", "300 again", "400 resolved", "500 again", "600 resolved", "700 again"],
  ]);
  assert.deepEqual(kinds.slice(7), ["4000 resolved"]);
  assert.deepEqual(told.map(([, { isFlapping }]) => isFlapping).indexOf(true), 6);
  assert.ok(held.length > 0 && held.every(([, why]) => why === FLAPPING));
});

Deno.test("advance() tells what late lines bring to an incident that is over", () => {
  const { kinds } = story(
    [0, OVER, true],
    [1, { alerts: { a: ["medium", false], b: ["low", false] } }],
    [2, { alerts: { a: ["critical", false], b: ["low", false] } }],
    [3, { alerts: { a: ["critical", false], b: ["medium", false] } }],
    [302, { alerts: { a: ["critical", false], b: ["medium", false] } }],
  );
  assert.deepEqual(kinds, ["0 resolved", "1 resolved", "2 worse", "302 update"]);
});

Deno.test("advance() says that an incident of which nothing is left is over, and nothing of one that nobody heard of", () => {
  assert.deepEqual(story([0, FIRES, true], [1, {}]).kinds, ["0 opened", "1 resolved"]);
  const unheard = story([0, FIRES], [20, {}], [500, {}, true]);
  assert.deepEqual(unheard.kinds, []);
  assert.ok(isSettled(unheard.life, factsOf({})));
});

Deno.test("advance() goes on with what was told before accounts were kept", () => {
  const life = lifeBefore({ severity: "medium", alerts: { a: "medium" }, isOver: false }, 0);
  assert.equal(advance(life, factsOf(FIRES), { now: 1, policy: POLICY, flush: true }).notice, null);
  assert.equal(advance(life, factsOf(OVER), { now: 1, policy: POLICY }).notice?.kind, "resolved");
});

Deno.test("isSettled() holds when a life can only go on with its incident", () => {
  const { life } = story([0, FIRES, true]);
  assert.deepEqual([isSettled(life, factsOf(FIRES)), isSettled(life, factsOf(OVER))], [false, false]);
  const over = story([0, FIRES, true], [1, OVER]).life;
  assert.deepEqual([isSettled(over, factsOf(OVER)), isSettled(over, factsOf(FIRES))], [true, false]);
});

// Any sequence of events: alerts come, fire, calm down, get worse, vanish; people silence and acknowledge; runs end; clocks jump.
const event = fc.record({
  wait: fc.oneof(fc.nat({ max: 50 }), fc.nat({ max: 5000 }), fc.integer({ min: -500, max: 0 })),
  alert: fc.constantFrom("a", "b", "c"),
  change: fc.constantFrom("fires", "fires", "over", "over", "worse", "gone", "none"),
  held: fc.option(fc.constantFrom("silenced", "maintenance"), { freq: 4 }),
  acknowledged: fc.boolean(),
  flush: fc.boolean(),
});

type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

interface Seen {
  facts: IncidentFacts;
  step: ReturnType<typeof advance>;
  before: Life | null;
  now: number;
}

function play(events: readonly Event[]): Seen[] {
  const alerts: Record<string, [Severity, boolean]> = {};
  let life: Life | null = null, now = 1000;
  return events.map(({ wait, alert, change, held, acknowledged, flush }) => {
    now += wait;
    const [severity] = alerts[alert] ?? ["low", false];
    if (change === "fires") alerts[alert] = [severity, true];
    if (change === "over" && alerts[alert] !== undefined) alerts[alert] = [severity, false];
    if (change === "worse" && alerts[alert] !== undefined) {
      alerts[alert] = [SEVERITIES[Math.min(3, SEVERITIES.indexOf(severity) + 1)], true];
    }
    if (change === "gone") delete alerts[alert];
    const facts = factsOf({ alerts, acknowledged, held: held ?? "" }), before: Life | null = life;
    const step = advance(life, facts, { now, policy: POLICY, flush });
    life = JSON.parse(JSON.stringify(step.life)) as Life; // as it is kept
    return { facts, step, before, now };
  });
}

const firing = ({ alerts }: IncidentFacts) => Object.values(alerts).some(({ isFiring }) => isFiring);

Deno.test("advance() opens an incident once, ends it once an opening, numbers what it tells, and plays equal again", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      const seen = play(events), notices = seen.flatMap(({ step: { notice } }) => notice ?? []);
      assert.deepEqual(play(events), seen);
      notices.forEach(({ number }, i) => assert.equal(number, i));
      let open = false;
      for (const { kind, isOver, number } of notices) {
        if (kind === "opened") assert.equal(number, 0);
        if (kind === "opened" || kind === "again") {
          assert.ok(!open, `${kind} although it is open`);
          open = true;
        } else if (kind === "repeat") assert.ok(open);
        else if (kind === "resolved") open = false;
        assert.equal(isOver && kind !== "resolved" && open, false);
      }
    }),
    { numRuns: 500 },
  );
});

Deno.test("advance() tells nothing of what is held back, repeats nothing to who takes care, and never too soon", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      let last = -Infinity, news = -Infinity;
      for (const { facts, step: { notice, held, life } } of play(events)) {
        if (facts.held !== "") assert.equal(notice, null);
        assert.ok(notice === null || held === "");
        if (notice === null) continue;
        const { kind } = notice, now = life.at;
        if (facts.isAcknowledged) assert.ok(kind !== "repeat" && !(kind === "update" && !notice.isOver));
        if (kind === "repeat") assert.ok(now - last >= POLICY.repeatInterval);
        if (kind === "update") assert.ok(now - Math.max(last, news) >= POLICY.groupInterval);
        if (kind === "worse") {
          assert.ok(compareSeverity(notice.severity, notice.was!) !== 0 || notice.news.length > 0);
        }
        last = now;
        news = now;
      }
    }),
    { numRuns: 500 },
  );
});

Deno.test("advance() loses nothing: in the end everything that fires was told, as severe as it is, and every end", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), fc.boolean(), (events, ends) => {
      const seen = play(events), last = seen.at(-1);
      if (last === undefined) return;
      const alerts = Object.fromEntries(
        Object.entries(last.facts.alerts).map((
          [id, alert],
        ) => [id, ends ? { ...alert, isFiring: false } : alert]),
      );
      const facts = { alerts, isAcknowledged: false, held: "" };
      let life: Life = last.step.life, now = life.at;
      const after: Notice[] = [];
      for (let i = 0; i < 6; i++) {
        const step = advance(life, facts, { now: now += 5000, policy: POLICY, flush: true });
        life = step.life;
        if (step.notice !== null) after.push(step.notice);
      }
      if (firing(facts)) {
        assert.equal(life.phase, "told");
        for (const [id, { severity }] of Object.entries(alerts)) {
          assert.ok(compareSeverity(life.known[id], severity) >= 0, `${id} was not told as ${severity}`);
        }
      } else {
        assert.ok(life.phase !== "told");
        assert.ok(isSettled(life, facts));
        assert.ok(after.filter(({ kind }) => kind === "resolved").length <= 2);
      }
    }),
    { numRuns: 500 },
  );
});
