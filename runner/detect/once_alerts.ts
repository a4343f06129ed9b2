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
import { channelNames, sendDue } from "./deliveries.ts";
import type { StreamOutcome } from "./outcome.ts";
import { levelsOf } from "./commit.ts";

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

/** Sends them, once, without keeping anything. */
export async function notifyOnce(alerts: readonly Alert[], config: Config, context: Context): Promise<void> {
  const state = State.open(":memory:"), channels = channelNames(config), now = context.now();
  try {
    for (
      const delivery of planDeliveries(alerts, {
        ...{ channels, now, limit: config.alerts.max_per_run, program: "" },
      })
    ) {
      state.enqueue(delivery);
    }
    const { failed, dead } = await sendDue(config, state, context);
    for (const { key, error } of [...failed, ...dead]) context.stderr(`not sent: ${key}: ${error}\n`);
  } finally {
    state.close();
  }
}
