/**
 * What came of a pass, as one entry of the log.
 *
 * @module
 */
import { countText } from "../../lib/mod.ts";
import type { PassOutcome } from "../detect/live.ts";
import type { LogEntry } from "./log_entry.ts";

/**
 * A pass in one line, its figures as fields.
 *
 * @param duration ms.
 */
export function passEntry(
  { streams, failures, delivery }: Pick<PassOutcome, "streams" | "failures" | "delivery">,
  duration: number,
): LogEntry {
  const sum = (value: (stream: PassOutcome["streams"][number]) => number) =>
    streams.reduce((total, one) => total + value(one), 0);
  const records = sum(({ records }) => records), windows = sum(({ windows }) => windows);
  const anomalous = sum(({ anomalous }) => anomalous.length), opened = sum(({ opened }) => opened.length);
  const parts = [countText(records, "record"), countText(windows, "window"), `${anomalous} anomalous`];
  return {
    level: failures.length === 0 ? "info" : "error",
    action: "pass",
    message: `${parts.join(", ")}, ${countText(opened, "alert")} opened, ${
      countText(failures.length, "failure")
    }`,
    fields: {
      "event.duration": Math.round(duration * 1e6),
      "event.outcome": failures.length === 0 ? "success" : "failure",
      ...{ "deepscan.records": records, "deepscan.windows": windows, "deepscan.anomalous": anomalous },
      ...{
        "deepscan.opened": opened,
        "deepscan.sent": delivery.sent.length,
        "deepscan.failures": failures.length,
      },
    },
  };
}
