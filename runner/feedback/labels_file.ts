/**
 * What people said of alerts, as labels that `evaluate` and `train` read.
 *
 * @module
 */
import { type AlertedWindow, type State, type StoredFeedback, Table } from "../../lib/mod.ts";

/** Labels in loghub's form, and how many of them are anomalous. */
export interface SaidLabels {
  /** `key,label,kind`, as CSV. */
  csv: string;
  windows: number;
  anomalous: number;
}

/** What a window of an alert is called, by what was said of that. */
const LABELS: Record<StoredFeedback["said"], { label: string; kind: string }> = {
  true: { label: "anomalous", kind: "" },
  false: { label: "normal", kind: "false alarm" },
  expected: { label: "normal", kind: "expected" },
};

/**
 * A row for each anomalous window of an alert that somebody spoke of. Nothing is said of all other windows: they are no labels.
 *
 * @param stream `null` = all.
 */
export function saidLabels(state: State, stream: string | null): SaidLabels {
  const said = state.feedback.all(stream), byAlert = new Map(said.map((one) => [one.alert, one.said]));
  const rows = [...new Set(said.map((one) => one.stream))].sort().flatMap((name) =>
    state.alertedWindows(name).filter(({ alert }) => byAlert.has(alert)).map((window) => ({
      key: keyOf(window),
      ...LABELS[byAlert.get(window.alert)!],
    }))
  );
  const column = (name: "key" | "label" | "kind") => rows.map((row) => row[name]);
  const table = new Table({ key: column("key"), label: column("label"), kind: column("kind") });
  return {
    csv: table.toCsv(),
    windows: rows.length,
    anomalous: rows.filter(({ label }) => label === "anomalous").length,
  };
}

/** As a run over `--input` names the window: a session without the time that it is told apart by where keys come again. */
function keyOf({ key, kind, start }: AlertedWindow): string {
  const time = kind === "window" || Number.isNaN(start)
    ? ""
    : `@${new Date(Math.floor(start)).toISOString()}`;
  return time !== "" && key.endsWith(time) ? key.slice(0, -time.length) : key;
}
