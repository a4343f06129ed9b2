/**
 * `evaluate --protocol …`: a labelled log divided, trained on one part, tested on the other, again for every seed.
 *
 * @module
 */
import {
  evaluateLevels,
  type Input,
  type Labels,
  type LevelEvaluation,
  type Protocol,
  readProtocol,
  recordLog,
  type StreamSettings,
} from "../../lib/mod.ts";
import { type Context, requirePlan, UsageError } from "../context.ts";
import { inputsOf } from "../detect/one_off.ts";
import { inputSettings } from "../detect/settings.ts";
import { Progress } from "../progress.ts";
import { labelsFrom } from "./csv_table.ts";
import type { RunOptions } from "../options.ts";
import { type Parts, partsOf } from "./log_parts.ts";
import type { EvaluateOptions } from "./options.ts";
import { type ProtocolRow, protocolsText } from "./protocol_table.ts";
import { judgedBy, trainOn } from "./trial.ts";
import { summaryOf } from "./verdict_files.ts";

/** Seeds of a random division, where nothing else is said. */
const USUAL_SEEDS = 5;

/** A way to get at two parts. */
interface Division {
  name: string;
  /** Runs, where nothing else is said. */
  runs: number;
  parts(seed: number): Parts | Promise<Parts>;
}

/** Trains and tests by every protocol that was named, or on the parts as they come. */
export async function evaluateProtocols(options: EvaluateOptions, context: Context): Promise<number> {
  const { config } = requirePlan(context), settings = inputSettings(options.run, config);
  const labels = await labelsFrom(options.labels!), rows: ProtocolRow[] = [];
  const divisions = options.train.length > 0
    ? [givenParts(options, labels, context)]
    : await dividedParts(options, labels, settings, context);
  for (const division of divisions) {
    for (const detectors of options.detectors.length > 0 ? options.detectors : [[]]) {
      rows.push(await rowOf(division, { detectors, settings }, options, context));
    }
  }
  context.stdout(options.json ? JSON.stringify({ rows: rows.map(jsonOf) }) + "\n" : protocolsText(rows));
  return 0;
}

/** The log comes divided: every run reads it anew. */
function givenParts({ train, run }: EvaluateOptions, labels: Labels, context: Context): Division {
  const open = async (inputs: string[]) => await opened({ ...run, inputs }, context);
  return {
    name: "given",
    runs: 1,
    parts: async () => ({
      ...{ training: await open(train), testing: await open(run.inputs), labels },
      trained: train.map((path) => path.slice(path.lastIndexOf("/") + 1)).join(" "),
    }),
  };
}

async function dividedParts(
  { protocols, unlabelled, run }: EvaluateOptions,
  labels: Labels,
  settings: StreamSettings,
  context: Context,
): Promise<Division[]> {
  const read = protocols.map((text) => ({ name: text, protocol: protocolOf(text) }));
  const log = await recordLog(await opened(run, context), settings);
  return read.map(({ name, protocol }) => ({
    name,
    runs: protocol.order === "random" ? USUAL_SEEDS : 1,
    parts: (seed) => partsOf(log, labels, protocol, { unlabelled, seed }),
  }));
}

async function opened(run: RunOptions, context: Context): Promise<Input[]> {
  const { inputs, notes } = await inputsOf(run, context);
  for (const { text } of notes) context.stderr(`note: ${text}\n`);
  return inputs;
}

function protocolOf(text: string): Protocol {
  try {
    return readProtocol(text);
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

async function rowOf(
  { name, runs, parts: partsFor }: Division,
  { detectors, settings }: { detectors: readonly string[]; settings: StreamSettings },
  { unlabelled, seeds, tolerance, run }: EvaluateOptions,
  context: Context,
): Promise<ProtocolRow> {
  const { config } = requirePlan(context), progress = new Progress(context), first = run.seed ?? 0;
  const evaluations: LevelEvaluation[] = [];
  let trained = "";
  for (let seed = first; seed < first + (seeds ?? runs); seed++) {
    progress.show(() => `${name}: seed ${seed}`);
    const { training, testing, labels, trained: on } = await partsFor(seed), unread = [training];
    const trial = { config, detectors: detectors.length > 0 ? detectors : null, seed, progress };
    const open = async () => unread.pop() ?? (await partsFor(seed)).training;
    const { verdicts } = await judgedBy(await trainOn(settings, open, trial), testing);
    evaluations.push(
      evaluateLevels(verdicts, labels, { seed, ...(tolerance === null ? {} : { tolerance }) }),
    );
    trained = on;
  }
  progress.clear();
  return { protocol: name, unlabelled, detectors, trained, evaluations };
}

function jsonOf({ evaluations, ...row }: ProtocolRow) {
  return { ...row, seeds: evaluations.length, summary: summaryOf(evaluations), evaluations };
}
