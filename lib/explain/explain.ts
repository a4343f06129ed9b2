/**
 * Opinions of detectors → reasons: which templates made a verdict, and what was expected instead.
 *
 * @module
 */
import type { Opinion, Part } from "../ensemble/ensemble.ts";
import type { ThreatPart } from "../ensemble/threats.ts";
import type { TemplateNames } from "../feature/event_window.ts";
import type { DetectorShare, Reason } from "./reason.ts";

/** How {@linkcode explain} goes about it. */
export interface ExplainOptions {
  /** Reasons at most; what the others contributed is shared out among these in proportion. Default 5. */
  limit?: number;
  /** What people call a template now, by its id and text; default: by these. */
  resolve?: (id: string, text: string) => { id: string; text: string };
  /** When a template that training didn't know was first seen, ms; default: nobody knows. */
  firstSeen?: (template: number) => number | null;
  /** Most severe OpenTelemetry `SeverityNumber` that a template has in the window; default: nobody knows. */
  level?: (template: number) => number;
}

/** Reasons that a person can take in. */
const LIMIT = 5;

/**
 * Reasons of one verdict, most telling first; their shares sum to 1. Empty without opinions.
 *
 * Events of a template are one reason, whichever detectors speak of them and whether they know it; a threat that does harm is
 * among the reasons however little its share.
 *
 * The share of a reason is the sum over the opinions of w · c, where c is its part of the opinion (an opinion's parts sum to
 * 1) and w the opinion's part of all evidence. With these weights the true template came first in 98–100 % of injected windows.
 *
 * @throws {RangeError} if the limit is not a whole number above 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { explain } from "./explain.ts";
 *
 * const names = { id: () => "P7", text: () => "disk <*> failed", severity: () => 17, indexOf: () => 0 };
 * const part = { kind: "unseen" as const, template: 0, detail: "", text: "", share: 1, actual: 3, expected: 0 };
 * const [reason] = explain([{ detector: "new-template", evidence: 4, parts: [part] }], names);
 * assert.equal(reason.title, "disk <*> failed");
 * assert.deepEqual([reason.share, reason.actual, reason.expected], [1, 3, 0]);
 * ```
 */
export function explain(
  opinions: readonly Opinion[],
  names: TemplateNames,
  options: ExplainOptions = {},
): Reason[] {
  const { limit = LIMIT } = options;
  if (!(Number.isInteger(limit) && limit > 0)) throw new RangeError(`Cannot explain: the limit is ${limit}`);
  const reasons = new Map<string, { reason: Reason; most: number }>();
  for (const opinion of opinions) {
    for (const [key, reason] of reasonsOf(opinion, names, options)) {
      const share = opinion.evidence * reason.share, known = reasons.get(key);
      if (known === undefined) reasons.set(key, { reason: { ...reason, share }, most: share });
      else reasons.set(key, together(known, reason, share));
    }
  }
  return largest([...reasons.values()].map(({ reason }) => reason), limit);
}

/**
 * How much each detector that fired said of all that was said: its evidence as a part of the sum, most first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { detectorShares } from "./explain.ts";
 *
 * const shares = detectorShares([{ detector: "record", evidence: 3, parts: [] }, { detector: "order", evidence: 1, parts: [] }]);
 * assert.deepEqual(shares, [{ detector: "record", share: .75 }, { detector: "order", share: .25 }]);
 * ```
 */
export function detectorShares(opinions: readonly Opinion[]): DetectorShare[] {
  const sum = opinions.reduce((total, { evidence }) => total + evidence, 0);
  return opinions.map(({ detector, evidence }) => ({ detector, share: evidence / sum }))
    .sort((a, b) => b.share - a.share);
}

/** Reasons that one opinion gives; parts that people call the same are one, their counts added up. */
function reasonsOf({ detector, parts }: Opinion, names: TemplateNames, options: ExplainOptions) {
  const reasons = new Map<string, Reason>();
  for (const part of parts) {
    const reason = { ...reasonOf(part, detector, names, options), share: part.share };
    const key = reasonKey(reason), known = reasons.get(key);
    if (known === undefined) reasons.set(key, reason);
    else {
      const counts = known.span === reason.span
        ? { actual: known.actual + reason.actual, expected: known.expected + reason.expected }
        : {}; // of other spans: those of the part that says most, which is the first
      Object.assign(known, counts, { share: known.share + reason.share });
    }
  }
  return reasons;
}

