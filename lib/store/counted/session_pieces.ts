/**
 * Events of sessions in pieces that are written as one document each.
 *
 * @module
 */
import type { NamedEvent } from "./packed_events.ts";

/** An event and what it is sorted by. */
export interface PlacedEvent {
  /** Time of its document, ms since the epoch. */
  at: number;
  /** Its place in its log; `null` = it has none. */
  sequence: number | null;
  id: string;
  event: NamedEvent;
}

/** Some events of a window, in their order. */
export interface SessionPiece {
  /** Begin of the window, ms UTC. */
  window: number;
  /** Its place among those of the window. */
  piece: number;
  events: NamedEvent[];
}

/** Characters of a piece, more or less: some 10,000 events; and of an event without its keys and facts. */
const PIECE_LENGTH = 400_000, EVENT_LENGTH = 40;

/**
 * Cuts events into pieces, window by window, as soon as all that comes before their end is there; what is held meanwhile are the
 * events of a piece, and those of one millisecond.
 *
 * The order within a window is that of time, then of the sequence (those without one last), then of names. Of more events there are
 * as many pieces or more, so who writes a window again, with what came since, leaves nothing behind of the first time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SessionPiece, SessionPieces } from "./session_pieces.ts";
 *
 * const found: SessionPiece[] = [], pieces = new SessionPieces(60_000, (piece) => found.push(piece));
 * const event = { time: 5, service: "shop", template: "a1", severity: 9, keys: ["order 7"] };
 * for (const at of [5, 70_000]) pieces.add({ at, sequence: null, id: `${at}`, event });
 * pieces.finish();
 * assert.deepEqual(found.map(({ window, piece, events }) => [window, piece, events.length]), [[0, 0, 1], [60_000, 0, 1]]);
 * ```
 */
export class SessionPieces {
  readonly #length: number;
  readonly #put: (piece: SessionPiece) => void;
  readonly #most: number;
  #held: PlacedEvent[] = [];
  #weight = 0;
  #at = -Infinity;
  #window = -Infinity;
  /** How many there are of each window. */
  readonly #pieces = new Map<number, number>();

  /**
   * @param window Length of the windows, ms.
   * @param most Characters of a piece; default 400,000.
   */
  constructor(window: number, put: (piece: SessionPiece) => void, most: number = PIECE_LENGTH) {
    this.#length = window;
    this.#put = put;
    this.#most = most;
  }

  /**
   * Adds an event. Times of documents rise; where they don't (an index of nanoseconds beside one of milliseconds), what comes too
   * late to be in its place is behind it, in pieces of its own.
   */
  add(placed: PlacedEvent): void {
    const { at } = placed, window = Math.floor(at / this.#length) * this.#length;
    if (window !== this.#window) {
      this.finish();
      this.#window = window;
    } else if (at !== this.#at && this.#weight >= this.#most) {
      this.#cut();
    }
    this.#at = at;
    this.#held.push(placed);
    this.#weight += lengthOf(placed.event);
  }

  /** Nothing more comes for the window. */
  finish(): void {
    this.#cut();
    if (this.#held.length > 0) this.#hand(this.#held);
    this.#held = [];
    this.#weight = 0;
  }

  /** Hands out what makes whole pieces. */
  #cut(): void {
    const held = this.#held.sort(inOrder);
    let begin = 0, weight = 0;
    for (let i = 0; i < held.length; i++) {
      weight += lengthOf(held[i].event);
      if (weight < this.#most) continue;
      this.#hand(held.slice(begin, i + 1));
      [begin, weight] = [i + 1, 0];
    }
    if (begin > 0) this.#held = held.slice(begin);
    this.#weight = weight;
  }

  #hand(held: readonly PlacedEvent[]): void {
    const window = this.#window, piece = this.#pieces.get(window) ?? 0;
    this.#pieces.set(window, piece + 1);
    this.#put({ window, piece, events: held.map(({ event }) => event) });
  }
}

function lengthOf({ keys, facts }: NamedEvent): number {
  let length = EVENT_LENGTH;
  for (const key of keys) length += key.length;
  return facts === undefined ? length : length + JSON.stringify(facts).length;
}

function inOrder(one: PlacedEvent, other: PlacedEvent): number {
  if (one.at !== other.at) return one.at - other.at;
  const place = one.sequence ?? Infinity, next = other.sequence ?? Infinity;
  return place !== next ? place - next : one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}
