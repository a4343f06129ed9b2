/**
 * Count vectors → decisions, within one scope.
 *
 * @module
 */
import { explain } from "../explain/explain.ts";
import type { Reason } from "../explain/reason.ts";
import type { Catalogue } from "../template/catalogue.ts";
import { decide } from "../threshold/decide.ts";
import type { CountVectors } from "../window/count_vectors.ts";
import { levelOf, templateOf } from "../window/symbol.ts";
import type { Novelties } from "./novelties.ts";
import type { Scope } from "./stream_model.ts";

/** What was decided on one count vector. */
export interface Decision {
  vector: number;
  /** Greatest score / threshold; 0 until {@linkcode ScopeJudge.score}. */
  score: number;
  /** Score / threshold of each detector of the scope. */
  evidence: number[];
  /** Templates that the scope doesn't know and that were counted as unseen. */
  unseen: number[];
  /** Those that were counted nowhere. */
  ignored: readonly number[];
  /** Why, for an anomalous one, with lines of the latest window that was shown with its own; `null` = not explained yet. */
  reasons: Reason[] | null;
  /** Windows that were shown with lines of their own. */
  shown: number;
}

/** A template that a scope has no column for, in some count vector. */
interface UnknownTemplate {
  index: number;
  /** Most severe level class that the vector counts it with. */
  level: number;
}

/** What is known of a count vector. */
interface KnownVector {
  unknown: UnknownTemplate[];
  /** The decision where no template is ignored. */
  plain: Decision | null;
  /** Decisions by the templates that are ignored. */
  adopted: Map<string, Decision> | null;
}

const NONE: readonly number[] = [];

/** Decides on the count vectors of one scope, on each only once. */
export class ScopeJudge {
  /** Distinct rows that were really scored. */
  scored = 0;
  readonly #scope: Scope;
  readonly #catalogue: Catalogue;
  readonly #novelties: Novelties | undefined;
  #known: (KnownVector | undefined)[] = []; // by vector number
  #undecided: Decision[] = [];

  /** @param novelties When unknown templates were first seen; absent = nothing is ever adopted. */
  constructor(scope: Scope, catalogue: Catalogue, novelties?: Novelties) {
    this.#scope = scope;
    this.#catalogue = catalogue;
    this.#novelties = novelties;
  }

  /**
   * The decision on a window's count vector; one that is still to be made has its score after {@linkcode score}.
   *
   * @param start Start of the window, ms.
   */
  decisionOn(vector: number, start: number, vectors: CountVectors): Decision {
    let known = this.#known[vector];
    if (known === undefined) {
      this.#known[vector] = known = { unknown: this.#unknownIn(vector, vectors), plain: null, adopted: null };
    }
    const ignored = known.unknown.length === 0 ? NONE : this.#adopted(known.unknown, start);
    if (ignored.length === 0) return known.plain ??= this.#open(vector, known.unknown, NONE);
    const decisions = known.adopted ??= new Map(), key = ignored.join(" ");
    let decision = decisions.get(key);
    if (decision === undefined) decisions.set(key, decision = this.#open(vector, known.unknown, ignored));
    return decision;
  }

  /** Scores what is undecided, together, for it shares the work; vectors that ignore the same templates are one matrix. */
  score(vectors: CountVectors): void {
    if (this.#undecided.length === 0) return;
    for (const open of Map.groupBy(this.#undecided, ({ ignored }) => ignored.join(" ")).values()) {
      const { matrix, row } = this.#project(vectors, open.map(({ vector }) => vector), open[0].ignored);
      const { score, evidence } = decide(this.#scope.detectors.map(({ detector, threshold }) => ({
        detector: detector.kind,
        scores: detector.score(matrix),
        threshold: threshold.value,
      })));
      open.forEach((decision, i) => {
        decision.score = score[row[i]];
        decision.evidence = evidence.map((part) => part[row[i]]);
      });
      this.scored += matrix.rows;
    }
    this.#undecided = [];
  }

  /** Why a count vector is anomalous, without lines to show. */
  explain({ vector, evidence, unseen, ignored }: Decision, vectors: CountVectors): Reason[] {
    const { matrix } = this.#project(vectors, [vector], ignored);
    const counts = new Map<number, number>(), pairs = vectors.pairs(vector);
    for (let i = 0; i < pairs.length; i += 2) {
      const template = templateOf(pairs[i]);
      counts.set(template, (counts.get(template) ?? 0) + pairs[i + 1]);
    }
    const reasons = explain({
      matrix,
      row: 0,
      detectors: this.#scope.detectors.map(({ detector }) => detector),
      evidence,
      unseen: unseen.map((index) => {
        const { id, text } = this.#catalogue.template(index);
        const firstSeen = this.#novelties?.firstSeen(this.#scope.name, id) ?? null;
        return { id, title: text, count: counts.get(index) ?? 0, firstSeen };
      }),
    });
    return this.#catalogue.decisions.merges.length === 0 ? reasons : this.#resolved(reasons);
  }

  /** Forgets all decisions: after count vectors were numbered anew. */
  reset(): void {
    this.#known = [];
  }

  /** Reasons by what people call their templates: those of one template are one. */
  #resolved(reasons: readonly Reason[]): Reason[] {
    const resolved = new Map<string, Reason>();
    for (const reason of reasons) {
      const isTemplate = reason.kind === "template" || reason.kind === "unseen";
      const { id, text } = isTemplate
        ? this.#catalogue.resolve(reason.id, reason.title)
        : { id: reason.id, text: reason.title };
      const key = isTemplate ? `template ${id}` : `${reason.kind} ${id}`, known = resolved.get(key);
      if (known === undefined) resolved.set(key, { ...reason, id, title: text });
      else {
        known.share += reason.share;
        known.actual += reason.actual;
        known.expected += reason.expected;
      }
    }
    return [...resolved.values()].sort((a, b) => b.share - a.share);
  }

  #open(vector: number, unknown: UnknownTemplate[], ignored: readonly number[]): Decision {
    const unseen = unknown.map(({ index }) => index).filter((index) => !ignored.includes(index));
    const decision = { vector, score: 0, evidence: [], unseen, ignored, reasons: null, shown: 0 };
    this.#undecided.push(decision);
    return decision;
  }

  #project(vectors: CountVectors, numbers: number[], ignored: readonly number[]) {
    const ignore = ignored.length === 0 ? undefined : (template: number) => ignored.includes(template);
    return this.#scope.space.project(vectors, numbers, { ignore });
  }

  /** Templates in a vector that the scope has no column for. */
  #unknownIn(vector: number, vectors: CountVectors): UnknownTemplate[] {
    const levels = new Map<number, number>(), pairs = vectors.pairs(vector);
    for (let i = 0; i < pairs.length; i += 2) {
      const template = templateOf(pairs[i]);
      if (this.#scope.space.knows(template)) continue;
      levels.set(template, Math.max(levels.get(template) ?? 0, levelOf(pairs[i])));
    }
    return [...levels].sort(([a], [b]) => a - b).map(([index, level]) => ({ index, level }));
  }

  /** Notes that unknown templates were seen; gives those that are no news any more. */
  #adopted(unknown: UnknownTemplate[], start: number): readonly number[] {
    const novelties = this.#novelties;
    if (novelties === undefined || Number.isNaN(start)) return NONE;
    return unknown.filter(({ index, level }) =>
      novelties.see(this.#scope.name, this.#catalogue.template(index).id, start, level)
    )
      .map(({ index }) => index);
  }
}
