/**
 * What a window's trouble is about: the reason that a person at night must hear of first.
 *
 * @module
 */
import { type Reason, reasonKey } from "../../lib/mod.ts";

/** Level of a reason's template as OpenTelemetry `SeverityNumber`; 0 = it names none. */
export type LevelOf = (reason: Reason) => number;

/** OpenTelemetry `SeverityNumber` from which a level counts. */
const DEBUG = 1, WARN = 13, ERROR = 17, FATAL = 21;
/** Part of the verdict below which a reason leads no window, unless it is a threat: each of those stands for itself. */
const TELLING = 0.1;
/** Times as often as expected from which a template has come more often. */
const MORE = 2;

/** How a reason is named among those of its alert: the same in every window that is about the same thing. */
export function causeId(reason: Pick<Reason, "kind" | "id">): string {
  return reasonKey(reason);
}

/**
 * The reason that leads a window, by the first of these that there is:
 *
 * 1. a threat that has the largest share or does harm; that nothing at all was logged;
 * 2. a fatal error that came more often than expected, then any error that did;
 * 3. a threat that has not much less than the largest share;
 * 4. what is about a template and has not much less than the largest share: its events, a value, an order;
 * 5. any other threat;
 * 6. what has the largest share.
 *
 * `undefined` without reasons.
 *
 * @param reasons Of one verdict, largest share first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { leadingReason } from "./cause.ts";
 *
 * const reason = { detector: "d", kind: "template" as const, title: "", actual: 9, expected: 0, firstSeen: null, example: "" };
 * const reasons = [{ ...reason, id: "calm", share: .7 }, { ...reason, id: "failed", share: .3 }];
 * assert.equal(leadingReason(reasons, ({ id }) => id === "failed" ? 17 : 9)?.id, "failed");
 * ```
 */
export function leadingReason(reasons: readonly Reason[], levelOf: LevelOf): Reason | undefined {
  const telling = reasons.filter(({ kind, share }) => share >= TELLING || kind === "source");
  const rank = (reason: Reason) => rankOf(reason, reasons[0], levelOf);
  return (telling.length > 0 ? telling : reasons)
    .reduce<Reason | undefined>((a, b) => a === undefined || rank(b) > rank(a) ? b : a, undefined);
}

/** Ranks of what may lead a window. */
const RANKS = { rest: 0, someThreat: 0.5, template: 1, threat: 1.5, error: 2, fatal: 3, foremost: 4 };
/** Part of the largest share that is not much less. */
const COMPARABLE = 1 / 3;

function rankOf(reason: Reason, largest: Reason, levelOf: LevelOf): number {
  const { kind, share, actual } = reason, isComparable = share >= COMPARABLE * largest.share;
  if (kind === "source") {
    if (reason === largest || doesHarm(reason)) return RANKS.foremost;
    return isComparable ? RANKS.threat : RANKS.someThreat;
  }
  if (kind === "total" && actual === 0) return RANKS.foremost;
  if (!isDefinite(reason)) return RANKS.rest;
  const level = isTemplate(reason) && cameMore(reason) ? levelOf(reason) : 0;
  if (level >= ERROR) return level >= FATAL ? RANKS.fatal : RANKS.error;
  return isComparable ? RANKS.template : RANKS.rest;
}

/** Whether a reason says more than how much there was. */
export function isDefinite({ kind }: Reason): boolean {
  return kind !== "total" && kind !== "level" && kind !== "other";
}

/**
 * Whether threats alone are what a window is about: one leads it, and whatever else is telling is how much there was in all or of
 * a level, which such a threat makes more.
 */
export function isThreat(reasons: readonly Reason[], leading: Reason | undefined): boolean {
  const follows = ["source", "total", "level"];
  return leading?.kind === "source" &&
    reasons.every(({ kind, share }) => share < TELLING || follows.includes(kind));
}

function doesHarm({ severity }: Reason): boolean {
  return severity === "high" || severity === "critical";
}

/** What makes anomalous windows the same trouble: what leads them. */
export function causeOf(leading: Reason | undefined): string {
  return leading === undefined ? "unknown" : causeId(leading);
}

/**
 * Whether `leading` is worth an alert of its own where another alert of the service is open: a threat; an error that came more
 * often than expected, or a template that training has not seen, unless its own level says that it is harmless.
 */
export function isNews(leading: Reason, levelOf: LevelOf): boolean {
  if (leading.kind === "source") return true;
  if (!isTemplate(leading) || !cameMore(leading)) return false;
  const level = levelOf(leading);
  return level >= ERROR || (leading.kind === "unseen" && (level < DEBUG || level >= WARN));
}

/** The worst level among reasons that came more often than expected: errors that stay away are no errors. */
export function worstLevel(reasons: readonly Reason[], levelOf: LevelOf): number {
  return Math.max(0, ...reasons.filter((reason) => reason.actual > reason.expected).map(levelOf));
}

function isTemplate({ kind }: Reason): boolean {
  return kind === "template" || kind === "unseen";
}

function cameMore({ actual, expected }: Reason): boolean {
  return actual > 0 && actual >= MORE * expected;
}
