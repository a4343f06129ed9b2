/**
 * The calibrated decision on sessions, for logs that go on behind training and for ones that training represents.
 *
 * @module
 */
import type { EventWindow, TemplateNames } from "../feature/event_window.ts";
import { savedFields } from "../record/saved_fields.ts";
import type { Decision, Ensemble, EnsembleSnapshot, StartOptions } from "./ensemble.ts";
import {
  SessionEnsemble,
  type SessionEnsembleOptions,
  type SessionScorer,
  type SessionState,
} from "./sessions.ts";

const { fieldsOf, integer } = savedFields("an ensemble for sessions");

const KIND = "session-modes", VERSION = 1;
/** Score of a normal session at which something else is to be told. */
const NEWS = 1.000001;

/** Which of both judges, and what it has learned. */
export interface SessionModesState {
  adapts: boolean;
  /** See `StartOptions`. */
  told: boolean;
  inner: SessionState;
}

/**
 * Two {@linkcode SessionEnsemble}s, one of which adapts: how scanning begins says which one judges.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { eventCountsOf } from "../feature/event_window.ts";
 * import { symbolOf } from "../window/symbol.ts";
 * import { SessionModes } from "./session_modes.ts";
 *
 * const texts = ["order placed", "order paid", "disk failure"];
 * const names = { id: (i: number) => texts[i], text: (i: number) => texts[i], severity: () => 9, indexOf: (id: string) => texts.indexOf(id) };
 * const session = (end: number, ...templates: number[]) => ({
 *   start: end - 1000,
 *   end,
 *   lines: templates.length,
 *   events: eventCountsOf(Int32Array.from(templates.flatMap((template) => [symbolOf(template, 9), 1]))),
 *   sequence: Int32Array.from(templates),
 * });
 * const training = Array.from({ length: 300 }, (_, i) => session(i * 60_000, 0, 1));
 * const sessions = SessionModes.fit(training, names), state = sessions.start({ adapts: false });
 * assert(sessions.judge(state, session(9e7, 0, 1)).score < 1);
 * assert(sessions.judge(state, session(9e7, 0, 2)).score > 1);
 * ```
 */
export class SessionModes implements Ensemble<SessionModesState> {
  readonly kind = KIND;

  private constructor(private readonly adaptive: SessionEnsemble, private readonly fixed: SessionEnsemble) {}

  /** See {@linkcode SessionEnsemble.fit}. */
  static fit(
    sessions: readonly EventWindow[],
    names: TemplateNames,
    options: Omit<SessionEnsembleOptions, "adaptation"> = {},
  ): SessionModes {
    return new SessionModes(
      SessionEnsemble.fit(sessions, names, { ...options, adaptation: "on" }),
      SessionEnsemble.fit(sessions, names, { ...options, adaptation: "off" }),
    );
  }

  /** @throws {TypeError} if it is not what {@linkcode toJSON} gives. */
  static fromJSON(
    snapshot: unknown,
    names: TemplateNames,
    scorers: readonly SessionScorer[] = [],
  ): SessionModes {
    const { version, adaptive, fixed } = fieldsOf(snapshot, "snapshot");
    integer(version, "version", VERSION, VERSION);
    return new SessionModes(
      SessionEnsemble.fromJSON(adaptive, names, scorers),
      SessionEnsemble.fromJSON(fixed, names, scorers),
    );
  }

  /** Share of normal sessions that may be called anomalous. */
  get budget(): number {
    return this.adaptive.fitted.budget;
  }

  get notes(): readonly string[] {
    return this.fixed.notes;
  }

  start({ adapts = true, told = false }: StartOptions = {}): SessionModesState {
    return { adapts, told, inner: this.#mode(adapts).start() };
  }

  judge({ adapts, told, inner }: SessionModesState, window: EventWindow): Decision {
    const decision = this.#mode(adapts).judge(inner, window);
    const isNews = told && decision.opinions.length > 0 && !(decision.score > 1);
    return isNews ? { ...decision, score: NEWS } : decision;
  }

  copy({ adapts, told, inner }: SessionModesState): SessionModesState {
    return { adapts, told, inner: this.#mode(adapts).copy(inner) };
  }

  save({ adapts, told, inner }: SessionModesState): unknown {
    return { adapts, told, inner: this.#mode(adapts).save(inner) };
  }

  load(saved: unknown): SessionModesState {
    const { adapts, told, inner } = fieldsOf(saved, "state");
    if (typeof adapts !== "boolean" || typeof told !== "boolean") {
      throw new TypeError(`Cannot restore an ensemble for sessions: adapts is ${adapts}, told ${told}`);
    }
    return { adapts, told, inner: this.#mode(adapts).load(inner) };
  }

  toJSON(): EnsembleSnapshot {
    return { kind: KIND, version: VERSION, adaptive: this.adaptive.toJSON(), fixed: this.fixed.toJSON() };
  }

  #mode(adapts: boolean): SessionEnsemble {
    return adapts ? this.adaptive : this.fixed;
  }
}
