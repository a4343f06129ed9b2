/**
 * The models of a live run: the active one, and first ones for streams that have none yet.
 *
 * @module
 */
import {
  Catalogue,
  type Model,
  redactorOf,
  type Registry,
  type State,
  type StreamModel,
} from "../../lib/mod.ts";
import { plainLine } from "../alert/plain_text.ts";
import type { Config, StreamConfig } from "../config.ts";
import { type Context, UsageError } from "../context.ts";
import { saveStart } from "./commit.ts";
import { traced } from "../health/tracing.ts";
import { endlessWait } from "../health/waits.ts";
import { type FirstTraining, firstTraining, type Waiting } from "./first_training.ts";
import { configuredSettings } from "./settings.ts";

/** Models for a live run. */
export interface LiveModels {
  model: Model | null;
  /** Streams that were trained just now. */
  trained: Set<string>;
  /** Why a stream has no model yet, by its name. */
  waiting: Map<string, Waiting>;
  /** What keeps a stream from being judged, by its name. */
  failed: Map<string, unknown>;
}

/** What {@linkcode modelsFor} goes by. */
export interface ModelsOptions {
  config: Config;
  /** Nothing is trained, kept or activated. */
  dryRun: boolean;
  /** Seed of first trainings; `null` = the settings' one. */
  seed: number | null;
}

/**
 * The active model, with a first training for every stream that it lacks and whose logs reach far enough; the scan of such a
 * stream goes on exactly where its training ended, with what was open there. One stream's trouble is no other one's.
 */
export async function modelsFor(
  options: ModelsOptions,
  registry: Registry,
  state: State,
  context: Context,
): Promise<LiveModels> {
  const { config, dryRun } = options,
    waiting = new Map<string, Waiting>(),
    failed = new Map<string, unknown>();
  let model = await activeModel(registry, state, options, context);
  const first: FirstTraining[] = [];
  for (const stream of config.streams.filter(({ name }) => streamIn(model, name) === undefined)) {
    if (dryRun) waiting.set(stream.name, waitingFor("no model yet, and --dry-run keeps none"));
    else await train(stream, { ...options, state }, { first, waiting, failed }, context);
  }
  const trained = new Set<string>();
  if (first.length > 0) {
    model = await saveFirst(first, options, { registry, state, trained, waiting }, context);
  }
  for (const stream of config.streams) {
    const known = streamIn(model, stream.name);
    if (known === undefined) continue;
    try {
      refuseContradiction(stream, known, model!.version, config);
    } catch (error) {
      failed.set(stream.name, error);
    }
  }
  return { model: model && withRedactions(model, config, context), trained, waiting, failed };
}

function waitingFor(text: string): Waiting {
  return { wait: endlessWait(text), sources: [] };
}

function streamIn(model: Model | null, name: string): StreamModel | undefined {
  return model?.streams.find(({ settings }) => settings.name === name);
}

async function train(
  stream: StreamConfig,
  options: ModelsOptions & { state: State },
  { first, waiting, failed }: { first: FirstTraining[] } & Pick<LiveModels, "waiting" | "failed">,
  context: Context,
): Promise<void> {
  try {
    const training = await traced(
      context,
      "train",
      { "deepscan.stream": stream.name },
      () => firstTraining(stream, options, context),
    );
    if ("wait" in training) waiting.set(stream.name, training);
    else first.push(training);
  } catch (error) {
    failed.set(stream.name, error);
  }
}

/**
 * Saves first trainings as one version that holds them and all that is active by now, and activates it. A stream that was
 * trained by another process meanwhile keeps that training.
 */
async function saveFirst(
  first: FirstTraining[],
  { config, seed }: ModelsOptions,
  { registry, state, trained, waiting }:
    & { registry: Registry; state: State }
    & Pick<LiveModels, "trained" | "waiting">,
  context: Context,
): Promise<Model | null> {
  return await registry.exclusively(async () => {
    const active = await registry.loadActive();
    const fresh = first.filter(({ stream: { settings } }) => streamIn(active, settings.name) === undefined);
    for (const { stream: { settings } } of first) {
      if (streamIn(active, settings.name) === undefined) trained.add(settings.name);
      else waiting.set(settings.name, waitingFor("it was trained by another run meanwhile"));
    }
    if (fresh.length === 0) return active;
    const model = await registry.save({
      ...{ version: "", parent: active?.version ?? null, createdAt: context.now() },
      seed: seed ?? config.model.seed,
      streams: [...active?.streams ?? [], ...fresh.map(({ stream }) => stream)],
    });
    state.transaction(() => {
      for (const { stream, learned, positions } of fresh) {
        saveStart(state, { version: model.version, model: stream, learned, positions });
      }
    });
    await registry.activate(model.version, { at: context.now(), how: "trained" });
    return model;
  });
}

