export const help = `
Shows the versions of the model, and says which of them judges.

  deno task deepscan models list                all versions, what they were learned from, which one is active
  deno task deepscan models show [VERSION]      what is in a version; default: the active one
  deno task deepscan models compare A B         what differs: settings, templates, thresholds, verdicts
  deno task deepscan models activate VERSION    from the next run on it judges
  deno task deepscan models rollback            back to the version that was active before; again: one further
  deno task deepscan models promote [--force]   the candidate becomes active, if it stands its trial
  deno task deepscan models withdraw            the candidate is tried no longer
  deno task deepscan models refit [--activate]  a version whose lines follow what people said of alerts
  deno task deepscan models prune [--keep N]    takes away versions that nothing needs any more

A VERSION is v0007, or 7. Versions never change: what one decided it decides again, bit for bit. What was learned
while scanning is adopted by the version that becomes active: open windows go on, templates keep their ids; what
has become usual since its training is learned anew.

\`deno task train --shadow\` makes a candidate: from then on \`detect\` judges the same windows by it as well, and
tells nobody. show says what it would have added and dropped, alerts a day beside the active model's, and what it
does with alerts that people spoke of. promote refuses one that raises much more (model.shadow.alerts), one that
doesn't see what people called true, and one that has judged less than model.shadow.least.

refit raises the line of a detector just above the false alarms that it led, three times at the most, and never so
far that it would have lost an alert that people called true. New errors and threats always tell; what is not to be
told again can be silenced. Templates, weights and training stay. The version is tried first, but with --activate.

prune leaves the N newest (default: model.keep of the settings), the active one and those it has its weights from,
the one that a rollback leads to, the one that is tried, and those that open windows and alerts go by.

  --stream NAME   refit this stream only
  --model DIR     registry of models; default: the folder of the settings
  --config FILE   settings; default: deepscan.yaml in this folder, else the bundled sample
  --json          as JSON on standard output
`;

import {
  countText,
  decisionLines,
  type Drift,
  type Model,
  modelChanges,
  Registry,
  type State,
  versionSummary,
} from "../../lib/mod.ts";
import { type Context, type Plan, requirePlan } from "../context.ts";
import { findEarlier } from "../detect/earlier_state.ts";
import {
  activateVersion,
  candidateOf,
  promoteCandidate,
  requiredVersion,
  rollBack,
  trialOutcome,
} from "../models/active_version.ts";
import { pruneVersions } from "../models/kept_versions.ts";
import { jsonActivation, jsonSummary, jsonTime } from "../models/model_json.ts";
import { changeLines, modelLines, refitText, timeText, versionLine } from "../models/model_text.ts";
import { type ModelsOptions, modelsOptions } from "../models/options.ts";
import type { Promotion } from "../models/promotion.ts";
import { streamDrift } from "../models/stream_drift.ts";
import { jsonTrial, type LookedAtTrial, trialLines } from "../models/trial_text.ts";

/** What an action works on. */
interface Workplace {
  options: ModelsOptions;
  plan: Plan;
  registry: Registry;
  context: Context;
}

/** `deno task deepscan models`. */
export async function run(args: string[], context: Context): Promise<number> {
  const options = modelsOptions(args, context.cwd), plan = requirePlan(context);
  const registry = new Registry(options.model ?? plan.config.model.directory);
  await ACTIONS[options.action]({ options, plan, registry, context });
  return 0;
}

const ACTIONS: Record<ModelsOptions["action"], (at: Workplace) => Promise<void> | void> = {
  list,
  show,
  compare,
  activate: (at) => at.registry.exclusively(() => activate(at)),
  rollback: (at) => at.registry.exclusively(() => rollback(at)),
  promote,
  withdraw: (at) => at.registry.exclusively(() => withdraw(at)),
  refit: (at) => at.registry.exclusively(() => refit(at)),
  prune: (at) => at.registry.exclusively(() => prune(at)),
};

