/**
 * Planted incidents held against what was told.
 *
 * @module
 */
import { liveIncidents, type LiveOptions } from "../../data/live.ts";
import { MINUTE } from "../../data/shop/calendar.ts";
import type { Planned } from "../../data/shop/plan.ts";
import type { Arrival } from "./arrival.ts";
import type { Left } from "./outcome.ts";

/** How late behind its end a planted incident may be seen: until a window closes, ms. */
const LATE = 10 * MINUTE;

/** Planted incidents, those of which alerts are there, and those that every channel was told of. */
export interface PlantedAccount {
  planted: number;
  found: string[];
  told: string[];
}

/** An alert of the state. */
interface Found {
  id: string;
  stream: string;
  start: number;
  end: number;
}

/** Holds what is planted, but for what is harmless, against the alerts that are left and what channels took. */
export function plantedAccount(
  traffic: LiveOptions,
  { state }: Left,
  channels: Record<string, Arrival[]>,
): PlantedAccount {
  const alerts = state.alerts.flatMap(alertOf), told = Object.values(channels).map(alertsTold);
  const planted = liveIncidents(traffic).incidents.filter(({ harmless }) => !harmless);
  const isFound = (planned: Planned, all: readonly Found[]) => all.some((alert) => belongs(alert, planned));
  return {
    planted: planted.length,
    found: planted.filter((planned) => isFound(planned, alerts)).map(({ id }) => id),
    told: planted.filter((planned) =>
      told.every((known) => isFound(planned, alerts.filter(({ id }) => known.has(id))))
    ).map(({ id }) => id),
  };
}

/** A row of the state as an alert; none where no window of it is anomalous any more. */
function alertOf(row: string): Found[] {
  const [id, stream, start, end, , windows] = JSON.parse(row);
  return windows > 0 ? [{ id, stream, start, end }] : [];
}

/** Identities of the alerts that a channel was told of. */
function alertsTold(arrivals: readonly Arrival[]): Set<string> {
  return new Set(arrivals.flatMap(({ told }) => told.map((one) => one.split(".")[0])));
}

function belongs({ stream, start, end }: Found, planned: Planned): boolean {
  return stream === planned.stream && end >= planned.from && start <= planned.to + LATE;
}
