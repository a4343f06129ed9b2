/**
 * What is different in two models.
 *
 * @module
 */
import type { Template } from "../template/template.ts";
import { type DecisionChange, decisionChanges } from "./decision_changes.ts";
import type { Model } from "./model.ts";
import type { StreamModel } from "./stream_model.ts";

/** A setting that differs. */
export interface SettingChange {
  name: string;
  /** As JSON. */
  before: string;
  after: string;
}

/** A template that only one of two models knows. */
export type ChangedTemplate = Pick<Template, "id" | "text" | "count" | "severity">;

/** What is different in what two models know of a stream. */
export interface StreamChanges {
  name: string;
  /** `gone`, `added`: only one of them has the stream; nothing else is said then. */
  change: "gone" | "added" | "changed" | "none";
  settings: SettingChange[];
  /** Whether both were learned from the same data. */
  sameData: boolean;
  born: ChangedTemplate[];
  gone: ChangedTemplate[];
  decisions: DecisionChange[];
}

/**
 * What changes from one model to another, stream by stream, in the order of their names.
 *
 * @example A message that only the second one has learned
 * ```ts
 * import assert from "node:assert/strict";
 * import { stdinInput } from "../source/stdin.ts";
 * import { fitStream } from "./fit.ts";
 * import { learn } from "./learn.ts";
 * import { modelChanges } from "./model_changes.ts";
 * import { streamSettings } from "./stream_settings.ts";
 *
 * const model = async (seed: number, ...lines: string[]) => {
 *   const log = lines.map((line) => `2026-03-02T10:0${line}\n`).join("");
 *   const learned = await learn(streamSettings({ name: "web", window: 60_000 }), [stdinInput(new Blob([log]).stream())]);
 *   const threshold = { rule: "quantile", level: .99, k: 3 };
 *   const streams = [await fitStream(learned, { detectors: ["unseen-vector"], threshold })];
 *   return { version: "", parent: null, createdAt: 0, seed, streams };
 * };
 * const before = await model(0, "0:01Z INFO request served", "1:01Z INFO request served");
 * const after = await model(0, "0:01Z INFO request served", "1:01Z WARN disk is slow");
 * const [{ name, born, gone, sameData }] = modelChanges(before, after);
 * assert.deepEqual([name, born.map(({ text }) => text), gone, sameData], ["web", ["disk is slow"], [], false]);
 * assert.equal(modelChanges(before, before)[0].change, "none");
 * ```
 */
export function modelChanges(before: Pick<Model, "streams">, after: Pick<Model, "streams">): StreamChanges[] {
  const streamIn = ({ streams }: Pick<Model, "streams">, name: string) =>
    streams.find(({ settings }) => settings.name === name);
  const names = [...before.streams, ...after.streams].map(({ settings }) => settings.name);
  return [...new Set(names)].sort().map((name) => {
    const [then, now] = [streamIn(before, name), streamIn(after, name)];
    if (then !== undefined && now !== undefined) return streamChanges(then, now);
    const change = now === undefined ? "gone" : "added";
    return { name, change, settings: [], sameData: false, born: [], gone: [], decisions: [] };
  });
}

function streamChanges(before: StreamModel, after: StreamModel): StreamChanges {
  const settings = settingChanges(before, after), decisions = decisionChanges(before, after);
  const born = missingIn(before, after), gone = missingIn(after, before);
  const sameData = before.trained.fingerprint === after.trained.fingerprint;
  const isSame = sameData && [settings, decisions, born, gone].every(({ length }) => length === 0);
  const change = isSame ? "none" : "changed";
  return { name: after.settings.name, change, settings, sameData, born, gone, decisions };
}

function settingChanges(before: StreamModel, after: StreamModel): SettingChange[] {
  const written = ({ settings }: StreamModel, name: string) =>
    JSON.stringify((settings as unknown as Record<string, unknown>)[name] ?? null);
  const names = new Set([before, after].flatMap(({ settings }) => Object.keys(settings)));
  return [...names].map((name) => ({ name, before: written(before, name), after: written(after, name) }))
    .filter((change) => change.before !== change.after);
}

/** Templates of `own` that lead nowhere in `other`, the most frequent first. */
function missingIn(other: StreamModel, own: StreamModel): ChangedTemplate[] {
  return own.catalogue.known.filter(({ id }) => other.catalogue.indexOf(id) < 0)
    .map(({ id, text, count, severity }) => ({ id, text, count, severity }))
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
}