function list({ options: { json }, registry, context }: Workplace): void {
  const summaries = registry.versions().map((version) => versionSummary(registry.folder, version));
  const active = registry.activations().at(-1) ?? null, candidate = registry.candidate();
  if (json) {
    const versions = summaries.map(jsonSummary), previous = registry.previous();
    const tried = candidate && { version: candidate.version, since: jsonTime(candidate.since) };
    return say(context, { active: active && jsonActivation(active), previous, candidate: tried, versions });
  }
  if (summaries.length > 0) context.stdout("version  made                  parent     size  streams\n");
  for (const summary of summaries) {
    context.stdout(`${versionLine(summary, marksOf(summary.version, registry))}\n`);
  }
  context.stderr(
    summaries.length === 0
      ? `no model in ${registry.folder} yet; \`deno task train\` learns one\n`
      : `${countText(summaries.length, "version")} in ${registry.folder}\n`,
  );
}

/** What a version is to its registry. */
function marksOf(version: string, registry: Registry): string[] {
  const active = registry.activations().at(-1), candidate = registry.candidate();
  const isActive = active?.version === version;
  return [
    ...(isActive ? [`active since ${timeText(active.at)}`] : []),
    ...(candidate?.version === version ? [`tried since ${timeText(candidate.since)}`] : []),
    ...(registry.previous() === version ? ["active before"] : []),
  ];
}

async function show(at: Workplace): Promise<void> {
  const { options, registry, context } = at;
  const version = options.versions[0] ?? requiredVersion(registry.active(), registry);
  const model = await registry.load(version), summary = versionSummary(registry.folder, version);
  const activations = registry.activations().filter((one) => one.version === version);
  const trial = trialOf(model, await registry.loadActive(), at), drifts = driftsOf(model, at);
  if (!options.json) {
    const lines = modelLines(model, summary, marksOf(version, registry), drifts);
    if (trial !== null) lines.push(...trialLines(trial.looked, trial.promotion));
    for (const line of lines) context.stdout(`${line}\n`);
    return;
  }
  const streams = model.streams.map((stream) => ({
    ...{ name: stream.settings.name, settings: stream.settings, formats: stream.formats },
    ...{ trained: stream.trained, templates: stream.catalogue.known.length },
    ...{ decisions: decisionLines(stream), drift: drifts.get(stream.settings.name) ?? null },
    scopes: stream.scopes.map(({ name, windows, ensemble: { notes } }) => ({ name, windows, notes })),
  }));
  const isActive = registry.active() === version;
  say(context, {
    ...{ ...jsonSummary(summary), active: isActive, activations: activations.map(jsonActivation) },
    ...{ streams, trial: trial && jsonTrial(trial.looked, trial.promotion) },
  });
}

/** How far each stream has drifted from a version's training; empty where nothing was scanned. */
function driftsOf({ streams }: Model, at: Workplace): Map<string, Drift> {
  const state = stateOf(at);
  try {
    return new Map(
      state === null
        ? []
        : streams.map(({ settings: { name: stream }, trained: { fingerprint: training } }) => [
          stream,
          streamDrift(state, { stream, training }),
        ]),
    );
  } finally {
    state?.close();
  }
}

/** What came of a version's trial; `null` where it had none. */
function trialOf(
  model: Model,
  active: Model | null,
  at: Workplace,
): { looked: LookedAtTrial; promotion: Promotion } | null {
  const state = stateOf(at);
  try {
    return trialOutcome(model, active, { config: at.plan.config, state });
  } finally {
    state?.close();
  }
}

async function compare(at: Workplace): Promise<void> {
  const { options, registry, context } = at;
  const [before, after] = await Promise.all(options.versions.map((version) => registry.load(version)));
  const changes = modelChanges(before, after);
  const pair = [before.version, after.version], isTrial = pair.includes(registry.active() ?? "");
  const trial = isTrial ? trialOf(pair[0] === registry.active() ? after : before, null, at) : null;
  if (options.json) {
    const tried = trial && jsonTrial(trial.looked, trial.promotion);
    return say(context, { before: before.version, after: after.version, streams: changes, trial: tried });
  }
  for (const line of changeLines(changes)) context.stdout(`${line}\n`);
  if (trial !== null) {
    for (const line of trialLines(trial.looked, trial.promotion)) context.stdout(`${line}\n`);
  }
}

