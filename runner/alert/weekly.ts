/**
 * Spans of time that come every week: `Sat,Sun 22:00-04:00` in a time zone.
 *
 * @module
 */

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const DAY = 86_400_000, MINUTE = 60_000;

/** A span of each of some days of the week; minutes of the day, and one that ends before it begins ends on the next day. */
export interface Weekly {
  /** 0 = Sunday. */
  days: number[];
  from: number;
  to: number;
}

/**
 * What `text` says: days (`Mon`, `Mon-Fri`, `Sat,Sun`, `daily`), then from when to when.
 *
 * @throws {SyntaxError} if it says nothing of the kind.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseWeekly } from "./weekly.ts";
 *
 * assert.deepEqual(parseWeekly("Sat,Sun 22:00-04:00"), { days: [6, 0], from: 1320, to: 240 });
 * assert.deepEqual(parseWeekly("Fri-Mon 00:00-24:00").days, [5, 6, 0, 1]);
 * ```
 */
export function parseWeekly(text: string): Weekly {
  const found = /^([a-z,-]+) (\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(text.trim().toLowerCase());
  if (found === null) throw refusal(text);
  const [from, to] = [[found[2], found[3]], [found[4], found[5]]].map(([hour, minute]) =>
    60 * +hour + +minute
  );
  if (Math.max(from, to) > 1440 || from === to || +found[3] > 59 || +found[5] > 59) throw refusal(text);
  return { days: daysOf(found[1], text), from, to };
}

function daysOf(words: string, text: string): number[] {
  if (words === "daily") return [0, 1, 2, 3, 4, 5, 6];
  return words.split(",").flatMap((part) => {
    const ends = part.split("-").map((day) => DAYS.indexOf(day.slice(0, 3)));
    if (ends.includes(-1) || ends.length > 2) throw refusal(text);
    const [first, last = first] = ends, count = (last - first + 7) % 7 + 1;
    return Array.from({ length: count }, (_, i) => (first + i) % 7);
  });
}

function refusal(text: string): SyntaxError {
  return new SyntaxError(
    `Cannot read a weekly span: expected one such as "Sat,Sun 22:00-04:00", got "${text}"`,
  );
}

/**
 * The spans (ms since the epoch) that overlap `from` to `to`.
 *
 * @param zone Name of a time zone, such as `Europe/Berlin`; where clocks are set, the span follows the clock on the wall.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseWeekly, weeklySpans } from "./weekly.ts";
 *
 * const noon = Date.UTC(2026, 2, 2, 12); // a Monday
 * const [span] = weeklySpans(parseWeekly("Mon 12:00-14:00"), "Europe/Berlin", { from: noon, to: noon + 1 });
 * assert.deepEqual([span.from, span.to], [Date.UTC(2026, 2, 2, 11), Date.UTC(2026, 2, 2, 13)]);
 * ```
 */
export function weeklySpans(
  { days, from, to }: Weekly,
  zone: string,
  within: { from: number; to: number },
): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [], last = within.to + 2 * DAY;
  for (let day = Math.floor(within.from / DAY) * DAY - 2 * DAY; day <= last; day += DAY) {
    if (!days.includes(new Date(day).getUTCDay())) continue;
    const span = {
      from: instantOf(day + from * MINUTE, zone),
      to: instantOf(day + (to <= from ? DAY : 0) + to * MINUTE, zone),
    };
    if (span.to > within.from && span.from < within.to) spans.push(span);
  }
  return spans;
}

/** When a clock in a zone shows what one in UTC shows at `shown`. */
function instantOf(shown: number, zone: string): number {
  const first = shown - offsetAt(shown, zone);
  return shown - offsetAt(first, zone);
}

/** How far a zone's clocks are ahead of UTC, ms. */
function offsetAt(time: number, zone: string): number {
  if (zone === "UTC") return 0;
  const format = new Intl.DateTimeFormat("en", {
    ...{ timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric", second: "numeric" },
  });
  const part = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const shown = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
  return shown - Math.floor(time / 1000) * 1000;
}
