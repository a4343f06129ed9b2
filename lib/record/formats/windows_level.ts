/**
 * Levels of Windows' events.
 *
 * @module
 */
import { standsAt } from "../header_bytes.ts";

const LEVELS: [name: string, severity: number][] = [
  ["Information", 9],
  ["Info", 9],
  ["Warning", 13],
  ["Error", 17],
  ["Critical", 21],
  ["Verbose", 1],
  ["Audit Success", 9],
  ["Audit Failure", 13],
  ["SuccessAudit", 9],
  ["FailureAudit", 13],
  ["Success", 9],
];

/**
 * The level at `p`, as the event viewer, PowerShell and CBS.log name it: `length << 8 | SeverityNumber`, 0 where none stands there.
 * A failed audit is a warning, a successful one information.
 *
 * @param end Offset behind the last byte that may be looked at.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { windowsLevel } from "./windows_level.ts";
 *
 * assert(windowsLevel(new TextEncoder().encode("Audit Failure\t"), 0, 14) === (13 << 8 | 13));
 * ```
 */
export function windowsLevel(bytes: Uint8Array, p: number, end: number): number {
  for (const [name, severity] of LEVELS) {
    if (!standsAt(bytes, name, p, end)) continue;
    const behind = p + name.length, letter = behind < end ? bytes[behind] | 32 : 0;
    if (letter < 97 || letter > 122) return name.length << 8 | severity;
  }
  return 0;
}
