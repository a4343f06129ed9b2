/**
 * How far each log has been read, in event time, and how far therefore all of them.
 *
 * @module
 */
import type { InputNote } from "../source/input.ts";

/** One log, by its name without rotation suffix, and the largest time (ms) seen in it; -Infinity = none yet. */
export interface LogClock {
  name: string;
  clock: number;
}

/** Logs that can't be seen. */
export interface UnseenLogs {
  /** Their names. */
  names: readonly string[];
  /** How late (ms) a line may be and still change its window. */
  lateness: number;
}

/** A log that can't be seen is waited for until the others, or real time, are so far ahead of it, ms: a day. */
export const UNSEEN_LIMIT = 86_400_000;

/**
 * The clocks of logs: those that have lines left are *pending*, the others *ended*.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogClocks } from "./log_clocks.ts";
 *
 * const clocks = new LogClocks([{ name: "a.log", clock: 5_000 }, { name: "b.log", clock: 9_000 }]);
 * assert.equal(clocks.low(60_000), 5_000);
 * assert.equal(clocks.low(1_000), 9_000); // a.log is idle
 * ```
 */
export class LogClocks {
  /** The logs by number. */
  readonly logs: LogClock[];
  #latest: number;
  readonly #numbers: Map<string, number>;
  /** Heads with lines left, by log. */
  readonly #pending: number[];
  /** Numbers of ended logs that have a clock, by rising clock. */
  readonly #ended: number[];
  /** Unseen logs that have a clock, by rising clock; those before `#held` are not waited for any more. */
  readonly #unseen: LogClock[];
  #held = 0;
  readonly #lateness: number;

  /** @param logs As an earlier run left them; they are copied. */
  constructor(logs: readonly LogClock[] = [], unseen: UnseenLogs = { names: [], lateness: 0 }) {
    this.logs = logs.map((log) => ({ ...log }));
    this.#numbers = new Map(logs.map(({ name }, i) => [name, i]));
    this.#pending = logs.map(() => 0);
    this.#ended = logs.flatMap(({ clock }, i) => clock === -Infinity ? [] : i)
      .sort((a, b) => logs[a].clock - logs[b].clock);
    this.#latest = logs.reduce((most, { clock }) => Math.max(most, clock), -Infinity);
    const names = new Set(unseen.names);
    this.#unseen = logs.filter(({ name, clock }) => names.has(name) && clock !== -Infinity)
      .sort((a, b) => a.clock - b.clock);
    this.#lateness = unseen.lateness;
  }

  /** The number of a log; a new one gets the next. */
  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.logs.length);
    this.#pending.push(0);
    return this.logs.push({ name, clock: -Infinity }) - 1;
  }

  /** One more head of a log has lines. */
  begin(log: number): void {
    if (this.#pending[log]++ > 0) return;
    const at = this.#ended.indexOf(log);
    if (at >= 0) this.#ended.splice(at, 1);
  }

  /** One head of a log has no more lines. */
  end(log: number): void {
    const { clock } = this.logs[log];
    if (--this.#pending[log] === 0 && clock !== -Infinity) this.#ended.splice(this.#firstFrom(clock), 0, log);
  }

  /** Lines of a pending log up to this time were handed out. */
  advance(log: number, time: number): void {
    if (time > this.logs[log].clock) this.logs[log].clock = time;
    if (time > this.#latest) this.#latest = time;
  }

  /**
   * The time (ms) up to which the logs that have ended let others go on; Infinity where they hold nothing back.
   *
   * An ended log holds it back at its clock, unless it is further than `idle` behind the latest. Real time counts for it as if
   * it had been read up to there, but not where it can't be seen: whatever it holds, its windows must still take when it
   * comes back. So nothing goes further ahead of its clock than `lateness`, until that has been so for {@linkcode UNSEEN_LIMIT}.
   *
   * @param now Real time that passed for ended logs; -Infinity = time is what the lines say.
   */
  low(idle: number, now = -Infinity): number {
    let low = Infinity;
    if (now === -Infinity) {
      const first = this.#ended[this.#firstFrom(this.#latest - idle)];
      if (first !== undefined) low = this.logs[first].clock;
    } else {
      for (const log of this.#ended) {
        const time = Math.max(this.logs[log].clock, now);
        if (this.#latest - time <= idle && time < low) low = time;
      }
    }
    const ahead = Math.max(this.#latest, now), unseen = this.#unseen;
    while (this.#held < unseen.length && ahead - unseen[this.#held].clock > UNSEEN_LIMIT) this.#held++;
    return this.#held === unseen.length ? low : Math.min(low, unseen[this.#held].clock + this.#lateness);
  }

  /** Logs that can't be seen and are waited for. */
  get notes(): InputNote[] {
    return this.#unseen.slice(this.#held).map(({ name, clock }) => {
      const since = new Date(clock).toISOString(), until = new Date(clock + UNSEEN_LIMIT).toISOString();
      const text = `Cannot see ${name}, read up to ${since}: windows that are ${
        this.#lateness / 60_000
      } minutes later wait for it until ${until}`;
      return { kind: "missing", name, text };
    });
  }

  /** Where in the list of ended logs the first one is whose clock is not before `time`. */
  #firstFrom(time: number): number {
    let low = 0, high = this.#ended.length;
    while (low < high) {
      const middle = low + high >> 1;
      if (this.logs[this.#ended[middle]].clock < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
