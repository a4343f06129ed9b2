/**
 * A source that asks for what is not there.
 *
 * @module
 */
import { counted } from "./password_guessing.ts";
import { recentCount, type RememberedSource } from "./remembered_source.ts";
import { TECHNIQUES } from "./technique.ts";
import type { Suspect, ThreatDetector } from "./threat_detector.ts";

function suspect(source: RememberedSource): Suspect {
  const paths = recentCount(source.paths), hidden = recentCount(source.hidden);
  const share = Math.min(1, source.failing / Math.max(1, source.requests)), found = source.found >= 0.5;
  const named = source.scanner === "" ? "" : `, as ${source.scanner}`;
  const hiddenText = hidden === 0
    ? ""
    : `, ${counted(hidden, "hidden file or console", "hidden files and consoles")}`;
  return {
    source: source.key,
    value: (paths + hidden) * (found ? 1 : share) * (named === "" ? 1 : 2),
    technique: named === "" ? TECHNIQUES.wordlistScanning : TECHNIQUES.activeScanning,
    severity: found ? "high" : named !== "" || paths >= 100 ? "medium" : "low",
    text: `${counted(paths, "path")} asked for in vain by ${source.key}${hiddenText}${named}` +
      (found ? `; ${source.foundPath} was handed out` : ""),
    actual: paths,
    expected: 0,
  };
}

/**
 * Different paths of one source within the last one to two days that were answered with 4xx, and hidden files that it asked for, times
 * the share of its requests that failed: who follows a dead link now and then, or a crawler with a long memory, has a low one.
 *
 * The floor of ten is what a page with broken links can come to.
 */
export const webScanning: ThreatDetector = {
  name: "scanner",
  title: "Requests for what is not there",
  floor: 10,
  budget: 0.1,
  habits: false,
  suspects: ({ active }) =>
    active.filter(({ nowFailing, nowProbes }) => nowFailing + nowProbes > 0).map(suspect),
};
