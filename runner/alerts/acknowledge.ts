/**
 * Saying that somebody takes care of an incident.
 *
 * @module
 */
import type { State } from "../../lib/mod.ts";
import { type IncidentView, incidentView } from "./incident_view.ts";
import { namedIncident } from "./named.ts";

/** Who takes care of what. */
export interface Care {
  /** Identity of an incident or an alert, or its beginning. */
  incident: string;
  who: string;
  /** Without secrets and line ends, see `cleanedNote`. */
  note: string;
  /** ms since the epoch. */
  at: number;
}

/**
 * Keeps who takes care, and that it was said.
 *
 * @returns The incident as it is now; `null` where its alerts are forgotten.
 * @throws {Error} if there is no such incident, or several begin so.
 */
export function acknowledge(state: State, { incident: beginning, who, note, at }: Care): IncidentView | null {
  return state.transaction(() => {
    const stored = namedIncident(beginning, state), incident = stored.id;
    state.incidents.acknowledge({ incident, who, note, at });
    const held = note === "" ? who : `${who}: ${note}`;
    const event = { incident, receiver: "", kind: "acknowledged", number: 0, severity: "", day: null };
    state.incidents.note({ ...event, at, held });
    return incidentView(stored, state);
  });
}
