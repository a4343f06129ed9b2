/**
 * What was learned and left open while scanning, under the model that is active now.
 *
 * @module
 */
import {
  createWindows,
  Dictionary,
  mergesText,
  type Model,
  ModelError,
  OpenWindows,
  type SavedProvisional,
  type State,
  streamCollectors,
  type StreamModel,
  windowOptions,
} from "../../lib/mod.ts";
import { type StreamDetail, windowsText } from "./stream_detail.ts";

/** Windows that were opened under settings that hold no more: to be closed and judged by the model of that time. */
export interface Closing {
  model: StreamModel;
  version: string;
  windows: OpenWindows;
  services: Dictionary;
}

/** Where a stream goes on. */
export interface Adopted {
  windows: OpenWindows;
  /** Records of each birth that the state holds already; none where they must be written anew. */
  births: readonly number[];
  /** States of ensembles, by scope and service; `null` = another model has judged so far. */
  judging: Record<string, unknown> | null;
  /** What must be judged before anything is read; `null` = nothing. */
  closing: Closing | null;
  /** What a person should know; empty = nothing. */
  note: string;
}

/** What {@linkcode adoptState} works on. */
export interface AdoptOptions {
  model: StreamModel;
  version: string;
  services: Dictionary;
  /** Loads an earlier model; only asked for when another one judged last. */
  load: (version: string) => Promise<Model>;
}

/**
 * Takes open windows and births of earlier runs under the present model.
 *
 * Under the model that judged last they go on as they are. Under another one whose lines form windows in the same way,
 * templates in open windows are renamed from the earlier model's numbers to the present ones; what the new model doesn't
 * know stays provisional. Where lines form other windows now, what is open is handed back to be closed; a window that the
 * change falls into is so judged in two parts. Where the earlier model is gone, nobody can say what was open: the stream
 * begins with no open windows, and the note says so.
 */
export async function adoptState(options: AdoptOptions, state: State): Promise<Adopted> {
  const { model, services } = options, { name } = model.settings;
  const row = state.stream(name), snapshot = state.openWindows(name);
  const none = {
    windows: createWindows(model.settings, services, collecting(model)),
    births: [],
    judging: null,
    closing: null,
    note: "",
  };
  if (row === null || snapshot === null) return none;
  const births = state.learned.births(name) as SavedProvisional[], detail = row.detail as StreamDetail;
  const sameMerges = (detail.merges ?? "[]") === mergesText(model.catalogue.decisions);
  const sameModel = detail.fingerprint === model.trained.fingerprint && sameMerges;
  const sameWindows = detail.windows === undefined
    ? row.model === options.version
    : detail.windows === windowsText(model.settings);
  if (sameModel && sameWindows) {
    model.catalogue.adopt(births);
    const windows = restore(snapshot, model, services);
    return {
      ...none,
      windows,
      births: births.map(({ count }) => count),
      judging: state.learned.judging(name),
    };
  }
  const old = await earlierModel(row.model, detail, name, options.load);
  if (old === null) return { ...none, note: goneText(name, row.model) };
  if (windowsText(old.settings) === windowsText(model.settings)) {
    const windows = restore(snapshot, model, services);
    windows.rekey(model.catalogue.adopt([...old.catalogue.exported(), ...births]));
    return { ...none, windows };
  }
  const before = new Dictionary(), windows = restore(snapshot, old, before);
  old.catalogue.adopt(births);
  if (Number.isFinite(windows.watermark)) none.windows.close(windows.watermark);
  return {
    ...none,
    closing: { model: old, version: row.model, windows, services: before },
    note:
      `stream ${name}: its lines form other windows now; those that were open are closed and judged by model ${row.model}`,
  };
}

/** The stream as the model had it that judged last; `null` where that is gone, or another one has its name now. */
async function earlierModel(
  version: string,
  detail: StreamDetail,
  name: string,
  load: AdoptOptions["load"],
): Promise<StreamModel | null> {
  try {
    const { streams } = await load(version);
    const stream = streams.find(({ settings }) => settings.name === name);
    return stream?.trained.fingerprint === detail.fingerprint ? stream : null;
  } catch (error) {
    if (error instanceof ModelError) return null;
    throw error;
  }
}

function restore(snapshot: Uint8Array, model: StreamModel, services: Dictionary): OpenWindows {
  return OpenWindows.restore(snapshot, windowOptions(model.settings, collecting(model)), services);
}

function collecting(model: StreamModel) {
  return { collectors: streamCollectors(model.settings, model) };
}

function goneText(name: string, version: string): string {
  return `stream ${name}: model ${version}, under which windows were left open, is gone: ` +
    "what was open is not judged, the stream goes on from where it was read";
}
