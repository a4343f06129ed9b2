/**
 * All that a state and its models hold, written down anew.
 *
 * @module
 */
import type { Model, SavedProvisional, State, StreamModel } from "../../lib/mod.ts";
import { parseAlert } from "../alert/alert.ts";
import type { FindingsRecorder } from "./recorder.ts";

/**
 * Writes down every document anew, as if it had never been sent: for a cluster that has lost them, or that was not there yet.
 * To be called in a transaction.
 *
 * @param model The active model; `null` = there is none.
 * @param all Whether normal windows get a document too.
 */
export function recordEverything(
  recorder: FindingsRecorder,
  state: State,
  { model, all }: { model: Model | null; all: boolean },
): void {
  state.findings.renew();
  const alerts = state.alerts().map(({ body }) => parseAlert(body));
  recorder.alerts(alerts);
  for (const stream of new Set([...state.streams(), ...alerts.map(({ stream }) => stream)])) {
    recordVerdicts(recorder, state, { stream, all });
  }
  for (const stream of model?.streams ?? []) recordKnown(recorder, state, stream, model!);
}

function recordVerdicts(
  recorder: FindingsRecorder,
  state: State,
  { stream, all }: { stream: string; all: boolean },
): void {
  const judged = new Map(state.alertedWindows(stream).map((window) => [window.key, window]));
  const present = state.stream(stream)?.model ?? "";
  const holders = new Map([...judged].flatMap(([key, { alert }]) => alert === "" ? [] : [[key, alert]]));
  for (const verdict of state.verdicts({ stream, anomalous: !all })) {
    recorder.verdict(verdict, { model: judged.get(verdict.key)?.model ?? present, holders });
  }
}

/** The model of a stream, its templates, and those born since. */
function recordKnown(recorder: FindingsRecorder, state: State, stream: StreamModel, model: Model): void {
  const { settings: { name }, catalogue } = stream, seen = state.learned.novelties(name);
  recorder.known(stream, model);
  catalogue.adopt(state.learned.births(name) as SavedProvisional[]);
  recorder.births(stream, model.version, { firstSeen: (template) => seen.get(template) ?? null });
}
