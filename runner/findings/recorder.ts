/**
 * What a run finds, written down as documents that wait in the state to be sent.
 *
 * @module
 */
import type { State, StreamModel, Verdict } from "../../lib/mod.ts";
import type { RaisedAlerts } from "../alert/raise_alerts.ts";
import type { Config } from "../config.ts";
import type { JudgedBy } from "../detect/commit.ts";
import { FindingsLog } from "./findings_log.ts";
import { healthDocuments, type RunHealth } from "./health_documents.ts";
import type { ModelVersion } from "./model_document.ts";
import { recordAlerts, type WindowLengths } from "./record_alerts.ts";
import { BornTemplates, recordModel } from "./record_model.ts";
import { putVerdict, recordVerdicts } from "./record_verdicts.ts";

/** Length of time windows where nobody says, ms. */
const WINDOW = 300_000;

/** A model, and the last record that it learned from. */
type JudgingModel = ModelVersion & { trainedTo: number };

/** Writes down what the settings ask for. What is judged is written in the transaction that stores it. */
export class FindingsRecorder {
  readonly #log: FindingsLog;
  readonly #settings: NonNullable<Config["findings"]>;
  readonly #lengths: WindowLengths;
  readonly #born = new BornTemplates();
  /** Models that judge, by stream. */
  readonly #models = new Map<string, JudgingModel>();

  private constructor(
    settings: NonNullable<Config["findings"]>,
    state: State,
    { now, lengths }: { now: () => number; lengths: WindowLengths },
  ) {
    this.#log = new FindingsLog(state, { name: settings.name, now });
    this.#settings = settings;
    this.#lengths = lengths;
  }

  /**
   * A recorder into the state; `null` where the settings ask for no findings.
   *
   * @param options The clock (ms since the epoch), and the lengths of time windows (ms) where the settings don't say them.
   */
  static of(
    { findings, streams }: Pick<Config, "findings" | "streams">,
    state: State,
    { now, windowOf = () => WINDOW }: { now: () => number; windowOf?: (stream: string) => number },
  ): FindingsRecorder | null {
    if (findings === undefined) return null;
    const windows = new Map(streams.map(({ name, window }) => [name, window]));
    const lengths = {
      windowOf: (stream: string) => windows.get(stream) ?? windowOf(stream),
      longest: Math.max(WINDOW, ...windows.values()),
    };
    return new FindingsRecorder(findings, state, { now, lengths });
  }

  /** Writes down the model that judges a stream from now on, if it isn't yet; a transaction of its own. */
  model(stream: StreamModel, of: ModelVersion): void {
    const { state } = this.#log, { name } = stream.settings, seen = state.learned.novelties(name);
    this.#models.set(name, { ...of, trainedTo: stream.trained.to });
    state.transaction(() =>
      recordModel(this.#log, stream, of, { firstSeen: (template) => seen.get(template) ?? null })
    );
  }

  /** Writes down what was judged, and what came of it; to be called in a transaction. */
  judged({ model, version, services, catalogue, novelties, judged }: JudgedBy, raised: RaisedAlerts): void {
    const stream = model.settings.name, { verdicts } = this.#settings;
    if (verdicts !== "none") {
      const { holders } = raised;
      recordVerdicts(this.#log, { stream, services, judged, model: version, holders }, verdicts === "all");
    }
    recordAlerts(this.#log, raised.alerts, this.#lengths);
    if (catalogue.size === catalogue.frozen) return;
    this.#born.record(this.#log, {
      ...{ catalogue, stream, model: version, time: timeOf(model) },
      firstSeen: (template) => novelties.firstSeen(template),
    });
  }

  /** Writes down what a one-off run found, whose alerts the state has; to be called in a transaction. */
  once(
    { verdicts, raised, model }: { verdicts: readonly Verdict[]; raised: RaisedAlerts; model: string },
  ): void {
    if (this.#settings.verdicts !== "none") {
      for (const verdict of verdicts) putVerdict(this.#log, verdict, { model, holders: raised.holders });
    }
    recordAlerts(this.#log, raised.alerts, this.#lengths);
  }

  /** Writes down how a run went; to be called in a transaction. */
  health(run: Omit<RunHealth, "name" | "findings" | "messages" | "modelOf">): void {
    if (this.#settings.health === "none") return;
    const { state, name } = this.#log, { findings, deliveries } = state;
    const told = {
      ...{ ...run, name, findings: findings.counts(), messages: deliveries.counts() },
      modelOf: (stream: string) => this.#models.get(stream),
    };
    for (const { id, document } of healthDocuments(told)) {
      this.#log.put({ kind: "health", id, time: run.finishedAt, document });
    }
  }

  /** Forgets documents that have not changed since a time, ms since the epoch; to be called in a transaction. */
  prune(before: number): void {
    this.#log.state.findings.prune(before, { expendable: "health" });
  }
}

function timeOf({ trained: { from, to } }: StreamModel): number {
  return [to, from, 0].find((time) => Number.isFinite(time))!;
}
