/**
 * Names of what is written: the same whenever the same is written again.
 *
 * @module
 */
import { createHash } from "node:crypto";

/** Digits of a time, and what is added to it so that none is negative. */
const TIME_DIGITS = 10, EPOCH = 2 ** 47;
/** Digits of a hash: six bits each. */
const HASH_DIGITS = 20;

/** A document among all that a job reads. */
export interface DocumentName {
  index: string;
  id: string;
  /** What it is sorted by, ms since the epoch. */
  time: number;
}

/**
 * The name of the event that is made of a document. Names rise with time, so that an index finds them again quickly.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { eventId } from "./event_id.ts";
 *
 * const name = eventId({ index: "logs", id: "a", time: 5 });
 * assert.equal(name, eventId({ index: "logs", id: "a", time: 5 }));
 * assert(name !== eventId({ index: "logs", id: "b", time: 5 }));
 * assert(name < eventId({ index: "logs", id: "a", time: 6 }));
 * ```
 */
export function eventId({ index, id, time }: DocumentName): string {
  const rising = Math.floor(time + EPOCH).toString(36).padStart(TIME_DIGITS, "0");
  return rising + hashed(`${index}/${id}`); // no index has a slash in its name
}

/** The name of what was noted of a service's window. */
export function windowId(at: { from: number; generation: number; start: number; service: string }): string {
  return `window ${at.from} ${at.generation} ${at.start} ${hashed(at.service)}`;
}

/** The name of events of sessions, some of a window's. */
export function sessionsId(at: { from: number; generation: number; start: number; piece: number }): string {
  return `sessions ${at.from} ${at.generation} ${at.start} ${at.piece}`;
}

/** The name of what else is known of a part's generation. */
export function incrementId({ from, generation }: { from: number; generation: number }): string {
  return `increment ${from} ${generation}`;
}

function hashed(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, HASH_DIGITS);
}
