/**
 * The incident that an alert belongs to.
 *
 * @module
 */
import { alertsNamed, type State } from "../../lib/mod.ts";
import { type Alert, parseAlert } from "../alert/alert.ts";
import { type Incident, type IncidentOptions, incidentsOf } from "../alert/incidents.ts";
import { titleOf } from "../alert/message.ts";

/** Alerts that a message names. */
const LATEST = 5;
/** How far from an alert others are looked at that may belong to it, ms. */
const NEAR = 7 * 86_400_000;

/**
 * The incident that an alert belongs to.
 *
 * @param name Its identity, or a beginning of it that no other alert has.
 * @throws {RangeError} if there is no such alert, or several; it names the latest ones.
 */
export function incidentOf(state: State, name: string, options: IncidentOptions = {}): Incident {
  const all = state.alerts(), [named, ...more] = alertsNamed(name, all);
  if (named === undefined || more.length > 0) {
    throw new RangeError(unnamedText(name, more.length > 0, all.map(({ body }) => parseAlert(body))));
  }
  const { id, start, end } = named;
  const isNear = (alert: { id: string; start: number; end: number }) =>
    alert.id === id || (alert.start < end + NEAR && alert.end > start - NEAR);
  const alerts = all.filter(isNear).map(({ body }) => parseAlert(body)).filter(({ windows }) => windows > 0);
  const found = incidentsOf(alerts, options).find(({ alerts }) => alerts.some((alert) => alert.id === id));
  if (found !== undefined) return found;
  throw new RangeError(`Cannot report on alert ${id}: later lines made all its windows normal`);
}

/** Why `name` names no alert: `several` of them begin so, or none does. */
function unnamedText(name: string, several: boolean, alerts: readonly Alert[]): string {
  const latest = alerts.toSorted((a, b) => (b.start ?? 0) - (a.start ?? 0)).slice(0, LATEST);
  const why = several ? "several alerts begin so" : "there is no such alert";
  if (latest.length === 0) return `Cannot report on alert ${name}: ${why}, nor any other`;
  const lines = latest.map((alert) => `  ${alert.id}  ${titleOf(alert)}`);
  return `Cannot report on alert ${name}: ${why}; the latest are\n${lines.join("\n")}`;
}
