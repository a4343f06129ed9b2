/**
 * What a service has read, found and told, in words.
 *
 * @module
 */
import { countText, lengthText } from "../../lib/mod.ts";
import type { PassOutcome } from "../detect/live.ts";

/** Sums over passes. */
export interface ActivitySum {
  passes: number;
  lines: number;
  windows: number;
  anomalous: number;
  /** Alerts that were opened. */
  opened: number;
  /** Messages that channels have taken. */
  sent: number;
}

/** Nothing yet. */
export function noActivity(): ActivitySum {
  return { passes: 0, lines: 0, windows: 0, anomalous: 0, opened: 0, sent: 0 };
}

/** What came of one pass. */
export function activityOf({ streams, delivery }: PassOutcome): ActivitySum {
  const sum = (value: (stream: PassOutcome["streams"][number]) => number) =>
    streams.reduce((total, one) => total + value(one), 0);
  return {
    passes: 1,
    lines: sum(({ records }) => records),
    windows: sum(({ windows }) => windows),
    anomalous: sum(({ anomalous }) => anomalous.length),
    opened: sum(({ opened }) => opened.length),
    sent: delivery.sent.length,
  };
}

/** Adds `more` to `sum`. */
export function addActivity(sum: ActivitySum, more: ActivitySum): void {
  for (const key of Object.keys(sum) as (keyof ActivitySum)[]) sum[key] += more[key];
}

/** What a pass with new alerts came to. */
export function openedText({ opened, sent }: ActivitySum, report: string): string {
  const text = `${countText(opened, "alert")} opened, ${countText(sent, "message")} sent`;
  return report === "" ? text : `${text}; report ${report}`;
}

/**
 * Sums as a person reads them.
 *
 * @param span ms that they are about.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { activityText, noActivity } from "./activity.ts";
 *
 * const sum = { ...noActivity(), lines: 1200, windows: 2, anomalous: 1, opened: 1 };
 * assert.equal(activityText(sum, 600_000), "in 10 min: 1,200 lines, 2 windows, 1 anomalous, 1 alert opened, 0 messages sent");
 * ```
 */
export function activityText({ lines, windows, anomalous, opened, sent }: ActivitySum, span: number): string {
  return `in ${lengthText(span)}: ` + [
    countText(lines, "line"),
    countText(windows, "window"),
    `${anomalous.toLocaleString("en")} anomalous`,
    `${countText(opened, "alert")} opened`,
    `${countText(sent, "message")} sent`,
  ].join(", ");
}
