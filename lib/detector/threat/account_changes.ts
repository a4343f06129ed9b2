/**
 * New users, new rights of users, and new ways into their accounts.
 *
 * @module
 */
import type { AccountChange } from "./account_change.ts";
import { TECHNIQUES } from "./technique.ts";
import type { Suspect, ThreatDetector, ThreatSeverity } from "./threat_detector.ts";
import type { ThreatMemory } from "./threat_memory.ts";

/** What makes an account change worse: a way in that worked so many ms before. */
const AFTER_INTRUSION = 24 * 3_600_000;

const KINDS = {
  user: { technique: TECHNIQUES.createAccount, severity: "medium", what: "new user" },
  member: { technique: TECHNIQUES.groups, severity: "high", what: "user in a group with rights over others" },
  key: { technique: TECHNIQUES.keys, severity: "medium", what: "key that opens an account" },
  password: { technique: TECHNIQUES.account, severity: "low", what: "password changed" },
} as const;

const isKind = (kind: string): kind is keyof typeof KINDS => Object.hasOwn(KINDS, kind);

function textOf({ kind, user, target }: AccountChange): string {
  if (kind === "member") return `${user} was added to the group ${target}`;
  if (kind === "key") return `a key was added${target === "" ? "" : ` for ${target}`}`;
  if (kind === "password") return `the password of ${target || "a user"} was changed`;
  return `a user was added: ${target || "not named"}`;
}

/** All changes of one kind in a window are one suspect. */
function suspect(changes: readonly AccountChange[], { intrusion, last }: ThreatMemory): Suspect {
  const kind = changes[0].kind as keyof typeof KINDS, { technique, severity } = KINDS[kind];
  const after = intrusion !== null && last - intrusion.time <= AFTER_INTRUSION;
  const [first, ...others] = [...changes].sort((a, b) => a.target < b.target ? -1 : 1);
  const more = others.length === 0 ? "" : `, and ${others.length} more`;
  return {
    source: kind,
    value: after ? 2 : 1,
    technique,
    severity: after ? "critical" : severity as ThreatSeverity,
    text: () => textOf(first) + more + (after ? `, after a guessed password from ${intrusion.source}` : ""),
    actual: changes.length,
    expected: 0,
  };
}

/**
 * Changes of accounts. They are rare by nature, so each counts, unless training had them often.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { accountChanges } from "./account_changes.ts";
 * import { SourceFact } from "./source_fact.ts";
 * import { ThreatMemory } from "./threat_memory.ts";
 *
 * const memory = new ThreatMemory(), fact = new SourceFact();
 * fact.changed({ kind: "user", user: "", target: "eve", program: "", command: "", times: 1, first: 7 });
 * memory.add({ start: 0, end: 60_000, lines: 9, fact });
 * assert.equal(accountChanges.suspects(memory)[0].text(), "a user was added: eve");
 * ```
 */
export const accountChanges: ThreatDetector = {
  name: "account-change",
  title: "New users, keys and rights",
  floor: 0.5,
  budget: 0.15,
  scale: "news",
  habits: false,
  suspects: (memory) => {
    const byKind = Map.groupBy(memory.changes.filter(({ kind }) => isKind(kind)), ({ kind }) => kind);
    return [...byKind.values()].map((changes) => suspect(changes, memory));
  },
};
