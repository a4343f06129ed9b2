/**
 * Closed windows → verdicts.
 *
 * @module
 */
import { DECISION_THRESHOLD } from "../threshold/decide.ts";
import type { StartOptions, Waiting } from "../ensemble/ensemble.ts";
import type { Verdict } from "../explain/reason.ts";
import type { EventWindow, TemplateNames } from "../feature/event_window.ts";
import type { Dictionary } from "../record/dictionary.ts";
import type { Catalogue } from "../template/catalogue.ts";
import type { ClosedWindows } from "../window/closed_windows.ts";
import type { OpenWindows } from "../window/open_windows.ts";
import { EventWindows, type WindowSource } from "./event_windows.ts";
import type { Examples } from "./examples.ts";
import type { Novelties } from "./novelties.ts";
import { type Scope, serviceScope, type StreamModel } from "./stream_model.ts";
import { templateNames } from "./template_names.ts";
import { Verdicts } from "./verdicts.ts";
import { type FoldRow, WindowFold } from "./window_fold.ts";

/** Scores that {@linkcode Judge} gave a batch of windows, and the verdicts on the anomalous ones. */
export interface JudgedWindows {
  windows: ClosedWindows;
  /** What the ensembles decided, shape [windows.length]. */
  score: Float64Array;
  /** What {@linkcode score} is compared with. */
  threshold: number;
  /** The verdict on an anomalous window; absent for a normal one. */
  anomalous: Map<number, Verdict>;
  /** Verdicts on windows of earlier batches that are other ones now, because something before them has changed. */
  again: Verdict[];
}

/** How a {@linkcode Judge} judges. */
export interface JudgeOptions {
  model: StreamModel;
  /** The model's templates and what was born since. */
  catalogue: Catalogue;
  services: Dictionary;
  /** When templates unknown to training were first seen; kept up to date. Default: nobody knows. */
  novelties?: Novelties;
  /**
   * Whether windows come as they close, may come again, and what becomes usual is taken for normal; else all come at once.
   * Default: whether there are {@linkcode novelties}.
   */
  live?: boolean;
  /** How scanning begins; default: a live scan adapts. */
  start?: StartOptions;
}

/** Where closed windows come from. */
export type JudgedSource = WindowSource & Pick<OpenWindows, "changed">;

/** A row of closed windows on its way through a fold. */
interface JudgedRow extends FoldRow {
  readonly closed: ClosedWindows;
  readonly index: number;
}

/**
 * Judges windows against one stream's model: those of each scope and service in order of time, by the scope's ensemble.
 *
 * Scanning never trains. What becomes usual while a live log is scanned is remembered in a state beside the model, which
 * depends on the windows alone, never on when they were handed in: see {@linkcode WindowFold}.
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
 * const threshold = { rule: "quantile", level: .99, k: 3 }; // so little says nothing of false alarms a day
 * const model = await fitStream(learned, { detectors: ["new-template"], threshold });
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
 * const { score, anomalous } = judge.judge(windows.closeAll(), windows, examples);
 * assert.ok(score[0] <= 1 && score[1] > 1);
 * assert.equal(anomalous.get(1)?.reasons[0].example, "2026-03-02T11:01:01Z ERROR disk full");
 * ```
 */
export class Judge {
  readonly #options: JudgeOptions;
  readonly #names: TemplateNames;
  readonly #live: boolean;
  readonly #scopes: Map<string, Scope>;
  readonly #folds = new Map<string, WindowFold>();
  readonly #made = new EventWindows();
  readonly #verdicts: Verdicts;
  readonly #scoredBefore: number;
  #saved: Record<string, unknown> = {};
  #retained: Map<string, JudgedRow[]> = new Map();
  #serviceName: (string | undefined)[] = [];
  #serviceKey: (string | null | undefined)[] = [];

  constructor(options: JudgeOptions) {
    this.#options = options;
    this.#live = options.live ?? options.novelties !== undefined;
    this.#names = templateNames(options.catalogue);
    this.#verdicts = new Verdicts(options);
    this.#scoredBefore = scoredBy(options.model);
    this.#scopes = new Map(options.model.scopes.map((scope) => [scope.name, scope]));
  }

