/**
 * Lines per second and memory: of every stage, of the whole path, of what else one could do.
 *
 * @module
 */
import type { Figure } from "./figures.ts";
import { YARDSTICK } from "./figures.ts";
import type { Log, Material } from "./material.ts";
import { probeWorker, runPart, runWorker } from "./program.ts";
import { type StageReport, STAGES } from "./stages.ts";
import type { TrainingReport } from "./training.ts";
import type { WholeReport } from "./whole.ts";

/** Where and how often to measure. */
export interface Bench {
  material: Material;
  /** Temporary folder that may be written to. */
  folder: string;
  passes: number;
  /** Says what is being measured. */
  tell(what: string): void;
}

/** Folder of a model trained on a log. */
const modelFolder = ({ folder }: Bench, log: Log) =>
  `${folder}/model-${log.format}-${log.session === null ? 0 : 1}`;

/** Options of `train` for a log. */
function training(log: Log): string[] {
  return [
    "--input",
    log.path,
    "--format",
    log.format,
    ...(log.session === null ? [] : ["--session", log.session]),
  ];
}

/** Options of `detect` for a log. */
function judging(bench: Bench, log: Log): string[] {
  return [
    "--input",
    log.path,
    "--model",
    modelFolder(bench, log),
    "--verdicts",
    `${bench.folder}/verdicts.csv`,
  ];
}

/** Trains a model on a log, for what follows; how long that takes as a process, launcher left out. */
export async function measureTraining(bench: Bench, log: Log): Promise<Figure> {
  bench.tell(`training on ${log.title}`);
  const { seconds } = await runWorker(
    "train",
    [...training(log), "--model", modelFolder(bench, log)],
    bench.folder,
  );
  return {
    group: "Training",
    name: `train, ${log.title}, ${count(log.lines)} lines`,
    unit: "s",
    values: [seconds],
  };
}

/** Every stage of `log`, judged by the model of `trainedOn`. */
export async function measureStages(bench: Bench, log: Log, trainedOn: Log): Promise<Figure[]> {
  const group = `Stages: ${log.title}, ${count(log.lines)} lines, one core, in one process`;
  bench.tell(group);
  const args = [JSON.stringify(log), String(bench.passes + 1), modelFolder(bench, trainedOn)];
  const { lines, passes } = await runPart<StageReport>("stages.ts", args, bench.folder);
  const steady = passes.slice(1); // the first pass is the compiler's
  const rate = (name: string, seconds: (pass: typeof passes[number]) => number, note?: string): Figure => ({
    ...{ group, name, unit: "lines/s", note },
    values: steady.map((pass) => lines / seconds(pass)),
  });
  const sum = (pass: typeof passes[number]) => STAGES.reduce((total, stage) => total + pass.stages[stage], 0);
  const used = STAGES.filter((stage) => log.session !== null || stage !== "session keys");
  return [
    rate("read", ({ readOnly }) => readOnly),
    rate(YARDSTICK, ({ newlines }) => newlines, "the yardstick, read included; not the library's code"),
    ...used.map((stage): Figure => ({
      ...{ group, name: stage, unit: "ns/line" },
      values: steady.map(({ stages }) => 1e9 * stages[stage] / lines),
    })),
    rate("sum of the stages", sum, "file to verdicts, steady"),
    { ...rate("sum, first pass", sum), values: [lines / sum(passes[0])], note: "with the compiler at work" },
    ...(steady[0].obvious === null ? [] : [
      rate(
        "the obvious way",
        ({ obvious }) => obvious!,
        "TextDecoderStream, split, RegExp, Map; to counts, no miner, no verdicts",
      ),
    ]),
  ];
}

/** Values of the whole path, one a pass. */
interface WholePath {
  fresh: number[];
  busy: number[];
  early: number[];
  memory: number[];
}

async function freshPasses(bench: Bench): Promise<WholePath> {
  const { material: { long, first }, folder, passes } = bench, args = judging(bench, long);
  const values: WholePath = { fresh: [], busy: [], early: [], memory: [] };
  for (let pass = 0; pass < passes; pass++) {
    values.fresh.push(long.lines / (await runWorker("detect", args, folder)).seconds);
    const { maxRss, cpu } = await probeWorker("detect", args, folder);
    values.memory.push(maxRss / 1024);
    values.busy.push(long.lines / cpu);
    const once = ["1", folder, first.path, ...judging(bench, first)];
    values.early.push(first.lines / (await runPart<WholeReport>("whole.ts", once, folder)).detect[0]);
  }
  return values;
}

/** File to verdicts as a fresh process, in a warm one, and over the first lines; and its memory. */
export async function measureWholePath(bench: Bench): Promise<Figure[]> {
  const { material: { long, first }, folder, passes } = bench;
  bench.tell("the whole path, fresh processes");
  const { fresh, busy, early, memory } = await freshPasses(bench);
  bench.tell("the whole path, one process");
  const again = [String(passes + 1), folder, long.path, ...judging(bench, long)];
  const { detect, newlines } = await runPart<WholeReport>("whole.ts", again, folder);
  const group = `File to verdicts: detect --input --model --verdicts, ${long.title}, one core`;
  const rate = (name: string, values: number[], note: string): Figure => {
    return { group, name, unit: "lines/s", values, note };
  };
  const perSecond = (seconds: number[]) => seconds.slice(1).map((value) => long.lines / value);
  return [
    rate(
      YARDSTICK,
      perSecond(newlines),
      "the yardstick, read included; between the runs of the steady process",
    ),
    rate("fresh process", fresh, `${count(long.lines)} lines, start to exit, launcher left out`),
    rate(
      "the same by processor time",
      busy,
      "all its threads, the compiler's too; less moved by other programs",
    ),
    rate("steady", perSecond(detect), "further runs in one process"),
    rate("first lines of a process", early, `${count(first.lines)} lines, its start left out`),
    {
      group,
      name: "peak memory",
      unit: "MiB",
      values: memory,
      note: "resident, every session open to the end",
    },
  ];
}

/** Templates and the autoencoder. */
export async function measureModels(bench: Bench): Promise<Figure[]> {
  const { material: { copy }, folder, passes } = bench;
  bench.tell("templates and the autoencoder");
  const args = [JSON.stringify(copy), String(passes)];
  const { lines, windows, rows, mine, fit, score } = await runPart<TrainingReport>(
    "training.ts",
    args,
    folder,
  );
  const group = "Training", of = `${count(windows)} windows, ${count(rows)} distinct`;
  return [
    { group, name: "templates, learned line by line", unit: "lines/s", values: mine.map((s) => lines / s) },
    {
      group,
      name: "autoencoder, fit",
      unit: "s",
      values: fit,
      note: `${of}; another seed each pass; the first starts WASM`,
    },
    {
      group,
      name: "autoencoder, score",
      unit: "rows/s",
      values: score.map((s) => rows / s),
      note: "distinct rows",
    },
  ];
}

/** A number with its thousands apart. */
export function count(value: number): string {
  return value.toLocaleString("en");
}
