/**
 * When the last sign of life was given, as it is kept from run to run.
 *
 * @module
 */
import { savedFields } from "../../lib/mod.ts";

const { fieldsOf, nullOr, number, refuse, text } = savedFields("a heartbeat");

const VERSION = 1;

/** Times are ms since the epoch. */
export interface StoredHeartbeat {
  version: 1;
  /** When one was given last; `null` = never. */
  at: number | null;
  /** When it was tried last, and what for. */
  triedAt: number;
  kind: "success" | "fail";
  /** Why the last one was not heard; empty = it was. */
  error: string;
}

/** A try to give one. */
export function heartbeatTried(
  before: StoredHeartbeat | null,
  { now, kind, error }: { now: number; kind: "success" | "fail"; error: string },
): StoredHeartbeat {
  const isGiven = kind === "success" && error === "";
  return { version: VERSION, at: isGiven ? now : before?.at ?? null, triedAt: now, kind, error };
}

/**
 * As it was saved.
 *
 * @throws {TypeError} if it is not of this version, or something in it is of the wrong type.
 */
export function readHeartbeat(saved: unknown): StoredHeartbeat {
  const fields = fieldsOf(saved, "heartbeat");
  if (fields.version !== VERSION) refuse("version", `${VERSION}`, fields.version);
  const kind = (["success", "fail"] as const).find((one) => one === fields.kind);
  return {
    version: VERSION,
    at: nullOr(fields.at, "at", number),
    triedAt: number(fields.triedAt, "triedAt"),
    kind: kind ?? refuse("kind", "success or fail", fields.kind),
    error: text(fields.error, "error"),
  };
}
