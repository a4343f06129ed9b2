/**
 * Requests that carry something for the server to execute or to hand out.
 *
 * @module
 */
import { countText } from "../../table/figures.ts";
import { injectedCount, recentCount, type RememberedSource } from "./remembered_source.ts";
import { FILE, PROBE_NAMES } from "./request_probe.ts";
import { TECHNIQUES } from "./technique.ts";
import type { Suspect, ThreatDetector } from "./threat_detector.ts";

/** One that reached a file or a command weighs as much as so many. */
const BREACH_WEIGHT = 3;

function textOf(source: RememberedSource): string {
  const kinds = PROBE_NAMES.slice(0, FILE).filter((_, i) => source.probes[i] > 0).join(", ");
  const outcome = source.breached >= 0.5
    ? "; a server that is safe would not have answered with success"
    : source.answered >= 0.5
    ? "; some were answered with success"
    : "";
  const requests = countText(injectedCount(source), "request");
  return `${requests} with ${kinds} from ${source.key}, such as ${source.example}${outcome}`;
}

function suspect(source: RememberedSource): Suspect {
  const breached = source.breached >= 0.5, answered = source.answered >= 0.5;
  return {
    source: source.key,
    value: recentCount(source.injected) + (breached ? BREACH_WEIGHT : 0),
    technique: TECHNIQUES.exploit,
    severity: breached ? "high" : answered ? "medium" : "low",
    text: () => textOf(source),
    actual: injectedCount(source),
    expected: 0,
  };
}

/**
 * Different requests of one source within the last one to two days with SQL, scripts, commands or paths out of the served folder in
 * them. One alone may be a search for such words or a mangled link: the floor is two.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { webInjection } from "./web_injection.ts";
 * import { noRequests } from "./source_counts.ts";
 * import { SourceFact } from "./source_fact.ts";
 * import { ThreatMemory } from "./threat_memory.ts";
 *
 * const memory = new ThreatMemory(), fact = new SourceFact();
 * const tried = { requests: 3, probes: [3, 0, 0, 0, 0], injected: [1, 5, 8], example: "/a?b='or 1=1" };
 * fact.source("203.0.113.9").web = { ...noRequests(), ...tried };
 * memory.add({ start: 0, end: 60_000, lines: 9, fact });
 * assert.equal(webInjection.suspects(memory)[0].value, 3); // different requests
 * ```
 */
export const webInjection: ThreatDetector = {
  name: "injection",
  title: "Requests with something to execute",
  floor: 2,
  budget: 0.1,
  scale: "count",
  habits: false,
  suspects: ({ active }) =>
    active.filter((each) => each.nowProbes > 0 && injectedCount(each) > 0).map(suspect),
};
