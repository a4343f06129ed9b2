import type { Layout } from "./layouts.ts";

/** More of {@linkcode LAYOUTS}. */
export const FURTHER_LAYOUTS: readonly Layout[] = [
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
