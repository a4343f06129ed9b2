/**
 * What attacks are called.
 *
 * @module
 */

/** A technique of MITRE ATT&CK. */
export interface Technique {
  /** Such as `T1110.001`. */
  readonly id: string;
  readonly name: string;
}

/** The techniques that detectors name, as MITRE ATT&CK for Enterprise (version 15, attack.mitre.org) calls them. */
export const TECHNIQUES = {
  activeScanning: { id: "T1595.002", name: "Active Scanning: Vulnerability Scanning" },
  wordlistScanning: { id: "T1595.003", name: "Active Scanning: Wordlist Scanning" },
  bruteForce: { id: "T1110", name: "Brute Force" },
  passwordGuessing: { id: "T1110.001", name: "Brute Force: Password Guessing" },
  passwordSpraying: { id: "T1110.003", name: "Brute Force: Password Spraying" },
  credentialStuffing: { id: "T1110.004", name: "Brute Force: Credential Stuffing" },
  validAccounts: { id: "T1078", name: "Valid Accounts" },
  exploit: { id: "T1190", name: "Exploit Public-Facing Application" },
  sudo: { id: "T1548.003", name: "Abuse Elevation Control Mechanism: Sudo and Sudo Caching" },
  createAccount: { id: "T1136.001", name: "Create Account: Local Account" },
  groups: { id: "T1098.007", name: "Account Manipulation: Additional Local or Domain Groups" },
  account: { id: "T1098", name: "Account Manipulation" },
  keys: { id: "T1098.004", name: "Account Manipulation: SSH Authorized Keys" },
  impairDefenses: { id: "T1562.001", name: "Impair Defenses: Disable or Modify Tools" },
  clearLogs: { id: "T1070.002", name: "Indicator Removal: Clear Linux or Mac System Logs" },
  silence: { id: "T1562", name: "Impair Defenses" },
} as const satisfies Record<string, Technique>;
