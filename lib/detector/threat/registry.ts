/**
 * The detectors of threats.
 *
 * @module
 */
import { accountChanges } from "./account_changes.ts";
import { distributedGuessing } from "./distributed_guessing.ts";
import { escalation } from "./escalation.ts";
import { guessedPassword } from "./guessed_password.ts";
import { impairedDefences } from "./impaired_defences.ts";
import { passwordGuessing } from "./password_guessing.ts";
import { requestHammering } from "./request_hammering.ts";
import { reportedAttacks } from "./reported_attacks.ts";
import { silenceAfterIntrusion } from "./silence_after_intrusion.ts";
import type { ThreatDetector } from "./threat_detector.ts";
import { webInjection } from "./web_injection.ts";
import { webScanning } from "./web_scanning.ts";

/**
 * All detectors of threats, in the order in which they are asked: what one finds, later ones know of.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { THREAT_DETECTORS } from "./registry.ts";
 *
 * const budget = THREAT_DETECTORS.reduce((sum, { budget }) => sum + budget, 0);
 * assert(budget > 1 && budget < 2); // attacks a day that a training may hold
 * ```
 */
export const THREAT_DETECTORS: readonly ThreatDetector[] = [
  ...[passwordGuessing, distributedGuessing, guessedPassword, webScanning, webInjection],
  ...[requestHammering],
  ...[escalation, accountChanges, impairedDefences, silenceAfterIntrusion, reportedAttacks],
];
