/**
 * What a window's trouble is about: the reason that a person at night must hear of first.
 *
 * @module
 */
import type { Reason } from "../../lib/mod.ts";

/** Level of a reason's template as OpenTelemetry `SeverityNumber`; 0 = it names none. */
export type LevelOf = (reason: Reason) => number;

/** OpenTelemetry `SeverityNumber` from which a level counts. */
const DEBUG = 1, WARN = 13, ERROR = 17, FATAL = 21;
/** Part of the verdict below which a reason leads no window. */
const TELLING = 0.1;
/** Times as often as expected from which a template has come more often. */
const MORE = 2;

/** How a reason is named among those of its alert. */
export function causeId({ kind, id }: Pick<Reason, "kind" | "id">): string {
  return `${kind}:${id}`;
}

/**
 * The reason that leads a window: a fatal error that came more often than expected, else such an error, else the one with
 * the largest share. A template is named rather than a level or the rest. `undefined` without reasons.
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
  const telling = reasons.filter(({ share }) => share >= TELLING);
  const rank = (reason: Reason) => isTemplate(reason) ? 1 + urgency(reason, levelOf) : 0;
  return (telling.length > 0 ? telling : reasons)
    .reduce<Reason | undefined>((a, b) => a === undefined || rank(b) > rank(a) ? b : a, undefined);
}

/** What makes anomalous windows the same trouble: what leads them. */
export function causeOf(leading: Reason | undefined): string {
  return leading === undefined ? "unknown" : causeId(leading);
}

/**
 * Whether `leading` is worth an alert of its own where another alert of the service is open: an error that came more often
 * than expected, or a template that training has not seen, unless its own level says that it is harmless.
 */
export function isNews(leading: Reason, levelOf: LevelOf): boolean {
  if (!isTemplate(leading) || !cameMore(leading)) return false;
  const level = levelOf(leading);
  return level >= ERROR || (leading.kind === "unseen" && (level < DEBUG || level >= WARN));
}

/** The worst level among reasons that came more often than expected: errors that stay away are no errors. */
export function worstLevel(reasons: readonly Reason[], levelOf: LevelOf): number {
  return Math.max(0, ...reasons.filter((reason) => reason.actual > reason.expected).map(levelOf));
}

function urgency(reason: Reason, levelOf: LevelOf): number {
  const level = cameMore(reason) ? levelOf(reason) : 0;
  return Number(level >= ERROR) + Number(level >= FATAL);
}

function isTemplate({ kind }: Reason): boolean {
  return kind === "template" || kind === "unseen";
}

function cameMore({ actual, expected }: Reason): boolean {
  return actual > 0 && actual >= MORE * expected;
}
