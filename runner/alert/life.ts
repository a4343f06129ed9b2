/**
 * When a person is told of an incident: the state machine between alerts and messages.
 *
 * Alerts say what is the matter, by the time in the lines ({@linkcode raiseAlerts}). This says when somebody hears of it, by the
 * clock of that person: one {@linkcode Life} an incident and receiver, moved on by {@linkcode advance}, which is pure: the same state,
 * facts, time and policy give the same next state and the same notice.
 *
 * ```
 *                 group_wait is over, or                                        it goes on:
 *                 nothing more is to come        ┌─────────┐  worse     a step up in severity, at once
 *  ┌─────────┐  opened                           │         │  update    something new, after group_interval
 *  │ waiting │──────────────────────────────────▶│  told   │  repeat    after repeat_interval, each time twice as long
 *  └─────────┘                                   │         │
 *       │                                        └─────────┘
 *       │ it is over already:           resolved   │     ▲
 *       │ told once, as over                       ▼     │ again  (too many in a span: it comes and goes; that is said
 *       │                                        ┌──────────┐     once, then nothing until it was calm for longer)
 *       └───────────────────────────────────────▶│ resolved │
 *                 resolved                       └──────────┘  resolved, worse: late lines brought something that is over
 * ```
 *
 * - *Held back* (silenced, inhibited, maintenance, a deployment, suppressed): nothing is told meanwhile, and the state stays as it
 *   is. What still fires when that ends is told then; of what was told before, its end is. What began and ended meanwhile is not.
 * - *Acknowledged*: no update and no repeat; a step up in severity, the end, and that it came back are told.
 * - *Withdrawn*: an alert whose windows late lines made normal is none; an incident without alerts is over.
 * - A clock that jumps back stands still until it is where it was.
 *
 * @module
 */
import { compareSeverity, type Severity } from "./severity.ts";

/** Why a person is told. */
export type NoticeKind = "opened" | "update" | "worse" | "repeat" | "resolved" | "again";

/** Lengths of time (ms) and counts that the settings give. */
export interface TellingPolicy {
  /** How long a new incident is gathered before it is told. */
  groupWait: number;
  /** Shortest time between a message and one that says what is new. */
  groupInterval: number;
  /** Time until it is said again that an incident goes on; it doubles each time, up to {@linkcode longestRepeat}. */
  repeatInterval: number;
  longestRepeat: number;
  /** More openings than `times` within a span are flapping; that is over when nothing changed for `calm`. */
  flapping: { times: number; within: number; calm: number };
}

/** What is known of telling one receiver of one incident. Plain data; times are ms since the epoch. */
export interface Life {
  phase: "waiting" | "told" | "resolved";
  /** The latest time that was seen. */
  at: number;
  /** Since when it waits, and since it is told when it was opened last. */
  since: number;
  /** When a message was made last. */
  toldAt: number;
  /** Messages so far. */
  number: number;
  /** Repeats since it was opened last. */
  repeats: number;
  /** The highest severity that was told since it was opened last. */
  severity: Severity;
  /** What was told of its alerts: how severe each was. */
  known: Record<string, Severity>;
  /** When it was opened, as far back as flapping reaches. */
  openings: number[];
  isFlapping: boolean;
  /** Whether it fired, how many alerts there were, and since when that is so. */
  fired: boolean;
  seen: number;
  turnedAt: number;
  /** Whether something kept it back before anybody heard of it. */
  wasHeld: boolean;
}

/** An incident as it is now, for one receiver. */
export interface IncidentFacts {
  /** Its alerts that people may hear of; where something keeps all of them back, those that they would hear of. */
  alerts: Record<string, { severity: Severity; isFiring: boolean }>;
  /** Whether somebody takes care of it. */
  isAcknowledged: boolean;
  /** What keeps it back; empty = nothing does. */
  held: string;
}

/** What a person is to be told. */
export interface Notice {
  kind: NoticeKind;
  /** Messages before this one. */
  number: number;
  severity: Severity;
  /** How severe it was when it was told before; `null` where that does not matter. */
  was: Severity | null;
  /** Whether it fires no more. */
  isOver: boolean;
  /** Whether it comes and goes, and nothing more will be said until it is calm. */
  isFlapping: boolean;
  /** Alerts that are new, or more severe than was told. */
  news: string[];
}

/** A step of a life. */
export interface LifeStep {
  life: Life;
  notice: Notice | null;
  /** Why something is not told now; empty where nothing is kept back. */
  held: string;
}

/** How {@linkcode advance} goes about it. */
export interface AdvanceOptions {
  /** Milliseconds since the epoch. */
  now: number;
  policy: TellingPolicy;
  /** Whether there is nothing to wait for: a run has read all there is, and the next one is far. Default: there is. */
  flush?: boolean;
}

