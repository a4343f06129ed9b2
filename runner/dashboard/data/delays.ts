/**
 * How far behind streams are.
 *
 * @module
 */
import type { DataSource } from "./source.ts";

/** How far behind a stream is. */
export interface StreamDelay {
  stream: string;
  /** Time of its newest record, ms; `null` = none was read. */
  newest: number | null;
  /** How long ago that was, ms; `null` where its time is what the lines say. */
  delay: number | null;
  /** When logs were last read, ms; `null` = never. */
  readAt: number | null;
}

/** The delay of each stream of the settings and of the state. */
export function delaysOf(source: DataSource, stream: string | null = null): StreamDelay[] {
  const known = new Map(source.streams().map(({ name, newest }) => [name, newest]));
  const readAt = source.row("select finished_at as at from run order by id desc limit 1")?.at;
  const clocks = new Map(source.config.streams.map(({ name, clock }) => [name, clock]));
  return source.streamNames().filter((name) => stream === null || name === stream).map((name) => {
    const newest = known.get(name) ?? null, isWall = clocks.get(name) === "wall";
    return {
      ...{ stream: name, newest, readAt: readAt == null ? null : Number(readAt) },
      delay: newest !== null && isWall ? Math.max(0, source.now() - newest) : null,
    };
  });
}
