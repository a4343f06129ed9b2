/**
 * A source that sends and sends.
 *
 * @module
 */
import { countText, numberText } from "../../table/figures.ts";
import { TECHNIQUES } from "./technique.ts";
import type { ThreatDetector } from "./threat_detector.ts";

/**
 * Requests of one source that send something (forms, logins, queries), half of which fade in a day. What they send is not in an
 * access log: guessing at a login page and injection into a form's fields both show as many of them.
 *
 * The floor of twenty is what a visitor may send who fills in one form after another.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { requestHammering } from "./request_hammering.ts";
 * import { SourceFact } from "./source_fact.ts";
 * import { noRequests } from "./source_counts.ts";
 * import { ThreatMemory } from "./threat_memory.ts";
 *
 * const memory = new ThreatMemory(), fact = new SourceFact();
 * fact.source("203.0.113.9").web = { ...noRequests(), requests: 310, posts: 300 };
 * memory.add({ start: 0, end: 60_000, lines: 310, fact });
 * assert.equal(requestHammering.suspects(memory)[0].text(), "300 requests from 203.0.113.9 send something");
 * ```
 */
export const requestHammering: ThreatDetector = {
  name: "hammering",
  title: "Many requests of one source that send something",
  floor: 20,
  budget: 0.1,
  scale: "count",
  habits: false,
  suspects: ({ active }) =>
    active.filter(({ nowPosts }) => nowPosts > 0).map((source) => ({
      source: source.key,
      value: source.posts,
      technique: TECHNIQUES.bruteForce,
      severity: "low",
      text: () =>
        `${countText(source.posts, "request")} from ${source.key} send something` +
        (source.broken >= 1 ? `; ${numberText(Math.round(source.broken))} broke the server` : ""),
      actual: source.posts,
      expected: 0,
    })),
};
