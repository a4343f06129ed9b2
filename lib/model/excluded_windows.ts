/**
 * Which windows a training is not to learn from.
 *
 * @module
 */
import type { Dictionary } from "../record/dictionary.ts";
import type { ClosedWindows } from "../window/closed_windows.ts";

/** Windows by what they share: those of a key, or those that share a moment with a span of time. */
export interface ExcludedWindow {
  /** `null` = sessions and time windows. */
  kind: "session" | "window" | null;
  /** A session's key or a window's identity; `null` = any. */
  key: string | null;
  /** Service of time windows; `null` = every one. */
  service: string | null;
  /** ms, UTC; NaN = whenever. */
  start: number;
  /** ms, UTC; no longer in it. */
  end: number;
}

/** Windows that are not to be learned from, and why. */
export interface Exclusion {
  /**
   * `alert` = they were anomalous; `sequel` = they have an error that came up in an alert's windows; `asked` = someone named the
   * span; `label` = they are labelled as anomalous.
   */
  why: "alert" | "sequel" | "asked" | "label";
  /** Names it for people and programs: an alert's identity, a span. */
  name: string;
  /** What was the matter, in a few words. */
  title: string;
  /** Whether a person said so: then it holds however many windows there are. */
  certain: boolean;
  windows: readonly ExcludedWindow[];
}

/** A stretch of time, and the place of its exclusion. */
interface Span {
  start: number;
  end: number;
  place: number;
}

/** No exclusion. */
const NONE = Infinity;

/**
 * Finds the exclusion of a closed window: what a person said goes before what only alerts say.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "../record/dictionary.ts";
 * import { ClosedRows } from "../window/closed_rows.ts";
 * import { ExcludedWindows } from "./excluded_windows.ts";
 *
 * const services = new Dictionary(), rows = new ClosedRows(), service = services.internText("db");
 * for (const start of [0, 60_000]) {
 *   rows.push({ kind: 1, service, start, end: start + 60_000, lines: 3, vector: 7, reopened: 0 });
 * }
 * const window = { kind: "window" as const, key: null, service: "db", start: 60_000, end: 120_000 };
 * const alert = { why: "alert" as const, name: "a1", title: "disk full", certain: false, windows: [window] };
 * const excluded = new ExcludedWindows([alert], services), closed = rows.finish(services);
 * assert.deepEqual([excluded.of(closed, 0), excluded.of(closed, 1)?.name], [undefined, "a1"]);
 * ```
 */
export class ExcludedWindows {
  readonly #exclusions: readonly Exclusion[];
  readonly #services: Dictionary;
  readonly #keyed = { session: new Map<string, Span[]>(), window: new Map<string, Span[]>() };
  readonly #everywhere: { session: Spans; window: Spans };
  readonly #byService: Map<string, Spans>;

  /** @param services Names behind the service column of closed windows. */
  constructor(exclusions: readonly Exclusion[], services: Dictionary) {
    this.#exclusions = exclusions.toSorted((a, b) => Number(b.certain) - Number(a.certain));
    this.#services = services;
    const everywhere = { session: [] as Span[], window: [] as Span[] }, byService = new Map<string, Span[]>();
    this.#exclusions.forEach(({ windows }, place) => {
      for (const { kind, key, service, start, end } of windows) {
        const span = { start, end: end === start ? end + 1 : end, place };
        if (kind !== "window") {
          (key === null ? everywhere.session : listOf(this.#keyed.session, key)).push(span);
        }
        if (kind === "session") continue;
        if (key !== null) listOf(this.#keyed.window, key).push(span);
        else (service === null ? everywhere.window : listOf(byService, service)).push(span);
      }
    });
    this.#everywhere = { session: new Spans(everywhere.session), window: new Spans(everywhere.window) };
    this.#byService = new Map([...byService].map(([service, spans]) => [service, new Spans(spans)]));
  }

  /** The exclusion of row `i`; `undefined` = none. */
  of(closed: ClosedWindows, i: number): Exclusion | undefined {
    const place = closed.isSession(i) ? this.#ofSession(closed, i) : this.#ofWindow(closed, i);
    return place === NONE ? undefined : this.#exclusions[place];
  }

  /** A session's end is in it, other than that of a time window. */
  #ofSession(closed: ClosedWindows, i: number): number {
    const start = closed.start[i], end = closed.end[i] + 1;
    return Math.min(this.#everywhere.session.at(start, end), this.#ofKey(closed, i, this.#keyed.session));
  }

  #ofWindow(closed: ClosedWindows, i: number): number {
    const start = closed.start[i], end = closed.end[i];
    const own = this.#byService.get(this.#services.text(closed.service[i]));
    return Math.min(
      this.#everywhere.window.at(start, end),
      own === undefined ? NONE : own.at(start, end),
      this.#ofKey(closed, i, this.#keyed.window),
    );
  }

  #ofKey(closed: ClosedWindows, i: number, keyed: ReadonlyMap<string, readonly Span[]>): number {
    if (keyed.size === 0) return NONE;
    const start = closed.start[i], end = closed.end[i] + (closed.isSession(i) ? 1 : 0);
    let least = NONE;
    for (const key of new Set([closed.key(i), closed.identity(i)])) {
      for (const span of keyed.get(key) ?? []) {
        const isApart = span.start >= end || span.end <= start; // neither where a time is missing
        if (!isApart) least = Math.min(least, span.place);
      }
    }
    return least;
  }
}

function listOf(map: Map<string, Span[]>, key: string): Span[] {
  return map.get(key) ?? map.set(key, []).get(key)!;
}

/** Spans of time that may overlap. */
class Spans {
  readonly #spans: readonly Span[];
  /** The latest end of a span and all before it. */
  readonly #reach: Float64Array;

  constructor(spans: readonly Span[]) {
    this.#spans = spans.toSorted((a, b) => a.start - b.start);
    this.#reach = new Float64Array(spans.length);
    let reach = -Infinity;
    this.#spans.forEach(({ end }, i) => this.#reach[i] = reach = Math.max(reach, end));
  }

  /** The least place of a span that shares a moment with `[from, to)`; Infinity = there is none. */
  at(from: number, to: number): number {
    let low = 0, high = this.#spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#spans[middle].start < to) low = middle + 1;
      else high = middle;
    }
    let least = NONE;
    for (let i = low - 1; i >= 0 && this.#reach[i] > from; i--) {
      if (this.#spans[i].end > from) least = Math.min(least, this.#spans[i].place);
    }
    return least;
  }
}
