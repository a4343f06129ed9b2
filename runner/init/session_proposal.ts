/**
 * How lines might belong together: an id that comes back on several lines.
 *
 * @module
 */

/** A pattern that a stream's lines might form sessions by. */
export interface SessionProposal {
  /** RE2 syntax; the key is the first group, else the whole match. */
  pattern: string;
  /** Share of the lines looked at that carry such an id, 0–1. */
  coverage: number;
  /** Different ids among them. */
  sessions: number;
}

/** What an id must be like in the lines looked at. */
const LEAST_COVERAGE = 0.3, LEAST_SESSIONS = 5, LEAST_LINES = 2, MOST_LINES = 200;

/** Ids that are told by their form. */
const FORMS = [
  "blk_-?\\d+",
  "application_\\d+_\\d+",
  "attempt_\\d+_\\d+_\\w_\\d+_\\d+",
  "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
];

/** Names that ids of one piece of work end in, and names of things that live longer than a piece of work. */
const WORK = /(?:id|uuid|trace|request|req|session|order|transaction|txn|job|task|call|batch)$/i;
const LONG_LIVED =
  /(?:^|_)(?:[ef]?[ug]id|p?pid|tid|(?:user|client|host|node|thread|span|device|product|customer)_?id)$/i;

/**
 * The id that most lines carry, among those that come back on 2 to 200 lines on average; `null` where there is none.
 *
 * @param lines Lines of one stream.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { proposeSession } from "./session_proposal.ts";
 *
 * const lines = Array.from({ length: 30 }, (_, i) => `step of order=${i % 10}`);
 * assert(proposeSession(lines)?.pattern === "order=([\\w-]+)");
 * ```
 */
export function proposeSession(lines: readonly string[]): SessionProposal | null {
  const proposals = [...FORMS, ...namedPatterns(lines)].map((pattern) => measure(pattern, lines))
    .filter((proposal) => proposal !== null);
  proposals.sort((a, b) =>
    b.coverage - a.coverage || b.sessions - a.sessions || (a.pattern < b.pattern ? -1 : 1)
  );
  return proposals[0] ?? null;
}

/** Patterns for names that stand before a value: `order=17`, `"request_id":"a1"`, `session 17`. */
function namedPatterns(lines: readonly string[]): Set<string> {
  const patterns = new Set<string>();
  for (const line of lines) {
    for (const [, name] of line.matchAll(/\b([A-Za-z][A-Za-z_]{1,30})=[\w-]/g)) {
      if (isWork(name)) patterns.add(`${name}=([\\w-]+)`);
    }
    for (const [, name] of line.matchAll(/"([A-Za-z][A-Za-z_]{1,30})": ?"[\w-]/g)) {
      if (isWork(name)) patterns.add(`"${name}": ?"([\\w-]+)`);
    }
    for (const [, name, mark] of line.matchAll(/\b([A-Za-z]{3,20})( #|#| )\d/g)) {
      if (isWork(name)) patterns.add(`${name}${mark}(\\d+)`);
    }
  }
  return patterns;
}

function isWork(name: string): boolean {
  return WORK.test(name) && !LONG_LIVED.test(name);
}

function measure(pattern: string, lines: readonly string[]): SessionProposal | null {
  const expression = new RegExp(pattern), counts = new Map<string, number>();
  let covered = 0;
  for (const line of lines) {
    const match = expression.exec(line);
    if (match === null) continue;
    const key = match[1] ?? match[0];
    counts.set(key, (counts.get(key) ?? 0) + 1);
    covered++;
  }
  const perSession = covered / counts.size, coverage = covered / lines.length;
  const fits = coverage >= LEAST_COVERAGE && counts.size >= LEAST_SESSIONS && perSession >= LEAST_LINES &&
    perSession <= MOST_LINES;
  return fits ? { pattern, coverage, sessions: counts.size } : null;
}
