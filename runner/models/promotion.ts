/**
 * Whether a candidate takes the place of the active model.
 *
 * @module
 */
import { countText, numberText, percentText, type TrialAlert, type TrialFigures } from "../../lib/mod.ts";
import { formatDuration } from "../config/duration.ts";

/** What is asked of a candidate. */
export interface PromotionPolicy {
  /** Span of logs that it must have judged of every stream, ms. */
  least: number;
  /** Span after which its trial ends in any case, ms. */
  most: number;
  /** It may raise so many times the alerts of the active model, and one a day more. */
  alerts: number;
}

/** What becomes of a candidate. */
export interface Promotion {
  /** `wait` = it can't be said yet. */
  outcome: "promote" | "wait" | "refuse";
  /** Why, a sentence each. */
  why: string[];
}

/** Severities at which a person must have had a word before an alert may be lost. */
const SEVERE = ["high", "critical"];
/** Share of all windows that a candidate may call anomalous in any case: one alert that never ends is no better than many. */
const ALWAYS_ALLOWED = 0.05;
/** Alerts that a sentence names. */
const NAMED = 3;
const DAY = 86_400_000;

/**
 * What the figures of all streams come to. A candidate is refused that raises much more, or that doesn't see what people called
 * true; one that loses a severe alert of which nobody has said anything waits for a word.
 *
 * @param lacking Streams that the active model knows and the candidate doesn't.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { promotionOf } from "./promotion.ts";
 *
 * const policy = { least: 86_400_000, most: 14 * 86_400_000, alerts: 2 };
 * const quiet = { stream: "shop", windows: 288, span: 86_400_000, active: 2, anomalous: { active: 4, candidate: 5 }, services: [],
 *   added: [], dropped: [], alerts: [] };
 * assert.equal(promotionOf([{ ...quiet, candidate: 3 }], policy).outcome, "promote");
 * assert.equal(promotionOf([{ ...quiet, candidate: 40 }], policy).outcome, "refuse");
 * assert.equal(promotionOf([{ ...quiet, candidate: 3, span: 9_000_000 }], policy).outcome, "wait");
 * ```
 */
export function promotionOf(
  figures: readonly TrialFigures[],
  policy: PromotionPolicy,
  lacking: readonly string[] = [],
): Promotion {
  const refused = [
    ...lackingText(lacking),
    ...missedText(figures),
    ...figures.flatMap((one) => moreText(one, policy)),
  ];
  if (refused.length > 0) return { outcome: "refuse", why: refused };
  const waits = [...youngText(figures, policy), ...lostText(figures)];
  if (waits.length > 0 && isOver(figures, policy)) {
    return { outcome: "refuse", why: [`its trial has lasted ${formatDuration(policy.most)}`, ...waits] };
  }
  return waits.length > 0
    ? { outcome: "wait", why: waits }
    : { outcome: "promote", why: figures.map((one) => rateText(one)) };
}

/** Whether a trial has lasted as long as it may, in every stream. */
export function isOver(figures: readonly TrialFigures[], { most }: Pick<PromotionPolicy, "most">): boolean {
  return figures.length > 0 && figures.every(({ span }) => span >= most);
}

/** Alerts a day of both. */
export function rateText({ stream, active, candidate, span }: TrialFigures): string {
  const days = Math.max(span, 1) / DAY, rate = (alerts: number) => numberText(alerts / days, 2);
  return `${stream}: ${rate(candidate)} alerts a day beside ${rate(active)} of the active model`;
}

function lackingText(lacking: readonly string[]): string[] {
  return lacking.length === 0 ? [] : [`it has not learned ${lacking.join(", ")}: train anew`];
}

function missedText(figures: readonly TrialFigures[]): string[] {
  const missed = figures.flatMap(({ alerts }) => alerts).filter(({ said, seen }) => said === "true" && !seen);
  return missed.length === 0 ? [] : [`it doesn't see what people called true: ${namesOf(missed)}`];
}

/** One alert too many is chance: a rate is compared once half of `least` is judged, or where it is beyond all doubt. */
function moreText(figures: TrialFigures, { alerts, least }: PromotionPolicy): string[] {
  const { stream, candidate, active, anomalous, windows, span } = figures;
  const allowed = alerts * active + Math.max(1, span / DAY), isJudged = span >= least / 2;
  if (candidate > (isJudged ? allowed : 4 * allowed)) return [`it raises much more: ${rateText(figures)}`];
  const most = Math.max(alerts * anomalous.active, ALWAYS_ALLOWED * windows);
  if (!isJudged || anomalous.candidate <= most) return [];
  const shares = [anomalous.candidate, anomalous.active].map((count) => percentText(count / windows));
  return [
    `it raises much more: ${stream}: it calls ${shares[0]} of the windows anomalous, the active model ${
      shares[1]
    }`,
  ];
}

function youngText(figures: readonly TrialFigures[], { least }: PromotionPolicy): string[] {
  if (figures.length === 0) return ["it has judged nothing yet"];
  return figures.filter(({ span }) => span < least).map(({ stream, span, windows }) =>
    `${stream}: it has judged ${
      span < 60_000 ? countText(windows, "window") : formatDuration(Math.floor(span / 60_000) * 60_000)
    }, ${formatDuration(least)} are asked for`
  );
}

function lostText(figures: readonly TrialFigures[]): string[] {
  const lost = figures.flatMap(({ alerts }) => alerts).filter(({ alert, said, seen }) =>
    !seen && said === null && SEVERE.includes(alert.severity)
  );
  return lost.length === 0 ? [] : [
    `it doesn't see ${
      namesOf(lost)
    }: \`deno task deepscan feedback ALERT true|false|expected\` says whether it should`,
  ];
}

function namesOf(alerts: readonly TrialAlert[]): string {
  const named = alerts.slice(0, NAMED).map(({ alert: { id, title } }) => `${id} (${title})`).join(", ");
  return alerts.length > NAMED ? `${named} and ${alerts.length - NAMED} more` : named;
}
