/**
 * The versions of the model.
 *
 * @module
 */
import { reasonTitle, type TrialWindow, type VersionSummary } from "../../../lib/mod.ts";
import { trialOutcome } from "../../models/active_version.ts";
import { streamDrift } from "../../models/stream_drift.ts";
import type { DataSource } from "./source.ts";
import type { Span } from "./span.ts";
import { shownName, shownTemplate, timeOf } from "./texts.ts";

/** A version in one line. */
export interface ModelRow {
  version: string;
  parent: string | null;
  createdAt: number | null;
  /** Size of its file. */
  bytes: number;
  isActive: boolean;
  isCandidate: boolean;
  /** Why it can't be used; empty = it can. */
  problem: string;
  streams: {
    name: string;
    from: number | null;
    to: number | null;
    records: number;
    windows: number;
    templates: number;
    /** What is judged apart: `sessions`, names of services. */
    scopes: string[];
    /** Equal in versions that only decide otherwise. */
    fingerprint: string;
  }[];
}

/** Whether a stream is still what its model was trained for. */
export interface DriftView {
  stream: string;
  /** Whole days compared; 0 = there are not enough yet. */
  days: number;
  monitors: { what: string; before: number; now: number; drifted: boolean; text: string }[];
}

/** A window on which a candidate decides otherwise than the active model. */
export interface TrialWindowView {
  key: string;
  start: number | null;
  /** Scores by both models; above 1 = anomalous. */
  active: number;
  candidate: number;
  title: string;
}

/** How a candidate does beside the active model. */
export interface TrialView {
  version: string;
  outcome: "promote" | "wait" | "refuse";
  why: string[];
  streams: {
    stream: string;
    windows: number;
    /** ms. */
    span: number;
    /** Alerts of the active model and of the candidate. */
    active: number;
    candidate: number;
    added: TrialWindowView[];
    addedCount: number;
    dropped: TrialWindowView[];
    droppedCount: number;
  }[];
}

/** What the list of models shows. */
export interface ModelList {
  span: Span;
  active: string | null;
  candidate: string | null;
  /** What a rollback would make active; `null` = nothing. */
  previous: string | null;
  /** Newest first. */
  versions: ModelRow[];
  /** Newest first. */
  activations: { version: string; at: number | null; how: string }[];
  drift: DriftView[];
  trial: TrialView | null;
  /** Whether this dashboard may change what is active. */
  canActivate: boolean;
}

/** Versions, activations and windows that a list shows. */
const VERSIONS = 100, ACTIVATIONS = 100, WINDOWS = 20;

/** The versions there are. */
export async function modelList(source: DataSource, { span }: { span: Span }): Promise<ModelList> {
  const { registry } = source, active = registry.active(), candidate = registry.candidate()?.version ?? null;
  const activations = registry.activations().reverse().slice(0, ACTIVATIONS);
  return {
    ...{ span, active, candidate, previous: registry.previous() },
    versions: registry.versions().reverse().slice(0, VERSIONS).map((version) => modelRow(source, version)),
    activations: activations.map(({ version, at, how }) => ({ version, at: timeOf(at), how })),
    drift: active === null ? [] : driftsOf(source, source.models.summary(active)),
    trial: candidate === null ? null : await trialOf(source, candidate, active),
    canActivate: !source.config.dashboard.read_only,
  };
}

/** A version in one line. */
export function modelRow({ registry, models }: DataSource, version: string): ModelRow {
  const { parent, createdAt, bytes, problem, streams } = models.summary(version);
  return {
    ...{ version, parent, createdAt: timeOf(createdAt), bytes, problem },
    ...{ isActive: registry.active() === version, isCandidate: registry.candidate()?.version === version },
    streams: streams.map(({ from, to, scopes, ...stream }) => ({
      ...{ ...stream, from: timeOf(from), to: timeOf(to), scopes: scopes.map(shownName) },
    })),
  };
}

/** How far each stream of a version has drifted. */
export function driftsOf({ state }: DataSource, { streams }: Pick<VersionSummary, "streams">): DriftView[] {
  if (state === null) return [];
  return streams.map(({ name: stream, fingerprint: training }) => {
    const { days, monitors } = streamDrift(state, { stream, training });
    return { stream, days, monitors };
  });
}

/** What the trial of a candidate has come to; `null` = none was begun. */
async function trialOf(
  source: DataSource,
  version: string,
  active: string | null,
): Promise<TrialView | null> {
  const [model, present] = await Promise.all(
    [version, active].map((one) => one === null ? null : source.models.load(one)),
  );
  const trial = model === null ? null : trialOutcome(model, present, source);
  if (trial === null) return null;
  const { looked, promotion: { outcome, why } } = trial;
  return {
    ...{ version, outcome, why },
    streams: looked.figures.map(({ stream, windows, span, active, candidate, added, dropped }) => ({
      ...{ stream, windows, span, active, candidate, added: windowsOf(added), addedCount: added.length },
      ...{ dropped: windowsOf(dropped), droppedCount: dropped.length },
    })),
  };
}

function windowsOf(windows: readonly TrialWindow[]): TrialWindowView[] {
  const highest = windows.toSorted((a, b) => b.verdict.score - a.verdict.score).slice(0, WINDOWS);
  return highest.map(({ key, start, active, candidate, verdict: { reasons: [reason] } }) => ({
    ...{ key: shownName(key), start: timeOf(start), active, candidate },
    title: reason === undefined ? "" : shownTemplate(reasonTitle(reason)),
  }));
}
