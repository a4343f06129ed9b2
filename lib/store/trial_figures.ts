/**
 * What a candidate decides otherwise than the model that is active.
 *
 * @module
 */
import { isAboutInput } from "../explain/explain.ts";
import type { Verdict } from "../explain/reason.ts";
import { type AlertFacts, alertFacts } from "./alert_facts.ts";
import type { Said } from "./rows.ts";
import type { State } from "./state.ts";

/** A stream's trial. */
export interface TrialOptions {
  stream: string;
  /** Windows that had ended by then don't count, ms; -Infinity = all do. */
  from: number;
}

/** A window on which both decide otherwise. */
export interface TrialWindow {
  key: string;
  service: string;
  /** ms; NaN where it has no times. */
  start: number;
  /** Score by the active model and by the candidate; above 1 = anomalous. */
  active: number;
  candidate: number;
  /** The verdict of the one that calls it anomalous. */
  verdict: Verdict;
}

/** Alerts of one service since the trial began. */
export interface TrialService {
  /** Name of the service; empty = sessions. */
  service: string;
  /** Alerts of the active model and of the candidate. */
  active: number;
  candidate: number;
  /** Windows that only one of them calls anomalous. */
  added: number;
  dropped: number;
}

/** An alert of the active model, and whether the candidate calls one of its windows anomalous as well. */
export interface TrialAlert {
  alert: AlertFacts;
  /** What people said of it; `null` = nothing. */
  said: Said | null;
  seen: boolean;
}

/** What came of a stream's trial so far. */
export interface TrialFigures {
  stream: string;
  /** Windows that both judged, and how long that was, ms; 0 where nothing has times. */
  windows: number;
  span: number;
  /** Alerts that began since, of the active model and of the candidate. */
  active: number;
  candidate: number;
  /** Windows that the active model and that the candidate calls anomalous. */
  anomalous: { active: number; candidate: number };
  services: TrialService[];
  /** Windows that only the candidate, or only the active model, calls anomalous; earliest first. */
  added: TrialWindow[];
  dropped: TrialWindow[];
  /** The active model's alerts of which windows were judged by both. */
  alerts: TrialAlert[];
}

/**
 * Compares what two states have of a stream since a time: that of the active model, and that of a candidate. Windows that only one
 * of them has judged so far are not compared.
 *
 * @example The candidate has no eye for the second window
 * ```ts
 * import assert from "node:assert/strict";
 * import { State } from "./state.ts";
 * import { trialFigures } from "./trial_figures.ts";
 *
 * const verdict = (minute: number, score: number) => ({ stream: "shop", key: `db@${minute}`, kind: "window" as const, service: "db",
 *   start: minute * 60_000, end: (minute + 1) * 60_000, lines: 9, score, threshold: 1, anomalous: score > 1, reasons: [] });
 * const active = State.open(":memory:"), candidate = State.open(":memory:");
 * active.putVerdicts([verdict(0, 9), verdict(1, 9), verdict(2, 0)], "v0001");
 * candidate.putVerdicts([verdict(1, 0.5), verdict(2, 2)], "v0002");
 * const { windows, added, dropped } = trialFigures(active, candidate, { stream: "shop", from: 60_000 });
 * assert.deepEqual([windows, added.map(({ key }) => key), dropped.map(({ key }) => key)], [2, ["db@2"], ["db@1"]]);
 * ```
 */
export function trialFigures(active: State, candidate: State, { stream, from }: TrialOptions): TrialFigures {
  const isNew = ({ end }: { end: number }) => !(end <= from); // what has no times is
  const seen = comparedOf(candidate, active, { stream, isNew });
  const known = comparedOf(active, candidate, { stream, isNew });
  const [added, dropped] = [seen, known].map((all) => all.filter(({ other }) => !other.anomalous));
  const [ours, theirs] = [active, candidate].map((state) => alertsOf(state, { stream, from }));
  const { windows, span } = judgedBy(candidate, { stream, from });
  return {
    ...{ stream, windows, span, active: ours.length, candidate: theirs.length },
    anomalous: { active: known.length, candidate: seen.length },
    services: servicesOf({ added, dropped, ours, theirs }),
    added: added.map(({ verdict, other }) => trialWindow(verdict, other.score, verdict.score)),
    dropped: dropped.map(({ verdict, other }) => trialWindow(verdict, verdict.score, other.score)),
    alerts: comparedAlerts(active, candidate, ours),
  };
}

function trialWindow(verdict: Verdict, active: number, candidate: number): TrialWindow {
  const { key, service, start } = verdict;
  return { key, service, start, active, candidate, verdict };
}

/** Anomalous windows of one state that the other one has judged as well. */
function comparedOf(
  state: State,
  other: State,
  { stream, isNew }: { stream: string; isNew: (window: { end: number }) => boolean },
): { verdict: Verdict; other: Verdict }[] {
  return state.verdicts({ stream, anomalous: true }).filter(isNew).flatMap((verdict) => {
    const there = other.verdict(stream, verdict.key);
    return there === null ? [] : [{ verdict, other: there }];
  });
}

/** Alerts with windows that began since; those about inputs have nothing to do with models. */
function alertsOf(state: State, { stream, from }: TrialOptions): AlertFacts[] {
  return state.alerts().filter((alert) =>
    alert.stream === stream && alert.status !== "pending" && !(alert.start < from) &&
    !isAboutInput(alert.cause ?? "")
  )
    .map(alertFacts).filter(({ windows }) => windows > 0);
}

function judgedBy(state: State, { stream, from }: TrialOptions): { windows: number; span: number } {
  const row = state.database.prepare(
    `select count(*) as windows, min(start) as first, max(end) as last from verdict
    where stream = ? and (end is null or end > ?)`,
  ).get(stream, Math.max(from, -8.64e15));
  const { windows, first, last } = row as { windows: number; first: number | null; last: number | null };
  if (first === null || last === null) return { windows, span: 0 };
  return { windows, span: last - Math.max(first, from) };
}

function comparedAlerts(active: State, candidate: State, alerts: readonly AlertFacts[]): TrialAlert[] {
  const windows = Map.groupBy(
    alerts.length === 0 ? [] : active.alertedWindows(alerts[0].stream),
    ({ alert }) => alert,
  );
  return alerts.flatMap((alert) => {
    const judged = (windows.get(alert.id) ?? []).map(({ key }) => candidate.verdict(alert.stream, key))
      .filter((verdict) => verdict !== null);
    if (judged.length === 0) return [];
    const said = active.feedback.of(alert.id)?.said ?? null;
    return [{ alert, said, seen: judged.some(({ anomalous }) => anomalous) }];
  });
}

function servicesOf(
  { added, dropped, ours, theirs }: Record<"added" | "dropped", { verdict: Verdict }[]> & {
    ours: AlertFacts[];
    theirs: AlertFacts[];
  },
): TrialService[] {
  const services = new Map<string, TrialService>();
  const of = ({ kind, service }: { kind: Verdict["kind"]; service: string }) => {
    const name = kind === "session" ? "" : service;
    const none = { service: name, active: 0, candidate: 0, added: 0, dropped: 0 };
    return services.get(name) ?? services.set(name, none).get(name)!;
  };
  for (const alert of ours) of(alert).active++;
  for (const alert of theirs) of(alert).candidate++;
  for (const { verdict } of added) of(verdict).added++;
  for (const { verdict } of dropped) of(verdict).dropped++;
  return [...services.values()].sort((a, b) => a.service < b.service ? -1 : 1);
}
