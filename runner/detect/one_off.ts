/**
 * A one-off run over `--input`: everything read from the start, every window closed at the end, no saved position.
 *
 * @module
 */
import {
  Activity,
  type InputNote,
  learn,
  Registry,
  scanOnce,
  type StreamModel,
  type StreamSettings,
} from "../../lib/mod.ts";
import { warningText } from "../catalogue/warning_text.ts";
import { type Context, type Plan, UsageError } from "../context.ts";
import { type FoundInputs, openOnce } from "../inputs.ts";
import type { RunOptions } from "../options.ts";
import { inputSettings } from "./settings.ts";
import { Progress } from "../progress.ts";
import { refuseInput } from "../result_file.ts";
import { VerdictTable } from "../verdict_table.ts";
import { fitOptions } from "./fit_options.ts";
import { fitLearned } from "./fit_learned.ts";
import { emptyOutcome, type StreamOutcome } from "./outcome.ts";
import { inputsSeen } from "./seen_inputs.ts";

/** Part of the input's windows that trains where there is no model to judge by. */
const OWN_TRAINING_PART = 0.5;

/** Inputs for one reading of them. */
export async function inputsOf(options: RunOptions, context: Context): Promise<FoundInputs> {
  const found = await openOnce(options.inputs, { context, span: spanOf(options) });
  if (found.inputs.length === 0) {
    const why = found.notes.map(({ text }) => text).join("; ");
    throw new Error(`Cannot read ${options.inputs.join(" ")}: there is no input${why ? `: ${why}` : ""}`);
  }
  return found;
}

/** Judges the inputs by a model, or, where none is named, by what their own first half was like. */
export async function detectOnce(options: RunOptions, plan: Plan, context: Context): Promise<StreamOutcome> {
  const settings = inputSettings(options, plan.config);
  if (options.model !== null) {
    const { model, version } = await modelFrom(options.model, options);
    return await judgeOnce({ ...emptyOutcome(model.settings.name), model, version }, options, context);
  }
  if (options.inputs.includes("-")) {
    throw new UsageError(
      "Cannot judge standard input without a model: it can be read only once; add --model DIR",
    );
  }
  const model = await learnFromItself(settings, options, plan, context);
  return await judgeOnce({ ...emptyOutcome(settings.name), model, trained: true }, options, context);
}

/** The stream's part of the active model in a registry. */
export async function modelFrom(
  folder: string,
  options: RunOptions,
): Promise<{ model: StreamModel; version: string }> {
  const model = await new Registry(folder).loadActive();
  if (model === null) {
    throw new Error(
      `Cannot detect: there is no model in ${folder}; \`deno task train --model ${folder}\` makes one`,
    );
  }
  const { streams, version } = model, names = streams.map(({ settings }) => settings.name).join(", ");
  const wanted = options.stream ?? (streams.length === 1 ? streams[0].settings.name : null);
  if (wanted === null) {
    throw new UsageError(`Cannot choose a stream of model ${version}: say --stream, one of ${names}`);
  }
  const stream = streams.find(({ settings }) => settings.name === wanted);
  if (stream === undefined) {
    throw new UsageError(`Cannot find stream "${wanted}" in model ${version}: it has ${names}`);
  }
  refuseContradiction(stream.settings, options);
  return { model: stream, version };
}

/** Settings travel inside the model: a command line that says otherwise is a mistake. */
function refuseContradiction(settings: StreamSettings, options: RunOptions): void {
  const pattern = settings.session?.pattern ?? null;
  if (options.session !== null && options.session !== pattern) {
    const has = pattern === null ? "no sessions" : `--session "${pattern}"`;
    throw new UsageError(`Cannot use --session "${options.session}": the model was trained with ${has}`);
  }
  if (options.window !== null && options.window !== settings.window) {
    const has = `windows of ${settings.window / 1000} s`;
    throw new UsageError(
      `Cannot use --window of ${options.window / 1000} s: the model was trained with ${has}`,
    );
  }
}

async function learnFromItself(settings: StreamSettings, options: RunOptions, plan: Plan, context: Context) {
  const progress = new Progress(context), { inputs } = await inputsOf(options, context);
  const learned = await learn(settings, inputs, {
    ...spanOf(options),
    reopen: options.inputs.includes("-") ? undefined : async () => (await inputsOf(options, context)).inputs,
    onProgress: (records) => progress.show(() => `learning: ${records.toLocaleString("en")} records`),
  });
  learned.records.close();
  progress.clear();
  for (const warning of learned.warnings) context.stderr(`${warningText(warning)}\n`);
  const fit = { ...fitOptions(plan.config, options, progress), part: OWN_TRAINING_PART };
  return await fitLearned(learned, { fit, window: options.window, progress }, context);
}

/** The span of time of `--from` and `--to`. */
export function spanOf({ from, to }: RunOptions): { from?: number; to?: number } {
  return { from: from ?? undefined, to: to ?? undefined };
}

async function judgeOnce(
  outcome: StreamOutcome & { model: StreamModel },
  options: RunOptions,
  context: Context,
): Promise<StreamOutcome> {
  const { model } = outcome,
    known = model.catalogue.size,
    found = await inputsOf(options, context),
    progress = new Progress(context);
  refuseInput(options.verdicts, found.inputs);
  const table = options.verdicts === null ? null : new VerdictTable(options.verdicts);
  const scanned = await scanOnce(readAs(options.format, model), found.inputs, {
    ...spanOf(options),
    onProgress: (records) => progress.show(() => `judging: ${records.toLocaleString("en")} records`),
  });
  progress.clear();
  table?.add(scanned);
  table?.close();
  const activity = new Activity(model.settings.window), { windows, stats } = scanned;
  activity.add(scanned, scanned.vectors);
  const notes = [...found.notes, ...scanned.notes];
  return {
    ...outcome,
    ...{ activity, notes, notJudged: unjudged(notes), quality: scanned.quality, records: stats.records },
    ...{ late: stats.late, untimed: stats.untimed, windows: windows.length },
    services: new Set(windows.service).size,
    inputs: inputsSeen(scanned.inputs),
    anomalous: [...scanned.anomalous.values()],
    births: model.catalogue.size - known,
  };
}

/** The model, reading inputs in the format that a command line names; `auto` = that of its settings. */
function readAs(format: string, model: StreamModel): StreamModel {
  return format === "auto" ? model : { ...model, settings: { ...model.settings, format } };
}

function unjudged(notes: InputNote[]): string[] {
  return notes.filter(({ kind }) => kind === "unreadable" || kind === "damaged").map(({ text }) => text);
}
