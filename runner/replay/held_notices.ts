/**
 * What was kept back, and when.
 *
 * @module
 */
import type { State, StoredNotice } from "../../lib/mod.ts";
import { parseAlert } from "../alert/alert.ts";
import { incidentFrom, incidentText } from "../alert/incidents.ts";
import type { MessageKind } from "../alert/message.ts";
import { formatTime, plainLine } from "../alert/plain_text.ts";
import type { Severity } from "../alert/severity.ts";
import type { TimelineEntry } from "./timeline.ts";

/**
 * What `tell` notes as kept back; it is called where there is something to tell of.
 *
 * @param windowOf Length of a stream's time windows, ms.
 */
export function heldDuring(
  state: State,
  windowOf: (stream: string) => number,
  tell: () => void,
): TimelineEntry[] {
  const live = state.incidents.live().map(({ id }) => ({ id, before: state.incidents.notices(id).length }));
  if (live.length > 0) tell();
  return live.flatMap(({ id, before }) =>
    state.incidents.notices(id).slice(before).filter(({ held }) => held !== "")
      .map((notice) => heldEntry(state, notice, windowOf))
  );
}

function heldEntry(
  state: State,
  { incident: id, receiver, at, kind, number, severity, held }: StoredNotice,
  windowOf: (stream: string) => number,
): TimelineEntry {
  const alerts = state.incidents.alertsOf(id).map(({ body }) => parseAlert(body));
  const worth = alerts.filter(({ fired, windows }) => fired && windows > 0);
  const incident = incidentFrom(id, worth.length > 0 ? worth : alerts, { windowOf });
  const { start, alerts: [{ stream }] } = incident;
  const since = start === null ? "" : ` since ${formatTime(start)}`;
  const isFiring = alerts.some(({ status }) => status === "firing");
  return {
    ...{ at, type: "held", receiver, channels: [], kind: kind as MessageKind },
    ...{
      status: isFiring ? "firing" : "resolved",
      severity: severity as Severity,
      stream,
      incident: id,
      number,
    },
    title: plainLine(`[${severity}] ${incidentText(incident)}${since}`, 280),
    ...{ others: [], why: held },
  };
}
