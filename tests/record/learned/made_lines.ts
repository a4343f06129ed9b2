import type { Layout } from "./layouts.ts";
import { headers } from "./line.ts";

/** A line made up: its text, where its message starts, and what its header says. */
export interface MadeLine {
  text: string;
  /** Offset of the message; -1 for a line that continues the one before it. */
  start: number;
  /** Milliseconds since the epoch as far as the header says them; NaN where it has no time. */
  time: number;
  /** OpenTelemetry severity; 0 where the header has no level. */
  severity: number;
}

/** Equal seeds give equal numbers (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** From 0 to 1. */
  next(): number {
    this.#state = this.#state + 0x6d2b79f5 | 0;
    let t = Math.imul(this.#state ^ this.#state >>> 15, 1 | this.#state);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 4294967296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)];
  }

  /** One of the first values far more often than of the last, as events are. */
  skewed<T>(values: readonly T[]): T {
    return values[Math.floor(values.length * this.next() ** 2)];
  }

  digits(count: number): string {
    let text = String(1 + this.below(9));
    while (text.length < count) text += this.below(10);
    return text;
  }

  hex(count: number): string {
    let text = "";
    while (text.length < count) text += "0123456789abcdef"[this.below(16)];
    return text;
  }

  uuid(): string {
    return [8, 4, 4, 4, 12].map((count) => this.hex(count)).join("-");
  }

  address(): string {
    return `10.${this.below(4)}.${this.below(256)}.${1 + this.below(254)}`;
  }
}

const USERS = ["root", "deploy", "admin", "guest", "maria", "backup", "olga"];
const THINGS = ["cache", "index", "session table", "queue", "lease", "snapshot", "route", "certificate"];

/** Messages by template: plain sentences first, then what looks like a header: addresses, numbers, calls, names before colons. */
const MESSAGES: readonly ((dice: Dice) => string)[] = [
  (d) => `Accepted connection from ${d.address()} port ${d.digits(5)}`,
  (d) => `connection from ${d.address()} closed after ${d.digits(3)} ms`,
  (d) => `Failed to open /var/lib/shop/${d.hex(6)}.db: permission denied`,
  (d) => `user ${d.pick(USERS)} logged in`,
  (d) => `Starting worker ${d.below(32)}`,
  (d) => `${d.pick(THINGS)} rebuilt in ${d.digits(2)}.${d.digits(3)} seconds`,
  (d) => `Order ${d.digits(6)} paid with ${d.digits(2)}.00 EUR`,
  () => "heartbeat",
  () => "Connection reset by peer",
  (d) => `retrying request ${d.uuid()}, attempt ${d.below(5)}`,
  (d) => `Deleting segment ${d.digits(8)} of partition ${d.below(12)}`,
  (d) => `no route to host ${d.address()}`,
  (d) => `Memory usage ${d.below(100)}%, limit ${d.digits(4)} MB`,
  (d) => `rejected packet of ${d.digits(3)} bytes`,
  (d) => `Slow query: ${d.digits(4)} ms for select * from orders where id = ${d.digits(5)}`,
  (d) => `the ${d.pick(THINGS)} is full`,
  (d) => `cannot resolve ${d.pick(["db", "mail", "shop"])}${d.below(9)}.example.org`,
  (d) => `${d.below(100)} of ${d.digits(3)} jobs done`,
  (d) => `${d.address()}:${d.digits(4)} is not reachable`,
  (d) => `setVisible(${d.pick(["true", "false"])}) by ${d.pick(USERS)}`,
  (d) => `checkout: basket ${d.digits(4)} is empty`,
  (d) => `[client ${d.address()}] file does not exist: /srv/www/${d.hex(5)}`,
  (d) => `id=${d.digits(5)} state=${d.pick(["up", "down"])} since ${d.digits(3)} s`,
  (d) => `/srv/data/${d.hex(8)} is ${d.digits(7)} bytes`,
  (d) => `"${d.pick(THINGS)}" dropped`,
  () => "SYSTEM IS GOING DOWN FOR MAINTENANCE",
  () => "===== restart =====",
  (d) => `ERROR in block ${d.digits(4)} corrected`,
];

/** `count` lines of a layout, with continuation lines here and there where the layout has a time. */
export function madeLines(layout: Layout, count: number, seed: number): MadeLine[] {
  const dice = new Dice(seed), kinds = 8 + dice.below(MESSAGES.length - 8);
  const order = MESSAGES.slice(0, Math.max(kinds, 10)).sort(() => dice.next() - 0.5);
  const header = headers(layout, dice), lines: MadeLine[] = [];
  while (lines.length < count) {
    const { text, time, severity } = header(), message = dice.skewed(order)(dice);
    lines.push({ text: text + message, start: text.length, time, severity });
    if (layout.continued && dice.next() < 0.03) {
      for (
        const frame of ["java.io.IOException: gone", "\tat shop.Ledger.write(Ledger.java:77)", "Caused by: x"]
      ) {
        lines.push({ text: frame, start: -1, time: NaN, severity: 0 });
      }
    }
  }
  return lines;
}
