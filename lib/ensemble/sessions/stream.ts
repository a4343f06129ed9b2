/**
 * What a decision on sessions learns while it judges.
 *
 * @module
 */
import type { EventWindow } from "../../feature/event_window.ts";
import { choose, type RatedRule } from "./calibration.ts";
import type { JoinedSurprise } from "./joined.ts";
import { KINDS, NEW, RECENT, type SessionMemory } from "./memory.ts";
import { conditionNames, fires } from "./rules.ts";
import { BehaviourShifts } from "./shifts.ts";
import { fields, isNumber, isTexts } from "./saved.ts";
import type { SessionScorer } from "./scorer.ts";

/** Sessions over which rules' firing is counted. */
const HISTORY = 200;
/** Sessions that the stated rate counts for in a short history. */
const PRIOR_SESSIONS = 20;
/** Rules are chosen again after so many sessions. */
const CHOSEN_EVERY = 10;
/** A rule that leans on whole vectors may fire this much more often than the rule of rare atoms before it is demoted. */
const SLACK = 1.3;
/** Share of anomalous sessions that is always thought possible. */
const POSSIBLE = .05;

/** What was found of one session. */
export interface Judged {
  /** By kind of evidence; overwritten by the next. */
  values: Float64Array;
  joined: number;
  /** The same with what other detectors say: what sessions are ranked by. */
  ranked: number;
  rule: RatedRule;
  fires: boolean;
}

/** What never changes while judging. */
export interface SessionRules {
  readonly rules: readonly RatedRule[];
  readonly joined: JoinedSurprise;
  readonly budget: number;
  readonly adapts: boolean;
  readonly scorers: readonly SessionScorer[];
  /** Place of the rule of rare atoms, which drift hits last. */
  readonly steady: number;
}

/** How often rules fired of late, and which is followed. */
export class RuleHistory {
  /** 1 = fired: shape [HISTORY × rules]. */
  fired: Uint8Array;
  /** Fired in the history, shape [rules]. */
  counts: Int32Array;
  judged = 0;
  current: number;

  constructor(readonly fitted: SessionRules) {
    this.fired = new Uint8Array(HISTORY * fitted.rules.length);
    this.counts = new Int32Array(fitted.rules.length);
    this.current = choose(fitted.rules, fitted.rules.map(({ rate }) => rate), fitted.budget);
  }

  /** Notes what every rule says of a session, and chooses again now and then. */
  note(values: Float64Array, joined: number): void {
    const { rules, adapts } = this.fitted;
    if (!adapts) return;
    const from = (this.judged % HISTORY) * rules.length;
    for (let i = 0; i < rules.length; i++) {
      const now = fires(rules[i], values, 0, joined) ? 1 : 0;
      this.counts[i] += now - this.fired[from + i];
      this.fired[from + i] = now;
    }
    if (this.judged % CHOSEN_EVERY === 0) this.current = choose(rules, this.#rates(), this.fitted.budget);
    this.judged++;
  }

  /** Plain data; rules by name. */
  save(): SavedHistory {
    const { fired, judged, current, fitted: { rules } } = this;
    return { fired: fired.toBase64(), judged, current, rules: rules.map(({ name }) => name) };
  }

  /**
   * As it was saved. Where other rules were rated then (for another budget), each has what its conditions did, and the rule to
   * follow is chosen anew.
   *
   * @throws {TypeError} if it is not what was saved.
   */
  static restore(saved: unknown, fitted: SessionRules): RuleHistory {
    const own = fitted.rules.map(({ name }) => name),
      { fired, judged, current, rules = own } = readHistory(saved);
    const history = new RuleHistory(fitted), bytes = bytesOf(fired), isSame = rules.join() === own.join();
    if (bytes.length !== HISTORY * rules.length || !(current in rules)) {
      throw new TypeError(`Cannot restore sessions: the history has ${bytes.length} entries`);
    }
    history.fired = isSame ? bytes : firedBy(own, { rules, fired: bytes });
    history.fired.forEach((one, i) => history.counts[i % own.length] += one);
    history.judged = judged;
    history.current = isSame ? current : choose(fitted.rules, history.#rates(), fitted.budget);
    return history;
  }

  copy(): RuleHistory {
    const copy = new RuleHistory(this.fitted);
    copy.fired = this.fired.slice();
    copy.counts = this.counts.slice();
    copy.judged = this.judged;
    copy.current = this.current;
    return copy;
  }

  /** The stated rates; of frail rules that fire more often than anomalies can explain, what they fire beyond that. */
  #rates(): Float64Array {
    const { rules, steady } = this.fitted, seen = Math.min(HISTORY, this.judged + 1);
    const share = (i: number) => (this.counts[i] + PRIOR_SESSIONS * rules[i].rate) / (seen + PRIOR_SESSIONS);
    const explained = SLACK * Math.max(share(steady) - rules[steady].rate, POSSIBLE);
    const rates = new Float64Array(rules.length);
    for (let i = 0; i < rules.length; i++) {
      const { frail, rate } = rules[i];
      rates[i] = frail ? Math.max(rate, share(i) - explained) : rate;
    }
    return rates;
  }
}

/** Accepted and recent sessions, and how rules did on them. */
export class SessionState {
  readonly #values: Float64Array;

