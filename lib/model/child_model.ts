/**
 * A model that decides otherwise by what the model before has learned.
 *
 * @module
 */
import type { EnsembleSnapshot } from "../ensemble/ensemble.ts";
import type { ScopeDetector, ScopeSequences } from "../ensemble/static_ensemble.ts";
import { shownAs } from "../table/jupyter.ts";
import { NO_TEMPLATE_SETTINGS } from "../template/hand/template_settings.ts";
import type { Model } from "./model.ts";
import { modelView } from "./model_view.ts";
import { restoreStream, type Scope, type StreamModel, streamSnapshot } from "./stream_model.ts";
import type { StreamSettings } from "./stream_settings.ts";

/** A stream that is no mere change of how its model decides: what is wanted is a new training. */
export class ChildModelError extends Error {
  override readonly name = "ChildModelError";
}

/** How {@linkcode nextModel} and {@linkcode childModel} go about it. */
export interface ChildModelOptions {
  /** When it is made, ms since the epoch. */
  createdAt: number;
}

/**
 * The model that follows `parent`: one stream is another, the parent is named, all else is the parent's.
 *
 * @param stream In place of the parent's stream of that name; nothing of it is compared, see {@linkcode childModel}.
 * @returns Without a version, which a registry gives it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stdinInput } from "../source/stdin.ts";
 * import { nextModel } from "./child_model.ts";
 * import { fitStream } from "./fit.ts";
 * import { learn } from "./learn.ts";
 * import { streamSettings } from "./stream_settings.ts";
 *
 * const log = new Blob(["2026-03-02T10:00:01Z INFO request 7 served\n"]).stream();
 * const learned = await learn(streamSettings({ name: "web", window: 60_000 }), [stdinInput(log)]);
 * const stream = await fitStream(learned, { detectors: [], threshold: { rule: "quantile", level: .99, k: 3 } });
 *
 * const parent = { version: "v0001", parent: null, createdAt: 0, seed: 5, streams: [stream] };
 * const { version, parent: before, seed } = nextModel(parent, stream, { createdAt: 1 });
 * assert.deepEqual([version, before, seed], ["", "v0001", 5]);
 * ```
 */
export function nextModel(parent: Model, stream: StreamModel, { createdAt }: ChildModelOptions): Model {
  const { name } = stream.settings, { version, seed, streams } = parent;
  const replaced = streams.map((one) => one.settings.name === name ? stream : one);
  return shownAs({ version: "", parent: version, createdAt, seed, streams: replaced }, modelView);
}

/**
 * A model like `parent` in which one stream decides as `stream` does: with its thresholds, budget and calibration, and with the
 * catalogue, columns, detectors' weights and training that it has in the parent.
 *
 * The weights are the same because all that they come from is compared, and they themselves; only the line has moved. So a run
 * that has judged by the parent goes on with what it learned meanwhile: templates, open windows and the states of ensembles,
 * which mean to the child what they meant to the parent. Whatever is not the same would be a new model under the name of a
 * changed line, and is refused: a new training makes it.
 *
 * @param parent As it was saved, under its version.
 * @param stream Fitted on the data that trained the parent's stream, see `trainingOptions`.
 * @throws {ChildModelError} if the parent has no such stream, or that has other settings, other training data or other weights,
 * or decides in another way.
 *
 * @example A line for two windows of a hundred, not for one of a thousand
 * ```ts
 * import assert from "node:assert/strict";
 * import { stdinInput } from "../source/stdin.ts";
 * import { childModel } from "./child_model.ts";
 * import { fitStream } from "./fit.ts";
 * import { learn } from "./learn.ts";
 * import { streamSettings } from "./stream_settings.ts";
 *
 * const log = "2026-03-02T10:00:01Z INFO request 7 served\n2026-03-02T10:01:02Z INFO request 8 served\n";
 * const learned = await learn(streamSettings({ name: "web", window: 60_000 }), [stdinInput(new Blob([log]).stream())]);
 * const fit = (level: number, detectors = ["unseen-vector"]) =>
 *   fitStream(learned, { detectors, threshold: { rule: "quantile", level, k: 3 } });
 * const parent = { version: "v0001", parent: null, createdAt: 0, seed: 0, streams: [await fit(.999)] };
 *
 * const child = await childModel(parent, await fit(.98), { createdAt: 1 });
 * assert.deepEqual([child.version, child.parent], ["", "v0001"]);
 * assert.equal(child.streams[0].trained.fingerprint, parent.streams[0].trained.fingerprint);
 * const other = await fit(.98, ["new-template"]);
 * await assert.rejects(childModel(parent, other, { createdAt: 1 }), /other detectors/);
 * ```
 */
