/**
 * Detectors, each with a line of its own that never moves: each can raise a verdict by itself.
 *
 * @module
 */
import type { Detector } from "../detector/detector.ts";
import { rowKey } from "../detector/distinct_rows.ts";
import { type EventCounts, type EventWindow, pairsOf, type TemplateNames } from "../feature/event_window.ts";
import type { SequenceDetector } from "../detector/sequence_detector.ts";
import type { FeatureMatrix } from "../feature/feature_matrix.ts";
import type { FeatureSpace } from "../feature/feature_space.ts";
import { savedFields } from "../record/saved_fields.ts";
import { decide } from "../threshold/decide.ts";
import type { Threshold } from "../threshold/threshold.ts";
import { countParts } from "./count_parts.ts";
import type { Decision, Ensemble, EnsembleSnapshot, Opinion, StartOptions } from "./ensemble.ts";
import { FirstSeen } from "./first_seen.ts";
import { SequenceScorer } from "./sequence_scorer.ts";

const { fieldsOf } = savedFields("the state of an ensemble");

/** A detector with the line drawn through its scores. */
export interface ScopeDetector {
  detector: Detector;
  threshold: Threshold;
}

/** A detector of sequences with the line drawn through its scores. */
export interface ScopeSequences {
  detector: SequenceDetector;
  threshold: Threshold;
}

/** What {@linkcode StaticEnsemble} learns while it judges. */
export interface StaticState {
  /** `null` = nothing ever becomes usual. */
  firstSeen: FirstSeen | null;
}

/** What was found of windows with equal counts. */
interface Scored {
  score: number;
  opinions: Opinion[];
}

/** What was found of a row. */
interface ScoredRow {
  score: number;
  /** Score / threshold of each detector. */
  evidence: number[];
}

/** Rows whose scores are remembered. */
const MOST_ROWS = 10_000;

const NONE: readonly number[] = [];
/** Found where no detector reads counts. */
const NOTHING: ScoredRow = { score: 0, evidence: [] };

/**
 * Decides by the greatest of score / threshold. A count vector or order that was judged once is not scored again.
 *
 * A harmless template (below `warn`) that training didn't know and that has been there for an hour is no news any more: it
 * is counted nowhere, where the ensemble adapts.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { newTemplate } from "../detector/new_template.ts";
 * import { eventCountsOf } from "../feature/event_window.ts";
 * import { FeatureSpace } from "../feature/feature_space.ts";
 * import { quantile } from "../threshold/quantile.ts";
 * import { CountVectors } from "../window/count_vectors.ts";
 * import { symbolOf } from "../window/symbol.ts";
 * import { StaticEnsemble } from "./static_ensemble.ts";
 *
 * const texts = ["started", "disk full"], vectors = new CountVectors();
 * const names = { id: String, text: (i: number) => texts[i], severity: () => 9, indexOf: Number };
 * const normal = Int32Array.of(vectors.intern([symbolOf(0, 9)], [2]));
 * const space = FeatureSpace.fit(vectors, normal, { template: (i) => ({ id: names.id(i), text: texts[i] }) });
 * const detector = await newTemplate.fit(space.project(vectors, normal).matrix);
 * const threshold = quantile.choose(Float64Array.of(0), Float64Array.of(99), { smallest: detector.smallest! });
 *
 * const ensemble = new StaticEnsemble({ space, detectors: [{ detector, threshold }] }, names);
 * const events = eventCountsOf(Int32Array.of(symbolOf(0, 9), 2, symbolOf(1, 17), 1));
 * const decision = ensemble.judge(ensemble.start(), { start: 0, end: 60_000, lines: 3, events, sequence: null });
 * assert(decision.score > 1);
 * assert.equal(names.text(decision.opinions[0].parts[0].template), "disk full");
 * ```
 */
export class StaticEnsemble implements Ensemble<StaticState> {
  readonly kind = "static";
  /** Distinct rows that were really scored. */
  scored = 0;
  readonly #space: FeatureSpace;
  readonly #detectors: readonly ScopeDetector[];
  readonly #sequences: readonly ScopeSequences[];
  readonly #orders: readonly SequenceScorer[];
  readonly #names: TemplateNames;
  readonly #rows = new Map<string, ScoredRow>();
  readonly #known = new WeakMap<EventCounts, Map<string, Scored>>();

