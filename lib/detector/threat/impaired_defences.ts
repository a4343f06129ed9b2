/**
 * What watches or records is stopped, or its records are emptied.
 *
 * @module
 */
import { TECHNIQUES } from "./technique.ts";
import type { ThreatDetector } from "./threat_detector.ts";

/**
 * A guard that was never stopped before, or a log that was never emptied.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { impairedDefences } from "./impaired_defences.ts";
 * import { SourceFact } from "./source_fact.ts";
 * import { ThreatMemory } from "./threat_memory.ts";
 *
 * const memory = new ThreatMemory(), fact = new SourceFact();
 * fact.changed({ kind: "stopped", user: "", target: "auditd", program: "", command: "", times: 1, first: 7 });
 * memory.add({ start: 0, end: 60_000, lines: 9, fact });
 * assert.equal(impairedDefences.suspects(memory)[0].text(), "auditd was stopped");
 * ```
 */
export const impairedDefences: ThreatDetector = {
  name: "impaired-defences",
  title: "Guards stopped, logs emptied",
  floor: 0.5,
  budget: 0.1,
  scale: "news",
  habits: true,
  suspects: ({ novel }) =>
    novel.filter(({ kind }) => kind === "stopped" || kind === "cleared").map((
      { kind, user, target, times },
    ) => ({
      source: `${kind} ${target}`.trim(),
      value: 1,
      technique: kind === "cleared" ? TECHNIQUES.clearLogs : TECHNIQUES.impairDefenses,
      severity: kind === "cleared" ? "high" : "medium",
      text: () =>
        kind === "cleared" ? `a log was emptied${user === "" ? "" : ` by ${user}`}` : `${target} was stopped`,
      actual: times,
      expected: 0,
    })),
};
