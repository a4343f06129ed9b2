/**
 * What a run has seen of its streams, and what is the matter with their inputs.
 *
 * @module
 */
import { isAboutInput, type State, type StoredCondition } from "../../lib/mod.ts";
import { type Alert, parseAlert } from "../alert/alert.ts";
import type { StreamConfig } from "../config.ts";
import type { StreamFailure } from "../detect/failure.ts";
import type { StreamOutcome } from "../detect/outcome.ts";
import { readStream, saveStream, type StreamCondition } from "./run_condition.ts";
import { waitsOf } from "./snapshot.ts";
import { type NamedTrouble, sourceAlerts } from "./source_alerts.ts";
import { silenceLimit, troublesOf } from "./source_troubles.ts";
import { lookedAt, readWatchedSource, type WatchedSource } from "./watched_source.ts";

/** What is known that has not changed is stored anew no more often than this, ms. */
const RENEWED = 60_000;

/** A stream that a run was about. */
export interface RunStream {
  stream: StreamConfig;
  /** What came of it; absent where the run did not come to it. */
  outcome?: StreamOutcome;
  /** Why it, or the run, failed; empty = it did not. */
  failure: string;
}

/** What {@linkcode watchStream} found. */
export interface WatchedStream {
  /** What is to be stored. */
  conditions: StoredCondition[];
  /** Alerts about its inputs that are new or have changed; and those that are new. */
  changed: Alert[];
  opened: Alert[];
}

/** The streams of a run, each with what came of it and what failed. */
export function runStreams(
  streams: readonly StreamConfig[],
  { outcomes, failures }: { outcomes: readonly StreamOutcome[]; failures: readonly StreamFailure[] },
): RunStream[] {
  const general = failures.find(({ stream }) => stream === "")?.message ?? "";
  return streams.map((stream) => {
    const outcome = outcomes.find(({ name }) => name === stream.name);
    const own = failures.find((failure) => failure.stream === stream.name)?.message;
    return { stream, outcome, failure: own ?? (outcome === undefined ? general : "") };
  });
}

/**
 * Looks at a stream behind a run. What can't be judged yet is put into its outcome, new alerts are for the caller to put there.
 *
 * @param now ms since the epoch.
 */
export function watchStream(state: State, run: RunStream, now: number): WatchedStream {
  const { stream, outcome, failure } = run;
  if (outcome === undefined && failure === "") return { conditions: [], changed: [], opened: [] };
  const saved = state.conditions.get("stream", stream.name);
  const before = saved === null ? null : readStream(saved), condition = conditionOf(before, run, now);
  if (outcome !== undefined) outcome.waits = waitsOf(condition, stream);
  const sources = stream.inputs.map((source) => sourceOf(state, source, run, now));
  const open = state.openAlerts(stream.name).filter(({ cause = "" }) => isAboutInput(cause));
  const alerts = sourceAlerts(open.map(({ body }) => parseAlert(body)), {
    troubles: troublesOfStream(sources, stream, now),
    isLooked: ({ firstKey }) => sources.every(({ source, isLooked }) => source !== firstKey || isLooked),
    now,
  });
  const isNew = before === null || hasChanged(before, condition);
  const own = isNew ? [{ kind: "stream", names: [stream.name], detail: saveStream(condition) }] : [];
  const looked = sources.filter(({ isStored }) => isStored).map(({ source, after }) => ({
    ...{ kind: "source", names: [stream.name, source], detail: after },
  }));
  return { conditions: [...own, ...looked], ...alerts };
}

function conditionOf(
  before: StreamCondition | null,
  { outcome, failure }: RunStream,
  now: number,
): StreamCondition {
  const { model = null, version = "", reached = NaN, open = 0, waits: [wait] = [] } = outcome ?? {};
  const newest = Math.max(Number.isFinite(reached) ? reached : -Infinity, before?.reached ?? -Infinity);
  const goesOn = model !== null && before?.model?.version === version,
    waiting = new Map(goesOn ? before.waiting : []);
  for (const [service, own] of outcome?.waiting ?? []) {
    if (own.length > 0) waiting.set(service, own);
    else waiting.delete(service);
  }
  const { text, missing, readyAt } = wait ?? { text: "no model yet", missing: null, readyAt: null };
  const finite = (time: number) => Number.isFinite(time) ? time : null;
  const unknown = outcome === undefined || (model === null && failure !== "");
  return {
    succeededAt: failure === "" ? now : before?.succeededAt ?? null,
    failure,
    reached: finite(newest),
    open: model === null ? before?.open ?? 0 : open,
    model: model === null
      ? unknown ? before?.model ?? null : null
      : { version, from: finite(model.trained.from), to: finite(model.trained.to) },
    noModel: model !== null ? null : unknown ? before?.noModel ?? null : { text, missing, readyAt },
    waiting,
  };
}

/** Whether something is otherwise than it was; that time has passed is something after a while. */
function hasChanged(before: StreamCondition, after: StreamCondition): boolean {
  const { succeededAt: then, ...known } = before, { succeededAt: now, ...present } = after;
  const plain = (condition: Omit<StreamCondition, "succeededAt">) =>
    JSON.stringify({ ...condition, waiting: [...condition.waiting] });
  return plain(known) !== plain(present) || Math.abs((now ?? 0) - (then ?? 0)) >= RENEWED;
}

/** A source behind a run. */
interface LookedSource {
  source: string;
  after: WatchedSource;
  /** Whether it was looked at, or could not be read. */
  isLooked: boolean;
  /** Whether that is worth storing. */
  isStored: boolean;
}

function sourceOf(state: State, source: string, run: RunStream, now: number): LookedSource {
  const { stream: { name, health }, outcome, failure } = run,
    saved = state.conditions.get("source", name, source);
  const before = saved === null ? null : readWatchedSource(saved);
  const seen = outcome?.sources.find((one) => one.source === source);
  const missing = outcome?.notes.find((note) => note.kind === "missing" && note.name === source)?.text ?? "";
  const problem = seen !== undefined ? "" : missing !== "" ? missing : failure;
  const isLooked = seen !== undefined || problem !== "";
  const nothing = { records: 0, unparsed: 0, newest: null };
  const usual = before === null ? undefined : silenceLimit(before, health.no_data);
  const after = lookedAt(before, { ...nothing, ...seen, problem, now, usual });
  const hasCome = before === null || after.deliveredAt !== before.deliveredAt ||
    after.problem !== before.problem;
  return {
    source,
    after,
    isLooked,
    isStored: isLooked && (hasCome || Math.abs(now - before.lookedAt) >= RENEWED),
  };
}

/** Silence and delay are told by real time alone. */
function troublesOfStream(
  sources: readonly LookedSource[],
  stream: StreamConfig,
  now: number,
): NamedTrouble[] {
  const { name, service, clock, health } = stream;
  const settings = clock === "wall" ? health : { ...health, no_data: null, max_delay: null };
  const troubles = sources.filter(({ isLooked }) => isLooked).flatMap(({ source, after }) =>
    troublesOf(after, settings, now).map((trouble) => ({ ...after, ...trouble, source }))
  );
  const silent = new Set(troubles.filter(({ kind }) => kind === "no_data").map(({ source }) => source));
  return troubles.map(({ kind, since, value, limit, source, newest, problem }) => ({
    ...{ kind, since, value, limit, stream: name, source, newest, problem },
    service: service === undefined || service === "field" || service === "file" ? name : service,
    isAlone: silent.size === sources.length,
  }));
}
