/**
 * What a document is recognised by when it is met again.
 *
 * @module
 */
import type { Page } from "./page.ts";

const words = new Int32Array(2), double = new Float64Array(words.buffer);

/**
 * Hash of a document's id and time as an integer of 53 bits. Indices of different days may give the same ids to different
 * documents, which so stay apart; a document that moves to another index stays the same.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fingerprintOf } from "./fingerprint.ts";
 * import { Page } from "./page.ts";
 * import { USUAL_FIELDS, wantedFields } from "./wanted_fields.ts";
 *
 * const hits = [{ _id: "1", sort: [1000] }, { _id: "1", sort: [2000] }, { _id: "1", sort: [1000] }];
 * const page = new Page(wantedFields(USUAL_FIELDS));
 * page.read(new TextEncoder().encode(JSON.stringify({ hits: { hits } })));
 * const [monday, tuesday, again] = hits.map((_, i) => fingerprintOf(page, i));
 * assert(monday !== tuesday && monday === again);
 * ```
 */
export function fingerprintOf(page: Page, i: number): number {
  const { bytes } = page, { start, end } = page.idRange(i);
  let high = 0xdeadbeef | 0, low = 0x41c6ce57 | 0;
  const mix = (word: number) => {
    high = Math.imul(high ^ word, 2654435761);
    low = Math.imul(low ^ word, 1597334677);
  };
  for (let p = start; p < end; p++) mix(bytes[p]);
  double[0] = page.time(i) ?? NaN;
  mix(words[0]);
  mix(words[1]);
  high = Math.imul(high ^ high >>> 16, 2246822507) ^ Math.imul(low ^ low >>> 13, 3266489909);
  low = Math.imul(low ^ low >>> 16, 2246822507) ^ Math.imul(high ^ high >>> 13, 3266489909);
  return (low & 0x1fffff) * 0x100000000 + (high >>> 0);
}
