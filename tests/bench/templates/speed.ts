/**
 * Lines and megabytes per second, steady and in a fresh process, beside drain3; and of lines that are hard.
 *
 * @module
 */
import { Random } from "../../../data/shop/random.ts";
import { REAL_LOGS } from "../../needs.ts";
import { median } from "../figures.ts";
import { ROOT, runDeno } from "../program.ts";
import { missingLogs, type Part } from "./accuracy.ts";
import { readEither } from "./development_systems.ts";
import { DRAIN3, runDrain } from "./drain3.ts";
import { FetchError } from "./fetch.ts";
import type { MiningReport } from "./mine_file.ts";
import { writeLines } from "./found.ts";
import type { Cell, ReportTable } from "./report.ts";

const PASSES = 5;

/** A program of this folder as a process of its own that may only read; its standard output as JSON. */
export async function runReading<Result>(
  file: string,
  args: string[],
  flags: string[] = [],
): Promise<Result> {
  const rights = [
    "run",
    "--quiet",
    "--no-prompt",
    "--ignore-env",
    "--allow-read",
    "--config",
    `${ROOT}/tests/deno.json`,
  ];
  const { stdout } = await runDeno(
    [...rights, ...flags, `${ROOT}/tests/bench/templates/${file}`, ...args],
    ROOT,
  );
  return JSON.parse(stdout) as Result;
}

/** Speed on real logs and on lines that are hard. */
export async function measureSpeed(part: Part): Promise<ReportTable[]> {
  return [await realLogs(part), await hardLines(part)];
}

async function realLogs({ folder, tell }: Part): Promise<ReportTable> {
  const title = "Speed on raw logs, one core",
    notes = [
      `Lines: whole lines in memory → template ids. Records: file → header parse → template ids. Median of ${PASSES} passes, M lines/s (MB/s).`,
      "Seconds are the smaller of elapsed and processor time, so that other work on the machine counts little.",
      "Fresh: the first pass of a process that has just started, its start left out. New miner: later passes. Steady: nothing is new.",
    ];
  const rows: Cell[][] = [];
  for (
    const [name, file] of [["HDFS", "hdfs_loglead_2pct/HDFS_2pct.log"], ["Linux", "linux_raw/Linux.log"]]
  ) {
    const path = `${folder}/${name}.log`;
    try {
      Deno.writeFileSync(path, readEither(new URL(file, REAL_LOGS).pathname));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return missingLogs(title);
      throw error;
    }
    tell(`speed on ${name}`);
    const reports = [await mined("lines", path), await mined("records", path)],
      drained = await drainSeconds(path, notes);
    for (const [i, report] of reports.entries()) {
      const fresh = [report.fresh[0]], warm = report.fresh.slice(1);
      rows.push([
        `${name}, ${i === 0 ? "lines" : "records"}`,
        ...[
          report.lines,
          report.templates,
          rate(report, fresh),
          rate(report, warm),
          rate(report, report.steady),
        ],
        ...(i === 0 && drained
          ? [
            rate(report, [drained[0]]),
            rate(report, [drained[1]]),
            ratio(drained[0], fresh),
            ratio(drained[1], report.steady),
          ]
          : [null, null, null, null]),
      ]);
    }
  }
  return {
    title,
    notes,
    columns: [
      "",
      "lines",
      "templates",
      "fresh",
      "new miner",
      "steady",
      "drain3 fresh",
      "drain3 steady",
      "× fresh",
      "× steady",
    ],
    rows,
  };
}

/** {@linkcode MiningReport} of a file. */
export function mined(
  mode: "lines" | "records",
  path: string,
  passes: number = PASSES,
): Promise<MiningReport> {
  return runReading("mine_file.ts", [mode, path, String(passes)]);
}

async function drainSeconds(path: string, notes: string[]): Promise<number[] | null> {
  try {
    return (await runDrain([{ path, passes: 2 }]))[0].seconds;
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    const note = `drain3 ${DRAIN3} is left out: ${error.message}`;
    if (!notes.includes(note)) notes.push(note);
    return null;
  }
}

function rate({ lines, bytes }: MiningReport, seconds: number[]): string {
  const middle = median(seconds);
  return `${(lines / middle / 1e6).toPrecision(3)} (${Math.round(bytes / middle / 1e6)})`;
}

const ratio = (theirs: number, ours: number[]) => `${Math.round(theirs / median(ours))}×`;

/** Lines that make a miner slow, made up. */
function hard(): { name: string; lines: string[] }[] {
  const random = new Random(1, "hard"), words = Array.from({ length: 60_000 }, () => word(random));
  const some = (count: number) => Array.from({ length: count }, () => random.pick(words));
  const many = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));
  return [
    { name: "every line new: ten random words", lines: many(100_000, () => some(10).join(" ")) },
    {
      name: "every line new: w request for w by w",
      lines: many(100_000, () => `${random.pick(words)} request for ${some(2).join(" by ")}`),
    },
    {
      name: "every line new: k0=w … k7=w",
      lines: many(100_000, () => some(8).map((value, i) => `k${i}=${value}`).join(" ")),
    },
    {
      name: "every line new: failures of many words",
      lines: many(20_000, () => `Cannot open ${some(2).join(" ")}: ${some(random.integer(2, 8)).join(" ")}`),
    },
    {
      name: "10,000 values in one place",
      lines: many(100_000, () => `user ${words[random.integer(0, 9999)]} logged in from the office`),
    },
    {
      name: "a new word in 400 texts by turns",
      lines: many(
        100_000,
        (i) => `step ${words[i % 400]} of ${words[(i * 7) % 400]} took ${random.pick(words)}`,
      ),
    },
    { name: "one line of 1 MB, words", lines: [some(125_000).join(" ")] },
    { name: "one line of 1 MB, no blanks", lines: ["x".repeat(1_000_000)] },
    { name: "one line of 1 MB, brackets and quotes", lines: ['[{"a":'.repeat(170_000)] },
    { name: "one line of 1 MB, a list of numbers", lines: [many(150_000, (i) => i % 1000).join(", ")] },
  ];
}

function word(random: Random): string {
  return Array.from(
    { length: random.integer(2, 4) },
    () => random.pick([..."bdfgklmnprstvz"]) + random.pick([..."aeiou"]),
  ).join("");
}

async function hardLines({ folder, tell }: Part): Promise<ReportTable> {
  const rows: Cell[][] = [];
  for (const { name, lines } of hard()) {
    tell(`speed, ${name}`);
    const report = await mined("lines", writeLines(`${folder}/hard.lines`, lines), 2);
    rows.push([
      name,
      lines.length,
      report.templates,
      ...[report.fresh[0], report.fresh[1], median(report.steady)].map((seconds) => per(report, seconds)),
    ]);
  }
  const notes = [
    "Lines in memory → template ids, thousand lines/s (MB/s); fresh process, then a new miner in the same process, then seen again; seconds as above",
  ];
  return {
    title: "Worst cases, one core",
    notes,
    columns: ["", "lines", "templates", "fresh", "new miner", "again"],
    rows,
  };
}

function per({ lines, bytes }: MiningReport, seconds: number): string {
  return `${Number((lines / seconds / 1e3).toPrecision(3))} (${
    Number((bytes / seconds / 1e6).toPrecision(3))
  })`;
}
