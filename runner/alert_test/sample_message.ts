/**
 * A message that is no alert, and says so.
 *
 * @module
 */
import { type Message, MESSAGE_VERSION } from "../alert/message.ts";
import { formatTime, plainLine } from "../alert/plain_text.ts";

const SPAN = 300_000, SPANS = 48;

/**
 * The sample that `deepscan alerts test` sends.
 *
 * @param now Milliseconds since the epoch.
 * @param settings The settings file; empty = the defaults.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sampleMessage } from "./sample_message.ts";
 *
 * const { title, isTest } = sampleMessage("email", { now: 0, settings: "/etc/deepscan.yaml" });
 * assert.deepEqual([title, isTest], ["[test] DeepScan can reach you: nothing is wrong", true]);
 * ```
 */
export function sampleMessage(
  channel: string,
  { now, settings }: { now: number; settings: string },
): Message {
  return {
    ...{ version: MESSAGE_VERSION, isTest: true, isOld: false },
    ...{ alert: "test", stream: "test", severity: "low", ratio: 1 },
    title: "[test] DeepScan can reach you: nothing is wrong",
    facts: [
      { name: "Channel", value: plainLine(channel, 300) },
      { name: "Sent", value: formatTime(now) },
      { name: "Settings", value: settings === "" ? "the defaults" : plainLine(settings, 300) },
      { name: "By", value: "deepscan alerts test" },
    ],
    reasons: [{
      title: "This is what a reason looks like: the log line's template, <*> for what varies",
      percent: 100,
      counts: "5 times, expected 0.1",
      firstSeen: "",
      example: "a line of the log, redacted",
    }],
    others: [],
    chart: sampleChart(now),
    ...{ command: "", report: "" },
  };
}

/** Four calm hours with something in the last one: what a chart looks like. */
function sampleChart(now: number): Message["chart"] {
  const start = Math.floor(now / SPAN) * SPAN - SPANS * SPAN;
  const ratios = Array.from({ length: SPANS }, (_, i) => i >= 40 && i < 44 ? 44 - i : 0.3 + (i * 7 % 5) / 20);
  return { start, size: SPAN, ratios, anomalous: [40, 41, 42] };
}
