/**
 * A stretch of a job's time that one worker maps at a time.
 *
 * @module
 */
import { savedFields } from "../../record/saved_fields.ts";

const { fieldsOf, integer, nullOr, number, refuse, text } = savedFields("a part");

/** Whether it waits for a worker, has one, or is mapped. */
export type PartStatus = "open" | "taken" | "done";

/** A part as its document says. */
export interface Part {
  /** The stretch `[from, to)`, ms UTC. */
  from: number;
  to: number;
  /** Documents from this time on are left for later, ms; `null` = all are wanted. */
  until: number | null;
  /** Raised whenever documents came late: only those are mapped then. */
  generation: number;
  status: PartStatus;
  /** Who works at it. */
  owner: string | null;
  /** Until when, ms since the epoch; behind it anybody may take it. */
  lease: number | null;
  /** Documents there were when it was mapped last. */
  documents: number;
}

/** A part and the version of its document: who writes it says which one was read. */
export interface FoundPart extends Part {
  seqNo: number;
  primaryTerm: number;
}

/** A part that nobody has looked at. */
export function newPart(stretch: Pick<Part, "from" | "to" | "until">): Part {
  return { ...stretch, generation: 1, status: "open", owner: null, lease: null, documents: 0 };
}

/** The name of a part's document. */
export function partId({ from }: Pick<Part, "from">): string {
  return `part ${from}`;
}

/** Generations of a part that are whole. */
export function wholeGenerations({ generation, status }: Part): number {
  return status === "done" ? generation : generation - 1;
}

/**
 * Whether a part may be taken.
 *
 * @param now Milliseconds since the epoch.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isFree, newPart } from "./part.ts";
 *
 * const part = newPart({ from: 0, to: 60_000, until: null });
 * assert.equal(isFree(part, 5), true);
 * const taken = { ...part, status: "taken" as const, owner: "other", lease: 100 };
 * assert.deepEqual([isFree(taken, 99), isFree(taken, 101)], [false, true]); // its worker has died
 * ```
 */
export function isFree({ status, lease }: Part, now: number): boolean {
  return status === "open" || status === "taken" && (lease ?? 0) < now;
}

/** The document of a part. */
export function savePart(part: Part): Record<string, unknown> {
  const { from, to, until, generation, status, owner, lease, documents } = part;
  return { kind: "part", from, to, until, generation, status, owner, lease, documents };
}

/**
 * A part from its document.
 *
 * @throws {TypeError | RangeError} if it is none.
 */
export function readPart(document: unknown): Part {
  const fields = fieldsOf(document, "part");
  return {
    from: number(fields.from, "from"),
    to: number(fields.to, "to"),
    until: nullOr(fields.until, "until", number),
    generation: integer(fields.generation, "generation", 1),
    status: STATUSES.find((status) => status === fields.status) ??
      refuse("status", "open, taken, done", fields.status),
    owner: nullOr(fields.owner, "owner", text),
    lease: nullOr(fields.lease, "lease", number),
    documents: integer(fields.documents, "documents"),
  };
}

const STATUSES: readonly PartStatus[] = ["open", "taken", "done"];
