/**
 * Start to exit: what a scheduled run costs that finds little or nothing to do.
 *
 * @module
 */
import type { Figure } from "./figures.ts";
import { packagesOf, probeWorker, runDeno, runTask } from "./program.ts";
import type { Bench } from "./speed.ts";

/** Lines that come between two runs. */
const NEW_LINES = 5000;

/** A folder as a user has it: settings, and a log that grows. */
export class LiveFolder {
  readonly #lines: string[];
  #written = 0;

  /** @param text The log's whole text; nothing of it is there at first. */
  constructor(readonly folder: string, text: string, session: string | null, format: string) {
    this.#lines = text.split("\n").slice(0, -1);
    Deno.mkdirSync(folder);
    Deno.writeTextFileSync(
      `${folder}/deepscan.yaml`,
      [
        "streams:",
        `  - { name: bench, inputs: [grows.log], format: ${format}, clock: data, allowed_lateness: 1m`,
        `    , min_history: ${this.#lines.length > 100_000 ? "6h" : "10m"}`,
        ...(session === null ? [] : [`    , session: { pattern: '${session}', idle: 1m }`]),
        "    }",
        "alerts: { channels: { console: false } }",
        "model: { directory: model }",
        "state: { directory: state }",
        "reports: { directory: reports }",
        "",
      ].join("\n"),
    );
  }

  /** Lines not yet written. */
  get left(): number {
    return this.#lines.length - this.#written;
  }

  /** Appends the next lines. */
  append(count: number): void {
    const lines = this.#lines.slice(this.#written, this.#written += count);
    Deno.writeTextFileSync(`${this.folder}/grows.log`, lines.map((line) => `${line}\n`).join(""), {
      append: true,
    });
  }
}

/** A live folder over the material's copy, in `folder`. */
export function liveFolder(bench: Pick<Bench, "material" | "folder">, name: string): LiveFolder {
  const { path, session, format } = bench.material.copy;
  return new LiveFolder(`${bench.folder}/${name}`, Deno.readTextFileSync(path), session, format);
}

/** Times of short runs, launcher included, and what an idle one loads. */
export async function measureStarts(bench: Bench): Promise<Figure[]> {
  bench.tell("short runs");
  const group = "Start to exit, launcher included", live = liveFolder(bench, "live"), { folder } = live;
  const fresh = Math.min(NEW_LINES, live.left >> 3),
    ms = async (run: Promise<{ seconds: number }>) => 1000 * (await run).seconds;
  live.append(live.left >> 1);
  const first = [await ms(runTask("detect", [], folder))], idle: number[] = [], few: number[] = [];
  const help: number[] = [], empty: number[] = [], trained: number[] = [];
  Deno.writeTextFileSync(`${folder}/empty.ts`, "");
  const short = `${folder}/short.log`, { session, format, path } = bench.material.copy;
  Deno.writeTextFileSync(short, Deno.readTextFileSync(path).split("\n").slice(0, fresh).join("\n") + "\n");
  const own = ["--input", short, "--format", format, ...(session === null ? [] : ["--session", session])];
  for (let pass = 0; pass < bench.passes * 2 + 1; pass++) {
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
