/**
 * How many false alarms a model may cause.
 *
 * @module
 */
import type { Ensemble } from "../ensemble/ensemble.ts";
import { Raised } from "../ensemble/raised.ts";
import { SeriesEnsemble } from "../ensemble/series.ts";
import { SessionModes } from "../ensemble/session_modes.ts";
import { SessionValues, VALUES_PART } from "../ensemble/session_values.ts";
import { Together } from "../ensemble/together.ts";
import type { StreamModel } from "./stream_model.ts";

/** What was allowed when a model was fitted; `null` = its lines were not drawn for a budget. */
export interface PromisedBudget {
  /** False alarms a day of time windows, of all the services together. */
  alertsPerDay: number | null;
  /** Share of normal sessions, 0–1. */
  sessions: number | null;
}

/**
 * The budget of false alarms that a model's lines were drawn for.
 *
 * @param services Those whose time windows it judges: each has a part of the budget, or that of services not seen in training.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stdinInput } from "../source/stdin.ts";
 * import { fitStream } from "./fit.ts";
 * import { learn } from "./learn.ts";
 * import { promisedBudget } from "./promised_budget.ts";
 * import { streamSettings } from "./stream_settings.ts";
 *
 * const log = Array.from({ length: 30 }, (_, i) => `2026-03-02T10:${10 + i}:01Z INFO request ${i} served\n`).join("");
 * const learned = await learn(streamSettings({ name: "web", window: 60_000 }), [stdinInput(new Blob([log]).stream())]);
 * const model = await fitStream(learned, { threshold: { rule: "budget", level: .999, k: 3, alertsPerDay: 2 } });
 * assert.deepEqual(promisedBudget(model, ["web"]), { alertsPerDay: 2, sessions: null });
 * ```
 */
export function promisedBudget({ scopes }: StreamModel, services: Iterable<string>): PromisedBudget {
  const membersIn = (name: string) => scopes.filter((scope) => scope.name === name).flatMap(membersOf);
  const seriesIn = (name: string) => membersIn(name).find((one) => one instanceof SeriesEnsemble);
  let alertsPerDay: number | null = 0;
  for (const service of new Set(services)) {
    const part = (seriesIn(`service ${service}`) ?? seriesIn("*"))?.alertsPerDay;
    alertsPerDay = part === undefined || alertsPerDay === null ? null : alertsPerDay + part;
  }
  return { alertsPerDay: alertsPerDay || null, sessions: sessionsOf(membersIn("sessions")) };
}

/** Sessions' values have a part of the budget where there are any. */
function sessionsOf(members: readonly Ensemble[]): number | null {
  const modes = members.find((one) => one instanceof SessionModes);
  if (modes === undefined) return null;
  const hasValues = members.some((one) => one instanceof SessionValues && one.lines.length > 0);
  return Number((hasValues ? modes.budget / (1 - VALUES_PART) : modes.budget).toPrecision(12));
}

function membersOf({ ensemble }: { ensemble: Ensemble }): Ensemble[] {
  if (ensemble instanceof Raised) return membersOf({ ensemble: ensemble.inner });
  return ensemble instanceof Together
    ? ensemble.members.flatMap((member) => membersOf({ ensemble: member }))
    : [ensemble];
}
