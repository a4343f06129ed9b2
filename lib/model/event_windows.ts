/**
 * Closed windows as ensembles read them.
 *
 * @module
 */
import { type EventCounts, eventCountsOf, type EventWindow } from "../feature/event_window.ts";
import type { ClosedWindows } from "../window/closed_windows.ts";
import type { OpenWindows } from "../window/open_windows.ts";

/** What the numbers in closed windows stand for. */
export type WindowSource = Pick<OpenWindows, "vectors" | "sequences" | "collectors">;

/**
 * Makes {@linkcode EventWindow}s; those with equal counts share them. They outlive the numbers that they were made from.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../record/log_batch.ts";
 * import { OpenWindows } from "../window/open_windows.ts";
 * import { EventWindows } from "./event_windows.ts";
 *
 * const batch = new LogBatch();
 * batch.length = 2;
 * batch.timestamp.set([1_000, 61_000]);
 * batch.service.fill(batch.services.internText("api"), 0, 2);
 * const windows = new OpenWindows({ size: 60_000, idle: 900_000, lateness: 0 }, batch.services);
 * windows.add(batch, 0, 2);
 * const closed = windows.closeAll(), made = new EventWindows();
 * assert.equal(made.at(closed, 0, windows).events, made.at(closed, 1, windows).events);
 * ```
 */
export class EventWindows {
  #events: (EventCounts | undefined)[] = [];

  /** Row `i` of closed windows. */
  at(closed: ClosedWindows, i: number, { vectors, sequences, collectors }: WindowSource): EventWindow {
    const vector = closed.vector[i], noted = closed.facts.get(i);
    return {
      start: closed.start[i],
      end: closed.end[i],
      lines: closed.lines[i],
      events: this.#events[vector] ??= eventCountsOf(vectors.pairs(vector)),
      sequence: sequences?.read(closed.sequence[i]) ?? null,
      ...(noted === undefined ? {} : { facts: collectors.named(noted) }),
    };
  }

  /** To be called when count vectors were numbered anew. */
  reset(): void {
    this.#events = [];
  }
}
