/**
 * Incidents in one line each.
 *
 * @module
 */
import type { Said, State, StoredIncident } from "../../../lib/mod.ts";
import { muteOf } from "../../alert/holds.ts";
import { matches } from "../../alert/matcher.ts";
import { compareSeverity, type Severity } from "../../alert/severity.ts";
import { type IncidentView, incidentView } from "../../alerts/incident_view.ts";
import type { DataSource } from "./source.ts";
import { shownName } from "./texts.ts";

/** An incident in one line. */
export interface IncidentRow {
  id: string;
  /** What happened, in a few words. */
  title: string;
  severity: Severity;
  /** Whether one of its alerts fires. */
  isFiring: boolean;
  /** Where the telling stands, in words: `firing, waits for the digest of the day`. */
  phase: string;
  start: number | null;
  end: number | null;
  streams: string[];
  services: string[];
  /** Alerts that belong to it. */
  alerts: number;
  /** Anomalous windows, and records in them. */
  windows: number;
  records: number;
  /** Highest score as a multiple of its threshold. */
  ratio: number;
  /** Who takes care. */
  acknowledged: { who: string; at: number; note: string } | null;
  /** Until when it is silenced; `null` = it is not. */
  silencedUntil: number | null;
  /** What people said of it: of its alerts the worst word. */
  said: "true" | "false" | "expected" | null;
}

/** Rows that are remembered. */
const REMEMBERED = 2000;

/** Rows by incident, as long as nobody writes to the state. */
interface Remembered {
  version: string;
  rows: Map<string, IncidentRow | null>;
}

const remembered = new WeakMap<DataSource, Remembered>();

/**
 * The row of an incident, made once as long as nobody writes to the state; `null` where none of its alerts is kept.
 *
 * @param version {@linkcode DataSource.version}, asked for once by whoever wants many rows.
 */
export function incidentRow(source: DataSource, id: string, version = source.version): IncidentRow | null {
  let known = remembered.get(source);
  if (known?.version !== version) remembered.set(source, known = { version, rows: new Map() });
  let row = known.rows.get(id);
  if (row === undefined) {
    if (known.rows.size >= REMEMBERED) known.rows.clear();
    known.rows.set(id, row = makeRow(source, id));
  }
  const isOver = (row?.silencedUntil ?? Infinity) <= source.now();
  return row !== null && isOver ? { ...row, silencedUntil: null } : row;
}

function makeRow(source: DataSource, id: string): IncidentRow | null {
  const { state } = source, stored = state?.incidents.get(id) ?? null;
  return state === null || stored === null ? null : rowOf(stored, state, source.now());
}

/** The row of a stored incident. */
function rowOf(stored: StoredIncident, state: State, now: number): IncidentRow | null {
  const view = incidentView(stored, state);
  if (view === null) return null;
  const { id, title, severity, isFiring, phase, start, end, alerts, acknowledged } = view;
  const sum = (value: (alert: IncidentView["alerts"][number]) => number) =>
    alerts.reduce((total, alert) => total + value(alert), 0);
  return {
    ...{ id, title, severity, isFiring, phase, start, end, alerts: alerts.length },
    streams: [...new Set(alerts.map(({ stream }) => stream))],
    services: [...new Set(alerts.map(({ service }) => shownName(service)))],
    windows: sum(({ windows }) => windows),
    records: sum(({ records }) => records),
    ratio: Math.max(...alerts.map(({ score, threshold }) => score / threshold)),
    acknowledged: acknowledged && { who: acknowledged.who, at: acknowledged.at, note: acknowledged.note },
    silencedUntil: silencedUntil(view, state, now),
    said: worstWord(alerts.map((alert) => state.feedback.of(alert.id)?.said ?? null)),
  };
}

/** Until when all alerts of an incident are silenced; `null` = not all are. */
function silencedUntil({ id, alerts }: IncidentView, state: State, now: number): number | null {
  const silences = state.mutes.all().filter(({ kind, start, end }) =>
    kind === "silence" && start <= now && end !== null && now < end
  ).map(muteOf);
  const ends = alerts.map((alert) =>
    Math.max(
      -Infinity,
      ...silences.filter(({ matcher }) => matches(matcher, { alert, incident: id }, "most")).map(({ end }) =>
        end!
      ),
    )
  );
  const first = Math.min(...ends);
  return Number.isFinite(first) ? first : null;
}

const WORDS: readonly Said[] = ["true", "expected", "false"];

function worstWord(words: readonly (Said | null)[]): Said | null {
  return WORDS.find((word) => words.includes(word)) ?? null;
}

/** Most severe first, then the latest. */
export function compareRows(a: IncidentRow, b: IncidentRow): number {
  return compareSeverity(b.severity, a.severity) || (b.start ?? 0) - (a.start ?? 0) || (a.id < b.id ? -1 : 1);
}

/** Incidents with an alert that fires, most severe first. */
export function firingIncidents(source: DataSource, stream: string | null): IncidentRow[] {
  const ids = new Set<string>(), version = source.version;
  for (const name of stream === null ? source.streamNames() : [stream]) {
    for (const { incident } of source.rows(FIRING, name)) ids.add(String(incident));
  }
  ids.delete(""); // of an alert that nobody was to hear of
  return [...ids].flatMap((id) => incidentRow(source, id, version) ?? []).sort(compareRows);
}

/** Incidents of alerts that fire, by stream. */
export const FIRING = "select incident from alert where stream = ? and status = 'firing'";
