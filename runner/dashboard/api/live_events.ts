/**
 * Tells pages that something has changed: server-sent events.
 *
 * @module
 */

/** What is looked at. */
export interface Watched {
  /** What is otherwise when something has changed. */
  version(): string;
  /** Id of the newest incident; empty = there is none. */
  newestIncident(): string;
  /** ms since the epoch. */
  now(): number;
}

/** How it goes about it. */
export interface LiveOptions {
  /** Between two looks, and between two signs of life, ms; defaults: one second, and fifteen. */
  every?: number;
  heartbeat?: number;
  /** Pages that can listen at once; default 100. */
  most?: number;
}

/** A page that listens. */
type Listener = ReadableStreamDefaultController<Uint8Array>;

/** What is told of a change. */
export interface Told {
  /** Counts changes, from 1. */
  version: number;
  incident: string;
  /** ms since the epoch. */
  at: number;
}

/** How long a browser waits before it connects again, ms. */
const RETRY = 3_000;
/** Bytes that may wait for a page that does not read them: one that doesn't is let go. */
const WAITING = 64 * 1024;

const ENCODER = new TextEncoder();

/**
 * Looks for all pages together, and only while one listens.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LiveEvents } from "./live_events.ts";
 *
 * let version = "1";
 * const events = new LiveEvents({ version: () => version, newestIncident: () => "0a1b", now: () => 7 });
 * const reader = events.listen(null)!.pipeThrough(new TextDecoderStream()).getReader();
 * assert.equal((await reader.read()).value, "retry: 3000\n\n");
 * version = "2";
 * events.look();
 * assert.match((await reader.read()).value!, /event: changed\ndata: {"version":1,"incident":"0a1b","at":7}\n\n$/);
 * events.close();
 * ```
 */
export class LiveEvents {
  readonly #watched: Watched;
  readonly #options: Required<LiveOptions>;
  readonly #listeners = new Set<Listener>();
  /** Tells events of this process from those of one before it. */
  readonly #process: string;
  #timer: ReturnType<typeof setInterval> | null = null;
  #seen = "";
  #count = 0;
  #quiet = 0;

  constructor(watched: Watched, { every = 1_000, heartbeat = 15_000, most = 100 }: LiveOptions = {}) {
    this.#watched = watched;
    this.#options = { every, heartbeat, most };
    this.#process = watched.now().toString(36);
  }

  /** Pages that listen. */
  get size(): number {
    return this.#listeners.size;
  }

  /**
   * Events for one more page; `null` = as many listen as can.
   *
   * @param last Id of the last event that it has got; `null` = none. Where it is not the last one there was, it is told at once.
   */
  listen(last: string | null): ReadableStream<Uint8Array> | null {
    if (this.#listeners.size >= this.#options.most) return null;
    let own: Listener;
    return new ReadableStream<Uint8Array>({
      start: (listener) => {
        own = listener;
        this.#begin();
        this.#listeners.add(listener);
        const missed = last !== null && last !== this.#id;
        listener.enqueue(ENCODER.encode(`retry: ${RETRY}\n\n${missed ? this.#text() : ""}`));
      },
      cancel: () => this.#leave(own),
    }, { highWaterMark: WAITING, size: (part) => part?.length ?? 0 });
  }

  /** Looks whether something has changed, and tells all pages. */
  look(): void {
    const version = this.#watched.version();
    this.#quiet += this.#options.every;
    if (version !== this.#seen) {
      this.#seen = version;
      this.#count++;
      this.#tell(this.#text());
    } else if (this.#quiet >= this.#options.heartbeat) this.#tell(": still here\n\n");
  }

  /** Lets all pages go. */
  close(): void {
    for (const listener of [...this.#listeners]) this.#leave(listener, { closes: true });
  }

  get #id(): string {
    return `${this.#process}-${this.#count}`;
  }

  #begin(): void {
    if (this.#timer !== null) return;
    this.#seen = this.#watched.version();
    this.#timer = setInterval(() => this.look(), this.#options.every);
  }

  #text(): string {
    const told: Told = {
      version: this.#count,
      incident: this.#watched.newestIncident(),
      at: this.#watched.now(),
    };
    return `id: ${this.#id}\nevent: changed\ndata: ${JSON.stringify(told)}\n\n`;
  }

  #tell(text: string): void {
    this.#quiet = 0;
    const bytes = ENCODER.encode(text);
    for (const listener of [...this.#listeners]) {
      if ((listener.desiredSize ?? 0) <= 0) this.#leave(listener, { closes: true });
      else listener.enqueue(bytes);
    }
  }

  #leave(listener: Listener, { closes = false } = {}): void {
    if (!this.#listeners.delete(listener)) return;
    if (closes) listener.close();
    if (this.#listeners.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }
}
