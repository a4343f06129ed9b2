/**
 * An incident for a person who asks: where it stands, what was told of it, what was not and why.
 *
 * @module
 */
import type { State, StoredAcknowledgement, StoredIncident, StoredNotice } from "../../lib/mod.ts";
import { type Alert, parseAlert } from "../alert/alert.ts";
import { deploymentOf, deploymentText, muteOf } from "../alert/holds.ts";
import { type Accounts, parseAccounts } from "../alert/incident_account.ts";
import { incidentFrom, incidentText } from "../alert/incidents.ts";
import { titleOf } from "../alert/message.ts";
import { formatTime, plainLine } from "../alert/plain_text.ts";
import { EVERYBODY } from "../alert/routes.ts";
import type { Severity } from "../alert/severity.ts";
import { nounOf } from "../alert/wording.ts";

/** What is known of an incident. */
export interface IncidentView {
  id: string;
  title: string;
  severity: Severity;
  /** Whether one of its alerts fires. */
  isFiring: boolean;
  /** Where the telling stands, in words; see `life.ts`. */
  phase: string;
  start: number | null;
  end: number | null;
  alerts: Alert[];
  acknowledged: StoredAcknowledgement | null;
  /** Behind which deployment it began, in words; empty = none. */
  deployment: string;
  notices: StoredNotice[];
}

/** How long before a deployment an alert may begin whose window it is in, ms. */
const WINDOW = 300_000;

/** The incidents of a state that have alerts, earliest first. */
export function incidentViews(state: State): IncidentView[] {
  return state.incidents.all().flatMap((stored) => incidentView(stored, state) ?? []);
}

/** An incident; `null` where none of its alerts is kept. */
export function incidentView({ id, body }: StoredIncident, state: State): IncidentView | null {
  const stored = state.incidents.alertsOf(id).map(({ body }) => parseAlert(body));
  const alerts = stored.some(({ windows }) => windows > 0)
    ? stored.filter(({ windows }) => windows > 0)
    : stored;
  if (alerts.length === 0) return null;
  const incident = incidentFrom(id, alerts), { severity, start, end } = incident;
  const acknowledged = state.incidents.acknowledgement(id),
    isFiring = alerts.some(({ status }) => status === "firing");
  return {
    ...{ id, severity, start, end, isFiring, acknowledged },
    title: incidentText(incident),
    phase: phaseText(parseAccounts(body), acknowledged, isFiring),
    alerts: incident.alerts,
    deployment: deploymentBehind(id, incident.alerts, state),
    notices: state.incidents.notices(id),
  };
}

function deploymentBehind(incident: string, alerts: readonly Alert[], state: State): string {
  const mutes = state.mutes.all().map(muteOf);
  const found = alerts.map((alert) => deploymentOf({ alert, incident }, { mutes }, WINDOW)).find((one) =>
    one !== null
  );
  return found ? deploymentText(found) : "";
}

function phaseText(
  { told, lives }: Accounts,
  acknowledged: StoredAcknowledgement | null,
  isFiring: boolean,
): string {
  const accounts = Object.values(lives),
    held = new Set(accounts.map(({ held }) => held).filter((why) => why !== ""));
  const isTold = told !== undefined || accounts.some(({ life }) => life.number > 0);
  const parts = [isFiring ? "firing" : "over"];
  if (!isTold) parts.push(held.size > 0 ? "not told" : "not told yet");
  if (accounts.some(({ isDeferred }) => isDeferred)) parts.push("waits for the digest of the day");
  parts.push(...held);
  if (accounts.some(({ life }) => life.isFlapping)) parts.push("comes and goes");
  if (acknowledged !== null) {
    parts.push(`${acknowledged.who} takes care since ${formatTime(acknowledged.at)}`);
  }
  return parts.join(", ");
}

/** An incident in one line. */
export function incidentLine({ id, severity, phase, title, start, alerts }: IncidentView): string {
  const what = alerts.length === 1 ? titleOf(alerts[0]).replace(/^\[[^\]]*\] /, "") : title;
  const when = alerts.length === 1 || start === null ? "" : ` since ${formatTime(start)}`;
  return `${id}  ${severity.padEnd(8)}  ${what}${when}  (${phase})`;
}

/** An alert of an incident in one line. */
export function alertLine(alert: Alert): string {
  const { id, severity, windows, status } = alert, title = titleOf(alert).replace(/^\[[^\]]*\] /, "");
  const count = `${windows.toLocaleString("en")} ${nounOf(alert)}${windows === 1 ? "" : "s"}`;
  return `${id}  ${severity.padEnd(8)}  ${status.padEnd(8)}  ${count}  ${title}`;
}

/** What was told of an incident and what was not, one line each, in that order. */
export function historyLines({ notices }: Pick<IncidentView, "notices">): string[] {
  return notices.map(({ at, kind, number, receiver, severity, held }) => {
    const whom = receiver === EVERYBODY || receiver === "" ? "" : ` to ${receiver}`;
    const when = formatTime(at);
    if (kind === "acknowledged") return `${when}  acknowledged: ${plainLine(held, 300)}`;
    if (held !== "") return `${when}  held back (${kind})${whom}: ${plainLine(held, 300)}`;
    return `${when}  ${kind}${whom}, ${severity}, message ${number + 1}`;
  });
}
