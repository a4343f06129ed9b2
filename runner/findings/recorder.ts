/**
 * What a run finds, written down as documents that wait in the state to be sent.
 *
 * @module
 */
import type { FindingCount, State, StreamModel, Verdict } from "../../lib/mod.ts";
import type { Alert } from "../alert/alert.ts";
import type { RaisedAlerts } from "../alert/raise_alerts.ts";
import type { Config } from "../config.ts";
import type { JudgedBy } from "../detect/commit.ts";
import { FindingsLog } from "./findings_log.ts";
import { healthDocuments, type RunHealth } from "./health_documents.ts";
import type { ModelVersion } from "./model_document.ts";
import { recordAlerts, type WindowLengths } from "./record_alerts.ts";
import { BornTemplates, type FirstSeen, recordModel } from "./record_model.ts";
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
  /** What waited or was refused before. */
  readonly #before: FindingCount[];
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
    this.#before = state.findings.counts();
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
    this.#log.state.transaction(() => this.known(stream, of));
  }

  /** The same; to be called in a transaction. */
  known(stream: StreamModel, of: ModelVersion): void {
    const { name } = stream.settings, seen = this.#log.state.learned.novelties(name);
    this.#models.set(name, { ...of, trainedTo: stream.trained.to });
    recordModel(this.#log, stream, of, { firstSeen: (template) => seen.get(template) ?? null });
  }

  /** Writes down what was judged, and what came of it; to be called in a transaction. */
  judged({ model, version, services, catalogue, novelties, judged }: JudgedBy, raised: RaisedAlerts): void {
    const stream = model.settings.name, { verdicts } = this.#settings, { holders } = raised;
    if (verdicts !== "none") {
      recordVerdicts(this.#log, { stream, services, judged, model: version, holders }, verdicts === "all");
    }
    this.alerts(raised.alerts);
    this.births({ ...model, catalogue }, version, novelties);
  }

  /** Writes down the verdict on a window, if the settings want any; to be called in a transaction. */
  verdict(verdict: Verdict, by: { model: string; holders: ReadonlyMap<string, string> }): void {
    if (this.#settings.verdicts !== "none") putVerdict(this.#log, verdict, by);
  }

  /** Writes down alerts that the state has, and what incidents they come to; to be called in a transaction. */
  alerts(alerts: readonly Alert[]): void {
    recordAlerts(this.#log, alerts, this.#lengths);
  }

  /** Writes down templates that were born while scanning; to be called in a transaction. */
  births(stream: StreamModel, version: string, seen: FirstSeen): void {
    const { catalogue, settings: { name } } = stream;
    if (catalogue.size === catalogue.frozen) return;
    this.#born.record(this.#log, {
      ...{ catalogue, stream: name, model: version, time: timeOf(stream) },
      firstSeen: (template) => seen.firstSeen(template),
    });
  }

  /** Writes down how a run went; to be called in a transaction. */
  health(run: Omit<RunHealth, "name" | "findings" | "messages" | "modelOf">): void {
    if (this.#settings.health === "none") return;
    const { state: { deliveries }, name } = this.#log;
    const told = {
      ...{ ...run, name, findings: this.#before, messages: deliveries.counts() },
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
