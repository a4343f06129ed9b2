/**
 * A source that asks for what is not there.
 *
 * @module
 */
import { countText } from "../../table/figures.ts";
import { recentCount, type RememberedSource } from "./remembered_source.ts";
import { TECHNIQUES } from "./technique.ts";
import type { Suspect, ThreatDetector } from "./threat_detector.ts";

/** So many paths in vain are no mistake. */
const MANY_PATHS = 100;

function textOf(source: RememberedSource): string {
  const hidden = recentCount(source.hidden),
    also = countText(hidden, "hidden file or console", "hidden files and consoles");
  const vain = `${countText(recentCount(source.paths), "path")} asked for in vain by ${source.key}`;
  const named = source.scanner === "" ? "" : `, as ${source.scanner}`;
  const found = source.found >= 0.5 ? `; ${source.foundPath} was handed out` : "";
  return `${vain}${hidden === 0 ? "" : `, ${also}`}${named}${found}`;
}

function suspect(source: RememberedSource): Suspect {
  const paths = recentCount(source.paths), named = source.scanner !== "", found = source.found >= 0.5;
  const share = Math.min(1, source.failing / Math.max(1, source.requests));
  return {
    source: source.key,
    value: (paths + recentCount(source.hidden)) * (found ? 1 : share) * (named ? 2 : 1),
    technique: named ? TECHNIQUES.activeScanning : TECHNIQUES.wordlistScanning,
    severity: found ? "high" : named || paths >= MANY_PATHS ? "medium" : "low",
    text: () => textOf(source),
    actual: paths,
    expected: 0,
  };
}

/**
 * Different paths of one source within the last one to two days that were answered with 4xx, and hidden files that it asked for, times
 * the share of its requests that failed: who follows a dead link now and then, or a crawler with a long memory, has a low one.
 *
 * The floor of ten is what a page with broken links can come to.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { webScanning } from "./web_scanning.ts";
 * import { noRequests } from "./source_counts.ts";
 * import { SourceFact } from "./source_fact.ts";
 * import { ThreatMemory } from "./threat_memory.ts";
 *
 * const memory = new ThreatMemory(), fact = new SourceFact();
 * const missing = { requests: 12, missing: 12, failing: Array.from({ length: 12 }, (_, i) => i) };
 * fact.source("203.0.113.9").web = { ...noRequests(), ...missing };
 * memory.add({ start: 0, end: 60_000, lines: 9, fact });
 * assert.equal(webScanning.suspects(memory)[0].text(), "12 paths asked for in vain by 203.0.113.9");
 * ```
 */
export const webScanning: ThreatDetector = {
  name: "scanner",
  title: "Requests for what is not there",
  floor: 10,
  budget: 0.1,
  scale: "count",
  habits: false,
  suspects: ({ active }) =>
    active.filter(({ nowFailing, nowProbes }) => nowFailing + nowProbes > 0).map(suspect),
};
