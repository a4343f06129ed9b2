/**
 * A version whose lines follow what people said of alerts.
 *
 * @module
 */
import {
  decisionChanges,
  type Model,
  nextModel,
  type RefitLine,
  refitLines,
  refitStream,
  type Registry,
  type SpokenAlert,
  type State,
  type StreamModel,
  unraised,
  type Verdict,
  versionSummary,
} from "../../lib/mod.ts";
import { UsageError } from "../context.ts";

/** What {@linkcode refitModel} goes by. */
export interface RefitOptions {
  registry: Registry;
  /** What was judged, and said of it; `null` = nothing. */
  state: State | null;
  /** `null` = all streams. */
  stream: string | null;
  /** ms since the epoch. */
  createdAt: number;
}

/** What comes of it. */
export interface Refit {
  lines: (RefitLine & { stream: string })[];
  /** A child of the active model; `null` where nothing changes. */
  model: Model | null;
}

/**
 * Refits the lines of a model by alerts that were called true and false, as far as a model of the same training judged them.
 *
 * @param active The active model.
 * @throws {UsageError} if it has no such stream.
 */
export async function refitModel(active: Model, options: RefitOptions): Promise<Refit> {
  const { registry, state, stream: wanted, createdAt } = options, names = active.streams.map(nameOf);
  if (wanted !== null && !names.includes(wanted)) {
    throw new UsageError(`Cannot find stream "${wanted}": model ${active.version} has ${names.join(", ")}`);
  }
  const lines: Refit["lines"] = [];
  let model: Model | null = null;
  for (const stream of active.streams.filter((one) => wanted === null || nameOf(one) === wanted)) {
    const alerts = state === null ? [] : await spokenAlerts(stream, { registry, state });
    const own = refitLines(alerts, new Set(stream.scopes.map(({ name }) => name)));
    lines.push(...own.map((line) => ({ ...line, stream: nameOf(stream) })));
    const refitted = refitStream(stream, own);
    if (decisionChanges(stream, refitted).length === 0) continue;
    model = nextModel(model === null ? active : { ...model, version: active.version }, refitted, {
      createdAt,
    });
  }
  return { lines, model };
}

function nameOf({ settings: { name } }: StreamModel): string {
  return name;
}

/** Alerts of a stream that were called true or false, with windows that models of the stream's training have judged. */
async function spokenAlerts(
  stream: StreamModel,
  { registry, state }: { registry: Registry; state: State },
): Promise<SpokenAlert[]> {
  const name = nameOf(stream), judges = await judgesOf(stream, registry);
  const windows = Map.groupBy(state.alertedWindows(name), ({ alert }) => alert);
  return state.feedback.all(name).filter(({ said }) => said !== "expected").flatMap(({ alert, said }) => {
    const verdicts = (windows.get(alert) ?? []).flatMap(({ key, model }): Verdict[] => {
      const judge = judges.get(model), verdict = judge === undefined ? null : state.verdict(name, key);
      return judge === undefined || verdict === null ? [] : [unraised(verdict, judge)];
    });
    return verdicts.length === 0 ? [] : [{ id: alert, real: said === "true", verdicts }];
  });
}

/** The stream as versions of the same training have it, by version: what they judged can be compared. */
async function judgesOf(stream: StreamModel, registry: Registry): Promise<Map<string, StreamModel>> {
  const { fingerprint } = stream.trained, judges = new Map<string, StreamModel>();
  for (const version of registry.versions()) {
    const { streams } = versionSummary(registry.folder, version);
    if (!streams.some((one) => one.name === nameOf(stream) && one.fingerprint === fingerprint)) continue;
    const own = (await registry.load(version)).streams.find((one) => nameOf(one) === nameOf(stream));
    if (own !== undefined) judges.set(version, own);
  }
  return judges;
}