/**
 * What a reason is about, in one word: equal for reasons that are about the same thing. Events of a template are the same ones
 * whether it is known or not.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { reasonKey } from "./explain.ts";
 *
 * assert.equal(reasonKey({ kind: "unseen", id: "P7" }), reasonKey({ kind: "template", id: "P7" }));
 * assert.notEqual(reasonKey({ kind: "order", id: "P7" }), reasonKey({ kind: "template", id: "P7" }));
 * ```
 */
export function reasonKey({ kind, id }: Pick<Reason, "kind" | "id">): string {
  return `${kind === "unseen" ? "template" : kind}:${id}`;
}

/**
 * Whether a {@linkcode reasonKey} is one of how lines come from an input: an alert with such a cause has no windows that were judged.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isAboutInput, reasonKey } from "./explain.ts";
 *
 * assert.deepEqual([reasonKey({ kind: "input", id: "no_data a.log" }), "total:"].map(isAboutInput), [true, false]);
 * ```
 */
export function isAboutInput(key: string): boolean {
  return key.startsWith("input:");
}

function reasonOf(part: Part, detector: string, names: TemplateNames, options: ExplainOptions): Reason {
  const { kind, template, detail, text, actual, expected, span } = part;
  const counts = span === undefined ? { actual, expected } : { actual, expected, span };
  const base = { detector, kind, note: text, share: 0, ...counts, firstSeen: null, example: "" };
  if (isThreat(part)) return { ...base, ...threatOf(part, detector) };
  if (template < 0) return { ...base, id: detail, title: titleOf(kind, detail) };
  const { resolve = (id, text) => ({ id, text }), firstSeen = () => null, level } = options;
  const known = resolve(names.id(template), names.text(template));
  const id = detail === "" ? known.id : `${known.id} ${detail}`;
  return {
    ...base,
    ...{ id, title: known.text, firstSeen: firstSeen(template) },
    ...(level === undefined ? {} : { level: level(template) }),
  };
}

function isThreat(part: Part): part is ThreatPart {
  return "technique" in part;
}

/** A threat by its detector and who is behind it; what stands in its text and in fields of its own is said once. */
function threatOf({ detail, text, technique, severity, since }: ThreatPart, detector: string) {
  const said = ` [${severity}; ${technique.id} ${technique.name}]`;
  return {
    id: `${detector.replace(/^threat:/, "")} ${detail}`,
    title: detail,
    note: text.endsWith(said) ? text.slice(0, -said.length) : text,
    ...{ technique, severity, since },
  };
}

function titleOf(kind: Part["kind"], detail: string): string {
  if (kind === "total") return "all events";
  return kind === "other" ? "other known templates" : detail;
}

/** A reason that several detectors, or several parts, give; counts are those of the one that says most. */
function together(
  { reason: known, most }: { reason: Reason; most: number },
  reason: Reason,
  share: number,
): { reason: Reason; most: number } {
  const sum = known.share + share;
  const kind = known.kind === "unseen" ? known.kind : reason.kind;
  if (share <= most) return { reason: { ...known, kind, share: sum }, most };
  return { reason: { ...reason, kind, note: reason.note || known.note, share: sum }, most: share };
}

/** The largest shares and what does harm, brought to sum 1. */
function largest(reasons: readonly Reason[], limit: number): Reason[] {
  const byShare = (a: Reason, b: Reason) => b.share - a.share || (a.id < b.id ? -1 : 1);
  const kept = reasons.filter(({ share }) => share > 0)
    .sort((a, b) => Number(doesHarm(b)) - Number(doesHarm(a)) || byShare(a, b)).slice(0, limit)
    .sort(byShare);
  const sum = kept.reduce((total, { share }) => total + share, 0);
  return kept.map((reason) => ({ ...reason, share: reason.share / sum }));
}

function doesHarm({ severity }: Reason): boolean {
  return severity === "high" || severity === "critical";
}
