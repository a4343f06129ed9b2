import type { Layout } from "./layouts.ts";
import type { Dice } from "./made_lines.ts";

const MONTHS = ["January", "February", "March", "April", "May", "June"]
  .concat(["July", "August", "September", "October", "November", "December"]);
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const LEVELS: [name: string, severity: number][] = [["debug", 5], ["info", 9], ["warn", 13], ["error", 17]];
const two = (value: number) => String(value).padStart(2, "0");

/** The parts of one line's header. */
export class Line {
  severity = 0;
  readonly date: Date;
  /** What is the same for all lines of the log. */
  constructor(
    readonly dice: Dice,
    readonly ms: number,
    readonly log: { host: string; hosts: string[]; id: string },
  ) {
    this.date = new Date(ms);
  }
  get Y() {
    return String(this.date.getUTCFullYear());
  }
  get y() {
    return this.Y.slice(2);
  }
  get m() {
    return two(this.date.getUTCMonth() + 1);
  }
  get n() {
    return String(this.date.getUTCMonth() + 1);
  }
  get d() {
    return two(this.date.getUTCDate());
  }
  get D() {
    return String(this.date.getUTCDate());
  }
  get e() {
    return this.D.padStart(2);
  }
  get B() {
    return MONTHS[this.date.getUTCMonth()];
  }
  get b() {
    return this.B.slice(0, 3);
  }
  get A() {
    return DAYS[this.date.getUTCDay()];
  }
  get a() {
    return this.A.slice(0, 3);
  }
  get H() {
    return two(this.date.getUTCHours());
  }
  get h() {
    return String(this.date.getUTCHours() % 12 || 12);
  }
  get p() {
    return this.date.getUTCHours() < 12 ? "AM" : "PM";
  }
  get M() {
    return two(this.date.getUTCMinutes());
  }
  get S() {
    return two(this.date.getUTCSeconds());
  }
  get f() {
    return String(this.date.getUTCMilliseconds()).padStart(3, "0");
  }
  get us() {
    return this.f + this.dice.digits(3);
  }
  get s() {
    return String(Math.floor(this.ms / 1000));
  }
  get T() {
    return `${this.H}:${this.M}:${this.S}`;
  }
  get date10() {
    return `${this.Y}-${this.m}-${this.d}`;
  }
  get iso() {
    return `${this.date10}T${this.T}`;
  }
  get level() {
    const [name, severity] =
      LEVELS[Math.max(0, Math.floor(4 * this.dice.next() ** 0.7) - (this.dice.next() < 0.6 ? 1 : 0))];
    this.severity = severity;
    return name;
  }
  get LEVEL() {
    return this.level.toUpperCase();
  }
  get L() {
    return this.LEVEL[0];
  }
  get LVL() {
    return ({ debug: "DBG", info: "INF", warn: "WRN", error: "ERR" })[this.level]!;
  }
  get pid() {
    return this.dice.digits(3 + this.dice.below(3));
  }
  get node() {
    return `R${two(this.dice.below(8))}-M${this.dice.below(2)}-N${this.dice.hex(1).toUpperCase()}-C:J${
      two(this.dice.below(18))
    }-U${two(this.dice.below(12))}`;
  }
  get host() {
    return this.log.host;
  }
  get anyHost() {
    return this.dice.pick(this.log.hosts);
  }
  get program() {
    return this.dice.skewed(["sshd", "crond", "kernel", "named", "ntpd", "postfix/smtpd", "su"]);
  }
  get Component() {
    return this.dice.skewed(["WindowManager", "Ledger", "CheckoutService", "HttpPool", "Main"]);
  }
  get logger() {
    return this.dice.skewed([
      "shop.ledger.Ledger",
      "shop.net.HttpPool$Worker",
      "shop.Main",
      "org.util.Cache",
    ]);
  }
  get module() {
    return this.dice.skewed(["store.api", "store.compute.manager", "store.virt.driver", "store.db"]);
  }
  get area() {
    return this.dice.skewed(["net", "disk", "power", "sensor", "mesh"]);
  }
  get AREA() {
    return this.dice.skewed(["NETWORK", "STORAGE", "COMMAND", "REPL"]);
  }
  get file() {
    return `${this.dice.skewed(["server", "pool", "main", "wal"])}.${"go"}:${this.dice.digits(3)}`;
  }
  get thread() {
    return this.dice.pick([
      "main",
      `http-nio-8080-exec-${this.dice.below(9)}`,
      `pool-2-thread-${this.dice.below(16)}`,
    ]);
  }
  get wide() {
    return this.dice.pick(["main", "Server thread", `IO worker ${this.dice.below(9)}`, "Chunk Renderer 1"]);
  }
  get exe() {
    return this.dice.pick(["browser.exe", "mail.exe *64", "sync client.exe", "games.exe"]);
  }
  maybe(share: number, text: string) {
    return this.dice.next() < share ? text : "";
  }
}

/** Makes headers of a layout, one after another in time. */
export function headers(layout: Layout, dice: Dice): () => { text: string; time: number; severity: number } {
  let ms = Date.UTC(2026, dice.below(12), 1 + dice.below(26), 8 + dice.below(10), dice.below(60), 30, 250);
  const host = dice.pick(["db", "combo", "shop1", "node-7.example.org"]);
  const log = {
    host,
    hosts: Array.from({ length: 12 }, (_, i) => `${dice.pick(["cn", "gpu", "io"])}${i * 17 + 3}`),
    id: dice.hex(8),
  };
  return () => {
    ms += Math.floor(dice.next() ** 4 * 40_000);
    const line = new Line(dice, ms, log), text = layout.header(line);
    return { text, time: layout.unit === 0 ? NaN : ms - ms % layout.unit, severity: line.severity };
  };
}