  constructor(
    { space, detectors, sequences = [] }: {
      space: FeatureSpace;
      detectors: readonly ScopeDetector[];
      sequences?: readonly ScopeSequences[];
    },
    names: TemplateNames,
  ) {
    this.#sequences = sequences;
    this.#orders = sequences.map(({ detector, threshold: { value } }) =>
      new SequenceScorer(detector, { names, unit: value })
    );
    this.#space = space;
    this.#detectors = detectors;
    this.#names = names;
  }

  get notes(): string[] {
    return [...this.#detectors, ...this.#sequences].map(({ threshold: { note } }) => note).filter((note) =>
      note !== ""
    );
  }

  start({ adapts = true }: StartOptions = {}): StaticState {
    return { firstSeen: adapts ? new FirstSeen() : null };
  }

  judge({ firstSeen }: StaticState, window: EventWindow): Decision {
    const { events, start } = window;
    const ignored = this.#usual(firstSeen, events, start), key = ignored.join(" ");
    let known = this.#known.get(events);
    if (known === undefined) this.#known.set(events, known = new Map());
    let scored = known.get(key);
    if (scored === undefined) known.set(key, scored = this.#score(events, ignored));
    return this.#orders.length === 0
      ? { score: scored.score, opinions: scored.opinions }
      : this.#inOrder(window, scored);
  }

  copy({ firstSeen }: StaticState): StaticState {
    return { firstSeen: firstSeen?.copy() ?? null };
  }

  save({ firstSeen }: StaticState): unknown {
    return { firstSeen: firstSeen?.save(this.#names) ?? null };
  }

  load(saved: unknown): StaticState {
    const { firstSeen } = fieldsOf(saved, "state");
    return {
      firstSeen: firstSeen === null ? null : FirstSeen.load(fieldsOf(firstSeen, "firstSeen"), this.#names),
    };
  }

  /** Nothing but its kind: space, detectors and thresholds are saved beside it. */
  toJSON(): EnsembleSnapshot {
    return { kind: this.kind, version: 1 };
  }

  /** The same with what detectors of sequences say; nothing is usual to them that training didn't have. */
  #inOrder(window: EventWindow, scored: Scored): Decision {
    let { score } = scored;
    const opinions = [...scored.opinions];
    for (const scorer of this.#orders) {
      const evidence = scorer.score(window);
      score = Math.max(score, evidence);
      if (evidence > 1) opinions.push({ detector: scorer.name, evidence, parts: scorer.parts(window) });
    }
    return { score, opinions: opinions.sort((a, b) => b.evidence - a.evidence) };
  }

  /** Notes templates that training didn't know; gives those that are usual by now. */
  #usual(firstSeen: FirstSeen | null, { templates, levels }: EventCounts, start: number): readonly number[] {
    if (firstSeen === null || Number.isNaN(start)) return NONE;
    let usual: number[] | null = null;
    for (let i = 0; i < templates.length; i++) {
      if (this.#space.knows(templates[i]) || !firstSeen.isUsual(templates[i], start, levels[i])) continue;
      (usual ??= []).push(templates[i]);
    }
    return usual ?? NONE;
  }

  #score(events: EventCounts, ignored: readonly number[]): Scored {
    const ignore = ignored.length === 0 ? undefined : (template: number) => ignored.includes(template);
    const matrix = this.#space.projectOne(pairsOf(events), { ignore });
    const { score, evidence } = this.#scoreRow(matrix);
    const opinions = this.#detectors.flatMap(({ detector }, i) => {
      if (!(evidence[i] > 1)) return [];
      const parts = countParts(detector, matrix, { events, space: this.#space, names: this.#names, ignored });
      return parts.length === 0 ? [] : [{ detector: detector.kind, evidence: evidence[i], parts }];
    });
    return { score, opinions: opinions.sort((a, b) => b.evidence - a.evidence) };
  }

  /** Rows repeat even where counts don't: what training didn't know is one column. */
  #scoreRow(matrix: FeatureMatrix): ScoredRow {
    if (this.#detectors.length === 0) return NOTHING;
    const key = rowKey(matrix.values), known = this.#rows.get(key);
    if (known !== undefined) return known;
    this.scored++;
    const { score, evidence } = decide(this.#detectors.map(({ detector, threshold }) => ({
      detector: detector.kind,
      scores: detector.score(matrix),
      threshold: threshold.value,
    })));
    const scored = { score: score[0], evidence: evidence.map(([part]) => part) };
    if (this.#rows.size >= MOST_ROWS) this.#rows.clear();
    this.#rows.set(key, scored);
    return scored;
  }
}