  /** Distinct rows that were really scored. */
  get scored(): number {
    return scoredBy(this.#options.model) - this.#scoredBefore;
  }

  /** Detectors that can't judge yet, by the services whose windows were judged; those of sessions by an empty name. */
  waiting(): Map<string, Waiting[]> {
    const nameOf = (fold: string) => fold.replace(/^(?:\* |service |sessions$)/, "");
    return new Map([...this.#folds].map(([key, { waiting }]) => [nameOf(key), waiting]));
  }

  /**
   * Decides on every window.
   *
   * @param source What the numbers in `windows` stand for.
   * @param examples Lines to show with the reasons.
   */
  judge(windows: ClosedWindows, source: JudgedSource, examples: Examples): JudgedWindows {
    if (!this.#live) return this.#judgeOnce(windows, source, examples);
    const score = new Float64Array(windows.length), anomalous = new Map<number, Verdict>();
    const again: Verdict[] = [];
    const coming = this.#rowsByFold(windows, source), changed = this.#changedByFold(source);
    for (const key of new Set([...coming.keys(), ...changed.keys()])) {
      const rows = coming.get(key) ?? [],
        others = this.#foldOf(key).add(rows, changed.get(key)) as JudgedRow[];
      for (const row of others) again.push(this.#verdicts.of({ ...row, decision: row.decision! }, examples));
      for (const row of rows) {
        if (row.decision === null) continue;
        const { decision } = row;
        score[row.index] = decision.score;
        if (!(decision.score > DECISION_THRESHOLD)) continue;
        anomalous.set(row.index, this.#verdicts.of({ ...row, decision }, examples));
      }
    }
    return { windows, score, threshold: DECISION_THRESHOLD, anomalous: inOrder(anomalous), again };
  }

  /**
   * What was learned from windows that can't change any more, since this was last asked: plain JSON data by scope and
   * service. Only a live scan has any.
   *
   * @param source Where the windows come from, as it is saved together with this.
   */
  save(source: Pick<OpenWindows, "changed" | "watermark">): Map<string, unknown> {
    this.settle(source);
    const saved = new Map<string, unknown>(), changed = this.#changedByFold(source);
    for (const [key, fold] of this.#folds) {
      const state = fold.save(changed.get(key));
      if (state !== null) saved.set(key, state);
    }
    return saved;
  }

  /** Forgets windows that can't change any more, as {@linkcode save} does, where nothing is to be saved. */
  settle({ watermark }: Pick<OpenWindows, "watermark">): void {
    const { lateness, session } = this.#options.model.settings;
    const isSettled = (idle: number) => ({ end }: EventWindow) =>
      idle > 0 ? watermark > end + idle + lateness : watermark >= end + lateness;
    for (const key of this.#retained.keys()) this.#foldOf(key); // what they had is forgotten where it was open
    for (const [key, fold] of this.#folds) {
      fold.settle(isSettled(key === "sessions" ? session?.idle ?? 0 : 0));
    }
  }

  /**
   * Goes on from what was saved.
   *
   * @param saved By scope and service.
   * @param retained Windows that were judged since and can still change, as `OpenWindows.retained` gives them.
   * @throws {TypeError} where a saved state is none of the model's ensembles'; when its windows are judged.
   */
  resume(saved: Record<string, unknown>, retained: ClosedWindows, source: WindowSource): void {
    this.#saved = saved;
    const { trained: { closedTo }, settings: { session } } = this.#options.model, idle = session?.idle ?? 0;
    this.#retained = new Map();
    for (const [key, rows] of this.#rowsByFold(retained, source)) { // training has seen those that had closed by its end
      const seen = key === "sessions"
        ? ({ window: { end } }: JudgedRow) => end + idle < closedTo
        : ({ window: { end } }: JudgedRow) => end <= closedTo;
      this.#retained.set(key, rows.filter((row) => !seen(row)));
    }
  }

  /** Forgets what count vectors were numbered: after they were numbered anew. */
  reset(): void {
    this.#made.reset();
  }

  /** All windows there are, in their order; none comes again. */
  #judgeOnce(windows: ClosedWindows, source: WindowSource, examples: Examples): JudgedWindows {
    const score = new Float64Array(windows.length), anomalous = new Map<number, Verdict>();
    for (let i = 0; i < windows.length; i++) {
      const key = this.#foldKey(windows, i);
      if (key === null || windows.isWithdrawn(i)) continue;
      const window = this.#made.at(windows, i, source);
      this.#noteUnknown(window);
      const decision = this.#foldOf(key).decide(window);
      score[i] = decision.score;
      if (!(decision.score > DECISION_THRESHOLD)) continue;
      const service = this.#nameOf(windows.service[i]);
      anomalous.set(i, this.#verdicts.of({ closed: windows, index: i, service, window, decision }, examples));
    }
    return { windows, score, threshold: DECISION_THRESHOLD, anomalous, again: [] };
  }

  #rowsByFold(windows: ClosedWindows, source: WindowSource): Map<string, JudgedRow[]> {
    const folds = new Map<string, JudgedRow[]>();
    for (let i = 0; i < windows.length; i++) {
      const key = this.#foldKey(windows, i);
      if (key === null) continue;
      const window = this.#made.at(windows, i, source);
      this.#noteUnknown(window);
      const rows = folds.get(key) ?? folds.set(key, []).get(key)!;
      rows.push({
        closed: windows,
        index: i,
        window,
        identity: () => windows.identity(i),
        service: this.#nameOf(windows.service[i]),
        reopened: windows.reopened[i],
        decision: null,
      });
    }
    return folds;
  }

  /** Identities of windows that have been judged and hold no more. */
  #changedByFold(source: Pick<OpenWindows, "changed">): Map<string, string[]> {
    const windows = source.changed(), folds = new Map<string, string[]>();
    for (let i = 0; i < windows.length; i++) {
      const key = this.#foldKey(windows, i), known = key === null ? undefined : folds.get(key);
      if (known !== undefined) known.push(windows.identity(i));
      else if (key !== null) folds.set(key, [windows.identity(i)]);
    }
    return folds;
  }

  /** Scope, and where services share it the service; `null` where nothing was trained that could judge the window. */
  #foldKey(windows: ClosedWindows, i: number): string | null {
    if (windows.isSession(i)) return this.#scopes.has("sessions") ? "sessions" : null;
    const number = windows.service[i];
    return this.#serviceKey[number] ??= this.#serviceFold(this.#nameOf(number));
  }

  #serviceFold(service: string): string | null {
    const own = serviceScope(service);
    if (this.#scopes.has(own)) return own;
    return this.#scopes.has("*") ? `* ${service}` : null;
  }

  #foldOf(key: string): WindowFold {
    let fold = this.#folds.get(key);
    if (fold !== undefined) return fold;
    const scope = this.#scopes.get(key.startsWith("* ") ? "*" : key)!;
    fold = new WindowFold(scope.ensemble, this.#options.start ?? { adapts: this.#live, told: this.#live });
    this.#folds.set(key, fold);
    const retained = this.#retained.get(key) ?? [];
    if (Object.hasOwn(this.#saved, key)) fold.resume(this.#saved[key], retained);
    else if (retained.length > 0) fold.add(retained);
    return fold;
  }

  #noteUnknown({ events: { templates }, start }: EventWindow): void {
    const { novelties, catalogue } = this.#options;
    if (novelties === undefined || Number.isNaN(start)) return;
    for (let i = templates.length - 1; i >= 0 && templates[i] >= catalogue.frozen; i--) {
      novelties.see(this.#names.id(templates[i]), start);
    }
  }

  #nameOf(service: number): string {
    return this.#serviceName[service] ??= this.#options.services.text(service);
  }
}

function scoredBy({ scopes }: StreamModel): number {
  return scopes.reduce((sum, { ensemble }) => sum + (ensemble.scored ?? 0), 0);
}

/** Verdicts by row, first row first. */
function inOrder(verdicts: Map<number, Verdict>): Map<number, Verdict> {
  return new Map([...verdicts].sort(([a], [b]) => a - b));
}
