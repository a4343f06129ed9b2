/**
 * What became of a watched history, as tables.
 *
 * @module
 */
import type { Account } from "../../faults/accounts.ts";
import type { WatchOutcome, WatchPlot } from "../../faults/watch_history.ts";
import type { ReportTable } from "../templates/report.ts";

/** A history that was played. */
export interface Measured {
  plot: WatchPlot;
  outcome: WatchOutcome;
  /** Wall-clock time of the disturbed one. */
  seconds: number;
  /** Where verdicts, alerts or what is remembered differ from one undisturbed run's. */
  differences: string[];
}

/** What was told, and what disturbed it. */
export function watchTables(measured: Measured): ReportTable[] {
  return [toldTable(measured), disturbedTable(measured)];
}

function toldTable({ plot, outcome, seconds, differences }: Measured): ReportTable {
  const { planted, found, told } = outcome.planted, { hours, cleanHours, scale = .5 } = plot.traffic;
  const lines = outcome.lines.toLocaleString("en"), behind = hours - cleanHours;
  return {
    title: "What was told",
    notes: [
      `Seed ${plot.seed}: ${spanText(behind)} of traffic (scale ${scale}) behind ${
        spanText(cleanHours)
      } to learn from; ${lines} lines`,
      `${Math.round(seconds)} s by the clock (${
        Math.round(behind * 3600 / seconds)
      } times as fast as it happens), ${
        Math.round(outcome.processor / 1000)
      } s of processor time in all services`,
      `Planted incidents: ${planted}; with an alert: ${found.length}; told to every channel: ${told.length}`,
      `Rows of verdicts, alerts and what is remembered that differ from one undisturbed run: ${differences.length}`,
      `Other faults: ${outcome.faults.length}`,
      "Sent: messages that arrived and are not a repeat. They tell the outbox's messages: what waits about an incident is told as one",
    ],
    columns: [
      ...["channel", "incidents", "messages", "sent", "repeated, same key", "answer lost", "sender killed"],
      ...["two keys", "threaded", "resolved", "lost"],
    ],
    rows: outcome.accounts.map(accountRow),
  };
}

function accountRow({ channel, incidents, messages, taken, distinct, repeated, threaded, ...more }: Account) {
  const follows = threaded === null ? null : `${threaded.right} of ${threaded.of}`;
  const counts = [
    incidents,
    messages,
    distinct,
    taken - distinct,
    repeated.lost,
    repeated.killed,
    more.twoKeys,
  ];
  return [channel, ...counts.map(String), follows, String(more.resolved), String(more.lost.length)];
}

function disturbedTable({ outcome: { disturbed, hasClock } }: Measured): ReportTable {
  const { done, kills, starts, rotations, wrongClocks, answered } = disturbed;
  const refused = (done.get("detect beside") ?? 0) + (done.get("watch beside") ?? 0);
  return {
    title: "What it was disturbed by",
    notes: [],
    columns: ["what", "times"],
    rows: [
      ["starts of the service", starts],
      ["kills (SIGKILL)", kills],
      ["of them with detect and watch started together", done.get("both at once") ?? 0],
      ["stops (SIGTERM)", done.get("stop") ?? 0],
      ["settings read anew (SIGHUP)", done.get("new settings") ?? 0],
      ["settings refused", done.get("wrong settings") ?? 0],
      ["second runners turned away", refused],
      ["machine's clock moved by an hour", hasClock ? done.get("clock") ?? 0 : null],
      ["logs with a wrong clock for minutes", wrongClocks],
      ["rotations (moved, copied and emptied, packed)", rotations],
      ["answered well", answered.well],
      ["answered slowly", answered.slow],
      ["answered 429 or 421", answered.busy],
      ["answered 500 or 451", answered.failing],
      ["never answered", answered.silent],
      ["took it and answered too late", answered.late],
      ["took it and died before answering", answered.dying],
    ],
  };
}

function spanText(hours: number): string {
  return hours % 24 === 0 && hours > 24 ? `${hours / 24} days` : `${hours} hours`;
}
