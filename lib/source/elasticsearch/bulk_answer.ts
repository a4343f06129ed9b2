/**
 * What a cluster answers to a bulk request, item by item.
 *
 * @module
 */

/** Why an item was not taken. */
export interface ItemRefusal {
  /** Its place in the request. */
  item: number;
  status: number;
  /** Elasticsearch's name of the error. */
  type: string;
  reason: string;
}

/** The items of an answer, sorted by what is to be done. */
export interface BulkAnswer {
  /** How many are new in the index. */
  created: number;
  /** How many were there already. */
  existing: number;
  /** May be taken later: the cluster is busy, short of something, or read-only. */
  later: ItemRefusal[];
  /** Somebody has to change something first: a privilege, a setting. */
  kept: ItemRefusal[];
  /** Will never be taken: they don't fit the index. */
  dead: ItemRefusal[];
}

/** An answer as far as {@linkcode BULK_PARTS} lets it through. */
interface RawAnswer {
  items?: Record<string, RawItem>[];
}

interface RawItem {
  status?: number;
  error?: { type?: string; reason?: string; caused_by?: { reason?: string } };
}

/** What of the answer is asked for. */
export const BULK_PARTS =
  "items.*.status,items.*.error.type,items.*.error.reason,items.*.error.caused_by.reason";

/**
 * Sorts the items of an answer.
 *
 * @param answer The body, parsed.
 * @param items How many were sent.
 * @throws {RangeError} if the answer is about another number of items.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readBulkAnswer } from "./bulk_answer.ts";
 *
 * const answer = { items: [{ create: { status: 201 } }, { create: { status: 409 } }, { create: { status: 429 } }] };
 * const { created, existing, later } = readBulkAnswer(answer, 3);
 * assert.deepEqual([created, existing, later.map(({ item }) => item)], [1, 1, [2]]);
 * ```
 */
export function readBulkAnswer(answer: unknown, items: number): BulkAnswer {
  const told = (answer as RawAnswer | null)?.items ?? [];
  if (told.length !== items) {
    throw new RangeError(
      `Cannot read the answer to a bulk request: it is about ${told.length} items, sent were ${items}`,
    );
  }
  const sorted: BulkAnswer = { created: 0, existing: 0, later: [], kept: [], dead: [] };
  told.forEach((one, item) => {
    const [action] = Object.values(one), { status = 0, error } = action ?? {};
    if (status >= 200 && status < 300) sorted.created++;
    else if (status === 409) sorted.existing++;
    else {
      const { type = "", reason = "", caused_by } = error ?? {};
      const cause = caused_by?.reason === undefined ? "" : `: ${caused_by.reason}`;
      const refusal = { item, status, type, reason: `${reason}${cause}` };
      sorted[whatToDo(refusal)].push(refusal);
    }
  });
  return sorted;
}

function whatToDo({ status, type, reason }: ItemRefusal): "later" | "kept" | "dead" {
  if (type === "cluster_block_exception") return "later"; // read-only, or its disk is full: status 403 or 429
  if (status === 429 || status >= 500 || status === 0) return "later";
  if (status === 401 || status === 403 || status === 404) return "kept";
  return type === "validation_exception" && /shards/.test(reason) ? "kept" : "dead"; // the cluster may have no more shards
}
