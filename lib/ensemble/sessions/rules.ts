/**
 * The rules that a decision may follow.
 *
 * @module
 */
import {
  DISTANCE,
  KINDS,
  NEW,
  PAIRS,
  RARE,
  RARE_SHARE,
  rareScore,
  SEVERE,
  TRIPLES,
  UNSEEN,
} from "./memory.ts";
import type { JoinedValues } from "./joined.ts";
import { quantile } from "./tail.ts";

/** Stands for the joined surprise where a kind of evidence is named. */
export const JOINED = -1;

/** Evidence of one kind that reaches a level. */
export interface Condition {
  /** Kind of evidence, or {@linkcode JOINED}. */
  kind: number;
  /** Least value that fires. */
  level: number;
  /** The joined surprise must be this large, too. */
  joined?: number;
  /** The counts must never have been seen, too. */
  unseen?: boolean;
}

/** A rule fires where one of its conditions holds. */
export interface Rule {
  name: string;
  conditions: Condition[];
  /** Leans on whole vectors, order or the joined surprise, which drift hits first. */
  frail: boolean;
}

/** Whether a rule fires on values (of one session, from `at`) with this joined surprise. */
export function fires(
  { conditions }: Rule,
  values: ArrayLike<number>,
  at: number,
  surprise: number,
): boolean {
  for (let i = 0; i < conditions.length; i++) {
    const { kind, level, joined, unseen } = conditions[i];
    if ((kind === JOINED ? surprise : values[at + kind]) < level) continue;
    if (unseen === true && values[at + UNSEEN] === 0) continue;
    if (joined === undefined || surprise >= joined) return true;
  }
  return false;
}

/** Least difference. */
const TINY = 1e-9;

/** Single conditions for training sessions whose held-back values are these. */
export function singleRules(held: JoinedValues): Rule[] {
  const rules = [...plainRules(held.rows)], descending = held.surprise.slice().sort().reverse();
  for (const share of [.1, .07, .05, .03, .02, .01, .005, .002, 0]) {
    const place = Math.floor(share * (held.rows + 1));
    if ((share > 0 && place < 1) || place >= held.rows) continue;
    rules.push(rule(`joined@${percent(share)}`, JOINED, descending[place] + TINY, true));
  }
  const graded = [["distance", DISTANCE], ["pairs", PAIRS], ["triples", TRIPLES]] as const;
  for (const [name, kind] of graded) rules.push(...levelRules(held, name, kind));
  return [...rules, ...joinedNew(held)];
}

/** The same for the kinds beyond our own, by the names of the detectors. */
export function scorerRules(held: JoinedValues, scorers: readonly string[]): Rule[] {
  return scorers.flatMap((name, i) => [...levelRules(held, name, KINDS.length + i)]);
}

/** Levels that few held-back sessions reach. */
function* levelRules(held: JoinedValues, name: string, kind: number): Iterable<Rule> {
  const sorted = held.column(kind).sort().reverse();
  for (const share of [.1, .05, .02, .01, .003]) {
    const place = Math.floor(share * (held.rows + 1));
    if (place >= 1) yield rule(`${name}@${percent(share)}`, kind, sorted[place] + TINY, true);
  }
}

/** Levels of the joined surprise that few sessions of the later half reach, as a stream sees them. */
export function laterRules(later: JoinedValues | null): Rule[] {
  if (later === null) return [];
  const descending = later.surprise.slice().sort().reverse();
  return [.05, .03, .02, .01, .005].filter((share) => share * later.rows >= 1).map((share) =>
    rule(`joined@later ${percent(share)}`, JOINED, descending[Math.floor(share * later.rows)] + TINY, true)
  );
}

function* plainRules(sessions: number): Iterable<Rule> {
  yield rule("unseen", UNSEEN, 1, true);
  for (const share of [RARE_SHARE, .01, .003]) {
    if (share !== RARE_SHARE && share * sessions < 1) continue;
    const level = rareScore((Math.ceil(share * sessions) - 1) / sessions, sessions) - TINY;
    yield rule(`rare<${percent(share)}`, RARE, level, false);
  }
  const common = rareScore((Math.ceil(RARE_SHARE * sessions) - 1) / sessions, sessions) - TINY;
  yield { name: "unseen rare<3%", conditions: [{ kind: RARE, level: common, unseen: true }], frail: false };
  yield rule("rare=0", RARE, rareScore(0, sessions) - TINY, false);
  yield rule("new", NEW, 1, false);
  yield rule("new2", NEW, 2, false);
  yield rule("severe", SEVERE, 1, false);
}

/** New events where the session is unusual among those with new events. */
function joinedNew(held: JoinedValues): Rule[] {
  const fresh = held.column(NEW);
  const surprise = held.surprise.filter((_, i) => fresh[i] >= 1).sort();
  if (surprise.length < 6) return [];
  return [.5, .25].map((share) => ({
    name: `new&joined@${percent(share)}`,
    conditions: [{ kind: NEW, level: 1, joined: quantile(surprise, 1 - share) + TINY }],
    frail: false,
  }));
}

/** What stands between the names of what a rule is united of. */
const OR = " or ";

/** The names of the single rules that a rule is united of; its own where it is single. */
export function conditionNames(rule: string): string[] {
  return rule.split(OR);
}

/** A rule that fires where either does. */
export function either(a: Rule, b: Rule): Rule {
  return {
    name: a.name + OR + b.name,
    conditions: [...a.conditions, ...b.conditions],
    frail: a.frail || b.frail,
  };
}

function rule(name: string, kind: number, level: number, frail: boolean): Rule {
  return { name, conditions: [{ kind, level }], frail };
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(2))}%`;
}
