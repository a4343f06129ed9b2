/**
 * What the passes of a service have in common, beside the state.
 *
 * @module
 */
import type { Config } from "../config.ts";
import type { StreamFailure } from "./failure.ts";
import type { StreamOutcome } from "./outcome.ts";

/** Time after which passes are noted as one run, ms. */
const NOTED = 60_000;

/** What came of a pass, or of several. */
export interface Pass {
  streams: StreamOutcome[];
  failures: StreamFailure[];
  /** ms since the epoch. */
  startedAt: number;
  finishedAt: number;
  /** Runs before it that found another one at work. */
  skipped: number;
}

/**
 * The passes of one service: they are noted once a minute, as the sum of what came of them, and a stream whose lines say what time
 * it is counts as read to its end when it has been quiet for a while.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { emptyOutcome } from "./outcome.ts";
 * import { ServicePasses } from "./service_passes.ts";
 *
 * const passes = new ServicePasses(new AbortController().signal);
 * const pass = (startedAt: number, records: number) => {
 *   const streams = [{ ...emptyOutcome("shop"), records }];
 *   return passes.add({ streams, failures: [], startedAt, finishedAt: startedAt + 5, skipped: 0 });
 * };
 * assert.equal(pass(0, 10), null);
 * assert.equal(pass(60_000, 7)?.streams[0].records, 17);
 * ```
 */
export class ServicePasses {
  #sum: Pass | null = null;
  /** When a stream was read last, ms since the epoch. */
  readonly #read = new Map<string, number>();

  /** @param stop Ends a pass early: what was read by then is kept and told. */
  constructor(readonly stop: AbortSignal) {}

  /** Adds a pass; what is to be noted now, `null` = nothing yet. A failure that is new is noted at once, and so is the last pass. */
  add(pass: Pass): Pass | null {
    for (const { name, records } of pass.streams) {
      if (records > 0 || !this.#read.has(name)) this.#read.set(name, pass.finishedAt);
    }
    const before = this.#sum, sum = before === null ? pass : together(before, pass);
    const isNew = before !== null && failuresText(before) !== failuresText(pass);
    const isDue = isNew || this.stop.aborted || Math.abs(pass.finishedAt - sum.startedAt) >= NOTED; // a clock may be put back
    this.#sum = isDue ? null : sum;
    return isDue ? sum : null;
  }

  /** Streams of which nothing more can be waited for: their time is what lines say, and there have been none for `group_wait`. */
  quiet(
    { streams, alerts: { group_wait: wait } }: Pick<Config, "streams" | "alerts">,
    now: number,
  ): Set<string> {
    const isQuiet = (name: string) => Math.abs(now - (this.#read.get(name) ?? now)) >= wait;
    return new Set(
      streams.filter(({ name, clock }) => clock === "data" && isQuiet(name)).map(({ name }) => name),
    );
  }
}

function failuresText({ failures }: Pass): string {
  return failures.map(({ stream, message }) => `${stream} ${message}`).sort().join("\n");
}

/** Two passes as one: how it is now, and all that happened. */
function together(before: Pass, pass: Pass): Pass {
  const known = new Map(before.streams.map((stream) => [stream.name, stream]));
  const streams = pass.streams.map((now) => {
    const then = known.get(now.name);
    known.delete(now.name);
    return then === undefined ? now : sumOf(then, now);
  });
  return { ...pass, startedAt: before.startedAt, streams: [...streams, ...known.values()] };
}

function sumOf(then: StreamOutcome, now: StreamOutcome): StreamOutcome {
  return {
    ...now,
    records: then.records + now.records,
    births: then.births + now.births,
    windows: then.windows + now.windows,
    anomalous: [...then.anomalous, ...now.anomalous],
    opened: [...then.opened, ...now.opened],
    late: then.late + now.late,
    untimed: then.untimed + now.untimed,
    quality: now.records > 0 ? now.quality : then.quality,
  };
}
