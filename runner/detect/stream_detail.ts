/**
 * How far a stream has come, as its row in the state says it.
 *
 * @module
 */
import { type LogClock, mergesText, type StreamModel, type StreamSettings } from "../../lib/mod.ts";

/** What a stream's row in the state holds beside its model's version. */
export interface StreamDetail extends Record<string, unknown> {
  /** Fingerprint of the training data of the model that judged: what was learned, whatever its version is called. */
  fingerprint: string;
  /** Largest time of each log, ms, `null` = none yet; in the order of their numbers. */
  logs: { name: string; clock: number | null }[];
  /** Templates that the catalogue was frozen with; births follow. */
  frozen: number;
  /** How lines formed windows; absent in a state of before this was kept. */
  windows?: string;
  /** Which templates people merged; absent in a state of before that could be done. */
  merges?: string;
}

/** How lines formed windows, as text: what open windows were saved with. */
export function windowsText({ session, window, lateness }: StreamSettings): string {
  return JSON.stringify({ session, window, lateness });
}

/** What is kept of a stream that a model judged up to where the records stand. */
export function detailOf(model: StreamModel, records: { readonly logs: LogClock[] }): StreamDetail {
  return {
    fingerprint: model.trained.fingerprint,
    logs: records.logs.map(({ name, clock }) => ({ name, clock: Number.isFinite(clock) ? clock : null })),
    frozen: model.catalogue.frozen,
    windows: windowsText(model.settings),
    merges: mergesText(model.catalogue.decisions),
  };
}
