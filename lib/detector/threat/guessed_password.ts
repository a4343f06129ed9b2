/**
 * A login that is accepted after others were refused.
 *
 * @module
 */
import { countText } from "../../table/figures.ts";
import { failedLogins } from "./password_guessing.ts";
import type { RememberedSource } from "./remembered_source.ts";
import { TECHNIQUES } from "./technique.ts";
import type { Suspect, ThreatDetector } from "./threat_detector.ts";
import type { ThreatMemory } from "./threat_memory.ts";

/** Who mistypes a password tries again a few times, as the same user; each further user weighs as much as three more tries. */
const USER_WEIGHT = 3;
/** While many sources guess together, one of them that gets in weighs as much as two further users. */
const CROWD_WEIGHT = 6;
/** How long a crowd is remembered, ms. */
const CROWD_MEMORY = 24 * 3_600_000;
/** So many refusals before make it certain. */
const CERTAIN = 50;

/** Users whose account opens everything. */
const POWERFUL = /^(?:root|admin\w{0,10}|sa|postgres|oracle)$/i;

function suspect(source: RememberedSource, { crowdTime, last }: ThreatMemory): Suspect {
  const { failedBefore, usersBefore, sameUser, acceptedUser } = source;
  const others = Math.max(0, usersBefore - 1) + (usersBefore > 0 && !sameUser ? 1 : 0);
  const inCrowd = crowdTime >= 0 && last - crowdTime <= CROWD_MEMORY;
  const crowd = inCrowd ? ", while many sources guess" : "";
  return {
    source: source.key,
    value: (failedBefore + USER_WEIGHT * others) * source.guessing + (inCrowd ? CROWD_WEIGHT : 0),
    technique: TECHNIQUES.validAccounts,
    severity: failedBefore >= CERTAIN || POWERFUL.test(acceptedUser) ? "critical" : "high",
    text: () =>
      `${failedLogins(source)}, then ${
        source.nowAccepted === 1 ? "one accepted" : `${countText(source.nowAccepted, "login")} accepted`
      } (${acceptedUser || "user not named"})${crowd}`,
    actual: source.attempts,
    expected: 0,
  };
}

/**
 * An accepted login of a source whose logins were refused before, more often or as more users than by mistyping.
 *
 * The floor: eight tries of one user, or two tries each of three.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { guessedPassword } from "./guessed_password.ts";
 * import { SourceFact } from "./source_fact.ts";
 * import { noLogins } from "./source_counts.ts";
 * import { ThreatMemory } from "./threat_memory.ts";
 *
 * const memory = new ThreatMemory(), fact = new SourceFact();
 * const accepted = { accepted: 1, lastAccepted: 9, acceptedUser: "backup" };
 * fact.source("203.0.113.9").login = { ...noLogins(), failed: [40, 0, 0, 0], firstFailed: 7, ...accepted };
 * memory.add({ start: 0, end: 60_000, lines: 41, fact });
 * assert.equal(guessedPassword.suspects(memory)[0].text(), "40 failed logins from 203.0.113.9, then one accepted (backup)");
 * ```
 */
export const guessedPassword: ThreatDetector = {
  name: "guessed-password",
  title: "A login accepted after refused ones",
  floor: 8,
  budget: 0.1,
  scale: "count",
  habits: false,
  suspects: (memory) =>
    memory.active.filter(({ nowAccepted }) => nowAccepted > 0).map((each) => suspect(each, memory)),
};
