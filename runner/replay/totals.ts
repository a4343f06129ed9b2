/**
 * What a replay comes to.
 *
 * @module
 */
import { countText, type Model } from "../../lib/mod.ts";
import { formatTime } from "../alert/plain_text.ts";
import { EVERYBODY } from "../alert/routes.ts";
import type { Severity } from "../alert/severity.ts";
import { SEVERITIES } from "../config/alert_names.ts";
import type { StreamOutcome } from "../detect/outcome.ts";
import { heldLines } from "../detect/summary.ts";
import type { Replayed } from "./replay.ts";
import type { TimelineEntry } from "./timeline.ts";

/** Counts of a timeline and of its incidents. */
export interface Totals {
  /** Messages of each receiver, by day (`2026-03-02`, UTC). */
  messages: Record<string, Record<string, number>>;
  /** Incidents that were kept back, by why. */
  held: Record<string, number>;
  incidents: { all: number; over: number; unheard: number; severity: Partial<Record<Severity, number>> };
}

/** Adds up a timeline. */
export function totalsOf(
  entries: readonly TimelineEntry[],
  { incidents }: Pick<Replayed, "incidents">,
): Totals {
  const messages: Totals["messages"] = {}, held = new Map<string, Set<string>>();
  for (const { type, at, receiver, incident, why } of entries) {
    if (type === "message") {
      const days = messages[receiver] ??= {}, day = new Date(at).toISOString().slice(0, 10);
      days[day] = (days[day] ?? 0) + 1;
    } else held.set(why, (held.get(why) ?? new Set()).add(incident ?? ""));
  }
  const severity = Object.fromEntries(
    SEVERITIES.toReversed().map((
      one,
    ) => [one, incidents.filter((incident) => incident.severity === one).length])
      .filter(([, count]) => count !== 0),
  );
  return {
    messages,
    held: Object.fromEntries([...held].map(([why, ids]) => [why, ids.size])),
    incidents: {
      all: incidents.length,
      over: incidents.filter(({ isOver }) => isOver).length,
      unheard: incidents.filter(({ isUnheard }) => isUnheard).length,
      severity,
    },
  };
}

/** The span that was replayed, and by which model. */
export interface ReplayedSpan {
  /** ms since the epoch. */
  from: number;
  to: number;
  model: Pick<Model, "version">;
}

/** Totals as lines for people. */
export function totalsLines(
  totals: Totals,
  { streams }: Replayed,
  { from, to, model }: ReplayedSpan,
): string[] {
  return [
    `${formatTime(from)} to ${formatTime(to)}, judged by model ${model.version}; nothing was sent`,
    ...streams.filter((stream) => stream.model !== null).map(streamLine),
    incidentsLine(totals),
    ...messagesTable(totals),
    ...heldLines(new Map(Object.entries(totals.held))),
  ];
}

function streamLine({ name, records, windows, anomalous, opened, late, untimed }: StreamOutcome): string {
  const parts = [
    countText(records, "record"),
    `${countText(windows, "window")} judged`,
    `${anomalous.length} anomalous`,
    countText(opened.length, "alert"),
    ...late > 0 ? [`${countText(late, "record")} came too late`] : [],
    ...untimed > 0 ? [`${countText(untimed, "record")} without a time`] : [],
  ];
  return `${name}: ${parts.join(", ")}`;
}

function incidentsLine({ incidents: { all, over, unheard, severity } }: Totals): string {
  if (all === 0) return "no incident";
  const kinds = Object.entries(severity).map(([name, count]) => `${count} ${name}`).join(", ");
  const rest = unheard === 0 ? "" : `; ${unheard} would be told of only behind the end`;
  return `${countText(all, "incident")}: ${kinds}; ${over} over by the end${rest}`;
}

/** Messages by day and receiver; nothing where there are none. */
function messagesTable({ messages }: Totals): string[] {
  const receivers = Object.keys(messages).sort(),
    days = new Set(receivers.flatMap((name) => Object.keys(messages[name])));
  if (receivers.length === 0) return ["no message"];
  const names = receivers.map((name) => name === EVERYBODY ? "everybody" : name);
  const row = (head: string, cells: (string | number)[]) =>
    [head.padEnd(10), ...cells.map((cell, i) => String(cell).padStart(names[i].length))].join("  ");
  const together = receivers.map((name) =>
    Object.values(messages[name]).reduce((sum, count) => sum + count, 0)
  );
  return [
    row("messages", names),
    ...[...days].sort().map((day) => row(day, receivers.map((name) => messages[name][day] ?? 0))),
    ...days.size > 1 ? [row("together", together)] : [],
  ];
}
