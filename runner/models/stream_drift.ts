/**
 * How far streams have drifted from what their model was trained for.
 *
 * @module
 */
import { type Drift, driftOf, type State, type StreamModel } from "../../lib/mod.ts";

/** A stream and the training of its model. */
export interface TrainedStream {
  stream: string;
  /** Fingerprint of the training data. */
  training: string;
}

/** The drift of a stream, from what is stored. */
export function streamDrift(state: State, of: TrainedStream): Drift {
  return driftOf(state.readings.of(of));
}

/** What has drifted, in words; empty = nothing. */
export function driftText({ days, monitors }: Drift): string {
  const drifted = monitors.filter((monitor) => monitor.drifted).map(({ text }) => text);
  if (drifted.length === 0) return "";
  return `in the last ${days === 1 ? "day" : `${days} days`} ${drifted.join("; ")}`;
}

/** Every monitor of a stream, a line each. */
export function driftLines({ days, monitors }: Drift): string[] {
  if (days === 0) return ["drift: nothing is known before four days were judged"];
  const span = days === 1 ? "day" : `${days} days`;
  return [
    `drift: the last ${span} beside the first behind training`,
    ...monitors.map(({ text, drifted }) => `  ${text}${drifted ? " – drifted" : ""}`),
  ];
}

/** What is to be said of drift at the end of a run: once for each day that is over. */
export function driftRemarks(
  state: State,
  streams: readonly { name: string; model: StreamModel | null }[],
): string[] {
  return streams.flatMap(({ name, model }) => {
    if (model === null) return [];
    const of = { stream: name, training: model.trained.fingerprint };
    const drift = streamDrift(state, of), text = driftText(drift);
    if (text === "" || !state.readings.tell(of, drift.last)) return [];
    return [
      `stream ${of.stream} has drifted from what its model was trained for: ${text}; \`deno task train --shadow\` tries a new one`,
    ];
  });
}
