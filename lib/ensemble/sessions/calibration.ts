/**
 * From held-back values to rules with stated rates, and the choice between them.
 *
 * @module
 */
import type { HeldBack, SessionValues } from "./held_back.ts";
import { JoinedSurprise, JoinedValues } from "./joined.ts";
import { KINDS, RARE, RARE_SHARE, rareScore, rateOf, SEVERE, UNSEEN } from "./memory.ts";
import { FAMILIES } from "./faults.ts";
import {
  type Condition,
  conditionNames,
  either,
  fires,
  JOINED,
  laterRules,
  type Rule,
  scorerRules,
  singleRules,
} from "./rules.ts";

/** Planted faults are easier than real ones for the joined surprise and for order; drift hits such rules first. */
const HANDICAP = .93, FRAIL = .95;
/** Anomalies to be expected for each false alarm that the budget allows. */
const PRIOR_PER_BUDGET = 5;
/** Budgets that a rule may spend at most. */
const MOST_BUDGETS = 20;
/** Held-back firing that is forgiven as possible contamination. */
const FORGIVEN = .01;
/** Unions kept of each size, conditions of one at most, and how many times the expected F1 of its part it must have. */
const UNITED = 5, CONDITIONS = 3, GAIN = 1.01;

/** How many times the expected F1 of the best rule of our own kinds one with another detector must have. */
const EARNED = 1.05;

/** A rule and what held-back sessions say of it. */
export interface RatedRule extends Rule {
  /** Share of normal sessions that it fires on: the stated rate of false alarms. */
  rate: number;
  /** Share of faults that it is taken to find. */
  recall: number;
  /** Part of the rate that may be anomalies in training. */
  forgiven: number;
}

/** Surprises and rules. */
export interface Calibration {
  joined: JoinedSurprise;
  rules: RatedRule[];
}

/** Rates the candidates on held-back sessions. */
export function calibrate(
  { normal, faulty, families, later }: HeldBack,
  options: { adapts: boolean; budget: number; scorers: readonly string[] },
): Calibration {
  const joined = JoinedSurprise.of(normal);
  const held = new JoinedValues(
    normal,
    Float64Array.from({ length: normal.rows }, (_, i) => joined.own(normal.values, i * normal.kinds)),
  );
  const dirt = dirtOf(held),
    trial = new Trial({
      ...{ held, joined, families, dirt, adapts: options.adapts },
      faulty: withSurprise(joined, faulty),
      recurring: withSurprise(joined, recurringFaults(faulty, normal.rows)),
      later: later && withSurprise(joined, later),
    });
  const candidates = [...singleRules(held), ...laterRules(trial.trials.later)], { budget } = options;
  const singles = candidates.map((rule) => trial.rated(rule));
  const own = [...singles, ...unions(singles, trial, budget)];
  const others = scorerRules(held, options.scorers).map((rule) => trial.rated(rule));
  return { joined, rules: [...own, ...earned(own, [...singles, ...others], { trial, budget })] };
}

/**
 * Rules with other detectors that are worth clearly more than the best without: planted faults are strange in the way that a
 * detector of counts or order is made for, and 300 of them tell recall to about 3 %.
 */
function earned(
  own: readonly RatedRule[],
  all: readonly RatedRule[],
  { trial, budget }: { trial: Trial; budget: number },
): RatedRule[] {
  const isOther = ({ conditions }: Rule) => conditions.some(({ kind }) => kind >= KINDS.length);
  if (!all.some(isOther)) return [];
  const worth = (rule: RatedRule) => expectedF1(rule, rule.rate, budget);
  const least = EARNED * own.reduce((most, rule) => Math.max(most, worth(rule)), 0);
  return [...all, ...unions(all, trial, budget)].filter((rule) => isOther(rule) && worth(rule) > least);
}

function withSurprise(joined: JoinedSurprise, held: SessionValues): JoinedValues {
  return new JoinedValues(
    held,
    Float64Array.from({ length: held.rows }, (_, i) => joined.of(held.values, i * held.kinds)),
  );
}