export async function childModel(
  parent: Model,
  stream: StreamModel,
  options: ChildModelOptions,
): Promise<Model> {
  const { name } = stream.settings, own = parent.streams.find(({ settings }) => settings.name === name);
  if (parent.version === "") throw refusal("a model", "it was never saved");
  if (own === undefined) {
    const names = parent.streams.map(({ settings }) => settings.name).join(", ");
    throw refusal(`stream ${name}`, `model ${parent.version} has ${names || "no stream"}`);
  }
  refuseOther(own, stream, parent.version);
  const decided = streamSnapshot(stream),
    { settings, formats, catalogue, watched, trained } = streamSnapshot(own);
  const snapshot = { ...decided, settings, formats, catalogue, watched, trained };
  return nextModel(parent, await restoreStream(JSON.parse(JSON.stringify(snapshot))), options);
}

/** Refuses a stream in which something else is another than what decides. */
function refuseOther(own: StreamModel, stream: StreamModel, version: string): void {
  const what = `stream ${own.settings.name}`, [before, after] = [own, stream].map(comparedSettings);
  for (const key of Object.keys(before) as (keyof StreamSettings)[]) {
    const [then, now] = [before, after].map((settings) => JSON.stringify(settings[key]));
    if (then !== now) throw refusal(what, `its ${key} is ${now}, and ${then} in model ${version}`);
  }
  if (own.trained.fingerprint !== stream.trained.fingerprint) {
    throw refusal(what, otherData(own, stream, version));
  }
  if (!isSame(own.watched, stream.watched)) {
    throw refusal(what, `other values of its lines are followed than in model ${version}`);
  }
  if (!isSame(own.scopes.map(({ name }) => name), stream.scopes.map(({ name }) => name))) {
    throw refusal(what, `its windows are divided otherwise than in model ${version}`);
  }
  own.scopes.forEach((scope, i) => refuseOtherScope(scope, stream.scopes[i], { what, version }));
}

function comparedSettings({ settings }: StreamModel): StreamSettings {
  return {
    ...settings,
    redact: settings.redact ?? [],
    templates: settings.templates ?? NO_TEMPLATE_SETTINGS,
  };
}

function otherData(
  { trained, catalogue }: StreamModel,
  { trained: other }: StreamModel,
  version: string,
): string {
  const leftOut = trained.excluded.reduce((sum, { windows, sessions }) => sum + windows + sessions, 0);
  const { merges, pins } = catalogue.decisions, isDecided = merges.length + pins.length > 0;
  const hint = leftOut > 0
    ? `, of which ${leftOut} windows were left out`
    : isDecided
    ? ", and what people decided about its templates since counts from a new training on"
    : "";
  return `it was fitted on other data (${other.fingerprint}) than model ${version} (${trained.fingerprint})${hint}`;
}

function refuseOtherScope(
  own: Scope,
  other: Scope,
  { what, version }: { what: string; version: string },
): void {
  const refused = (why: string) => refusal(`${what}, scope ${own.name}`, `${why} model ${version}`);
  if (own.windows !== other.windows || !isSame(own.space, other.space)) {
    throw refused("its windows have other columns than in");
  }
  const [before, after] = [own, other].map(({ ensemble }) => waysOf(ensemble.toJSON()));
  if (before !== after) throw refused(`it is decided by ${after}, and by ${before} in`);
  for (
    const [then, now] of [[own.detectors, other.detectors], [own.sequences ?? [], other.sequences ?? []]]
  ) {
    if (namesOf(then) !== namesOf(now)) {
      throw refused(`it has other detectors (${namesOf(now)}) than (${namesOf(then)}) in`);
    }
    then.forEach(({ detector, threshold }, i) => {
      if (!isSame(detector, now[i].detector)) throw refused(`${detector.kind} has other weights than in`);
      if (before !== LINES && threshold.value !== now[i].threshold.value) {
        throw refused(`what ${detector.kind} says is weighed otherwise (by level or k) than in`);
      }
    });
  }
}

/** The kind of what decides where each detector has a line of its own. */
const LINES = "static";

/** Kinds of what decides, the inner ones as well: what is saved while judging is of their form. */
function waysOf({ kind, members, channels, inner }: EnsembleSnapshot): string {
  if (kind === "raised") return waysOf(inner as EnsembleSnapshot); // a raised line is a moved one
  if (Array.isArray(members)) return members.map(waysOf).join(" + ");
  return Array.isArray(channels) ? `${kind} of ${channels.map(({ name }) => name).join(", ")}` : kind;
}

function namesOf(detectors: readonly (ScopeDetector | ScopeSequences)[]): string {
  return detectors.map(({ detector }) => detector.kind).join(", ") || "none";
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function refusal(what: string, why: string): ChildModelError {
  return new ChildModelError(`Cannot move only the line of ${what}: ${why}; train a new model`);
}
