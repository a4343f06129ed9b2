/**
 * Models and what they judged, as people look at them.
 *
 * @module
 */
import type { Verdict } from "../explain/reason.ts";
import { reasonTitle } from "../explain/reason_title.ts";
import { countText, numberText } from "../table/figures.ts";
import type { MimeBundle } from "../table/jupyter.ts";
import { Table } from "../table/table.ts";

/** What is looked at of a stream's model. */
interface StreamRows {
  settings: { name: string };
  catalogue: { frozen: number };
  scopes: readonly ScopeRow[];
  trained: { from: number; to: number; windows: number; records: number; fingerprint: string };
}

interface ScopeRow {
  name: string;
  windows: number;
  detectors: readonly { detector: { kind: string } }[];
  sequences?: readonly { detector: { kind: string } }[];
  ensemble: { notes: readonly string[] };
}

/** What is looked at of a model. */
interface ModelRows {
  version: string;
  parent: string | null;
  createdAt: number;
  streams: readonly StreamRows[];
}

/** What is looked at of judged windows. */
interface JudgedRows {
  windows: { length: number };
  anomalous: ReadonlyMap<number, Verdict>;
}

const timeText = (time: number) => Number.isNaN(time) ? "" : new Date(time).toISOString();

/** What a stream's model judges by: a row for each scope. */
export function streamModelView({ settings, catalogue, scopes, trained }: StreamRows): MimeBundle {
  const span = Number.isNaN(trained.from) ? "" : `, ${timeText(trained.from)} to ${timeText(trained.to)}`;
  const rows = scopes.map(({ name, windows, detectors, sequences = [], ensemble }) => ({
    scope: name,
    windows,
    "joined by": [...detectors, ...sequences].map(({ detector }) => detector.kind).join(", "),
    notes: ensemble.notes.join("; "),
  }));
  return Table.from(rows).toMimeBundle(
    `Model of stream ${settings.name}: ${countText(catalogue.frozen, "template")}, learned from ${
      countText(trained.windows, "window")
    } of ${countText(trained.records, "record")}${span}; data ${trained.fingerprint}`,
  );
}

/** A model: a row for each stream. */
export function modelView({ version, parent, createdAt, streams }: ModelRows): MimeBundle {
  const rows = streams.map(({ settings, catalogue, scopes, trained }) => ({
    stream: settings.name,
    templates: catalogue.frozen,
    scopes: scopes.map(({ name }) => name).join(", "),
    windows: trained.windows,
    from: timeText(trained.from),
    to: timeText(trained.to),
    data: trained.fingerprint,
  }));
  return Table.from(rows).toMimeBundle(
    `Model ${version || "without a version yet"}${parent === null ? "" : `, made after ${parent}`}, ${
      timeText(createdAt)
    }`,
  );
}

/** What was judged: the anomalous windows, the highest score first. */
export function judgedView({ windows, anomalous }: JudgedRows): MimeBundle {
  const rows = [...anomalous.values()].sort((a, b) => b.score - a.score).map((verdict) => ({
    key: verdict.key,
    from: timeText(verdict.start),
    lines: verdict.lines,
    score: verdict.score,
    "is about": verdict.reasons.length === 0 ? "" : reasonTitle(verdict.reasons[0]),
  }));
  const caption = `${countText(windows.length, "window")}, ${numberText(rows.length)} of them anomalous`;
  return rows.length === 0 ? { "text/plain": caption } : Table.from(rows).toMimeBundle(caption);
}
