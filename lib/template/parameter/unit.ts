/**
 * Units of quantities.
 *
 * @module
 */
import { DURATION, PERCENTAGE, SIZE } from "./kind.ts";

/** What a unit makes of a number. */
export interface Unit {
  /** {@linkcode DURATION}, {@linkcode SIZE} or {@linkcode PERCENTAGE}. */
  readonly kind: number;
  /** How many milliseconds, bytes or per cent one of it is. */
  readonly factor: number;
  /** Whether it is one only when it is glued to its number: `5m` are minutes, `5 m` may be anything. */
  readonly glued: boolean;
}

// Programs write KB for 1,024 bytes as well as for 1,000; one reading is kept to, so that figures can be compared.
const K = 1024;

/** Spellings by unit; those behind the bar count only when they are glued to their number. */
const SPELLINGS: readonly (readonly [kind: number, factor: number, spellings: string])[] = [
  [DURATION, 1e-6, "ns nsec nsecs nanos nanosecond nanoseconds"],
  [DURATION, 1e-3, "us µs μs usec usecs micros microsecond microseconds"],
  [DURATION, 1, "ms msec msecs millis millisecond milliseconds"],
  [DURATION, 1000, "s sec secs second seconds"],
  [DURATION, 60_000, "min mins minute minutes | m"],
  [DURATION, 3_600_000, "h hr hrs hour hours"],
  [DURATION, 86_400_000, "day days | d"],
  [DURATION, 604_800_000, "week weeks | w"],
  [SIZE, 1, "B byte bytes Bytes"],
  [SIZE, K, "kB KB kb KiB kiB kilobytes | K k"],
  [SIZE, K ** 2, "MB MiB megabytes | M"],
  [SIZE, K ** 3, "GB GiB gigabytes | G"],
  [SIZE, K ** 4, "TB TiB terabytes | T"],
  [PERCENTAGE, 1, "% percent"],
];

function unitsOf([kind, factor, spellings]: (typeof SPELLINGS)[number]): [string, Unit][] {
  const [free, glued = ""] = spellings.split(" | ");
  const words = (text: string) => text.split(" ").filter((word) => word !== "");
  return [
    ...words(free).map((word): [string, Unit] => [word, { kind, factor, glued: false }]),
    ...words(glued).map((word): [string, Unit] => [word, { kind, factor, glued: true }]),
  ];
}

const UNITS_BY_SPELLING = new Map(SPELLINGS.flatMap(unitsOf));

/** The unit that a word behind a number names, or `null`. */
export function unitOfWord(word: string): Unit | null {
  const unit = UNITS_BY_SPELLING.get(word);
  return unit === undefined || unit.glued ? null : unit;
}

/** The unit that a name ends with: ms in `elapsed_ms`, `elapsedMs`, seconds in `seconds`; none in `min`, which is a least one. */
export function unitOfName(name: string): Unit | null {
  const parts = name.replace(/([a-z])([A-Z])/g, "$1 $2").split(/[^A-Za-z]+/), last = parts.at(-1)!;
  if (last.length < 2 || (parts.length === 1 && last.length < 4 && last !== "ms")) return null;
  return unitOfWord(last.toLowerCase()) ?? null;
}

/** Bytes of the longest spelling. */
const LONGEST = 12;

const hashOf = (hash: number, byte: number) => Math.imul(hash ^ byte, 0x01000193);

const UNITS_BY_HASH = new Map(
  [...UNITS_BY_SPELLING].map((
    [word, unit],
  ) => [new TextEncoder().encode(word).reduce(hashOf, 0x811c9dc5), unit]),
);

/** The unit that `bytes[start, end)` is, glued to its number, or `null`. */
export function unitAt(bytes: Uint8Array, start: number, end: number): Unit | null {
  if (end <= start || end - start > LONGEST) return null;
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = hashOf(hash, bytes[i]);
  return UNITS_BY_HASH.get(hash) ?? null;
}
