/**
 * The calibrated decision on sessions.
 *
 * @module
 */
import { SessionKeys } from "../detector/session_keys.ts";
import type { EventCounts, EventWindow, TemplateNames } from "../feature/event_window.ts";
import type { Decision, Ensemble, EnsembleSnapshot } from "./ensemble.ts";
import { calibrate, type RatedRule } from "./sessions/calibration.ts";
import { heldBack } from "./sessions/held_back.ts";
import { JoinedSurprise } from "./sessions/joined.ts";
import { KINDS, type KnownSessions } from "./sessions/memory.ts";
import { opinionsOf } from "./sessions/opinions.ts";
import {
  fields,
  restoreKnown,
  restoreMemory,
  saveKnown,
  saveMemory,
  SessionNames,
} from "./sessions/saved.ts";
import type { SavedMemory } from "./sessions/saved.ts";
import type { CalibratedScorer, SessionScorer } from "./sessions/scorer.ts";
import { readSessionSnapshot } from "./sessions/snapshot.ts";
import { BehaviourShifts, shiftOpinion } from "./sessions/shifts.ts";
import { RuleHistory, type SessionRules, SessionState, startOf } from "./sessions/stream.ts";
import { groupSessions, memoryOf, type MemoryOptions } from "./sessions/training.ts";

export type { CalibratedScorer, SessionScorer, SessionState };

const KIND = "sessions";
const VERSION = 2;
/** Words of messages that say that something went wrong. */
const SEVERE = /error|exception|fail|fatal|panic|critical|timed? ?out|denied|refused|abort/i;
/** Level class and severity number from which an event is severe: error. */
const SEVERE_LEVEL = 4, SEVERE_NUMBER = 17;

/** What is said where behaviour shifts. */
const SHIFT_NOTE = "Many sessions do of late what training hardly knew: it counts as usual from here on";

/** How a {@linkcode SessionEnsemble} is fitted. */
export interface SessionEnsembleOptions {
  /** Share of normal sessions that may be flagged. Default .01. */
  budget?: number;
  /** Whether what many of the last sessions do becomes usual: right for logs that go on behind training. */
  adaptation: "on" | "off";
  /** Seed of planted faults. Default 0. */
  seed?: number;
  /** Evidence of other detectors. Default none. */
  scorers?: readonly CalibratedScorer[];
}

/**
 * Decides on sessions by evidence that is weighed by how it fires on held-back normal ones of this very source.
 *
 * Evidence: whether the counts were ever seen, the rarest atom (an event's presence where its count varies, its exact count
 * elsewhere, the absence of an event that nearly all sessions have), new events, larger counts, unseen pairs and triples of
 * neighbours, the distance from the nearest known counts, and what other detectors say. Each session of training is scored by
 * a memory of the other blocks of the span, and the later half as a stream sees it; rules over that evidence, and unions of
 * them, get a rate from the normal sessions and a recall from faults planted into them. The rule with the largest expected F1
 * is used, where an anomaly is expected for every fifth of the budget: so a rule that costs more than the budget must find
 * much that others miss. In streams what many of the last sessions do is absorbed, and rules that lean on whole vectors are
 * demoted where they fire more than anomalies can explain.
 *
 * @see Warrender et al., "Detecting Intrusions Using System Calls: Alternative Data Models", IEEE S&P 1999, on runs of events
 * @see Vovk et al., "Cross-conformal predictive distributions", COPA 2018, on scoring held-back blocks
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { SessionEnsemble } from "./sessions.ts";
 *
 * const ids = ["open", "read", "close", "crash"];
 * const names = { id: (i: number) => ids[i], text: (i: number) => ids[i], severity: () => 0, indexOf: (id: string) => ids.indexOf(id) };
 * const session = (...templates: number[]) => ({
 *   ...{ start: NaN, end: NaN, lines: templates.length },
 *   events: {
 *     templates: Int32Array.from(templates),
 *     counts: new Int32Array(templates.length).fill(1),
 *     levels: new Uint8Array(templates.length),
 *   },
 *   sequence: Int32Array.from(templates),
 * });
 * const training = Array.from({ length: 200 }, () => session(0, 1, 2));
 * const ensemble = SessionEnsemble.fit(training, names, { adaptation: "off" });
 * assert(ensemble.judge(ensemble.start(), session(0, 1, 2)).score < 1);
 * assert(ensemble.judge(ensemble.start(), session(0, 1, 3)).score > 1);
 * ```
 */
