/**
 * What people are told of the numbers and times of sessions.
 *
 * @module
 */
import { weightedParts } from "../../detector/series/weighted_parts.ts";
import type { TemplateNames } from "../../feature/event_window.ts";
import { numberText, percentText } from "../../table/figures.ts";
import type { Opinion, Part } from "../ensemble.ts";
import type { FittedLines } from "./fit_lines.ts";
import { type Judged, scoreOf } from "./judged.ts";
import type { RecentValues } from "./recent.ts";
import { ENOUGH, logarithm, RUN, type SlotLine, valueAt } from "./slot_line.ts";
import { valueText } from "./value_text.ts";

/** The detector of times, which follow from much else that may happen in a session. */
export const SESSION_TIME = "session-time";
/** What identifies the time before a step, and that of a whole session, among the values of a template. */
const TIME_DETAIL = "time before", DURATION_DETAIL = "whole session";

/**
 * The opinions on what is beyond its line, strongest first: one on numbers and one on times, which are not told where a number of
 * the same step is.
 */
export function opinionsOf(beyond: readonly Judged[], names: TemplateNames): Opinion[] {
  const numbers = beyond.filter(({ measure: { slot } }) => slot !== "");
  const said = new Set(numbers.map(({ measure: { template } }) => template)),
    times = new Map<number, Judged>();
  for (const one of beyond) { // of a step that comes after several the time that tells most
    const { measure: { slot, template }, excess } = one, known = times.get(template);
    if (slot !== "" || said.has(template) || (known !== undefined && known.excess >= excess)) continue;
    times.set(template, one);
  }
  return [
    opinionOf("session-value", numbers, names),
    opinionOf(SESSION_TIME, [...times.values()], names),
  ].filter(({ parts }) => parts.length > 0).sort((a, b) => b.evidence - a.evidence);
}

function opinionOf(detector: string, beyond: readonly Judged[], names: TemplateNames): Opinion {
  const parts = weightedParts(beyond.map(({ line, measure: { kind }, shift, excess, shown }) => {
    const { value, isRun } = shown;
    const usual = shift === 0 ? shown.usual : valueAt(line, logarithm(line, shown.usual) + shift);
    const what = isRun
      ? `median of the last ${RUN} sessions ${valueText(value, kind)}`
      : valueText(value, kind);
    const said = `${what}, usually at most ${valueText(usual, kind)}${sinceText(line, names)}`;
    return { ...partOf(line, said), weight: excess ** 3, actual: value, expected: usual };
  }));
  return { detector, evidence: scoreOf(beyond), parts };
}

/**
 * The opinion that values shift.
 *
 * @param shifted Lines that many of the last sessions are beyond, with their last values.
 * @param count How many lines there are.
 */
export function shiftOpinion(
  shifted: readonly { line: SlotLine; last: RecentValues }[],
  count: number,
  names: TemplateNames,
): Opinion {
  const parts = weightedParts(shifted.map(({ line, last }) => {
    const { kind, usual } = line, above = last.above(usual);
    const said = `above ${valueText(usual, kind)} in ${above} of the last ${last.length} sessions${
      sinceText(line, names)
    }`;
    return { ...partOf(line, said), weight: above, actual: last.upper(), expected: usual };
  }));
  return { detector: "behaviour-shift", evidence: 1 + parts.length / count, parts };
}

function partOf(
  { template, slot, since }: SlotLine,
  said: string,
): Pick<Part, "kind" | "template" | "detail" | "text"> {
  const detail = slot !== "" ? slot : since < 0 ? DURATION_DETAIL : TIME_DETAIL;
  return { kind: "value", template, detail, text: said };
}

function sinceText({ since }: SlotLine, names: TemplateNames): string {
  return since < 0 ? "" : `, after \`${names.text(since)}\``;
}

/**
 * What a person should know of how lines were fitted.
 *
 * @param rate Share of normal sessions that they may flag.
 */
export function notesOf({ lines, sessions, samples }: FittedLines, rate: number): string[] {
  if (lines.length === 0) {
    const isNoted = [...samples.values()].some(({ template }) => template >= 0);
    return isNoted && sessions < ENOUGH
      ? [`numbers and times are judged from ${ENOUGH} sessions on, there are ${sessions}`]
      : [];
  }
  const shown = Math.max(rate, .5 / (sessions + 1));
  return [
    `${
      lines.length === 1 ? "one number or time is" : `${numberText(lines.length)} numbers and times are`
    } expected to flag ${percentText(shown)} of normal ones`,
  ];
}
