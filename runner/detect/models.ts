/**
 * The models of a live run: the active one, and first ones for streams that have none yet.
 *
 * @module
 */
import {
  fitStream,
  type InputPosition,
  learn,
  type LearnedStream,
  type Model,
  NoWindowsError,
  type Registry,
  type State,
  type StreamModel,
  type StreamSettings,
} from "../../lib/mod.ts";
import type { Config, StreamConfig } from "../config.ts";
import { formatDuration } from "../config/duration.ts";
import { type Context, UsageError } from "../context.ts";
import { openFollowed } from "../inputs.ts";
import { configuredSettings } from "./settings.ts";
import { Progress } from "../progress.ts";
import { saveStart } from "./commit.ts";
import { fitOptions } from "./fit_options.ts";

/** What a first training came to. */
interface FirstTraining {
  stream: StreamModel;
  learned: LearnedStream;
  positions: InputPosition[];
}

/** Models for a live run. */
export interface LiveModels {
  model: Model | null;
  /** Streams that were trained just now. */
  trained: Set<string>;
  /** Why a stream has no model yet, by its name. */
  waiting: Map<string, string>;
}

/**
 * The active model, with a first training for every stream that it lacks and whose logs reach far enough.
 *
 * A stream is trained on its first `min_history`, and its scan goes on exactly where that ended, with what was open there.
 */
export async function modelsFor(
  { config, dryRun }: { config: Config; dryRun: boolean },
  registry: Registry,
  state: State,
  context: Context,
): Promise<LiveModels> {
  let model = await activeModel(registry, state);
  const missing = config.streams.filter(({ name }) =>
    !model?.streams.some(({ settings }) => settings.name === name)
  );
  const first: FirstTraining[] = [], waiting = new Map<string, string>();
  for (const stream of missing) {
    if (dryRun) {
      waiting.set(stream.name, "no model yet, and --dry-run keeps none");
      continue;
    }
    const training = await firstTraining(stream, config, context);
    if (typeof training === "string") waiting.set(stream.name, training);
    else first.push(training);
  }
  const trained = new Set(first.map(({ stream }) => stream.settings.name));
  if (first.length > 0) {
    model = await registry.save({
      ...{ version: "", parent: model?.version ?? null, createdAt: context.now(), seed: config.model.seed },
      streams: [...model?.streams ?? [], ...first.map(({ stream }) => stream)],
    });
    const { version } = model;
    state.transaction(() => {
      for (const { stream, learned, positions } of first) {
        saveStart(state, version, stream, learned, positions);
      }
    });
    await registry.activate(version);
  }
  for (const stream of config.streams) refuseContradiction(stream, config, model);
  return { model, trained, waiting };
}

/**
 * The active model; where a run was killed between training and activating, the one that the state goes by: it knows a stream
 * that the active one doesn't. A version that was activated by hand stays.
 */
async function activeModel(registry: Registry, state: State): Promise<Model | null> {
  const active = await registry.loadActive(), versions = registry.versions();
  const unknown = state.streams().filter((name) =>
    !active?.streams.some(({ settings }) => settings.name === name)
  );
  const used = unknown.map((name) => versions.indexOf(state.stream(name)!.model));
  const newest = Math.max(-1, ...used);
  if (newest < 0) return active;
  await registry.activate(versions[newest]);
  return await registry.loadActive();
}

async function firstTraining(
  stream: StreamConfig,
  config: Config,
  context: Context,
): Promise<FirstTraining | string> {
  const { inputs, notes } = await openFollowed(stream.inputs, []);
  if (inputs.length === 0) {
    return `no input: ${notes.map(({ text }) => text).join("; ") || stream.inputs.join(" ")}`;
  }
  const progress = new Progress(context);
  const learned = await learn(configuredSettings(stream, config.redact.patterns), inputs, {
    span: stream.min_history,
    onProgress: (records) =>
      progress.show(`${stream.name}: learning from ${records.toLocaleString("en")} records`),
  });
  try {
    if (!learned.complete) return tooShort(stream, learned);
    const positions = await learned.records.positions();
    return {
      stream: await fitStream(learned, fitOptions(config, { seed: null }, progress)),
      learned,
      positions,
    };
  } catch (error) {
    if (!(error instanceof NoWindowsError)) throw error;
    return `no model yet: nothing has ended within ${formatDuration(stream.min_history)}; raise min_history`;
  } finally {
    learned.records.close();
    progress.clear();
  }
}

function tooShort(stream: StreamConfig, learned: LearnedStream): string {
  const span = learned.to - learned.from;
  if (!(span >= 0)) return `no model yet: ${learned.read} lines, none with a time`;
  const missing = formatDuration(Math.max(60_000, stream.min_history - span));
  const has = span < 60_000 ? "less than a minute" : formatDuration(Math.floor(span / 60_000) * 60_000);
  return `no model yet: the logs span ${has}, min_history is ${
    formatDuration(stream.min_history)
  }: ${missing} more`;
}

/** Settings travel inside the model: a settings file that says otherwise is a mistake. */
function refuseContradiction(stream: StreamConfig, config: Config, model: Model | null): void {
  const trained = model?.streams.find(({ settings }) => settings.name === stream.name)?.settings;
  if (trained === undefined) return;
  const wanted = configuredSettings(stream, config.redact.patterns);
  for (const key of Object.keys(wanted) as (keyof StreamSettings)[]) {
    const [now, then] = [JSON.stringify(wanted[key]), JSON.stringify(trained[key])];
    if (now === then) continue;
    throw new UsageError(
      `Cannot scan stream ${stream.name}: its ${key} is ${now} in the settings, and was ${then} when model ` +
        `${model!.version} was trained; put it back, or train anew with \`deno task train\``,
    );
  }
}