export class SessionEnsemble implements Ensemble<SessionState> {
  readonly kind = KIND;
  readonly #decided = new WeakMap<Int32Array | EventCounts, Decision>();

  private constructor(
    readonly notes: readonly string[],
    readonly fitted: SessionRules,
    private readonly names: SessionNames,
    private readonly known: KnownSessions,
    private readonly options: MemoryOptions,
    private readonly begin: SavedMemory,
  ) {}

  /** The rule that a state begins with, its stated rate of false alarms, and the share of planted faults that it finds. */
  get rule(): RatedRule {
    return this.fitted.rules[new RuleHistory(this.fitted).current];
  }

  /**
   * Learns from sessions.
   *
   * @param sessions In order of completion.
   * @throws {RangeError} if there are fewer than two sessions, or the budget is not above 0 and at most .2.
   */
  static fit(
    sessions: readonly EventWindow[],
    names: TemplateNames,
    options: SessionEnsembleOptions,
  ): SessionEnsemble {
    const { budget = .01, seed = 0, scorers = [] } = options, adapts = options.adaptation === "on";
    if (sessions.length < 2) {
      throw new RangeError(
        `Cannot learn from sessions: there must be two, current number is ${sessions.length}`,
      );
    }
    if (!(budget > 0 && budget <= .2)) {
      throw new RangeError(
        `Cannot learn from sessions: budget must be above 0 and at most 0.2, current value is ${budget}`,
      );
    }
    const named = new SessionNames(names), making = memoryOptions(named, sessions.length);
    const held = heldBack(sessions, { ...making, seed, adapts, scorers });
    const scorerNames = scorers.map(({ name }) => name);
    const fitted = rulesOf({
      ...calibrate(held, { adapts, budget, scorers: scorerNames }),
      budget,
      adapts,
      scorers,
    });
    const state = startOf(memoryOf(groupSessions(sessions), making), sessions, fitted);
    const begin = saveMemory(state.memory, named);
    const ensemble = new SessionEnsemble(
      notesOf(fitted, sessions.length),
      fitted,
      named,
      state.memory.known,
      making,
      begin,
    );
    return ensemble;
  }

  /**
   * Restores what {@linkcode toJSON} gave.
   *
   * @param scorers Those that it was fitted with, in the same order.
   * @throws {TypeError} if it is something else.
   */
  static fromJSON(
    snapshot: unknown,
    names: TemplateNames,
    scorers: readonly SessionScorer[] = [],
  ): SessionEnsemble {
    const written = { kind: KIND, version: VERSION, scorers: scorers.map(({ name }) => name) };
    const saved = readSessionSnapshot(snapshot, written);
    const named = new SessionNames(names), known = restoreKnown(saved.known, named);
    const { budget, adapts, rules } = saved, joined = JoinedSurprise.restore(saved.tails);
    const fitted = rulesOf({ rules, joined, budget, adapts, scorers });
    const making = memoryOptions(named, known.scale);
    restoreMemory(saved.begin, { known, names: named, options: making }); // refused here, not when a scan begins
    return new SessionEnsemble(saved.notes, fitted, named, known, making, saved.begin);
  }

