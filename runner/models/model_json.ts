/**
 * Models as `deepscan models --json` prints them: times are ISO 8601.
 *
 * @module
 */
import type { Activation, VersionSummary } from "../../lib/mod.ts";

/** A version. */
export function jsonSummary({ createdAt, streams, ...rest }: VersionSummary) {
  return {
    ...rest,
    createdAt: jsonTime(createdAt),
    streams: streams.map(({ from, to, ...stream }) => ({
      ...stream,
      from: jsonTime(from),
      to: jsonTime(to),
    })),
  };
}

/** That a version became the active one. */
export function jsonActivation({ version, at, how }: Activation) {
  return { version, at: jsonTime(at), how };
}

/** A time; `null` = there is none. */
export function jsonTime(time: number): string | null {
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
