/**
 * From held-back values to rules with stated rates, and the choice between them.
 *
 * @module
 */
import type { HeldBack, SessionValues } from "./held_back.ts";
import { JoinedSurprise, JoinedValues } from "./joined.ts";
import { RARE } from "./memory.ts";
import { either, fires, type Rule, singleRules } from "./rules.ts";

/** Planted faults are easier than real ones for the joined surprise and for order; drift hits such rules first. */
const HANDICAP = .93, FRAIL = .95;
/** Anomalies to be expected for each false alarm that the budget allows. */
const PRIOR_PER_BUDGET = 5;
/** Held-back firing that is forgiven as possible contamination. */
const FORGIVEN = .01;
/** Rules that unions are made of, and conditions of a union at most. */
const UNITED = 12, CONDITIONS = 3;

/** A rule and what held-back sessions say of it. */
export interface RatedRule extends Rule {
  /** Share of normal sessions that it fires on: the stated rate of false alarms. */
  rate: number;
  /** Share of faults that it is taken to find. */
  recall: number;
}

/** Surprises and rules. */
export interface Calibration {
  joined: JoinedSurprise;
  rules: RatedRule[];
}

/** Rates the candidates on held-back sessions. */
export function calibrate(
  { normal, faulty, later }: HeldBack,
  options: { adapts: boolean; budget: number; scorers: readonly string[] },
): Calibration {
  const joined = JoinedSurprise.of(normal);
  const held = new JoinedValues(
    normal,
    Float64Array.from({ length: normal.rows }, (_, i) => joined.own(normal.values, i * normal.kinds)),
  );
  const trial = new Trial(
    held,
    withSurprise(joined, faulty),
    later && withSurprise(joined, later),
    options.adapts,
  );
  const singles = singleRules(held, options.scorers).map((rule) => trial.rated(rule));
  return { joined, rules: [...singles, ...unions(singles, trial, options.budget)] };
}

function withSurprise(joined: JoinedSurprise, held: SessionValues): JoinedValues {
  return new JoinedValues(
    held,
    Float64Array.from({ length: held.rows }, (_, i) => joined.of(held.values, i * held.kinds)),
  );
}

/** Unions of the best rules, grown one condition at a time. */
function unions(singles: readonly RatedRule[], trial: Trial, budget: number): RatedRule[] {
  const ranked = [...singles].sort((a, b) => expectedF1(b, b.rate, budget) - expectedF1(a, a.rate, budget));
  const found: RatedRule[] = [];
  let best = ranked[0];
  while (best.conditions.length < CONDITIONS) {
    const grown = singles.filter((rule) => !best.name.includes(rule.name)).map((rule) =>
      trial.rated(either(best, rule))
    );
    grown.sort((a, b) => expectedF1(b, b.rate, budget) - expectedF1(a, a.rate, budget));
    if (
      grown.length === 0 || expectedF1(grown[0], grown[0].rate, budget) <= expectedF1(best, best.rate, budget)
    ) break;
    found.push(...grown.slice(0, UNITED));
    best = grown[0];
  }
  return found;
}

/** Counts what rules fire on. */
class Trial {
  constructor(
    readonly held: JoinedValues,
    readonly faulty: JoinedValues,
    readonly later: JoinedValues | null,
    readonly adapts: boolean,
  ) {}

  rated(rule: Rule): RatedRule {
    const { held, later } = this, extreme = rule.conditions.length - 1 + (rule.name === "joined@0%" ? 1 : 0);
    let rate = (count(rule, held) + .5 + extreme) / (held.rows + 1);
    if (later !== null) rate = Math.max(rate, (count(rule, later) + .5 + extreme) / (later.rows + 1));
    const simple = rule.conditions.every(({ kind, joined }) =>
      kind >= 0 && kind <= RARE + 2 && joined === undefined
    );
    const factor = (simple ? 1 : HANDICAP) * (this.adapts && rule.frail ? FRAIL : 1);
    return { ...rule, rate, recall: factor * recall(rule, this.faulty) };
  }
}

function count(rule: Rule, { held: { rows, kinds, values }, surprise }: JoinedValues): number {
  let fired = 0;
  for (let i = 0; i < rows; i++) if (fires(rule, values, i * kinds, surprise[i])) fired++;
  return fired;
}

function recall(rule: Rule, faulty: JoinedValues): number {
  return count(rule, faulty) / Math.max(1, faulty.rows);
}

/** The F1 that a rule is expected to have where it fires on this share of normal sessions. */
export function expectedF1({ recall }: RatedRule, rate: number, budget: number): number {
  const prior = Math.min(.5, PRIOR_PER_BUDGET * budget), found = prior * recall;
  const wrong = Math.max(rate - FORGIVEN, rate / 3) * (1 - prior);
  return 2 * found / (found + wrong + prior);
}

/** The place of the rule with the largest expected F1. */
export function choose(rules: readonly RatedRule[], rates: ArrayLike<number>, budget: number): number {
  let best = 0, most = -Infinity;
  for (let i = 0; i < rules.length; i++) {
    const expected = expectedF1(rules[i], rates[i], budget);
    if (expected > most) [best, most] = [i, expected];
  }
  return best;
}
