/**
 * Closed windows → verdicts.
 *
 * @module
 */
import type { Reason, Verdict } from "../explain/reason.ts";
import { explain } from "../explain/explain.ts";
import type { Dictionary } from "../record/dictionary.ts";
import type { Catalogue } from "../template/catalogue.ts";
import { decide, DECISION_THRESHOLD } from "../threshold/decide.ts";
import type { ClosedWindows } from "../window/closed_windows.ts";
import type { CountVectors } from "../window/count_vectors.ts";
import { levelOf, templateOf } from "../window/symbol.ts";
import type { Examples } from "./examples.ts";
import { Novelties } from "./novelties.ts";
import { type Scope, serviceScope, type StreamModel } from "./stream_model.ts";

/** Scores that {@linkcode Judge} gave a batch of windows, and the verdicts on the anomalous ones. */
export interface JudgedWindows {
  windows: ClosedWindows;
  /** Greatest score / threshold over the detectors, shape [windows.length]. */
  score: Float64Array;
  /** What {@linkcode score} is compared with. */
  threshold: number;
  /** The verdict on an anomalous window; absent for a normal one. */
  anomalous: Map<number, Verdict>;
}

/** How a {@linkcode Judge} judges. */
export interface JudgeOptions {
  model: StreamModel;
  /** The model's templates and what was born since. */
  catalogue: Catalogue;
  services: Dictionary;
  /** When templates unknown to a scope were first seen; kept up to date. Absent in a one-off run: nothing is ever adopted. */
  novelties?: Novelties;
}

/** What was decided on one count vector. */
interface Decision {
  score: number;
  /** Score / threshold of each detector of the scope. */
  evidence: number[];
  /** Templates that the scope doesn't know and that were counted as unseen. */
  unseen: number[];
  ignored: number[];
  /** Why, for an anomalous one, with lines of the latest window that was shown with its own. */
  reasons?: Reason[];
  /** Windows that were shown with lines of their own. */
  shown: number;
}

/** Anomalous windows with equal counts that are shown with lines of their own; further ones share the last one's. */
const OWN_EXAMPLES = 8;

/** A template that a scope has no column for, in some count vector. */
interface UnknownTemplate {
  index: number;
  /** Most severe level class that the vector counts it with. */
  level: number;
}

/** A count vector that has no score yet. */
interface Undecided {
  vector: number;
  decision: Decision;
}

/**
 * Judges windows against one stream's model. A count vector that was judged once is not scored again.
 *
 * Scanning never trains: a template that the model doesn't know stays unseen. But a harmless one (below `warn`) that has been
 * there for an hour is no news any more: where {@linkcode Novelties} are kept it is *adopted*, and counted nowhere until the
 * next training.
 */
export class Judge {
  /** Distinct rows that were really scored. */
  scored = 0;
  #options: JudgeOptions;
  #scopes: Map<string, Scope>;
  #decisions = new Map<Scope, Map<string | number, Decision>>();
  #unknown = new Map<Scope, Map<number, UnknownTemplate[]>>();
  #scopeOfService: (Scope | null | undefined)[] = [];

  constructor(options: JudgeOptions) {
    this.#options = options;
    this.#scopes = new Map(options.model.scopes.map((scope) => [scope.name, scope]));
    for (const scope of options.model.scopes) {
      this.#decisions.set(scope, new Map());
      this.#unknown.set(scope, new Map());
    }
  }

