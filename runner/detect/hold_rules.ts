/**
 * All that may keep alerts back now: what people said, what the settings say, other alerts.
 *
 * @module
 */
import type { State } from "../../lib/mod.ts";
import { parseAlert } from "../alert/alert.ts";
import { type HoldRules, muteOf } from "../alert/holds.ts";
import type { Subject } from "../alert/matcher.ts";
import type { Config } from "../config.ts";
import type { StreamTimes } from "./stream_times.ts";

/** The rules as they are now. */
export function holdRules(
  state: State,
  streams: StreamTimes,
  { config, now }: { config: Pick<Config, "alerts">; now: () => number },
): HoldRules {
  const { maintenance, inhibit, suppress } = config.alerts, times = new Map<string, number>();
  return {
    now: now(),
    timeOf: (stream) => {
      if (!times.has(stream)) times.set(stream, streams.timeOf(stream));
      return times.get(stream)!;
    },
    windowOf: (stream) => streams.windowOf(stream),
    mutes: state.mutes.all().map(muteOf),
    maintenance: maintenance.map(({ span, weekly, zone, note, ...about }) => ({
      span,
      weekly,
      zone,
      note,
      about,
    })),
    inhibit,
    suppress,
    others: inhibit.length === 0 ? [] : inhibitors(state),
  };
}

/** Alerts that may keep others back: those that are open, and those that lay near what is. */
function inhibitors({ incidents }: State): Subject[] {
  const live = incidents.live();
  const times = live.flatMap(({ start, end }) => [start, end]).filter((time) => !Number.isNaN(time));
  const near = times.length === 0 ? [] : incidents.near(Math.min(...times), Math.max(...times));
  const ids = new Set([...live, ...near].map(({ id }) => id));
  return [...ids].flatMap((incident) =>
    incidents.alertsOf(incident).map(({ body }) => ({ alert: parseAlert(body), incident }))
  );
}