/** Unions that are worth more than their parts, grown one condition at a time from the best rule. */
function unions(singles: readonly RatedRule[], trial: Trial, budget: number): RatedRule[] {
  const worth = (rule: RatedRule) => expectedF1(rule, rule.rate, budget);
  const found: RatedRule[] = [];
  let best = singles.reduce((best, rule) => worth(rule) > worth(best) ? rule : best);
  while (best.conditions.length < CONDITIONS) {
    const least = GAIN * worth(best), parts = conditionNames(best.name);
    const grown = singles.filter(({ name }) => !parts.includes(name)).map((rule) =>
      trial.rated(either(best, rule))
    );
    const better = grown.filter((rule) => worth(rule) > least).sort((a, b) => worth(b) - worth(a));
    if (better.length === 0) break;
    found.push(...better.slice(0, UNITED));
    best = better[0];
  }
  return found;
}

/** Held-back values and those of planted faults. */
interface Trials {
  held: JoinedValues;
  /** Faults that training never had, and of the same kinds where it had. */
  faulty: JoinedValues;
  recurring: JoinedValues;
  /** What each fault is about. */
  families: Uint8Array;
  later: JoinedValues | null;
  /** Share of training sessions with rare atoms, where they are apart from the others: they may be anomalous. */
  dirt: number | null;
  adapts: boolean;
}

/** Counts what rules fire on. */
class Trial {
  constructor(readonly trials: Trials) {}

  rated(rule: Rule): RatedRule {
    const { held, later, dirt } = this.trials;
    const extreme = rule.conditions.reduce((sum, condition) => sum + uncertainty(condition), 0) - .5;
    let rate = (fired(rule, held) + .5 + extreme) / (held.rows + 1);
    if (later !== null) rate = Math.max(rate, (fired(rule, later) + .5 + extreme) / (later.rows + 1));
    const [{ kind, unseen }, ...others] = rule.conditions;
    const isRare = kind === RARE && unseen !== true && others.length === 0;
    const forgiven = dirt !== null && isRare && rate <= MOST_DIRT ? rate : FORGIVEN;
    return { ...rule, rate, recall: this.#recall(rule), forgiven };
  }

  /**
   * Share of faults found: the power mean over what faults are about, so that a rule that is blind to one of them is worth
   * less, as nobody knows which will come. What only order, distance or the joined surprise finds counts less.
   */
  #recall(rule: Rule): number {
    const { faulty, recurring, families, dirt, adapts } = this.trials;
    const again = RECURRING * Math.min(1, Math.max(0, (dirt ?? 0) - FORGIVEN) / (PRIOR - FORGIVEN));
    const plain = { ...rule, conditions: rule.conditions.filter(isPlain) },
      less = HANDICAP * (adapts ? FRAIL : 1);
    const found = new Float64Array(FAMILIES.length), all = new Float64Array(FAMILIES.length);
    for (let i = 0; i < faulty.rows; i++) {
      all[families[i]]++;
      if (firesOn(rule, faulty, i)) {
        found[families[i]] += (1 - again) * (firesOn(plain, faulty, i) ? 1 : less);
      }
      if (again > 0 && firesOn(rule, recurring, i)) {
        found[families[i]] += again * (firesOn(plain, recurring, i) ? 1 : less);
      }
    }
    const sum = found.reduce((sum, found, i) => sum + all[i] * (found / Math.max(1, all[i])) ** MEAN, 0);
    return (sum / Math.max(1, faulty.rows)) ** (1 / MEAN);
  }
}

/** Whether a condition is on single events alone. */
function isPlain({ kind, joined }: Condition): boolean {
  return kind > UNSEEN && kind <= SEVERE && joined === undefined;
}

/** Sessions by which a rate is likely to be underestimated: more where the level was taken from the same sessions. */
function uncertainty({ kind, joined }: Condition): number {
  if (kind === JOINED || joined !== undefined) return 1.5;
  return kind > SEVERE ? 1 : .5;
}

