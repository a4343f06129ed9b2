import { FURTHER_LAYOUTS } from "./further_layouts.ts";
import type { Line } from "./line.ts";

/** What a layout prints in front of a message, made up after what real systems print. */
export interface Layout {
  name: string;
  /** The finest unit of time that it prints, in milliseconds; 0 where it has no time. */
  unit: number;
  header: (x: Line) => string;
  /** Whether records are continued on further lines. */
  continued?: boolean;
}

const FIRST: readonly Layout[] = [
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
];

/** Every layout. The ones whose place can be divided by three were first looked at when the learner was done. */
export const LAYOUTS: readonly Layout[] = [...FIRST, ...FURTHER_LAYOUTS];
