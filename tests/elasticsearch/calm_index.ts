/**
 * A calm log in an index, and what a run over it left.
 *
 * @module
 */
import { State } from "../../lib/mod.ts";
import type { ElasticsearchServer } from "../services/elasticsearch.ts";
import type { Indexed } from "./indexed.ts";

/** The settings of a cluster. */
export function cluster({ url }: Pick<ElasticsearchServer, "url">): string {
  return `elasticsearch: {nodes: ["${url}"]}\n`;
}

/** Settings of a run over one index, whose places are under a folder of its name; checkpoints of 4 KB by default. */
export function calmSettings(index: string, checkpoint = "4KB"): string {
  return `streams: [{name: calm, inputs: ["elasticsearch:${index}"], clock: data, min_history: 4h}]
checkpoint: {bytes: ${checkpoint}}
state: {directory: ${index}/state}\nmodel: {directory: ${index}/models}\nreports: {directory: ${index}/reports}\n`;
}

/** A line in ISO 8601 form as a document. */
export function documentOf(line: string, i: number): Indexed {
  const [, time, level, message] = /^(\S+) (\S+) (.*)$/.exec(line)!;
  const source = {
    "@timestamp": time,
    log: { level },
    event: { sequence: i },
    service: { name: "calm" },
    message,
  };
  return { id: `line ${i}`, source };
}

/** What a state holds. */
export interface Left {
  /** Verdicts and alerts, as text. */
  verdicts: string[];
  alerts: string[];
  /** How far the index was read. */
  offset: number;
}

/** What a run left in a folder. */
export function left(folder: string): Left {
  const state = State.open(`${folder}/state/state.db`, { readOnly: true });
  try {
    const verdicts = state.verdicts({}).map(({ key, lines, score, anomalous }) =>
      JSON.stringify([key, lines, score, anomalous])
    );
    const alerts = state.alerts().map(({ id, status, start, end }) =>
      JSON.stringify([id, status, start, end])
    );
    const offset = state.inputs("calm")[0]?.position.offset as number ?? 0;
    return { verdicts: verdicts.sort(), alerts: alerts.sort(), offset };
  } finally {
    state.close();
  }
}

/** How far an index was read; 0 = nothing was kept yet. */
export function offsetIn(folder: string): number {
  try {
    return left(folder).offset;
  } catch {
    return 0; // the state is only being made
  }
}