/** Power of the mean over what faults are about. */
const MEAN = .5;

/** Share of the faults whose kind training had, where it may have had any, and in which share of its sessions. */
const RECURRING = .3, RECURRING_SHARE = .01;
/** Share of anomalous sessions that training is usually and at most taken to have. */
const PRIOR = .05, MOST_DIRT = .06;

/** Share of sessions with rare atoms where they are few and hardly any lies between them and the common ones; else `null`. */
function dirtOf(held: JoinedValues): number | null {
  const rare = held.column(RARE), line = rareScore(RARE_SHARE, held.rows);
  const beyond = rareScore(RARE_SHARE * 10 / 3, held.rows);
  const few = rare.filter((value) => value > line).length;
  const between = rare.filter((value) => value > beyond).length - few;
  const isApart = few <= MOST_DIRT * held.rows && between <= .1 * Math.max(few, MOST_DIRT * held.rows / 2);
  return isApart ? few / held.rows : null;
}

/** Values of the same faults where training had sessions with them. */
function recurringFaults({ rows, kinds, values }: SessionValues, sessions: number): SessionValues {
  const recurring = new Float64Array(values.length);
  for (let i = 0; i < rows; i++) {
    const rate = rateOf(values[i * kinds + RARE], sessions) + Math.max(RECURRING_SHARE, 1 / sessions);
    recurring[i * kinds + RARE] = rareScore(Math.min(1, rate), sessions);
  }
  return { rows, kinds, values: recurring };
}

function firesOn(rule: Rule, { held: { values, kinds }, surprise }: JoinedValues, row: number): boolean {
  return fires(rule, values, row * kinds, surprise[row]);
}

/** Sessions that a rule fires on; a rule of rare atoms by how likely each is to fire if training were drawn again. */
function fired(rule: Rule, held: JoinedValues): number {
  let fired = 0;
  const { conditions: [{ kind, level, unseen }, ...others] } = rule,
    soft = kind === RARE && unseen !== true && others.length === 0;
  const { rows, values, kinds } = held.held,
    limit = soft ? Math.floor(rateOf(level, held.rows) * held.rows + .01) : 0;
  for (let i = 0; i < rows; i++) {
    if (!soft) fired += firesOn(rule, held, i) ? 1 : 0;
    else {fired += Math.max(
        firesOn(rule, held, i) ? 1 : 0,
        poissonUpTo(limit, rateOf(values[i * kinds + RARE], rows) * rows),
      );}
  }
  return fired;
}

/** Chance of a Poisson count with this mean to be at most `limit`. */
function poissonUpTo(limit: number, mean: number): number {
  if (mean > 4 * limit + 10) return 0;
  let term = Math.exp(-mean), sum = term;
  for (let i = 1; i <= limit; i++) sum += term *= mean / i;
  return sum;
}

/** The F1 that a rule is expected to have where it fires on this share of normal sessions. */
function expectedF1({ recall, forgiven }: RatedRule, rate: number, budget: number): number {
  const prior = Math.min(.5, PRIOR_PER_BUDGET * budget), found = prior * recall;
  const wrong = Math.max(rate - forgiven, rate / 3) * (1 - prior);
  return 2 * found / (found + wrong + prior);
}

/** The place of the rule with the largest expected F1 among those that fire on no more than 20 times the budget, if any does. */
export function choose(rules: readonly RatedRule[], rates: ArrayLike<number>, budget: number): number {
  let best = 0, most = -Infinity, limit = Infinity;
  for (let i = 0; i < rules.length; i++) limit = Math.min(limit, rates[i]);
  limit = Math.max(limit, MOST_BUDGETS * budget);
  for (let i = 0; i < rules.length; i++) {
    if (rates[i] > limit) continue;
    const expected = expectedF1(rules[i], rates[i], budget);
    if (expected > most) [best, most] = [i, expected];
  }
  return best;
}
