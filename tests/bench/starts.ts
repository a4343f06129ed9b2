/**
 * Start to exit: what a scheduled run costs that finds little or nothing to do.
 *
 * @module
 */
import type { Figure } from "./figures.ts";
import { packagesOf, probeWorker, runDeno, runTask } from "./program.ts";
import type { Log } from "./material.ts";
import type { Bench } from "./speed.ts";

/** Lines that come between two runs. */
const NEW_LINES = 5000;

/** A folder as a user has it: settings, and a log that grows by the lines of another one. */
export class LiveFolder {
  /** Lines not yet written. */
  left: number;
  readonly #path: string;
  #offset = 0;

  /** Makes `folder`; nothing of `log` is there at first. */
  constructor(readonly folder: string, { path, lines, session, format }: Log) {
    this.left = lines;
    this.#path = path;
    Deno.mkdirSync(folder);
    const history = lines > 100_000 ? "6h" : "10m";
    const stream =
      `name: bench, inputs: [grows.log], format: ${format}, clock: data, allowed_lateness: 1m, min_history: ${history}`;
    const sessions = session === null ? "" : `, session: { pattern: '${session}', idle: 1m }`;
    Deno.writeTextFileSync(
      `${folder}/deepscan.yaml`,
      `streams:\n  - { ${stream}${sessions} }\nalerts: { channels: { console: false } }\n` +
        "model: { directory: model }\nstate: { directory: state }\nreports: { directory: reports }\n",
    );
  }

  /** Appends the next lines. They go through a small buffer: what this process holds would count as a worker's peak. */
  append(count: number, name = "grows.log"): void {
    const buffer = new Uint8Array(1 << 16);
    using from = Deno.openSync(this.#path);
    using to = Deno.openSync(`${this.folder}/${name}`, { append: true, create: true });
    from.seekSync(this.#offset, Deno.SeekMode.Start);
    this.left -= count;
    for (let missing = count; missing > 0;) {
      const read = from.readSync(buffer);
      if (read === null) throw new RangeError(`Cannot append ${count} lines: the log ends ${missing} before`);
      let end = 0;
      while (missing > 0 && end < read) {
        const newline = buffer.subarray(0, read).indexOf(10, end);
        if (newline >= 0) missing--;
        end = newline < 0 ? read : newline + 1;
      }
      for (let rest = buffer.subarray(0, end); rest.length > 0;) rest = rest.subarray(to.writeSync(rest));
      this.#offset += end;
    }
  }
}

/** Times of short runs, launcher included, and what an idle one loads. */
export async function measureStarts(bench: Bench): Promise<Figure[]> {
  bench.tell("short runs");
  const { copy } = bench.material, { session, format } = copy, fresh = Math.min(NEW_LINES, copy.lines >> 3);
  const group = "Start to exit, launcher included", live = new LiveFolder(`${bench.folder}/live`, copy);
  const { folder } = live, ms = async (run: Promise<{ seconds: number }>) => 1000 * (await run).seconds;
  live.append(copy.lines >> 1);
  const first = [await ms(runTask("detect", [], folder))], idle: number[] = [], few: number[] = [];
  const help: number[] = [], empty: number[] = [], trained: number[] = [];
  Deno.writeTextFileSync(`${folder}/empty.ts`, "");
  live.append(fresh, "short.log");
  const own = [
    ...["--input", "short.log", "--format", format],
    ...(session === null ? [] : ["--session", session]),
  ];
  for (let pass = 0; pass < 2 * bench.passes - 1; pass++) {
    empty.push(await ms(runDeno(["run", "--quiet", `${folder}/empty.ts`], folder)));
    help.push(await ms(runTask("detect", ["--help"], folder)));
    idle.push(await ms(runTask("detect", [], folder)));
    trained.push(await ms(runTask("detect", own, folder)));
    if (live.left < fresh) continue;
    live.append(fresh);
    few.push(await ms(runTask("detect", [], folder)));
  }
  const { scripts } = await probeWorker("detect", [], folder, true);
  const { maxRss } = await probeWorker("detect", [], folder);
  const figure = (name: string, values: number[], note?: string): Figure => ({
    group,
    name,
    unit: "ms",
    values,
    note,
  });
  return [
    figure("empty program, deno run", empty, "below this nothing can be"),
    figure("detect --help", help),
    figure("detect, nothing new", idle),
    figure(`detect, ${fresh} new lines`, few, "with a model"),
    figure(`detect --input, ${fresh} lines, no model`, trained, "trains on the first half of them"),
    figure("detect, first run", first, "trains, then judges the rest"),
    {
      ...{ group, name: "scripts loaded, nothing new", unit: "scripts", values: [scripts.length] },
      note: `npm: ${packagesOf(scripts).join(", ") || "none"}`,
    },
    { group, name: "peak memory, nothing new", unit: "MiB", values: [maxRss / 1024] },
  ];
}
