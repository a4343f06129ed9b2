/** Random rows, and what can happen to windows between them. */
import fc from "fast-check";
import { SessionPattern } from "../../lib/window/session_pattern.ts";
import type { Row } from "./made_rows.ts";

const session = SessionPattern.compile("k=(\\w+)");

/** A record whose time is near those of the others, most often. */
export const row: fc.Arbitrary<Row> = fc.record({
  time: fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 0, max: 400 }) },
    { weight: 2, arbitrary: fc.integer({ min: -3000, max: 3000 }) },
    { weight: 2, arbitrary: fc.constant(NaN) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 400 }).map((time) => time + 0.25) },
  ),
  keys: fc.uniqueArray(fc.constantFrom("a", "b", "c"), { maxLength: 3 }),
  service: fc.constantFrom("api", "db", "web"),
  template: fc.integer({ min: 0, max: 3 }),
  severity: fc.constantFrom(0, 9, 17),
  source: fc.integer({ min: 0, max: 1 }),
});

/** How windows are formed. */
export const settings = fc.record({
  session: fc.constantFrom(session, session, null),
  size: fc.integer({ min: 7, max: 60 }),
  idle: fc.integer({ min: 1, max: 30 }),
  lateness: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constant(Infinity)),
  keepSessions: fc.constantFrom(false, false, true),
  silenceLimit: fc.integer({ min: 0, max: 20 }),
  vectorLimit: fc.constantFrom(1, 5, 1000),
});

/** What is done after a piece of rows. */
export interface Piece {
  rows: number;
  close: boolean;
  save: boolean;
  forget: boolean;
}

/** What to do after each piece: how many rows, and whether to close, save and restore, forget vectors. */
export const pieces: fc.Arbitrary<Piece[]> = fc.array(
  fc.record({
    rows: fc.integer({ min: 1, max: 9 }),
    close: fc.boolean(),
    save: fc.boolean(),
    forget: fc.boolean(),
  }),
  { minLength: 1, maxLength: 30, size: "max" },
);

/** Rows in runs of one source, since a batch has one. */
export function sourcesOf(rows: Row[]): Row[][] {
  const runs: Row[][] = [];
  for (const row of rows) {
    const run = runs[runs.length - 1];
    if (run && run[0].source === row.source) run.push(row);
    else runs.push([row]);
  }
  return runs;
}
