/**
 * Alerts of a one-off run: grouped like those of a live one, kept nowhere.
 *
 * @module
 */
import { State } from "../../lib/mod.ts";
import { raiseAlerts, type RaisedAlerts } from "../alert/raise_alerts.ts";
import { planDeliveries } from "../alert/outbox.ts";
import type { Config } from "../config.ts";
import type { Context } from "../context.ts";
import { type FindingsReport, NO_FINDINGS } from "../findings/findings_report.ts";
import { levelsOf, storedAlert } from "./commit.ts";
import type { Alert } from "../alert/alert.ts";
import { EVERYBODY, receiversOf } from "../alert/routes.ts";
import { channelNames } from "../config/channel_names.ts";
import { Post, type Posted } from "./deliveries.ts";
import { type StreamOutcome, windowsOf } from "./outcome.ts";

/** The alerts that the anomalous windows of a finished run come to. */
export function onceAlerts({ model, anomalous }: StreamOutcome): RaisedAlerts {
  if (model === null) return { alerts: [], opened: [], continued: [], worse: [], holders: new Map() };
  const { settings, trained, catalogue } = model;
  return raiseAlerts(anomalous, [], {
    ...{ lineage: trained.fingerprint, window: settings.window, retention: 0, watermark: Infinity },
    levelOf: levelsOf(catalogue),
  });
}

/** What {@linkcode notifyOnce} tells. */
export interface ToldOnce {
  config: Config;
  /** Path of the report; empty without one. */
  report: string;
  outcome: StreamOutcome;
  raised: RaisedAlerts;
}

/** Sends messages and findings, once, without keeping anything; not to the console, where the run prints them itself. */
export async function notifyOnce(
  { config, report, outcome, raised }: ToldOnce,
  context: Context,
): Promise<{ delivery: Posted; findings: FindingsReport }> {
  const state = State.open(":memory:"), now = context.now();
  const channels = channelsOf(config);
  try {
    for (const delivery of planDeliveries(raised, { channels, now, report, program: null })) {
      state.deliveries.enqueue(delivery);
    }
    for (const alert of raised.alerts) state.putAlert(storedAlert(alert));
    const delivery = await new Post({ config, program: null, write: context.stderr }, state, context)
      .sendAll();
    const findings = config.findings === undefined
      ? NO_FINDINGS
      : await write(state, { config, outcome, raised }, context);
    return { delivery, findings };
  } finally {
    state.close();
  }
}

/** Channels of an alert by the routes of the settings; not the console, where the run prints it itself. */
function channelsOf({ alerts }: Config): (alert: Alert) => string[] {
  const routes = alerts.routes.map(({ to, continue: goesOn, ...about }) => ({ about, to, continue: goesOn }));
  const namesOf = (receiver: string) =>
    channelNames(alerts, receiver === EVERYBODY ? undefined : receiver).filter((name) => name !== "console");
  const names = [EVERYBODY, ...Object.keys(alerts.receivers)].filter((name) => namesOf(name).length > 0);
  return (alert) => receiversOf({ alert, incident: alert.id }, routes, names).flatMap(namesOf);
}

/** Writes findings into the cluster of the settings. */
async function write(
  state: State,
  { config, outcome, raised }: Omit<ToldOnce, "report">,
  context: Context,
): Promise<FindingsReport> {
  const { FindingsRecorder } = await import("../findings/recorder.ts");
  const { deliverFindings } = await import("../findings/deliver.ts");
  const recorder = FindingsRecorder.of(config, state, {
    now: () => context.now(),
    windowOf: windowsOf([outcome]),
  });
  const by = { model: outcome.version, holders: raised.holders };
  for (const verdict of outcome.anomalous) recorder?.verdict(verdict, by);
  recorder?.alerts(raised.alerts);
  return await deliverFindings(state, config, context);
}
