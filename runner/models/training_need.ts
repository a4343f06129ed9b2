/**
 * Whether it is time for a new model.
 *
 * @module
 */
import { lengthText, type Registry, type State, type VersionSummary, versionSummary } from "../../lib/mod.ts";
import { formatTime } from "../alert/plain_text.ts";
import type { Config } from "../config.ts";
import { formatDuration } from "../config/duration.ts";
import { isTried } from "./shadow.ts";
import { driftText, streamDrift } from "./stream_drift.ts";

/** Whether to train, and why. */
export interface TrainingNeed {
  needed: boolean;
  /** A sentence for a person. */
  why: string;
  /** Whether the new model is to be tried first, whatever the settings say. */
  guarded: boolean;
}

/** What {@linkcode trainingNeed} goes by. */
export interface NeedOptions {
  registry: Registry;
  config: Config;
  /** What was judged so far; `null` = nothing. */
  state: State | null;
  /** ms since the epoch. */
  now: number;
}

/**
 * Whether streams have gone on for so long behind what the active model was trained on, or have drifted so far away from it, that it is
 * time for another one. Drift may be a trouble, too: a model that it asks for is tried first. While a candidate is being tried it never is.
 */
export function trainingNeed({ registry, config, state, now }: NeedOptions): TrainingNeed {
  const active = registry.active(),
    summary = active === null ? null : versionSummary(registry.folder, active);
  if (summary === null) return { needed: true, why: "there is no model yet", guarded: false };
  if (summary.problem !== "") {
    return { needed: true, why: `model ${active} can't be used: ${summary.problem}`, guarded: false };
  }
  if (isTried(registry, config.state.directory)) {
    const { version, since } = registry.candidate()!;
    return {
      needed: false,
      why: `model ${version} is being tried since ${formatTime(since)}`,
      guarded: false,
    };
  }
  const old = agesOf(summary, { config, state, now });
  const oldest = old.toSorted((a, b) => b.age - a.age)[0];
  if (oldest === undefined) {
    return {
      needed: false,
      why: `model ${active} knows no stream of the settings; detect trains it`,
      guarded: false,
    };
  }
  const limit = config.model.retrain_after;
  const drifted = state === null ? [] : driftsOf(summary, state);
  if (oldest.age < config.model.retrain_after && drifted.length > 0) {
    return {
      needed: true,
      why: `${drifted.join("; ")}; the new model is tried beside model ${active} first`,
      guarded: true,
    };
  }
  const text = `${oldest.name} has gone on for ${
    lengthText(Math.max(0, oldest.age))
  } behind what model ${active} was trained on`;
  return {
    needed: oldest.age >= limit,
    why: `${text}, model.retrain_after is ${formatDuration(limit)}`,
    guarded: false,
  };
}

/** What has drifted, stream by stream. */
function driftsOf({ streams }: VersionSummary, state: State): string[] {
  return streams.flatMap(({ name: stream, fingerprint: training }) => {
    const text = driftText(streamDrift(state, { stream, training }));
    return text === "" ? [] : [`${stream} has drifted: ${text}`];
  });
}

/** How far each stream has gone on behind its training, ms. */
function agesOf(
  { streams, createdAt }: VersionSummary,
  { config, state, now }: Pick<NeedOptions, "config" | "state" | "now">,
): { name: string; age: number }[] {
  return config.streams.flatMap(({ name, clock }) => {
    const known = streams.find((stream) => stream.name === name);
    if (known === undefined) return [];
    if (Number.isNaN(known.to)) return [{ name, age: now - createdAt }]; // its lines have no times
    const reached = clock === "wall" ? now : state?.lastEnd(name) ?? known.to;
    return [{ name, age: reached - known.to }];
  });
}