/**
 * The next step of a life.
 *
 * @param life `null` = nothing is known yet.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { advance } from "./life.ts";
 *
 * const policy = { groupWait: 30, groupInterval: 300, repeatInterval: 4000, longestRepeat: 9000,
 *   flapping: { times: 3, within: 9000, calm: 1000 } };
 * const facts = (isFiring: boolean) =>
 *   ({ alerts: { a1: { severity: "high" as const, isFiring } }, isAcknowledged: false, held: "" });
 * const first = advance(null, facts(true), { now: 0, policy });
 * assert.equal(first.notice, null); // more may belong to it
 * const second = advance(first.life, facts(true), { now: 30, policy });
 * assert.equal(second.notice?.kind, "opened");
 * assert.equal(advance(second.life, facts(false), { now: 60, policy }).notice?.kind, "resolved");
 * ```
 */
export function advance(life: Life | null, facts: IncidentFacts, options: AdvanceOptions): LifeStep {
  const before = life ?? newLife(options.now), now = Math.max(options.now, before.at);
  const present = turned({ ...before, at: now }, facts, now), steps = { ...options, now };
  if (facts.held === "") return STEPS[present.phase](present, facts, steps);
  const { notice, held } = STEPS[present.phase](present, { ...facts, held: "" }, steps);
  const hasSomething = notice !== null || held !== "";
  const wasHeld = present.wasHeld || (present.phase === "waiting" && hasSomething);
  return { life: { ...present, wasHeld }, notice: null, held: hasSomething ? facts.held : "" };
}

/** Whether a life can only go on when its incident changes. */
export function isSettled({ phase, known }: Life, { alerts }: Pick<IncidentFacts, "alerts">): boolean {
  if (Object.keys(alerts).length === 0) return phase !== "told";
  return phase === "resolved" && newsOf(known, alerts).length === 0 && !isFiring(alerts);
}

/**
 * The life of an incident that was told before anybody kept account of it.
 *
 * @param told How severe it was and its alerts were, and whether it was over.
 */
export function lifeBefore(
  { severity, alerts, isOver }: { severity: Severity; alerts: Record<string, Severity>; isOver: boolean },
  now: number,
): Life {
  const phase = isOver ? "resolved" : "told";
  return {
    ...newLife(now),
    number: 1,
    phase,
    severity,
    known: alerts,
    fired: !isOver,
    seen: Object.keys(alerts).length,
  };
}

function newLife(now: number): Life {
  return {
    ...{
      phase: "waiting",
      at: now,
      since: now,
      toldAt: now,
      number: 0,
      repeats: 0,
      severity: "low",
      known: {},
    },
    ...{ openings: [], isFlapping: false, fired: false, seen: 0, turnedAt: now, wasHeld: false },
  };
}

const STEPS: Record<Life["phase"], (life: Life, facts: IncidentFacts, options: AdvanceOptions) => LifeStep> =
  {
    waiting,
    told: goesOn,
    resolved: isOver,
  };

/** Nobody has heard of it. */
function waiting(life: Life, facts: IncidentFacts, options: AdvanceOptions): LifeStep {
  const { alerts } = facts, { now, policy, flush = false } = options;
  if (Object.keys(alerts).length === 0) return quiet({ ...life, since: now }); // whatever it was is withdrawn
  if (life.wasHeld && !isFiring(alerts)) {
    return quiet({ ...life, phase: "resolved", severity: severityOf(alerts), known: severities(alerts) });
  }
  if (now - life.since < policy.groupWait && !flush) return quiet(life);
  return opened(life, facts, options, isFiring(alerts) ? "opened" : "resolved");
}

/** People know of it, and think that it goes on. */
function goesOn(life: Life, facts: IncidentFacts, options: AdvanceOptions): LifeStep {
  const { alerts, isAcknowledged } = facts, { now, policy } = options;
  const news = newsOf(life.known, alerts), calm = now - life.turnedAt >= policy.flapping.calm;
  const worst = highest(news.map((id) => alerts[id].severity));
  if (!isFiring(alerts)) {
    if (life.isFlapping && !calm) return quiet(life, FLAPPING);
    return tell({ ...life, phase: "resolved", isFlapping: false }, facts, options, { kind: "resolved" });
  }
  if (news.length > 0 && compareSeverity(worst, life.severity) > 0) {
    return tell({ ...life, severity: worst }, facts, options, { kind: "worse", was: life.severity });
  }
  const steady = life.isFlapping && calm ? { ...life, isFlapping: false } : life;
  if (steady.isFlapping || isAcknowledged) return quiet(steady);
  if (news.length > 0 && now - life.toldAt >= policy.groupInterval) {
    return tell(steady, facts, options, { kind: "update" });
  }
  if (now - life.toldAt < repeatAfter(life.repeats, policy)) return quiet(steady);
  return tell({ ...steady, repeats: life.repeats + 1 }, facts, options, { kind: "repeat" });
}

