/**
 * Someone who acts with another's rights, and never did.
 *
 * @module
 */
import { type AccountChange } from "./account_change.ts";
import { TECHNIQUES } from "./technique.ts";
import type { Suspect, ThreatDetector } from "./threat_detector.ts";
import type { ThreatMemory } from "./threat_memory.ts";

/** Who never acted as the other before weighs more than who only runs another program. */
const NEW_USER = 2, NEW_PROGRAM = 1;

function suspect(change: AccountChange, { habits, last }: ThreatMemory): Suspect {
  const { kind, user, target, program, command } = change, beginning = `${kind}\n${user}\n${target}\n`;
  let known = kind !== "refused";
  if (known) known = [...habits].some(([key, [first]]) => first < last && key.startsWith(beginning));
  const as = target === "" ? "another user" : target, what = command === "" ? "" : `: ${command}`;
  const text = kind === "refused"
    ? `${user} was refused to act as ${as}${what}`
    : known
    ? `${user} runs ${program} as ${as} for the first time${what}`
    : `${user} acts as ${as} for the first time${what}`;
  return {
    source: known ? `${user} ${as} ${program}` : `${user} ${as}`,
    value: known ? NEW_PROGRAM : NEW_USER,
    technique: TECHNIQUES.sudo,
    severity: known || kind === "refused" ? "low" : target === "root" ? "high" : "medium",
    text: () => text,
    actual: change.times,
    expected: 0,
  };
}

/**
 * `sudo` and `su` by who never did, to whom never was, with a program that never was, or refused. How often that is usual is learned:
 * where new programs come every day, only new users are worth a word.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { escalation } from "./escalation.ts";
 * import { SourceFact } from "./source_fact.ts";
 * import { ThreatMemory } from "./threat_memory.ts";
 *
 * const memory = new ThreatMemory(), fact = new SourceFact();
 * fact.changed({ kind: "sudo", user: "ann", target: "root", program: "id", command: "/bin/id", times: 1, first: 7 });
 * memory.add({ start: 0, end: 60_000, lines: 9, fact });
 * assert.equal(escalation.suspects(memory)[0].text(), "ann acts as root for the first time: /bin/id");
 * ```
 */
export const escalation: ThreatDetector = {
  name: "privilege-escalation",
  title: "Another's rights used for the first time",
  floor: 0.5,
  budget: 0.15,
  scale: "news",
  habits: true,
  suspects: (memory) =>
    memory.novel.filter(({ kind }) => kind === "sudo" || kind === "su" || kind === "refused")
      .map((change) => suspect(change, memory)),
};
