import type { Dice } from "./made_lines.ts";

/** What a layout prints in front of a message, made up after what real systems print. */
export interface Layout {
  name: string;
  /** The finest unit of time that it prints, in milliseconds; 0 where it has no time. */
  unit: number;
  header: (x: Line) => string;
  /** Whether records are continued on further lines. */
  continued?: boolean;
}

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

/** Every layout; the ones whose place is divisible by three were not looked at while the learner was made. */
export const LAYOUTS: readonly Layout[] = [
  {
    name: "RAS",
    unit: 1,
    header: (x) =>
      ((n) =>
        `- ${x.s} ${x.Y}.${x.m}.${x.d} ${n} ${x.date10}-${x.H}.${x.M}.${x.S}.${x.us} ${n} RAS ${
          x.dice.pick(["KERNEL", "APP", "LINKCARD"])
        } ${x.LEVEL} `)(x.node),
  },
  {
    name: "cluster syslog",
    unit: 1000,
    header: (x) =>
      ((h) =>
        `- ${x.s} ${x.Y}.${x.m}.${x.d} ${h} ${x.b} ${x.D} ${x.T} ${h}/${h} ${x.program}${
          x.maybe(0.7, `[${x.pid}]`)
        }: `)(x.anyHost),
  },
  { name: "proxy client", unit: 1000, header: (x) => `[${x.m}.${x.d} ${x.T}] ${x.exe} - ` },
  {
    name: "padded columns",
    unit: 1000,
    continued: true,
    header: (x) =>
      `${x.date10} ${x.T}, ${x.dice.skewed(["Info", "Warning", "Error"]).padEnd(20)}  ${
        x.dice.pick(["CBS", "CSI", "DPX"])
      }    `,
  },
  {
    name: "controller with file name",
    unit: 1,
    header: (x) =>
      `${
        x.dice.pick(["api", "compute"])
      }.log.1.2026-05-16_13:53:08 ${x.date10} ${x.T}.${x.f} ${x.pid} ${x.LEVEL} ${x.module} [${
        x.dice.next() < 0.3 ? "-" : `req-${x.dice.uuid()} ${x.dice.hex(32)} ${x.dice.hex(32)} - - -`
      }] `,
  },
  {
    name: "tag in brackets of a letter",
    unit: 0,
    header: (x) => `${x.L}/${x.Component}(${x.pid.padStart(5)}): `,
  },
  {
    name: "letter and day glued",
    unit: 1,
    continued: true,
    header: (x) => `${x.L}${x.m}${x.d} ${x.T}.${x.us} ${x.pid.padStart(7)} ${x.file}] `,
  },
  {
    name: "worker in bracket",
    unit: 1,
    continued: true,
    header: (x) =>
      `[${x.date10} ${x.T},${x.f}: ${x.LEVEL}/${x.dice.pick(["MainProcess", "Worker-1", "Worker-2"])}] `,
  },
  { name: "game server", unit: 1000, header: (x) => `[${x.T}] [${x.wide}/${x.LEVEL}]: ` },
  { name: "bracket chain", unit: 1000, header: (x) => `[${x.date10} ${x.T} +0000] [${x.pid}] [${x.LEVEL}] ` },
  {
    name: "letter and comma",
    unit: 1,
    header: (x) =>
      ((l) =>
        `${l[0].toUpperCase()}, [${x.iso}.${x.us} #${x.pid}] ${l.toUpperCase().padStart(5)} -- ${
          x.maybe(0.3, "shop")
        }: `)(x.level),
  },
  {
    name: "compact in bracket",
    unit: 1000,
    header: (x) => `[${x.L} ${x.y}${x.m}${x.d} ${x.T} web:${x.dice.digits(4)}] `,
  },
  { name: "letter before ISO", unit: 1, header: (x) => `[${x.L} ${x.date10} ${x.T}.${x.f} ${x.Component}] ` },
  { name: "zone and short level", unit: 1, header: (x) => `${x.date10} ${x.T}.${x.f} +00:00 [${x.LVL}] ` },
  {
    name: "proxy error",
    unit: 1000,
    header: (x) =>
      `${x.Y}/${x.m}/${x.d} ${x.T} [${x.level}] ${x.pid}#${x.pid}: ${x.maybe(0.85, `*${x.pid} `)}`,
  },
  { name: "source line", unit: 1000, header: (x) => `${x.Y}/${x.m}/${x.d} ${x.T} ${x.file}: ` },
  {
    name: "uptime in bracket",
    unit: 0,
    header: (x) =>
      `[${String(x.ms % 1e6 / 1000).padStart(12)}${x.dice.digits(3)}] ${
        x.dice.pick(["usb1", "eth0", "mmcblk0", "EXT4-fs (sda1)"])
      }: `,
  },
  {
    name: "role letter",
    unit: 1,
    header: (x) =>
      `${x.pid}:${x.dice.pick(["M", "S", "C"])} ${x.d} ${x.b} ${x.Y} ${x.T}.${x.f} ${
        x.dice.pick(["*", "#", "-", "."])
      } `,
  },
  {
    name: "numbered brackets",
    unit: 1,
    header: (x) =>
      `${x.iso}.${x.us}Z ${x.dice.below(99)} [${x.dice.pick(["Note", "Warning", "Error"])}] [MY-0${
        x.dice.digits(5)
      }] [${x.dice.pick(["Server", "InnoDB"])}] `,
  },
  {
    name: "padded capitals",
    unit: 1,
    header: (x) => `${x.iso}.${x.f}+0000 ${x.L} ${x.AREA.padEnd(8)} [conn${x.pid}] `,
  },
  {
    name: "process in angles",
    unit: 1,
    header: (x) => `${x.date10} ${x.T}.${x.f} [${x.level}] <0.${x.pid}.0> `,
  },
  { name: "kid with bar", unit: 1000, header: (x) => `${x.Y}/${x.m}/${x.d} ${x.T} kid1| ` },
  {
    name: "level with call",
    unit: 1000,
    header: (x) =>
      `[${x.b} ${x.e} ${x.T}] ${x.dice.pick(["NOTICE", "WARNING", "ERROR"])}[${x.pid}]${
        x.maybe(0.6, `[C-0000${x.dice.hex(4)}]`)
      } ${x.dice.pick(["chan", "app_dial"])}.c:${x.pid} ${x.dice.pick(["handle_request", "on_event"])}: `,
  },
  {
    name: "day name and microseconds",
    unit: 1000,
    header: (x) => `${x.a} ${x.b} ${x.e} ${x.T} ${x.Y} us=${x.dice.digits(6)} `,
  },
  {
    name: "firewall code",
    unit: 1000,
    header: (x) => `${x.b} ${x.d} ${x.Y} ${x.T} fw1 : %FW-${x.dice.below(8)}-30${x.dice.digits(4)}: `,
  },
  {
    name: "engine frame",
    unit: 1,
    header: (x) =>
      `[${x.Y}.${x.m}.${x.d}-${x.H}.${x.M}.${x.S}:${x.f}][${String(x.dice.below(999)).padStart(3)}]${
        x.dice.pick(["LogNet", "LogRender", "LogInit"])
      }: `,
  },
  { name: "embedded tick", unit: 0, header: (x) => `${x.L} (${x.dice.digits(6)}) ${x.area}: ` },
  {
    name: "embedded uptime",
    unit: 0,
    header: (x) =>
      ((l) =>
        `[00:${x.M}:${x.S}.${x.f},000] <${
          ({ debug: "dbg", info: "inf", warn: "wrn", error: "err" })[l]
        }> ${x.area}_app: `)(x.level),
  },
  {
    name: "angle fields",
    unit: 1,
    continued: true,
    header: (x) =>
      `<${x.b} ${x.D}, ${x.Y} ${x.h}:${x.M}:${x.S},${x.f} ${x.p} UTC> <${
        x.dice.pick(["Notice", "Warning", "Error"])
      }> <${x.AREA}> <BEA-000${x.dice.digits(3)}> `,
  },
  {
    name: "thread id and class",
    unit: 1,
    continued: true,
    header: (x) =>
      `[${x.n}/${x.D}/${x.y} ${x.H}:${x.M}:${x.S}:${x.f} UTC] 0000${x.dice.hex(4)} ${
        x.Component.padEnd(13)
      } ${x.L}   `,
  },
  {
    name: "method after thread",
    unit: 1,
    continued: true,
    header: (x) =>
      `${x.d}-${x.b}-${x.Y} ${x.T}.${x.f} ${x.LEVEL} [${x.thread}] ${x.logger}.${
        x.dice.pick(["start", "log", "run"])
      } `,
  },
  {
    name: "trace in bracket",
    unit: 1,
    continued: true,
    header: (x) =>
      `${x.date10} ${x.T}.${x.f} ${x.LEVEL.padStart(5)} [shop,${x.dice.hex(16)},${x.dice.hex(16)}] 42 --- [${
        x.thread.padStart(15).slice(-15)
      }] ${x.logger.padEnd(28)} : `,
  },
  {
    name: "bars with function",
    unit: 1,
    header: (x) =>
      `${x.date10} ${x.T}.${x.f} | ${x.LEVEL.padEnd(8)} | ${x.module}:${x.dice.pick(["run", "stop"])}:${
        x.dice.digits(2)
      } - `,
  },
  { name: "tabs", unit: 1000, header: (x) => `${x.iso}Z\t${x.anyHost}\t${x.area}\t${x.LEVEL}\t` },
  {
    name: "keys before text",
    unit: 1,
    header: (x) => `time=${x.iso}.${x.f}Z level=${x.level} pid=${x.pid} mod=${x.area} `,
  },
  {
    name: "keys and colon",
    unit: 1000,
    header: (x) => `ts="${x.date10} ${x.T}" sev=${x.level} req=${x.dice.hex(12)} : `,
  },
  {
    name: "host daemon fraction",
    unit: 1,
    header: (x) => `${x.b} ${x.e} ${x.T}.${x.f} ${x.host} ${x.area}d[${x.pid}] ${x.LEVEL}: `,
  },
  {
    name: "originator",
    unit: 1,
    continued: true,
    header: (x) =>
      `${x.iso}.${x.f}Z ${x.level} hostd[${x.dice.digits(7)}] ${
        x.maybe(0.9, `[Originator@6876 sub=${x.Component} opID=${x.dice.hex(8)}] `)
      }`,
  },
  { name: "ISO bracket and level", unit: 1000, header: (x) => `[${x.iso}+00:00] ${x.LEVEL}: ` },
  {
    name: "container column",
    unit: 1000,
    header: (x) =>
      `${x.dice.pick(["web_1", "worker_12", "db_1"]).padEnd(10)} | ${x.date10} ${x.T} ${x.LEVEL} `,
  },
  {
    name: "function id with tabs",
    unit: 1,
    continued: true,
    header: (x) => `${x.iso}.${x.f}Z\t${x.dice.uuid()}\t${x.LEVEL}\t`,
  },
  {
    name: "error report",
    unit: 0,
    header: (x) =>
      `${x.dice.hex(8).toUpperCase()}   ${x.m}${x.d}${x.H}${x.M}${x.y} ${x.dice.pick(["P", "T", "I"])} ${
        x.dice.pick(["H", "S", "O"])
      } ${x.dice.pick(["hdisk3", "ent0", "sysplanar0", "LVDD"]).padEnd(14)} `,
  },
  {
    name: "rank and seconds",
    unit: 0,
    header: (x) => `[rank ${x.dice.below(128)}] ${String(x.ms % 1e7 / 1000)}s ${x.area}: `,
  },
  {
    name: "sequence, host, day first",
    unit: 1000,
    header: (x) =>
      `${x.dice.digits(6)} ${x.anyHost} ${x.d}.${x.m}.${x.Y} ${x.T} ${x.L} ${x.area}.${
        x.dice.pick(["core", "bus"])
      }: `,
  },
  {
    name: "epoch milliseconds",
    unit: 1,
    continued: true,
    header: (x) => `${x.ms} ${x.LEVEL.padEnd(5)} [worker-${x.dice.below(9)}] ${x.logger} - `,
  },
  {
    name: "epoch nanoseconds",
    unit: 1,
    header: (x) => `${x.ms}${x.dice.digits(6)} ${x.dice.below(8)} ${x.level} ${x.area} | `,
  },
  {
    name: "twelve hours with bars",
    unit: 1000,
    header: (x) =>
      `${x.n}/${x.D}/${x.Y} ${x.h}:${x.M}:${x.S} ${x.p} | ${
        x.dice.pick(["Information", "Warning", "Error"])
      } | Shop.Host.${x.area} | `,
  },
  {
    name: "long date",
    unit: 1000,
    header: (x) => `${x.A}, ${x.B} ${x.D}, ${x.Y} ${x.T} [${x.wide}] ${x.LEVEL} `,
  },
  {
    name: "thread with blanks",
    unit: 1,
    continued: true,
    header: (x) => `${x.date10} ${x.T},${x.f} [${x.wide}] ${x.LEVEL} ${x.Component} - `,
  },
  {
    name: "unpadded bars",
    unit: 1,
    header: (x) =>
      `${x.Y}${x.m}${x.d}-${Number(x.H)}:${Number(x.M)}:${Number(x.S)}:${
        Number(x.f)
      }|Step_${x.Component}|${x.log.id}|`,
  },
  {
    name: "facility and level",
    unit: 1000,
    header: (x) =>
      `${x.b} ${x.e} ${x.T} ${x.host} ${
        x.dice.pick(["daemon", "kern", "auth"])
      }.${x.level} ${x.program}[${x.pid}]: `,
  },
];