  start(): SessionState {
    return new SessionState(this.#memory(this.begin), new RuleHistory(this.fitted));
  }

  judge(state: SessionState, window: EventWindow): Decision {
    const { adapts } = this.fitted, key = window.sequence ?? window.events;
    const known = adapts ? undefined : this.#decided.get(key);
    if (known !== undefined) return known;
    const judged = state.judge(window),
      bound = this.fitted.joined.tails.length * Math.log(this.known.scale + 1);
    const part = (judged.ranked + 1e-6) / (judged.ranked + 1e-6 + bound);
    const opinions = judged.fires
      ? opinionsOf(window, judged, { memory: state.memory, names: this.names, fitted: this.fitted })
      : [];
    const decision = { score: judged.fires ? 1 + part : part, opinions };
    if (!adapts) {
      this.#decided.set(key, decision);
      return decision;
    }
    const begun = state.shifts.note(state.memory);
    state.learn(window, judged);
    if (begun.length > 0) decision.opinions.push(shiftOpinion(begun, state.memory, this.names));
    return begun.length > 0 ? { ...decision, note: SHIFT_NOTE } : decision;
  }

  copy(state: SessionState): SessionState {
    return state.copy();
  }

  save({ memory, history, shifts }: SessionState): unknown {
    if (!this.fitted.adapts) return { memory: null, history: null, shifts: null };
    const open = shifts.open().map(({ template, isAbsent }) => [this.names.id(template), isAbsent]);
    return { memory: saveMemory(memory, this.names), history: history.save(), shifts: open };
  }

  load(saved: unknown): SessionState {
    const { memory, history, shifts } = fields<{ memory: unknown; history: unknown; shifts: SavedShift[] }>(
      saved,
      {
        memory: (value) => typeof value === "object",
        history: (value) => typeof value === "object",
        shifts: (value) => value === null || (Array.isArray(value) && value.every(isShift)),
      },
    );
    if (!this.fitted.adapts || memory === null) return this.start();
    const open = shifts.map(([id, isAbsent]) => ({ template: this.names.restored(id), isAbsent }));
    const past = RuleHistory.restore(history, this.fitted);
    return new SessionState(this.#memory(memory), past, BehaviourShifts.of(open));
  }

  toJSON(): EnsembleSnapshot {
    const { rules, joined, budget, adapts, scorers } = this.fitted;
    return {
      kind: KIND,
      version: VERSION,
      ...{ budget, adapts, notes: this.notes, rules },
      tails: joined.tails.map(({ state }) => state),
      scorers: scorers.map(({ name }) => name),
      known: saveKnown(this.known, this.names),
      begin: this.begin,
    };
  }

  #memory(saved: unknown) {
    return restoreMemory(saved, { known: this.known, names: this.names, options: this.options });
  }
}

type SavedShift = [id: string, isAbsent: boolean];

const isShift = (value: unknown): boolean =>
  Array.isArray(value) && typeof value[0] === "string" && typeof value[1] === "boolean";

function rulesOf(fitted: Omit<SessionRules, "steady">): SessionRules {
  return { ...fitted, steady: fitted.rules.findIndex(({ name }) => name === "rare<3%") };
}

function memoryOptions(names: SessionNames, scale: number): MemoryOptions {
  const severe = new Map<number, boolean>();
  const sounds = (template: number) => {
    let known = severe.get(template);
    if (known === undefined) {
      known = names.severity(template) >= SEVERE_NUMBER || SEVERE.test(names.text(template));
      severe.set(template, known);
    }
    return known;
  };
  const isSevere = (events: EventCounts, i: number) =>
    events.levels[i] >= SEVERE_LEVEL || sounds(events.templates[i]);
  return { keys: new SessionKeys(names), isSevere, scale };
}

function notesOf(fitted: SessionRules, sessions: number): string[] {
  const { name, rate } = fitted.rules[new RuleHistory(fitted).current];
  const stated = `the rule "${name}" is expected to flag ${(100 * rate).toPrecision(2)} % of normal ones`;
  const notes = [stated], certain = .5 / (sessions + 1);
  if (certain > fitted.budget / 2) {
    notes.push(`${sessions} of them can't show rates below ${(100 * certain).toPrecision(2)} %`);
  }
  if (fitted.scorers.length > 0) notes.push(joiningNote(fitted));
  if (rate > fitted.budget) {
    notes.push(`no useful rule stays within the budget of ${100 * fitted.budget} %`);
  }
  return notes;
}

/** What other detectors are good for here. */
function joiningNote({ rules, scorers }: SessionRules): string {
  const names = scorers.map(({ name }) => name).join(", ");
  const isFollowed = rules.some(({ conditions }) => conditions.some(({ kind }) => kind >= KINDS.length));
  return isFollowed
    ? `${names} joined in; there are rules with them that find clearly more`
    : `${names} joined in; they rank and explain, but no rule with them finds clearly more`;
}
