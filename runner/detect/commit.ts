/**
 * The one transaction that moves the world forward.
 *
 * @module
 */
import {
  type Catalogue,
  type Dictionary,
  isAboutInput,
  type JudgedWindows,
  type LearnedStream,
  type LogClock,
  type Novelties,
  type OpenWindows,
  type Reason,
  type RecordCounts,
  type State,
  type StoredAlert,
  type StoredInput,
  type StreamModel,
  type Verdict,
} from "../../lib/mod.ts";
import { type Alert, parseAlert } from "../alert/alert.ts";
import { raiseAlerts, type RaisedAlerts } from "../alert/raise_alerts.ts";
import { detailOf } from "./stream_detail.ts";

/** What was judged, by which model. */
export interface JudgedBy {
  model: StreamModel;
  version: string;
  services: Dictionary;
  catalogue: Catalogue;
  novelties: Novelties;
  judged: JudgedWindows[];
  /** Time up to which windows have come out, those too that were to come again: what a later line has changed by then is judged. */
  watermark: number;
  /** Windows that an alert needs before people hear of it. */
  pending?: { windows: number; of: number };
}

/** Everything that a checkpoint makes permanent. */
export interface Progressed extends JudgedBy {
  records: { readonly logs: LogClock[] };
  positions: StoredInput[];
  windows: OpenWindows;
  /** Records of each birth that the state has already. */
  births: readonly number[];
  /** States of ensembles that have changed, by scope and service. */
  judging: ReadonlyMap<string, unknown>;
  /** Whether the state's others go on. */
  goesOn: boolean;
}

/** All verdicts of judged windows in order, normal ones too; a withdrawn window is one without lines that is normal. */
export function* verdictsOf(
  judged: JudgedWindows[],
  stream: string,
  services: Dictionary,
): Generator<Verdict> {
  for (const { windows, score, threshold, anomalous, again } of judged) {
    yield* again;
    for (let i = 0; i < windows.length; i++) {
      yield anomalous.get(i) ?? {
        stream,
        key: windows.identity(i),
        kind: windows.kind[i] === 0 ? "session" : "window",
        service: services.text(windows.service[i]),
        start: windows.start[i],
        end: windows.end[i],
        lines: windows.lines[i],
        score: score[i],
        threshold,
        anomalous: false,
        reasons: [],
      };
    }
  }
}

/** A stream's first model, and where its training ended. */
export interface TrainedStart {
  version: string;
  model: StreamModel;
  learned:
    & Pick<LearnedStream, "windows">
    & Partial<Pick<LearnedStream, "catalogue" | "services" | "recordCounts">>
    & { records: { readonly logs: LogClock[] } };
  positions: StoredInput[];
}

/** Where a stream's first scan begins: behind what trained its model. */
export function saveStart(
  state: State,
  { version, model, learned, positions }: TrainedStart,
): void {
  const { name } = model.settings;
  state.putStream({ name, model: version, detail: detailOf(model, learned.records) });
  state.putInputs(name, positions);
  state.learned.clearBirths(name);
  state.learned.clearJudging(name);
  state.putOpenWindows(name, learned.windows.save());
  const { catalogue, services, recordCounts: counts } = learned;
  if (counts !== undefined && catalogue !== undefined && services !== undefined) {
    saveCounts(state, { model, version, catalogue, services, counts });
  }
}

/** What is known of the records that were counted. */
export interface Counted extends Pick<JudgedBy, "model" | "version" | "catalogue" | "services"> {
  counts: RecordCounts;
  /** A line of a template to show; absent where no lines are at hand. */
  exampleOf?: (template: number) => string;
}

/** Writes how many records were read; to be called in the transaction that moves the positions. */
export function saveCounts(state: State, counted: Counted): void {
  const { model: { settings: { name } }, version, catalogue, services, counts } = counted;
  state.counts.know(name, version, () => catalogue.known);
  state.counts.add(name, counts.take(), {
    services,
    template: (number) => catalogue.template(number),
    example: counted.exampleOf ?? (() => ""),
  });
}

