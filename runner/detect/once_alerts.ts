/**
 * Alerts of a one-off run: grouped like those of a live one, kept nowhere.
 *
 * @module
 */
import { State } from "../../lib/mod.ts";
import type { Alert } from "../alert/alert.ts";
import { raiseAlerts } from "../alert/raise_alerts.ts";
import { planDeliveries } from "../alert/outbox.ts";
import type { Config } from "../config.ts";
import type { Context } from "../context.ts";
import { levelsOf } from "./commit.ts";
import { channelNames, Post, type Posted } from "./deliveries.ts";
import type { StreamOutcome } from "./outcome.ts";

/** The alerts that the anomalous windows of a finished run come to. */
export function onceAlerts({ model, anomalous }: StreamOutcome): Alert[] {
  if (model === null) return [];
  const { settings, trained, catalogue } = model;
  const context = {
    ...{ lineage: trained.fingerprint, window: settings.window, retention: 0, watermark: Infinity },
    levelOf: levelsOf(catalogue),
  };
  return raiseAlerts(anomalous, [], context).opened;
}

/** Sends them, once, without keeping anything; not to the console, where the run prints them itself. */
export async function notifyOnce(
  opened: readonly Alert[],
  { config, report }: { config: Config; report: string },
  context: Context,
): Promise<Posted> {
  const state = State.open(":memory:"), now = context.now();
  const channels = channelNames(config).filter((name) => name !== "console");
  try {
    const told = { opened: [...opened], worse: [] };
    for (const delivery of planDeliveries(told, { channels, now, report, program: null })) {
      state.deliveries.enqueue(delivery);
    }
    return await new Post({ config, program: null, write: context.stderr }, state, context).sendAll();
  } finally {
    state.close();
  }
}
