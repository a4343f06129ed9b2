/**
 * Closed windows → verdicts.
 *
 * @module
 */
import type { Reason, Verdict } from "../explain/reason.ts";
import type { Dictionary } from "../record/dictionary.ts";
import type { Catalogue } from "../template/catalogue.ts";
import { DECISION_THRESHOLD } from "../threshold/decide.ts";
import type { ClosedWindows } from "../window/closed_windows.ts";
import type { CountVectors } from "../window/count_vectors.ts";
import type { Examples } from "./examples.ts";
import type { Novelties } from "./novelties.ts";
import { type Decision, ScopeJudge } from "./scope_judge.ts";
import { serviceScope, type StreamModel } from "./stream_model.ts";

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

/** Anomalous windows with equal counts that are shown with lines of their own; further ones share the last one's. */
const OWN_EXAMPLES = 8;

/**
 * Judges windows against one stream's model. A count vector that was judged once is not scored again.
 *
 * Scanning never trains: a template that the model doesn't know stays unseen. But a harmless one (below `warn`) that has been
 * there for an hour is no news any more: where {@linkcode Novelties} are kept it is *adopted*, and counted nowhere until the
 * next training.
 *
 * @example A calm minute, and one with a message that training didn't have
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../record/log_batch.ts";
 * import { RecordReader } from "../record/record_reader.ts";
 * import { stdinInput } from "../source/stdin.ts";
 * import { Examples } from "./examples.ts";
 * import { fitStream } from "./fit.ts";
 * import { Judge } from "./judge.ts";
 * import { learn } from "./learn.ts";
 * import { createWindows, streamSettings } from "./stream_settings.ts";
 *
 * const log = (...lines: string[]) => stdinInput(new Blob(lines.map((line) => `2026-03-02T${line}\n`)).stream());
 * const settings = streamSettings({ name: "web", window: 60_000 });
 * const learned = await learn(settings, [log("10:00:01Z INFO all is well")]), { catalogue } = learned;
 * const model = await fitStream(learned, { detectors: ["new-template"] });
 *
 * const { services } = new LogBatch(), examples = new Examples(), windows = createWindows(settings, services);
 * const reader = new RecordReader(log("11:00:01Z INFO all is well", "11:01:01Z ERROR disk full"), {
 *   services,
 *   fallbackService: "web",
 * });
 * const batch = (await reader.next())!;
 * catalogue.match(batch);
 * windows.add(batch, 0, batch.length);
 * examples.note(batch, 0, batch.length);
 *
 * const judge = new Judge({ model, catalogue, services });
 * const { score, threshold, anomalous } = judge.judge(windows.closeAll(), windows.vectors, examples);
 * assert.ok(score[0] <= threshold && score[1] > threshold);
 * assert.equal(anomalous.get(1)?.reasons[0].example, "2026-03-02T11:01:01Z ERROR disk full");
 * ```
 */
export class Judge {
  readonly #options: JudgeOptions;
  readonly #scopes: Map<string, ScopeJudge>;
  readonly #sessions: ScopeJudge | null;
  #scopeOfService: (ScopeJudge | null | undefined)[] = [];
  #serviceName: (string | undefined)[] = [];

  constructor(options: JudgeOptions) {
    const { model, catalogue, novelties } = options;
    this.#options = options;
    this.#scopes = new Map(
      model.scopes.map((scope) => [scope.name, new ScopeJudge(scope, catalogue, novelties)]),
    );
    this.#sessions = this.#scopes.get("sessions") ?? null;
  }

  /** Distinct rows that were really scored. */
  get scored(): number {
    return [...this.#scopes.values()].reduce((sum, { scored }) => sum + scored, 0);
  }

  /**
   * Decides on every window, in their order.
   *
   * @param vectors What the windows count, by the numbers in `windows.vector`.
   * @param examples Lines to show with the reasons.
   */
  judge(windows: ClosedWindows, vectors: CountVectors, examples: Examples): JudgedWindows {
    const decisions = this.#decideAll(windows, vectors), score = new Float64Array(windows.length);
    const anomalous = new Map<number, Verdict>();
    for (let i = 0; i < decisions.length; i++) {
      const decision = decisions[i];
      if (decision === null) continue;
      score[i] = decision.score;
      if (!(decision.score > DECISION_THRESHOLD)) continue;
      const reasons = decision.shown < OWN_EXAMPLES
        ? this.#showOwn(windows, i, decision, vectors, examples)
        : decision.reasons!;
      anomalous.set(i, this.#verdict(windows, i, decision.score, reasons));
    }
    return { windows, score, threshold: DECISION_THRESHOLD, anomalous };
  }

  /** Forgets decisions: after count vectors were numbered anew. */
  reset(): void {
    for (const scope of this.#scopes.values()) scope.reset();
  }

  /** `null` where nothing was trained that could judge the window. */
  #scopeOf(windows: ClosedWindows, i: number): ScopeJudge | null {
    if (windows.isWithdrawn(i)) return null;
    if (windows.isSession(i)) return this.#sessions;
    const number = windows.service[i], known = this.#scopeOfService[number];
    if (known !== undefined) return known;
    const scope = this.#scopes.get(serviceScope(this.#nameOf(number))) ?? this.#scopes.get("*") ?? null;
    return this.#scopeOfService[number] = scope;
  }

  #nameOf(service: number): string {
    return this.#serviceName[service] ??= this.#options.services.text(service);
  }

  /** The decision on every window; `null` = not judged. */
  #decideAll(windows: ClosedWindows, vectors: CountVectors): (Decision | null)[] {
    const { length, vector, start } = windows, decisions = new Array<Decision | null>(length);
    for (let i = 0; i < length; i++) {
      const scope = this.#scopeOf(windows, i);
      decisions[i] = scope === null ? null : scope.decisionOn(vector[i], start[i], vectors);
    }
    for (const scope of this.#scopes.values()) scope.score(vectors);
    return decisions;
  }

  #verdict(windows: ClosedWindows, i: number, score: number, reasons: Reason[]): Verdict {
    return {
      stream: this.#options.model.settings.name,
      kind: windows.isSession(i) ? "session" : "window",
      key: windows.identity(i),
      start: windows.start[i],
      end: windows.end[i],
      service: this.#nameOf(windows.service[i]),
      lines: windows.lines[i],
      score,
      threshold: DECISION_THRESHOLD,
      anomalous: true,
      reasons,
    };
  }

  /** The reasons of one count vector are found once; only the lines to show differ from window to window. */
  #showOwn(
    windows: ClosedWindows,
    i: number,
    decision: Decision,
    vectors: CountVectors,
    examples: Examples,
  ): Reason[] {
    const { catalogue } = this.#options, kind = windows.isSession(i) ? "session" : "window";
    const place = { kind, key: windows.key(i), start: windows.start[i], end: windows.end[i] } as const;
    const bare = decision.reasons ?? this.#scopeOf(windows, i)!.explain(decision, vectors);
    decision.shown++;
    return decision.reasons = bare.map((reason) => {
      const named = reason.kind === "template" || reason.kind === "unseen";
      const index = named ? catalogue.indexOf(reason.id) : -1;
      return { ...reason, example: index < 0 ? "" : examples.line(index, place) };
    });
  }
}