/**
 * The active model; where a run was killed between training and activating, the one that the state goes by: it is newer and
 * knows a stream that the active one doesn't. A version that was activated or trained since stays.
 */
async function activeModel(
  registry: Registry,
  state: State,
  { dryRun }: ModelsOptions,
  context: Context,
): Promise<Model | null> {
  const active = await registry.loadActive(), version = unactivated(registry, state, active);
  if (version === null) return active;
  if (dryRun) return await registry.load(version);
  return await registry.exclusively(async () => {
    const present = await registry.loadActive(), left = unactivated(registry, state, present);
    if (left === null) return present;
    await registry.activate(left, { at: context.now(), how: "trained" });
    return await registry.loadActive();
  });
}

/** The version that a killed run did not come to activate; `null` = none. */
function unactivated(registry: Registry, state: State, active: Model | null): string | null {
  const versions = registry.versions();
  const unknown = state.streams().filter((name) => streamIn(active, name) === undefined);
  if (unknown.length === 0) return null;
  const known = new Set(registry.activations().map(({ version }) => version)); // which people may have moved away from
  const left = unknown.map((name) => state.stream(name)!.model).filter((version) => !known.has(version));
  const newest = Math.max(-1, ...left.map((version) => versions.indexOf(version)));
  return newest > versions.indexOf(active?.version ?? "") ? versions[newest] : null;
}

/**
 * The part of a model that judges a stream, redacting what the settings say now as well.
 *
 * @throws {UsageError} if the settings contradict the model, or it has not learned the stream.
 */
export function knownStream(model: Model, stream: StreamConfig, config: Config): StreamModel {
  const known = streamIn(model, stream.name);
  if (known === undefined) {
    throw new UsageError(`model ${model.version} has not learned stream ${stream.name}`);
  }
  refuseContradiction(stream, known, model.version, config);
  const before = known.settings.redact ?? [];
  const added = config.redact.patterns.filter((pattern) => !before.includes(pattern));
  return added.length === 0 ? known : redacted(known, [...before, ...added]);
}

/** Characters of a setting in a message. */
const SHOWN = 300;

/** Settings travel inside the model: a settings file that says otherwise is a mistake. Redactions hold at once. */
function refuseContradiction(
  stream: StreamConfig,
  { settings }: StreamModel,
  version: string,
  config: Config,
): void {
  const { redact: _, ...wanted } = configuredSettings(stream, config);
  for (const key of Object.keys(wanted) as (keyof typeof wanted)[]) {
    const texts = [JSON.stringify(wanted[key]), JSON.stringify(settings[key])];
    if (texts[0] === texts[1]) continue;
    const [now, then] = texts.map((text) => plainLine(`${text}`, SHOWN));
    throw new UsageError(
      `Cannot scan stream ${stream.name}: its ${key} ${
        key === "templates" ? "are" : "is"
      } ${now} in the settings, ` +
        `and ${key === "templates" ? "were" : "was"} ${then} when model ` +
        `${version} was trained; put it back, or train anew with \`deno task train\``,
    );
  }
}

/** The model, redacting what the settings say now as well: wherever text is copied out from here on. */
function withRedactions(model: Model, { streams, redact }: Config, context: Context): Model {
  const asked = new Set(streams.map(({ name }) => name));
  return {
    ...model,
    streams: model.streams.map((stream) => {
      const { settings } = stream, before = settings.redact ?? [];
      const added = redact.patterns.filter((pattern) => !before.includes(pattern));
      if (added.length === 0 || !asked.has(settings.name)) return stream;
      context.stderr(
        `note: stream ${settings.name}: redact has patterns that model ${model.version} was not trained with; they hold from ` +
          "now on, for what it learned and what was saved before they don't; `deno task train` learns anew\n",
      );
      return redacted(stream, [...before, ...added]);
    }),
  };
}

function redacted(stream: StreamModel, patterns: string[]): StreamModel {
  const settings = { ...stream.settings, redact: patterns }, redact = redactorOf(settings);
  const snapshot = stream.catalogue.toJSON();
  const templates = snapshot.templates.map((template) => ({ ...template, text: redact(template.text) }));
  return { ...stream, settings, catalogue: Catalogue.fromJSON({ ...snapshot, templates }, { redact }) };
}
