export const help = `
Learns a new model and makes it the active one.

  deno task train                        every stream of deepscan.yaml, or of the bundled sample
  deno task train --input GLOB --model DIR

  --config FILE      settings; default: deepscan.yaml in this folder
  --input GLOB|-     files, folders or patterns, plain or gzip; - is standard input; may be repeated
  --format NAME      log format; default auto (each file is looked at)
  --session REGEX    lines with one key are one window: group 1, else the whole match
  --window 5m        time windows of this length, one per service, aligned in UTC
  --model DIR        registry of models; default: the folder of the settings
  --stream NAME      name of the stream in the model; with settings: train this stream only
  --from T, --to T   only records of this span of time (ISO 8601, UTC unless it says otherwise)
  --exclude FROM/TO  nothing of this span is learned from (times as above); may be repeated
  --labels FILE      nothing that is labelled as anomalous is learned from, CSV: key,label[,kind], or
                     start,end,service,label[,kind]
  --seed N           seed of everything random; default: that of the settings, else 0
  --shadow           don't make it active: \`detect\` judges by it as well, tells nobody, and
                     \`deepscan models show\` says what it would have added and dropped
  --if-needed        only where the logs have gone on for model.retrain_after, or have drifted; else it
                     says why not, and exits 0
  --json             the outcome as JSON on standard output

With settings, --format, --session and --window are refused: streams have their own. Then windows in alerts are
not learned from, unless \`deepscan feedback\` says false or expected; an alert that covers more than a fifth of
the windows of its service has become usual and is learned from.
`;

import {
  type Exclusion,
  type HandDecisions,
  type Input,
  learn,
  type LearnedStream,
  type Model,
  ModelError,
  Registry,
  type StreamModel,
  type StreamSettings,
} from "../../lib/mod.ts";
import { ensureSample } from "../../data/generate.ts";
import { warningText } from "../catalogue/warning_text.ts";
import { type Context, type Plan, requirePlan, UsageError } from "../context.ts";
import { CountedTraining } from "../detect/counted_training.ts";
import { askedExclusions, labelExclusions, streamExclusions } from "../detect/exclusions.ts";
import { findEarlier } from "../detect/earlier_state.ts";
import { fitOptions } from "../detect/fit_options.ts";
import { fitLearned } from "../detect/fit_learned.ts";
import { inputsOf, spanOf } from "../detect/one_off.ts";
import { pruneVersions } from "../models/kept_versions.ts";
import { type TrainingNeed, trainingNeed } from "../models/training_need.ts";
import { type FoundInputs, openOnce } from "../inputs.ts";
import { traced } from "../health/tracing.ts";
import { parseRunOptions, type RunOptions, TRAIN_OPTIONS } from "../options.ts";
import { configuredSettings, inputSettings } from "../detect/settings.ts";
import { trainedLines } from "../detect/trained_lines.ts";
import { Progress } from "../progress.ts";
import { refuseUnused } from "../unused_options.ts";

/** One stream to train. */
interface Job {
  settings: StreamSettings;
  /** What is not to be learned from. */
  exclude: Exclusion[];
  inputs: Input[];
  /** Opens them again; absent where that can't be. */
  reopen?: () => Promise<Input[]>;
  /** Has their lines mapped in the cluster; absent where they are read again. */
  counting?: CountedTraining;
}

/** A stream to train, and what people decided about its templates before. */
interface DecidedJob extends Job {
  decisions: HandDecisions;
}

/** `deno task train`. */
export async function run(args: string[], context: Context): Promise<number> {
  const options = parseRunOptions(args, context.cwd, TRAIN_OPTIONS);
  const plan = requirePlan(context);
  await refuseUnused("train", options, plan);
  if (plan.kind === "sample") ensureSample(`${context.root}/data/sample`);
  const registry = new Registry(options.model ?? plan.config.model.directory);
  const need = options.ifNeeded ? needOf(registry, plan, context) : NOT_ASKED;
  if (options.ifNeeded && !options.json) {
    context.stderr(`${need.needed ? "trains" : "nothing to train"}: ${need.why}\n`);
  }
  if (!need.needed) {
    if (options.json) context.stdout(JSON.stringify({ version: null, why: need.why }) + "\n");
    return 0;
  }
  const shadow = options.shadow || need.guarded || plan.kind !== "input" && plan.config.model.shadow.always;
  const trained: StreamModel[] = [];
  for (const job of await jobs(options, plan, context)) {
    const decisions = await registry.decisions(job.settings.name);
    const about = { "deepscan.stream": job.settings.name };
    trained.push(
      await traced(context, "train", about, () => trainStream({ ...job, decisions }, options, plan, context)),
    );
  }
  const model = await save(trained, registry, { ...options, shadow }, plan, context);
  print(model, trained, registry, options.json, context);
  return 0;
}

/** Whoever trains by hand has a reason. */
const NOT_ASKED: TrainingNeed = { needed: true, why: "", guarded: false };

function needOf(registry: Registry, { kind, config }: Plan, context: Context): TrainingNeed {
  if (kind === "input") {
    throw new UsageError("Cannot use --if-needed with --input: it is for streams of settings");
  }
  const state = findEarlier({ kind, config, path: null });
  try {
    return trainingNeed({ registry, config, state, now: context.now() });
  } finally {
    state?.close();
  }
}