/** People think that it is over. */
function isOver(life: Life, facts: IncidentFacts, options: AdvanceOptions): LifeStep {
  const { alerts } = facts, { now, policy } = options;
  if (isFiring(alerts)) return opened(life, facts, options, life.number === 0 ? "opened" : "again");
  const news = newsOf(life.known, alerts);
  if (news.length === 0) return quiet(life);
  if (life.isFlapping && now - life.turnedAt < policy.flapping.calm) return quiet(life, FLAPPING);
  if (news.some((id) => life.known[id] === undefined)) return opened(life, facts, options, "resolved");
  const worst = highest(news.map((id) => alerts[id].severity));
  if (compareSeverity(worst, life.severity) > 0) {
    return tell({ ...life, severity: worst }, facts, options, { kind: "worse", was: life.severity });
  }
  return now - life.toldAt < policy.groupInterval
    ? quiet(life)
    : tell(life, facts, options, { kind: "update" });
}

/** Why what comes and goes is not told. */
export const FLAPPING = "it comes and goes";

/** It begins, or begins again; `resolved` = and it is over already. */
function opened(
  life: Life,
  facts: IncidentFacts,
  options: AdvanceOptions,
  kind: "opened" | "again" | "resolved",
): LifeStep {
  const { now, policy: { flapping } } = options, severity = severityOf(facts.alerts);
  const openings = [...life.openings.filter((time) => time > now - flapping.within), now];
  const isFlapping = openings.length > flapping.times;
  const next: Life = {
    ...life,
    ...{ phase: kind === "resolved" ? "resolved" : "told", since: now, repeats: 0, severity, isFlapping },
    openings: openings.slice(-flapping.times - 1),
  };
  if (life.isFlapping && isFlapping && kind === "again") {
    return quiet({ ...next, severity: life.severity }, FLAPPING);
  }
  return tell(next, facts, options, { kind });
}

function tell(
  life: Life,
  { alerts }: IncidentFacts,
  { now }: AdvanceOptions,
  { kind, was = null }: { kind: NoticeKind; was?: Severity | null },
): LifeStep {
  const news = newsOf(life.known, alerts),
    severity = kind === "resolved" && news.length === 0 ? life.severity : severityOf(alerts);
  const { number, isFlapping } = life;
  const notice = { kind, number, severity, was, isOver: !isFiring(alerts), isFlapping, news };
  const told = {
    ...life,
    toldAt: now,
    number: number + 1,
    known: { ...life.known, ...severities(alerts) },
    wasHeld: false,
  };
  return { life: told, notice, held: "" };
}

function quiet(life: Life, held = ""): LifeStep {
  return { life, notice: null, held };
}

/** Notes when it last changed whether it fires, or how many alerts there are. */
function turned(life: Life, { alerts }: IncidentFacts, now: number): Life {
  const fired = isFiring(alerts), seen = Object.keys(alerts).length;
  return fired === life.fired && seen === life.seen ? life : { ...life, fired, seen, turnedAt: now };
}

/** Wait until it is said again that it goes on, ms: the n-th time 2ⁿ times as long as the first. */
function repeatAfter(repeats: number, { repeatInterval, longestRepeat }: TellingPolicy): number {
  return Math.min(Math.max(longestRepeat, repeatInterval), repeatInterval * 2 ** Math.min(repeats, 50));
}

type Alerts = IncidentFacts["alerts"];

/** Alerts that are new, or more severe than was told. */
function newsOf(known: Life["known"], alerts: Alerts): string[] {
  return Object.keys(alerts).filter((id) =>
    known[id] === undefined || compareSeverity(alerts[id].severity, known[id]) > 0
  );
}

function isFiring(alerts: Alerts): boolean {
  return Object.values(alerts).some(({ isFiring }) => isFiring);
}

/** The highest of the alerts that fire; of all where none does. */
function severityOf(alerts: Alerts): Severity {
  const all = Object.values(alerts), firing = all.filter(({ isFiring }) => isFiring);
  return highest((firing.length > 0 ? firing : all).map(({ severity }) => severity));
}

function highest(severities: readonly Severity[]): Severity {
  return severities.reduce((a, b) => compareSeverity(a, b) >= 0 ? a : b, "low");
}

function severities(alerts: Alerts): Record<string, Severity> {
  return Object.fromEntries(Object.entries(alerts).map(([id, { severity }]) => [id, severity]));
}
