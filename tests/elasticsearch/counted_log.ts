/**
 * A log that has all that counting must keep apart: services, levels, sessions, numbers, what training didn't know.
 *
 * @module
 */
import type { Indexed } from "./indexed.ts";

/** Begin of the log, ms UTC. */
export const BEGIN = Date.UTC(2026, 2, 2, 12);

/** Lines that training knows. */
export const KNOWN_LINES: readonly string[] = [
  ...["order=17 taken", "order=18 taken", "order=17 paid in 20 ms", "order=18 paid in 35 ms"],
  ...["health is good", "cache holds 10 items", "cache holds 22 items", "user ann came", "user bob came"],
];

const LEVELS = ["INFO", "WARN", "ERROR", "DEBUG"];

/** Documents in order; one each `step` ms. */
export function logDocuments(count: number, { first = 0, step = 700 } = {}): Indexed[] {
  return Array.from({ length: count }, (_, k) => {
    const i = first + k, time = BEGIN + i * step - i % 3; // some share a millisecond's neighbourhood, none is out of order
    const untimed = i % 97 === 96 ? { deepscan: { time_inferred: true } } : {};
    const source = {
      "@timestamp": new Date(time).toISOString(),
      log: { level: LEVELS[i % 7 % LEVELS.length] },
      service: { name: i % 5 === 0 ? "db" : i % 11 === 0 ? "büro" : "shop" },
      event: { sequence: i },
      message: messageOf(i),
      ...untimed,
    };
    return { id: `doc ${i}`, source };
  });
}

function messageOf(i: number): string {
  const order = Math.floor(i / 12);
  if (i % 89 === 88) return `node n${i % 3} lost quorum of shard ${i}\n  at line two with order=${order}`;
  if (i % 53 === 52) return "watchdog barked, token=abc123secret";
  const said = [`order=${order} taken`, `order=${order} paid in ${i % 40} ms`, "health is good"];
  return [...said, `cache holds ${i} items`, `user ${i % 2 === 0 ? "ann" : "bob"} came`][i % 5];
}