async function activate(
  { options: { versions: [version], json }, registry, context }: Workplace,
): Promise<void> {
  tellMove({ ...await activateVersion(registry, version, context.now()), json }, registry, context);
}

async function rollback({ options: { json }, registry, context }: Workplace): Promise<void> {
  tellMove({ ...await rollBack(registry, context.now()), json }, registry, context);
}

function tellMove(
  { before, version, json }: { before: string | null; version: string; json: boolean },
  registry: Registry,
  context: Context,
): void {
  if (json) return say(context, { before, active: version });
  context.stdout(
    before === version ? `model ${version} is active already\n` : `model ${version} is active\n`,
  );
  if (before === null || before === version) return;
  const names = (of: string) => versionSummary(registry.folder, of).streams.map(({ name }) => name);
  const known = new Set(names(version)), lost = names(before).filter((name) => !known.has(name));
  if (lost.length === 0) return;
  context.stderr(
    `note: model ${version} has not learned ${
      lost.join(", ")
    }; the next \`deno task detect\` trains what it lacks\n`,
  );
}

async function promote(at: Workplace): Promise<void> {
  const { options: { force, json }, plan: { config }, registry, context } = at, state = stateOf(at);
  try {
    const move = await promoteCandidate(registry, { config, state, at: context.now(), force });
    tellMove({ ...move, json }, registry, context);
  } finally {
    state?.close();
  }
}

async function refit(place: Workplace): Promise<void> {
  const { refitModel } = await import("../models/refit_model.ts"), { options, registry, context } = place;
  const { json, activate } = options, state = stateOf(place), at = context.now();
  const active = await registry.load(requiredVersion(registry.active(), registry));
  try {
    const { lines, model } = await refitModel(active, {
      registry,
      state,
      stream: options.stream,
      createdAt: at,
    });
    const version = model === null ? null : (await registry.save(model)).version;
    if (version !== null && activate) await registry.activate(version, { at, how: "changed" });
    else if (version !== null) await registry.propose(version, { at });
    if (json) return say(context, { version, active: registry.active(), lines });
    for (const line of lines) context.stdout(`${refitText(line)}\n`);
    if (version === null) context.stdout(`nothing to refit: model ${active.version} stays as it is\n`);
    else context.stdout(`model ${version} is ${activate ? "active" : `tried beside ${active.version}`}\n`);
  } finally {
    state?.close();
  }
}

async function withdraw({ options: { json }, registry, context }: Workplace): Promise<void> {
  const { version } = candidateOf(registry);
  await registry.withdraw();
  if (json) return say(context, { withdrawn: version });
  context.stdout(
    `model ${version} is tried no longer; \`models activate ${version}\` makes it active all the same\n`,
  );
}

async function prune(at: Workplace): Promise<void> {
  const { options: { keep, json }, plan, registry, context } = at, state = stateOf(at);
  try {
    const gone = await pruneVersions(registry, { keep: keep ?? plan.config.model.keep, state });
    const left = registry.versions();
    if (json) return say(context, { removed: gone, left });
    context.stdout(`${gone.length === 0 ? "nothing is taken away" : `taken away: ${gone.join(", ")}`}\n`);
    context.stderr(`${countText(left.length, "version")} in ${registry.folder}\n`);
  } finally {
    state?.close();
  }
}

/** What was judged by the models of the settings; `null` = nothing, or another registry is meant. */
function stateOf({ options, plan }: Workplace): State | null {
  return options.model === null ? findEarlier(plan) : null;
}

function say(context: Context, answer: unknown): void {
  context.stdout(JSON.stringify(answer) + "\n");
}
