/**
 * Time zones by name.
 *
 * @module
 */
import { zoneOffset } from "./timestamp.ts";

/**
 * Minutes east of UTC of the abbreviations that servers write. Where one has several meanings (`CST`, `IST`, `BST`), it is the
 * one that the tz database gives to most people's clocks: America's, India's, Britain's.
 */
const ZONES: Record<string, number> = {
  ...{ Z: 0, UTC: 0, GMT: 0, WET: 0, WEST: 60, BST: 60, IST: 330 },
  ...{ CET: 60, CEST: 120, MET: 60, MEST: 120, EET: 120, EEST: 180, MSK: 180, SAST: 120 },
  ...{ NST: -210, NDT: -150, AST: -240, ADT: -180, EST: -300, EDT: -240, CST: -360, CDT: -300 },
  ...{ MST: -420, MDT: -360, PST: -480, PDT: -420, AKST: -540, AKDT: -480, HST: -600, BRT: -180 },
  ...{ PKT: 300, HKT: 480, SGT: 480, AWST: 480, JST: 540, KST: 540, ACST: 570, ACDT: 630 },
  ...{ AEST: 600, AEDT: 660, NZST: 720, NZDT: 780 },
};

const byName = new Map(Object.entries(ZONES).map(([name, east]) => [pack(name), east]));

/** Up to four letters as one number. */
function pack(name: string): number {
  let packed = 0;
  for (let i = 0; i < name.length; i++) packed = packed << 8 | name.charCodeAt(i);
  return packed;
}

/**
 * The zone named at `at`, in capitals: `length << 16 | minutes east + 1440`, or 0 where none is. The name must end there: no
 * letter, digit or `_` follows.
 *
 * @param bytes The line's buffer.
 * @param at Offset of the name's first letter.
 * @param end Offset behind the last byte that may be looked at.
 * @see The tz database, whose abbreviations these are.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { zoneNameAt } from "./zone_names.ts";
 *
 * const bytes = new TextEncoder().encode("10:00:00 CEST [77]");
 * const zone = zoneNameAt(bytes, 9, bytes.length);
 * assert(zone >> 16 === 4 && (zone & 0xffff) - 1440 === 120);
 * assert(zoneNameAt(bytes, 14, bytes.length) === 0);
 * ```
 */
export function zoneNameAt(bytes: Uint8Array, at: number, end: number): number {
  let packed = 0, p = at;
  for (; p < end && bytes[p] >= 65 && bytes[p] <= 90; p++) {
    if (p - at === 4) return 0;
    packed = packed << 8 | bytes[p];
  }
  if (p === at || p < end && isWordByte(bytes[p])) return 0;
  const east = byName.get(packed);
  return east === undefined ? 0 : p - at << 16 | east + 1440;
}

/**
 * The zone that stands behind a blank at `p`, by name or as an offset (`CET`, `-03`, `+0530`): `length << 16 | minutes east + 1440`,
 * the blank counted, or 0 where none does.
 *
 * @param bytes The line's buffer.
 * @param p Offset of the blank.
 * @param end Offset behind the last byte that may be looked at.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { zoneBehindBlank } from "./zone_names.ts";
 *
 * const zone = zoneBehindBlank(new TextEncoder().encode("10:00:00 -03"), 8, 12);
 * assert(zone >> 16 === 4 && (zone & 0xffff) - 1440 === -180);
 * ```
 */
export function zoneBehindBlank(bytes: Uint8Array, p: number, end: number): number {
  if (p + 1 >= end || bytes[p] !== 32) return 0;
  const zone = zoneNameAt(bytes, p + 1, end) || zoneOffset(bytes, p + 1, end);
  return zone === 0 ? 0 : zone + (1 << 16);
}

function isWordByte(byte: number): boolean {
  const lower = byte | 32;
  return lower >= 97 && lower <= 122 || byte >= 48 && byte <= 57 || byte === 95;
}
