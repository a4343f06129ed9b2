/**
 * False alarms one by one, and what is known of what happened around them.
 *
 * @module
 */
import type { JudgedWindow } from "./judged_windows.ts";
import type { KeyLabel, Labels, SpanLabel } from "./labels.ts";
import { isTimed, overlaps } from "./matched_labels.ts";

/** A label that lies near a false alarm. */
export interface NearLabel {
  /**
   * `harmless`: the alarm is about something that is labelled as harmless; `during`: something anomalous happened then, to another
   * service or session; `after`, `before`: it happened to the same service, or to another session, that long before or later.
   */
  relation: "harmless" | "during" | "after" | "before";
  kind: string;
  /** Service of the span, or key. */
  name: string;
  /** ms between both; 0 where they overlap. */
  gap: number;
}

/** An anomalous verdict on something normal. */
export interface FalseAlarm<Window extends JudgedWindow> {
  window: Window;
  /** `null` = labels know of nothing near. */
  near: NearLabel | null;
}

/** How far around a false alarm is looked, ms. */
const REACH = 3_600_000;

/**
 * The false alarms that `evaluateVerdicts` counts, in the order of the verdicts, and what lies nearest to each: many are not about
 * nothing, but about the echo of something, or about something new that nobody wants to hear of.
 *
 * @param reach ms around an alarm in which labels are near; default an hour.
 *
 * @example Five minutes after an outage
 * ```ts
 * import assert from "node:assert/strict";
 * import { falseAlarms } from "./false_alarms.ts";
 *
 * const window = { key: "web@20", service: "web", start: 20, end: 30, score: 2, anomalous: true };
 * const label = { start: 0, end: 15, service: "web", anomalous: true, kind: "outage" };
 * const [{ near }] = falseAlarms([window], { by: "span", labels: [label] });
 * assert.deepEqual(near, { relation: "after", kind: "outage", name: "web", gap: 5 });
 * ```
 */
export function falseAlarms<Window extends JudgedWindow>(
  windows: readonly Window[],
  labels: Labels,
  reach = REACH,
): FalseAlarm<Window>[] {
  return labels.by === "key" ? ofKeys(windows, labels.labels, reach) : ofSpans(windows, labels.labels, reach);
}

function ofSpans<Window extends JudgedWindow>(
  windows: readonly Window[],
  spans: readonly SpanLabel[],
  reach: number,
): FalseAlarm<Window>[] {
  const anomalous = spans.filter((span) => span.anomalous),
    harmless = spans.filter((span) => !span.anomalous);
  const called = windows.filter((window) => window.anomalous && isTimed(window));
  return called.filter((window) => !anomalous.some((span) => overlaps(window, span))).map((window) => {
    const about = harmless.find((span) => overlaps(window, span));
    if (about !== undefined) {
      return { window, near: { relation: "harmless", kind: about.kind, name: about.service, gap: 0 } };
    }
    const near = anomalous.flatMap((span): NearLabel[] => {
      const { kind, service: name } = span, isOwn = overlaps({ ...window, ...timeOf(span) }, span);
      const own = beside(window, span);
      return isOwn || own.relation === "during" ? [{ ...own, kind, name }] : [];
    });
    return { window, near: nearest(near, reach) };
  });
}

function ofKeys<Window extends JudgedWindow>(
  windows: readonly Window[],
  labels: readonly KeyLabel[],
  reach: number,
): FalseAlarm<Window>[] {
  const truth = new Map(labels.map((label) => [label.key, label]));
  const happened = windows.filter((window) => truth.get(window.key)?.anomalous && isTimed(window));
  const last = new Map(windows.map((window) => [window.key, window])); // as verdicts count: the last one of a key
  return windows.filter((window) =>
    window.anomalous && last.get(window.key) === window && truth.get(window.key)?.anomalous === false
  ).map((window) => {
    const { kind } = truth.get(window.key)!;
    if (kind !== "") return { window, near: { relation: "harmless", kind, name: window.key, gap: 0 } };
    const near = isTimed(window)
      ? happened.map((other) => ({
        ...beside(window, other),
        kind: truth.get(other.key)!.kind,
        name: other.key,
      }))
      : [];
    return { window, near: nearest(near, reach) };
  });
}

const timeOf = ({ start, end }: { start: number; end: number }) => ({ start, end });

/** Where a window lies from something that happened. */
function beside(
  window: JudgedWindow,
  { start, end }: { start: number; end: number },
): Pick<NearLabel, "relation" | "gap"> {
  if (window.start > end || window.start === end && window.end > end) {
    return { relation: "after", gap: window.start - end };
  }
  return window.end < start || window.end === start && window.start < start
    ? { relation: "before", gap: start - window.end }
    : { relation: "during", gap: 0 };
}

function nearest(labels: readonly NearLabel[], reach: number): NearLabel | null {
  const near = labels.filter(({ gap }) => gap <= reach);
  return near.length === 0 ? null : near.reduce((best, one) => one.gap < best.gap ? one : best);
}