  /** Decides on every window, in their order. */
  judge(windows: ClosedWindows, vectors: CountVectors, examples: Examples): JudgedWindows {
    const judged = {
      windows,
      score: new Float64Array(windows.length),
      threshold: DECISION_THRESHOLD,
      anomalous: new Map(),
    };
    this.#decideAll(windows, vectors).forEach((decided, i) => {
      if (decided === null) return;
      const { scope, decision } = decided;
      judged.score[i] = decision.score;
      if (decision.score > DECISION_THRESHOLD) {
        judged.anomalous.set(i, this.#verdict(scope, windows, i, decision, vectors, examples));
      }
    });
    return judged;
  }

  /** Forgets decisions: after count vectors were numbered anew. */
  reset(): void {
    for (const scope of this.#scopes.values()) {
      this.#decisions.set(scope, new Map());
      this.#unknown.set(scope, new Map());
    }
  }

  /** `null` where nothing was trained that could judge the window. */
  #scopeOf(windows: ClosedWindows, i: number): Scope | null {
    if (windows.reopened[i] === 2) return null;
    if (windows.kind[i] === 0) return this.#scopes.get("sessions") ?? null;
    const number = windows.service[i], known = this.#scopeOfService[number];
    if (known !== undefined) return known;
    const service = this.#options.services.text(number);
    const scope = this.#scopes.get(serviceScope(service)) ?? this.#scopes.get("*") ?? null;
    return this.#scopeOfService[number] = scope;
  }

  /** The decision on every window; those that are still to be made are made together, for they share the work. */
  #decideAll(windows: ClosedWindows, vectors: CountVectors): ({ scope: Scope; decision: Decision } | null)[] {
    const undecided = new Map<Scope, Undecided[]>(), decided = [];
    for (let i = 0; i < windows.length; i++) {
      const scope = this.#scopeOf(windows, i);
      decided.push(
        scope === null ? null : { scope, decision: this.#decisionOn(scope, windows, i, vectors, undecided) },
      );
    }
    for (const [scope, open] of undecided) this.#score(scope, open, vectors);
    return decided;
  }

  /** The decision on a window, or one without a score yet, which is noted as undecided. */
  #decisionOn(
    scope: Scope,
    windows: ClosedWindows,
    i: number,
    vectors: CountVectors,
    undecided: Map<Scope, Undecided[]>,
  ): Decision {
    const vector = windows.vector[i], unknown = this.#unknownOf(scope, vector, vectors);
    const ignored = unknown.length === 0 ? [] : this.#adopted(scope, unknown, windows.start[i]);
    const key = ignored.length === 0 ? vector : `${vector} ${ignored.join(" ")}`;
    const decisions = this.#decisions.get(scope)!, known = decisions.get(key);
    if (known !== undefined) return known;
    const unseen = unknown.map(({ index }) => index).filter((index) => !ignored.includes(index));
    const decision: Decision = { score: 0, evidence: [], unseen, ignored, shown: 0 };
    decisions.set(key, decision);
    const open = undecided.get(scope);
    if (open === undefined) undecided.set(scope, [{ vector, decision }]);
    else open.push({ vector, decision });
    return decision;
  }

  /** Scores what is undecided in a scope; vectors that ignore the same templates are rows of one matrix. */
  #score(scope: Scope, undecided: Undecided[], vectors: CountVectors): void {
    for (const open of Map.groupBy(undecided, ({ decision }) => decision.ignored.join(" ")).values()) {
      const { matrix, row } = project(
        scope,
        vectors,
        open.map(({ vector }) => vector),
        open[0].decision.ignored,
      );
      const { score, evidence } = decide(scope.judgements.map(({ detector, threshold }) => ({
        detector: detector.kind,
        scores: detector.score(matrix),
        threshold: threshold.value,
      })));
      open.forEach(({ decision }, i) => {
        decision.score = score[row[i]];
        decision.evidence = evidence.map((part) => part[row[i]]);
      });
      this.scored += matrix.rows;
    }
  }

  /** Templates in a vector that the scope has no column for. */
  #unknownOf(scope: Scope, vector: number, vectors: CountVectors): UnknownTemplate[] {
    const known = this.#unknown.get(scope)!;
    let unknown = known.get(vector);
    if (unknown === undefined) {
      const levels = new Map<number, number>(), pairs = vectors.pairs(vector);
      for (let i = 0; i < pairs.length; i += 2) {
        const template = templateOf(pairs[i]);
        if (scope.space.knows(template)) continue;
        levels.set(template, Math.max(levels.get(template) ?? 0, levelOf(pairs[i])));
      }
      unknown = [...levels].sort(([a], [b]) => a - b).map(([index, level]) => ({ index, level }));
      known.set(vector, unknown);
    }
    return unknown;
  }

  /** Notes that unknown templates were seen; gives those that are no news any more. */
  #adopted(scope: Scope, unknown: UnknownTemplate[], start: number): number[] {
    const { novelties, catalogue } = this.#options;
    if (novelties === undefined || Number.isNaN(start)) return [];
    return unknown.filter(({ index, level }) =>
      novelties.see(scope.name, catalogue.template(index).id, start, level)
    )
      .map(({ index }) => index);
  }

  #verdict(
    scope: Scope,
    windows: ClosedWindows,
    i: number,
    decision: Decision,
    vectors: CountVectors,
    examples: Examples,
  ): Verdict {
    const { model, services } = this.#options, session = windows.kind[i] === 0;
    const place = {
      kind: session ? "session" as const : "window" as const,
      key: windows.key(i),
      start: windows.start[i],
      end: windows.end[i],
    };
    return {
      stream: model.settings.name,
      ...place,
      key: windows.identity(i),
      service: services.text(windows.service[i]),
      lines: windows.lines[i],
      score: decision.score,
      threshold: DECISION_THRESHOLD,
      anomalous: true,
      reasons: this.#reasonsOf(
        scope,
        windows.vector[i],
        decision,
        vectors,
        (index) => examples.line(index, place),
      ),
    };
  }

  /** The reasons of one count vector are found once; only the lines to show differ from window to window. */
  #reasonsOf(
    scope: Scope,
    vector: number,
    decision: Decision,
    vectors: CountVectors,
    exampleOf: (template: number) => string,
  ): Reason[] {
    if (decision.reasons !== undefined && decision.shown >= OWN_EXAMPLES) return decision.reasons;
    const bare = decision.reasons ?? this.#explain(scope, vector, decision, vectors),
      { catalogue } = this.#options;
    decision.shown++;
    return decision.reasons = bare.map((reason) => {
      const index = reason.kind === "template" || reason.kind === "unseen"
        ? catalogue.indexOf(reason.id)
        : -1;
      return { ...reason, example: index < 0 ? "" : exampleOf(index) };
    });
  }

  #explain(scope: Scope, vector: number, decision: Decision, vectors: CountVectors): Reason[] {
    const { catalogue, novelties } = this.#options;
    const { matrix } = project(scope, vectors, [vector], decision.ignored);
    const counts = new Map<number, number>(), pairs = vectors.pairs(vector);
    for (let i = 0; i < pairs.length; i += 2) {
      const template = templateOf(pairs[i]);
      counts.set(template, (counts.get(template) ?? 0) + pairs[i + 1]);
    }
    return explain({
      matrix,
      row: 0,
      detectors: scope.judgements.map(({ detector }) => detector),
      evidence: decision.evidence,
      unseen: decision.unseen.map((index) => {
        const { id, text } = catalogue.template(index);
        const firstSeen = novelties?.firstSeen(scope.name, id) ?? null;
        return { id, title: text, count: counts.get(index) ?? 0, firstSeen };
      }),
    });
  }
}

function project(scope: Scope, vectors: CountVectors, numbers: number[], ignored: number[]) {
  const ignore = ignored.length === 0 ? undefined : (template: number) => ignored.includes(template);
  return scope.space.project(vectors, numbers, { ignore });
}
