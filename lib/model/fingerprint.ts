/**
 * A name for training data.
 *
 * @module
 */
import type { LearnedStream } from "./learn.ts";
import type { HistoryRow } from "./window_history.ts";

/**
 * Sixteen hexadecimal digits of a SHA-256 over the templates, what people say about them, and the windows that train: equal
 * data, equal fingerprint.
 */
export async function fingerprintOf(learned: LearnedStream, rows: readonly HistoryRow[]): Promise<string> {
  const { catalogue, windows: { vectors }, settings: { templates: hand } } = learned;
  const { pins } = catalogue.decisions;
  const templates = catalogue.known.map(({ id }) => id);
  const counts = rows.map((
    { start, vector },
  ) => [Number.isNaN(start) ? null : start, ...vectors.pairs(vector)]);
  const said = hand && hand.masks.length + hand.pins.length > 0
    ? [hand, pins]
    : pins.length > 0
    ? [pins]
    : [];
  const bytes = new TextEncoder().encode(JSON.stringify([templates, counts, ...said]));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
