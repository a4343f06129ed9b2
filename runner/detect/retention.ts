/**
 * What a run forgets, as the settings say.
 *
 * @module
 */
import { countText, shrinkTo, type Shrunk, type State, type StreamModel } from "../../lib/mod.ts";
import { formatTime } from "../alert/plain_text.ts";
import type { Config } from "../config.ts";
import { formatSize } from "../config/size.ts";

/** Share of the file that may be empty before it is made smaller. */
const EMPTY = 0.1;
/** Bytes below which that is not worth it. */
const SMALL = 1 << 20;

/** Span (ms) behind the watermark in which windows may still change. */
function unsettled({ lateness, session, window }: StreamModel["settings"]): number {
  return lateness + (session?.idle ?? 0) + window;
}

/**
 * Forgets what is older than the settings say, if nothing can change it any more; to be called with each checkpoint, in its
 * transaction. Where the state is larger than it may be, the oldest goes as well, a little at a time.
 */
export function forgetOld(
  { config, model: { settings } }: { config: Config; model: StreamModel },
  watermark: number,
  state: State,
): void {
  if (!Number.isFinite(watermark)) return;
  const least = unsettled(settings), { name } = settings;
  state.prune(name, watermark - Math.max(config.state.keep, least));
  shrinkTo(state, config.state.max_size, {
    settledBefore: (stream) => stream === name ? watermark - least : -Infinity,
    steps: 1,
  });
}

/** What {@linkcode keepWithinLimits} goes by. */
export interface LimitOptions {
  config: Config;
  /** Streams with the latest time that was read of them, ms; NaN where that is not known. */
  streams: readonly { name: string; model: StreamModel | null; reached: number }[];
  /** ms since the epoch. */
  now: number;
}

/**
 * At the end of a run: forgets runs, messages and first times that are too old, has the state be no larger than it may, and gives
 * the room back that is not needed.
 *
 * @returns What a person should know.
 */
export function keepWithinLimits(state: State, { config, streams, now }: LimitOptions): string[] {
  const { keep, max_size: most } = config.state;
  state.transaction(() => {
    state.pruneRuns(now - keep);
    state.deliveries.prune(now - keep);
    for (const { name, reached } of streams) {
      if (!Number.isFinite(reached)) continue;
      state.learned.pruneNovelties(name, reached - keep);
      state.readings.prune(name, reached - keep);
      state.counts.prune(name, reached - keep, reached);
    }
  });
  const settledBefore = (stream: string) => {
    const known = streams.find(({ name }) => name === stream);
    if (known === undefined) return Infinity; // not scanned any more
    return known.model === null ? -Infinity : known.reached - unsettled(known.model.settings);
  };
  const before = state.space.used;
  const shrunk = before > most ? state.transaction(() => shrinkTo(state, most, { settledBefore })) : null;
  const { used, free } = state.space;
  if (free > Math.max(SMALL, EMPTY * used)) state.space.giveBack();
  return shrunk === null ? [] : [limitText(before, shrunk, { most, used })];
}

function limitText(
  before: number,
  { verdicts, alerts, until }: Shrunk,
  { most, used }: { most: number; used: number },
) {
  const head = `the state holds ${formatSize(before)}, state.max_size is ${formatSize(most)}`;
  const rest = used > most ? `; ${formatSize(used)} are left, as no more may be forgotten` : "";
  if (verdicts + alerts === 0) return `${head}: nothing may be forgotten${rest}`;
  return `${head}: forgotten ${countText(verdicts, "verdict")} and ${
    countText(alerts, "closed alert")
  } up to ${formatTime(until)}${rest}`;
}