/** Makes one version of what was trained and what else is active by now, and activates it, or has it tried. */
async function save(
  trained: StreamModel[],
  registry: Registry,
  options: RunOptions,
  plan: Plan,
  context: Context,
): Promise<Model> {
  const names = new Set(trained.map(({ settings }) => settings.name));
  return await registry.exclusively(async () => {
    const keepsOthers = plan.kind !== "input" || options.shadow;
    const previous = keepsOthers ? await activeModel(registry, context) : null;
    const others = previous?.streams.filter(({ settings }) => !names.has(settings.name)) ?? [];
    const model = await registry.save({
      ...{ version: "", parent: registry.active(), createdAt: context.now() },
      seed: options.seed ?? plan.config.model.seed,
      streams: [...others, ...trained],
    });
    const at = context.now();
    if (options.shadow && registry.active() !== null) await registry.propose(model.version, { at });
    else await registry.activate(model.version, { at, how: "trained" });
    if (plan.kind !== "input") await prune(registry, plan, context);
    return model;
  });
}

/** Takes away the versions that the settings don't keep. */
async function prune(registry: Registry, plan: Plan, context: Context): Promise<void> {
  const state = findEarlier(plan);
  try {
    const gone = await pruneVersions(registry, { keep: plan.config.model.keep, state });
    if (gone.length > 0) context.stderr(`taken away, as model.keep says: ${gone.join(", ")}\n`);
  } finally {
    state?.close();
  }
}

/** The active model; one that can't be used is left behind. */
async function activeModel(registry: Registry, context: Context): Promise<Model | null> {
  try {
    return await registry.loadActive();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    context.stderr(`note: ${error.message}; the new model has only the streams that were trained now\n`);
    return null;
  }
}

async function jobs(options: RunOptions, plan: Plan, context: Context): Promise<Job[]> {
  const open = (found: FoundInputs): Input[] => {
    for (const { text } of found.notes) context.stderr(`note: ${text}\n`);
    return found.inputs;
  };
  if (plan.kind === "input") {
    const reopen = options.inputs.includes("-")
      ? undefined
      : async () => (await inputsOf(options, context)).inputs;
    const exclude = await namedExclusions(options), settings = inputSettings(options, plan.config);
    return [{ settings, exclude, inputs: open(await inputsOf(options, context)), reopen }];
  }
  const named = await namedExclusions(options), state = findEarlier(plan), span = spanOf(options);
  const streams = plan.config.streams.filter(({ name }) =>
    options.stream === null || name === options.stream
  );
  try {
    return await Promise.all(streams.map(async (stream) => {
      const settings = configuredSettings(stream, plan.config);
      const isCounted = stream.elasticsearch.counted && span.from === undefined && span.to === undefined;
      return {
        settings,
        exclude: [...named, ...streamExclusions(stream, state)],
        inputs: open(await openOnce(stream.inputs, { context, stream, span })),
        reopen: async () => (await openOnce(stream.inputs, { context, stream, span })).inputs,
        ...(isCounted ? { counting: new CountedTraining({ stream, settings }, context) } : {}), // a span is of lines
      };
    }));
  } finally {
    state?.close();
  }
}

/** What the command line says is not to be learned from. */
async function namedExclusions({ exclude, labels }: RunOptions): Promise<Exclusion[]> {
  const asked = askedExclusions(exclude);
  if (labels === null) return asked;
  const { labelsFrom } = await import("../evaluate/csv_table.ts");
  return [...asked, ...labelExclusions(await labelsFrom(labels))];
}

async function trainStream(
  job: DecidedJob,
  options: RunOptions,
  plan: Plan,
  context: Context,
): Promise<StreamModel> {
  const { settings } = job,
    progress = new Progress(context),
    learned = await learnJob(job, options, progress);
  progress.clear();
  for (const { text } of learned.records.notes) context.stderr(`note: ${text}\n`);
  for (const warning of learned.warnings) context.stderr(`${warningText(warning, settings.name)}\n`);
  const fit = fitOptions(plan.config, options, progress);
  return await fitLearned(learned, { fit, window: options.window, progress }, context);
}

async function learnJob(
  { settings, inputs, reopen, counting, decisions, exclude }: DecidedJob,
  options: RunOptions,
  progress: Progress,
): Promise<LearnedStream> {
  try {
    const learned = await learn(settings, inputs, {
      ...spanOf(options),
      ...{ decisions, exclude, reopen, mapped: counting?.mapped },
      onProgress: (records) =>
        progress.show(() => `${settings.name}: learning from ${records.toLocaleString("en")} records`),
    });
    learned.records.close();
    return learned;
  } finally {
    await counting?.close();
  }
}

function print(
  model: Model,
  trained: StreamModel[],
  registry: Registry,
  json: boolean,
  context: Context,
): void {
  const { folder } = registry, active = registry.active();
  if (json) {
    const streams = trained.map(({ settings, trained: span, catalogue, formats, scopes }) => ({
      ...{ name: settings.name, formats, templates: catalogue.frozen, ...span },
      scopes: scopes.map(({ name, windows, ensemble: { notes } }) => ({ name, windows, notes })),
    }));
    context.stdout(JSON.stringify({ version: model.version, active, folder, streams }) + "\n");
    return;
  }
  for (const line of trained.flatMap(trainedLines)) context.stdout(`${line}\n`);
  const place = active === model.version ? "active" : `tried beside ${active}, which stays active`;
  context.stdout(`model ${model.version} in ${folder}, ${place}\n`);
}
