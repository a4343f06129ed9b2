/** A shop's log: orders on their way, and now and then something that never was. */
import { seededRandom } from "../../lib/detector/seeded_random.ts";

const BEGIN = Date.UTC(2026, 2, 2);

/** A line at so many seconds after the beginning. */
export function lineAt(second: number, text: string, level = "INFO"): string {
  return `${new Date(BEGIN + second * 1000).toISOString()} ${level} ${text}`;
}

/** So many minutes, from one on; after seven hours things go wrong for some minutes. */
export function madeLog(minutes: number, from = 0): string[] {
  const random = seededRandom(from + 1), below = (limit: number) => Math.floor(random() * limit);
  const lines: [number, string, string][] = [];
  for (let minute = from; minute < from + minutes; minute++) {
    const at = 60 * minute, isBad = minute > 420 && minute % 20 < 2;
    for (let i = 0; i < 4; i++) {
      const order = 4 * minute + i, start = at + 15 * i + below(5);
      lines.push([start, `order=${order} placed amount=${(20 + 40 * random()).toFixed(2)} EUR`, "INFO"]);
      lines.push([start + 1 + random(), `order=${order} paid in ${20 + below(60)} ms`, "INFO"]);
      if (!isBad || i < 2) lines.push([start + 3 + random(), `order=${order} parcel booked`, "INFO"]);
      else lines.push([start + 3, `order=${order} was lost by carrier ${below(9)}`, "ERROR"]);
    }
    lines.push([at + 30 + random(), "health check ok", "INFO"]);
    if (isBad) {
      lines.push([
        at + 40,
        `Failed password for admin from 203.0.113.${below(3)} port ${below(9999)} ssh2`,
        "WARN",
      ]);
    }
  }
  return lines.sort((a, b) => a[0] - b[0]).map(([second, text, level]) =>
    lineAt(Math.round(second * 1000) / 1000, text, level)
  );
}
