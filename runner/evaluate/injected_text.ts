/**
 * What planting came to, in words.
 *
 * @module
 */
import { type FoundKind, INJECTIONS } from "../../lib/mod.ts";
import { columnsText, delayText } from "./figures.ts";
import type { CleanPart, InjectedOutcome } from "./injected_outcome.ts";

/** Alerts of the untouched part that are shown. */
const SHOWN = 5;

/** The table by kind, the untouched part, and what to expect. */
export function injectedText(outcome: InjectedOutcome, output: string | null): string {
  const { kinds, clean, model, testedFrom, rounds, anomalies } = outcome;
  const by = model === "" ? "a model of what came before" : `model ${model}`;
  const tested = testedFrom === null ? "the last part" : `what came from ${testedFrom.slice(0, 16)}Z on`;
  const lines = [
    `${anomalies.length} anomalies planted into ${tested}, in ${rounds} logs, judged by ${by}`,
    "",
    kinds.length > 0 ? kindsText(kinds) : "nothing could be planted\n",
    ...unplacedLines(outcome.unplaced),
    ...cleanLines(clean),
    ...(output === null ? [] : [`the logs with their labels are in ${output}`]),
  ];
  return lines.join("\n") + "\n";
}

function kindsText(kinds: readonly FoundKind[]): string {
  const titles = new Map(INJECTIONS.map(({ name, title }) => [name, title]));
  const percent = (share: number) => `${Math.round(100 * share)}`;
  return columnsText([
    ["planted", "", "found", "%", "95 %", "after"],
    ...kinds.map(({ kind, planted, found, share: { share, low, high }, timeToDetection }) => [
      `${kind}: ${titles.get(kind)}`,
      `${planted}`,
      `${found}`,
      percent(share),
      `${percent(low)}–${percent(high)}`,
      delayText(timeToDetection),
    ]),
  ]);
}

function unplacedLines(unplaced: Record<string, number>): string[] {
  const names = Object.entries(unplaced).map(([kind, missing]) => `${kind} (${missing} fewer)`);
  return names.length === 0
    ? []
    : [`found no place in these logs, or no more of them, for: ${names.join(", ")}`, ""];
}

function cleanLines({ windows, sessions, alarms, alerts, days, daily }: CleanPart): string[] {
  const parts = [
    windows > 0 ? `${count(windows)} windows` : "",
    sessions > 0 ? `${count(sessions)} sessions` : "",
  ];
  const what = parts.filter((part) => part !== "").join(" and "),
    span = days === null ? "" : ` in ${number(days)} days`;
  const lines = [
    `untouched: ${what}${span}, ${count(alarms)} alarms, which make ${count(alerts.length)} alerts`,
  ];
  for (const { service, start, windows, cause } of alerts.slice(0, SHOWN)) {
    const when = start === null ? "" : ` ${start.slice(0, 16)}Z`;
    lines.push(`  ${service}${when}, ${count(windows)} ${windows === 1 ? "alarm" : "alarms"}: ${cause}`);
  }
  if (alerts.length > SHOWN) lines.push(`  … and ${count(alerts.length - SHOWN)} more (--json has all)`);
  if (daily === null) {
    return [...lines, "forecast: the lines have no times, so there are no alerts a day to expect"];
  }
  const { rate, low, high, least, most } = daily;
  return [
    ...lines,
    `forecast: ${number(rate)} alerts a day (95 %: ${number(low)}–${number(high)}); ` +
    `nine days of ten bring ${least} to ${most}`,
    "          if nothing was wrong in that time; where something was, alerts about it are right, and fewer are false",
    ...(days! < 1 ? ["          less than a day was tested: that says little about a whole one"] : []),
  ];
}

function count(value: number): string {
  return value.toLocaleString("en");
}

function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(2)));
}
