/**
 * A replay: several streams go through a span of the past together, and what people would have been told is written down.
 *
 * @module
 */
import type { Model, State } from "../../lib/mod.ts";
import { parseAlert } from "../alert/alert.ts";
import { incidentFrom } from "../alert/incidents.ts";
import { isTold, parseAccounts } from "../alert/incident_account.ts";
import type { Severity } from "../alert/severity.ts";
import type { Config } from "../config.ts";
import type { Context } from "../context.ts";
import type { StreamFailure } from "../detect/failure.ts";
import type { StreamOutcome } from "../detect/outcome.ts";
import { StreamTimes } from "../detect/stream_times.ts";
import { Teller } from "../detect/teller.ts";
import { VerdictTable } from "../verdict_table.ts";
import { heldDuring } from "./held_notices.ts";
import { StreamReplay } from "./stream_replay.ts";
import { Tape } from "./tape.ts";
import type { TimelineEntry } from "./timeline.ts";

/** What is replayed, and who hears of it. */
export interface ReplayRun {
  /** Streams that are replayed. */
  config: Config;
  /** The settings with all streams. */
  all: Config;
  model: Model;
  /** The span, ms since the epoch, and the time between two looks, ms. */
  from: number;
  to: number;
  step: number;
  /** File for a row of every window that is judged; `null` = none. */
  verdicts: string | null;
  /** Told of every message, and of what is kept back, in order. */
  onEntry: (entry: TimelineEntry) => void;
  /** Told before every look how far time has come, ms. */
  onTime: (time: number) => void;
}

/** An incident of a replay. */
export interface ReplayedIncident {
  severity: Severity;
  isOver: boolean;
  /** Whether nobody has heard of it because the replay ended before they would have. */
  isUnheard: boolean;
}

/** What came of a replay. */
export interface Replayed {
  streams: StreamOutcome[];
  /** What could not be read or judged; all else was. */
  failures: StreamFailure[];
  incidents: ReplayedIncident[];
}

/**
 * Goes through the span step by step: what has been written by then is read and judged, what is due is told.
 *
 * Nothing is sent, and the only clock is the time in the lines: the same logs, settings and model give the same timeline.
 *
 * @param state Empty but for what people said; where everything is kept.
 */
export async function replay(run: ReplayRun, state: State, context: Context): Promise<Replayed> {
  const { config, all, model, from, to } = run, clock = { now: from }, now = () => clock.now;
  const teller = new Teller(state, { config: all, program: null, report: "", now }), tape = new Tape(all);
  const times = new StreamTimes(all.streams, state, now);
  const table = run.verdicts === null ? null : new VerdictTable(run.verdicts);
  const join: Teller["join"] = (alerts) =>
    teller.join(alerts.filter(({ end }) => end === null || end > from));
  const streams = config.streams.map((stream) =>
    new StreamReplay(stream, { config, model, from, table, join }, state, context)
  );
  for (const stream of streams) await stream.begin();
  for (clock.now = Math.min(from + run.step, to);; clock.now = Math.min(clock.now + run.step, to)) {
    run.onTime(clock.now);
    const isWatched = state.incidents.live().length > 0, isLast = clock.now === to;
    for (const stream of streams) {
      await stream.advance(clock.now, isWatched);
      if (isLast) await stream.end();
    }
    const quiet = streams.filter((stream) => stream.isQuiet(all.alerts.group_wait)).map(({ outcome }) =>
      outcome.name
    );
    const tell = () => teller.tell({ flush: new Set(quiet) });
    const held = heldDuring(state, (stream) => times.windowOf(stream), tell);
    for (const entry of [...await tape.record(state, clock.now), ...held]) run.onEntry(entry);
    if (isLast) break;
  }
  table?.close();
  return {
    streams: streams.map(({ outcome }) => outcome),
    failures: streams.flatMap(({ failure }) => failure ?? []),
    incidents: incidentsOf(state),
  };
}

function incidentsOf({ incidents }: State): ReplayedIncident[] {
  return incidents.all().flatMap(({ id, isLive, body }) => {
    const alerts = incidents.alertsOf(id).map(({ body }) => parseAlert(body));
    const worth = alerts.filter(({ fired, windows }) => fired && windows > 0), accounts = parseAccounts(body);
    if (worth.length === 0) return [];
    const isHeld = Object.values(accounts.lives).some(({ held }) => held !== "");
    return {
      severity: incidentFrom(id, worth).severity,
      isOver: worth.every(({ status }) => status !== "firing"),
      isUnheard: isLive && !isTold(accounts) && !isHeld,
    };
  });
}