  constructor(
    readonly memory: SessionMemory,
    readonly history: RuleHistory,
    readonly shifts: BehaviourShifts = new BehaviourShifts(),
  ) {
    this.#values = new Float64Array(KINDS.length + history.fitted.scorers.length);
  }

  /** Judges the next session, and learns it where it is normal. */
  judge(window: EventWindow): Judged {
    const { joined: surprise, rules, adapts, scorers } = this.history.fitted;
    const values = this.memory.values(window, adapts, this.#values);
    for (let i = 0; i < scorers.length; i++) values[KINDS.length + i] = scorers[i].score(window);
    const joined = surprise.of(values);
    this.history.note(values, joined);
    const rule = rules[this.history.current];
    const ranked = scorers.length === 0 ? joined : surprise.ofAll(values);
    return { values, joined, ranked, rule, fires: fires(rule, values, 0, joined) };
  }

  /** Takes in a session that was judged: it is accepted where no rule fired and it has no event that is new. */
  learn(window: EventWindow, { fires, values }: Judged): void {
    this.memory.slide(window);
    if (!fires && values[NEW] === 0) this.memory.learn(window);
  }

  copy(): SessionState {
    return this.history.fitted.adapts
      ? new SessionState(this.memory.copy(), this.history.copy(), this.shifts.copy())
      : this;
  }
}

/** A state right behind training: the last training sessions are the recent ones. */
export function startOf(
  memory: SessionMemory,
  sessions: readonly EventWindow[],
  fitted: SessionRules,
): SessionState {
  for (const window of sessions.slice(-RECENT)) memory.slide(window);
  return new SessionState(memory, new RuleHistory(fitted));
}

/** A history as plain data. */
interface SavedHistory {
  fired: string;
  judged: number;
  current: number;
  /** Names of the rules; absent in a state of before they were kept: then they are the present ones. */
  rules?: string[];
}

function readHistory(saved: unknown): SavedHistory {
  return fields<SavedHistory>(saved, {
    fired: (value) => typeof value === "string",
    judged: isNumber,
    current: isNumber,
    rules: (value) => value === undefined || isTexts(value),
  });
}

/** When rules would have fired, by when others did: one of several conditions where the rule of any of these did. */
function firedBy(
  names: readonly string[],
  { rules, fired }: { rules: string[]; fired: Uint8Array },
): Uint8Array {
  const found = new Uint8Array(HISTORY * names.length);
  names.forEach((name, i) => {
    const parts = conditionNames(name).map((part) => rules.indexOf(part)).filter((place) => place >= 0);
    for (let row = 0; row < HISTORY; row++) {
      const isFired = parts.some((place) => fired[row * rules.length + place] === 1);
      found[row * names.length + i] = isFired ? 1 : 0;
    }
  });
  return found;
}

function bytesOf(text: string): Uint8Array {
  try {
    return Uint8Array.fromBase64(text);
  } catch (cause) {
    throw new TypeError("Cannot restore sessions: the history is no base64", { cause });
  }
}