/**
 * Writes a checkpoint: positions, open windows, births, verdicts, alerts, and with `join` the incidents that those belong to. To be
 * called in a transaction.
 */
export function saveProgress(
  state: State,
  progress: Progressed,
  join: (alerts: readonly Alert[]) => void,
): RaisedAlerts {
  const { model, windows, catalogue } = progress, { name } = model.settings;
  state.putInputs(name, progress.positions);
  state.putOpenWindows(name, windows.save());
  if (!progress.goesOn) state.learned.clearJudging(name);
  for (const [part, judged] of progress.judging) state.learned.putJudging(name, part, judged);
  if (progress.births.length === 0) state.learned.clearBirths(name);
  catalogue.provisional().forEach((birth, number) => {
    if (birth.count !== progress.births[number]) state.learned.putBirths(name, number, [birth]);
  });
  return saveReached(state, progress, join);
}

/**
 * Writes how far a stream has come and what was judged, but nothing that a later run could go on from; to be called in a
 * transaction.
 */
export function saveReached(
  state: State,
  progress: JudgedBy & Pick<Progressed, "records">,
  join: (alerts: readonly Alert[]) => void,
): RaisedAlerts {
  const { model, version, records } = progress;
  state.putStream({ name: model.settings.name, model: version, detail: detailOf(model, records) });
  return saveJudged(state, progress, join);
}

/** Moves a stream to another model, where it begins with no open windows; to be called in a transaction. */
export function saveMove(
  state: State,
  { model, version, records, windows }: Pick<Progressed, "model" | "version" | "records" | "windows">,
): void {
  const { name } = model.settings;
  state.putStream({ name, model: version, detail: detailOf(model, records) });
  state.putOpenWindows(name, windows.save());
  state.learned.clearBirths(name);
  state.learned.clearJudging(name);
}

/** Writes verdicts, alerts, and with `join` the incidents that those belong to; to be called in a transaction. */
export function saveJudged(
  state: State,
  progress: JudgedBy,
  join: (alerts: readonly Alert[]) => void,
): RaisedAlerts {
  const { model, version, catalogue, novelties, judged } = progress, { name } = model.settings;
  for (const { template, firstSeen } of novelties.takeChanged()) {
    state.learned.putNovelty(name, template, firstSeen);
  }
  const verdicts = [...verdictsOf(judged, name, progress.services)];
  state.putVerdicts(verdicts, version);
  for (const { windows: closed } of judged) {
    for (let i = 0; i < closed.length; i++) {
      if (closed.reopened[i] === 2) state.removeVerdict(name, closed.identity(i));
    }
  }
  const open = state.openAlerts(name).filter(({ cause = "" }) => !isAboutInput(cause));
  const raised = raiseAlerts(verdicts, open.map(({ body }) => parseAlert(body)), {
    lineage: model.trained.fingerprint,
    window: model.settings.window,
    retention: model.settings.lateness + (model.settings.session?.idle ?? 0),
    idle: model.settings.session?.idle,
    pending: progress.pending,
    watermark: progress.watermark,
    levelOf: levelsOf(catalogue),
  });
  for (const alert of raised.alerts) state.putAlert(storedAlert(alert));
  state.putAlertsOf(name, raised.holders);
  join(raised.alerts);
  return raised;
}

/** The most severe level that a reason's template was seen with. */
export function levelsOf(catalogue: Catalogue): (reason: Reason) => number {
  const severities = new Map<string, number>();
  for (let i = 0; i < catalogue.size; i++) {
    const { id, severity } = catalogue.template(i);
    severities.set(id, severity);
  }
  const named: Record<string, number> = { warn: 13, error: 17, fatal: 21 };
  return ({ kind, id }) => kind === "level" ? named[id] ?? 0 : severities.get(id) ?? 0;
}

/** An alert as the state keeps it. */
export function storedAlert(alert: Alert): StoredAlert {
  const { id, stream, status, start, end, service, cause } = alert;
  const body = JSON.stringify(alert);
  return { id, stream, status, start: start ?? NaN, end: end ?? NaN, body, service, cause };
}
