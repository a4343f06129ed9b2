/**
 * What many templates take.
 *
 * @module
 */
import type { Part } from "./accuracy.ts";
import type { MemoryReport } from "./mine_many.ts";
import type { Cell, ReportTable } from "./report.ts";
import { runReading } from "./speed.ts";

/** Templates, live forms at most (the miner's own limit is 20,000), words each. */
const CASES = [[20_000, 20_000, 10], [20_000, 20_000, 5], [200_000, 20_000, 10], [200_000, 200_000, 10]];

/** Memory at 20,000 and 200,000 templates. */
export async function measureMemory({ tell }: Part): Promise<ReportTable[]> {
  const rows: Cell[][] = [];
  for (const args of CASES) {
    tell(`memory at ${args[0].toLocaleString("en")} templates, ${args[1].toLocaleString("en")} live forms`);
    const flags = ["--allow-sys", "--v8-flags=--expose-gc,--max-old-space-size=4096"];
    const report = await runReading<MemoryReport>("mine_many.ts", args.map(String), flags);
    rows.push([
      `${report.wanted.toLocaleString("en")} texts of ${args[2]} words, ${
        args[1].toLocaleString("en")
      } live forms`,
      ...[
        report.templates,
        report.forms,
        megabytes(report.heap),
        kilobytes(report),
        megabytes(report.peak),
        megabytes(report.start),
        megabytes(report.snapshot),
      ],
      `${Math.round(report.lines / report.seconds / 1e3)} k`,
    ]);
  }
  const notes = [
    "Each text comes three times. Held: the miner's memory, garbage collected; peak: the process at its largest, garbage and engine included",
  ];
  return [{
    title: "Memory",
    notes,
    columns: ["", "templates", "forms", "held", "a template", "peak", "at start", "as JSON", "lines/s"],
    rows,
  }];
}

const megabytes = (value: number) => `${Math.round(value)} MB`;

const kilobytes = ({ heap, templates }: MemoryReport) => `${(heap * 1e3 / templates).toFixed(2)} KB`;
