/**
 * One source whose logins are refused again and again: fast, or slowly over hours and days.
 *
 * @module
 */
import { countText } from "../../table/figures.ts";
import { recentCount, type RememberedSource } from "./remembered_source.ts";
import { type Technique, TECHNIQUES } from "./technique.ts";
import type { Suspect, ThreatDetector } from "./threat_detector.ts";

/** Up to so many tries for each user a source tries users rather than passwords. */
const TRIES_PER_USER = 3;
/** So many users are more than one person has. */
const MANY_USERS = 5;

/** `18 failed logins of 9 users from 203.0.113.9`. */
export function failedLogins(source: RememberedSource): string {
  const users = recentCount(source.users), own = source.key.startsWith("user ");
  const of = users > 1 ? ` of ${countText(users, "user")}` : "";
  return `${countText(source.attempts, "failed login")}${of} ${own ? "by" : "from"} ${source.key}`;
}

/** What guessing is called that tries so many users so often. */
function guessingTechnique(source: RememberedSource): Technique {
  const users = recentCount(source.users);
  if (users < MANY_USERS || source.attempts > TRIES_PER_USER * users) return TECHNIQUES.passwordGuessing;
  return source.unknown * 2 > source.failed ? TECHNIQUES.credentialStuffing : TECHNIQUES.passwordSpraying;
}

function suspect(source: RememberedSource): Suspect {
  const through = source.guessing > 0.5 &&
    (source.nowAccepted > 0 || source.failedBefore > source.failed / 2);
  return {
    source: source.key,
    value: source.failed * source.guessing,
    technique: guessingTechnique(source),
    severity: through ? "high" : source.nowFailed >= 100 ? "medium" : "low",
    text: () =>
      failedLogins(source) +
      (through ? `, then one accepted (${source.acceptedUser || "user not named"})` : ""),
    actual: source.attempts,
    expected: 0,
  };
}

/**
 * Refused logins of one source, half of which fade in a day so that slow guessing adds up, times the share that they are of its
 * logins: an office behind one address has many that are accepted. Many users with few tries each are
 * spraying, or stuffing where most of them don't exist.
 *
 * The floor of ten is the number of attempts after which an account is to be locked by PCI DSS 4.0, 8.3.4.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { passwordGuessing } from "./password_guessing.ts";
 * import { SourceFact } from "./source_fact.ts";
 * import { noLogins } from "./source_counts.ts";
 * import { ThreatMemory } from "./threat_memory.ts";
 *
 * const memory = new ThreatMemory(), fact = new SourceFact();
 * fact.source("203.0.113.9").login = { ...noLogins(), failed: [40, 0, 0, 0], firstFailed: 7, users: [17] };
 * memory.add({ start: 0, end: 60_000, lines: 40, fact });
 * const [{ technique, text }] = passwordGuessing.suspects(memory);
 * assert.equal(`${technique.id} ${text()}`, "T1110.001 40 failed logins from 203.0.113.9");
 * ```
 */
export const passwordGuessing: ThreatDetector = {
  name: "brute-force",
  title: "Many refused logins from one source",
  floor: 10,
  budget: 0.5,
  scale: "count",
  habits: false,
  suspects: ({ active }) => active.filter(({ nowFailed }) => nowFailed > 0).map(suspect),
};
