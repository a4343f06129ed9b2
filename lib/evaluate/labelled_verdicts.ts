/**
 * Verdicts of several streams, divided by the labels that speak of them.
 *
 * @module
 */
import type { JudgedWindow } from "./judged_windows.ts";
import type { Labels, SpanLabel } from "./labels.ts";

/** Labels of one file, and the verdicts that they speak of: what `evaluateLevels` takes. */
export interface LabelledVerdicts<Window extends JudgedWindow> {
  labels: Labels;
  windows: Window[];
  /** Labels that are left out, because they lie before what is evaluated. */
  before: number;
  /** Labels that are left out, because no verdict at all is about their services or sessions. */
  elsewhere: number;
}

/**
 * Labels by key speak of the verdicts that have their keys. Labels of spans speak of the others: a session's verdict names no
 * service, so it would be compared with every service's spans. What starts before `from` is left out, on both sides: a model is
 * evaluated on what it did not learn from.
 *
 * @param windows Verdicts of all streams.
 * @param labels One a file.
 * @param from ms; default: nothing is left out.
 * @returns One for each of `labels`. A labelled key without any verdict stays: it counts as missing, unless all are.
 *
 * @example An order is compared with the labels of orders, a window with those of spans
 * ```ts
 * import assert from "node:assert/strict";
 * import { labelledVerdicts } from "./labelled_verdicts.ts";
 *
 * const order = { key: "7", service: null, start: 60, end: 70, score: 2, anomalous: true };
 * const window = { key: "web@0", service: "web", start: 0, end: 60, score: 0, anomalous: false };
 * const [byKey, bySpan] = labelledVerdicts([order, window, { ...window, start: 60, end: 120 }], [
 *   { by: "key", labels: [{ key: "7", anomalous: true, kind: "lost" }] },
 *   { by: "span", labels: [{ start: 70, end: 80, service: "web", anomalous: true, kind: "outage" }] },
 * ], 60);
 * assert.deepEqual(byKey.windows, [order]);
 * assert.deepEqual(bySpan.windows.map(({ start }) => start), [60]);
 * ```
 */
export function labelledVerdicts<Window extends JudgedWindow>(
  windows: readonly Window[],
  labels: readonly Labels[],
  from = -Infinity,
): LabelledVerdicts<Window>[] {
  const isLater = ({ start }: JudgedWindow) => !(start < from); // also where there is no time
  const byKey = labels.flatMap((one) => one.by === "key" ? one.labels : []);
  const labelled = new Set(byKey.map(({ key }) => key));
  const others = windows.filter(({ key }) => !labelled.has(key));
  return labels.map((one) => {
    if (one.by === "span") {
      return { ...spansWithin(one.labels, others, from), windows: others.filter(isLater) };
    }
    const keys = new Set(one.labels.map(({ key }) => key)), own = windows.filter(({ key }) => keys.has(key));
    const later = own.filter(isLater), known = new Set(own.map(({ key }) => key));
    const kept = new Set(later.map(({ key }) => key));
    if (own.length === 0) {
      return { labels: { by: "key", labels: [] }, windows: [], before: 0, elsewhere: one.labels.length };
    }
    const left = one.labels.filter(({ key }) => kept.has(key) || !known.has(key));
    const before = one.labels.length - left.length;
    return { labels: { by: "key", labels: left }, windows: later, before, elsewhere: 0 };
  });
}

/** The spans that reach behind `from`, of services that windows are about. */
function spansWithin(spans: readonly SpanLabel[], windows: readonly JudgedWindow[], from: number) {
  const services = new Set(windows.map(({ service }) => service));
  const isKnown = ({ service }: SpanLabel) =>
    services.has(service) || services.size > 0 && (service === "" || service === "*" || services.has(null));
  const known = spans.filter(isKnown), later = known.filter(({ start, end }) => end > from || start >= from);
  return {
    labels: { by: "span" as const, labels: later },
    before: known.length - later.length,
    elsewhere: spans.length - known.length,
  };
}
