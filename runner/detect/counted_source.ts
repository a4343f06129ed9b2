/**
 * A stream that is counted in the cluster.
 *
 * @module
 */
import {
  type CatalogueSnapshot,
  connect,
  CountedStream,
  type CountedStreamOptions,
  fieldLists,
  type StreamSettings,
  type WatchedSlots,
} from "../../lib/mod.ts";
import type { StreamConfig } from "../config.ts";
import { type Context, UsageError } from "../context.ts";
import { INDEX_PREFIX } from "../elasticsearch/cluster.ts";
import { clusterFor } from "../elasticsearch/indices.ts";
import { workerName } from "../map/worker_name.ts";
import { pause } from "../pause.ts";

/** What is counted. */
export interface Counting extends Pick<CountedStreamOptions, "position" | "from" | "to" | "follows"> {
  settings: StreamSettings;
  /** The frozen templates. */
  catalogue: CatalogueSnapshot;
  /** Parameters that are noted; `null` = all, as training does. */
  watched: WatchedSlots | null;
}

/** A counted stream, and what must be given back. */
export interface OpenCounted {
  counted: CountedStream;
  close(): Promise<void>;
}

/** What a stream's counted position says where it was read. */
export const COUNTED_SOURCE = "counted";

/**
 * Opens a counted stream: this process works at it as well.
 *
 * @throws {UsageError} if the settings name no cluster.
 * @throws {ElasticsearchError} if the cluster can't be used.
 */
export async function openCountedStream(
  stream: StreamConfig,
  { settings, catalogue, watched, ...stretch }: Counting,
  context: Context,
): Promise<OpenCounted> {
  const [input] = stream.inputs, { fields, query = null } = stream.elasticsearch;
  const client = await connect(await clusterFor(input, context)), said = new Set<string>();
  const definition = {
    ...{
      settings,
      index: input.slice(INDEX_PREFIX.length),
      fields: fieldLists(fields),
      query,
      catalogue,
    },
    watched: watched && slotsOf(watched),
  };
  try {
    const counted = await CountedStream.open(client, definition, {
      ...{ ...stretch, owner: workerName(), now: () => context.now(), random: Math.random, pause },
      say: (text) => said.has(text) ? undefined : said.add(text) && context.stderr(`note: ${text}\n`),
    });
    return { counted, close: () => client.close() };
  } catch (error) {
    await client.close();
    throw error;
  }
}

/** What workers need to know of it. */
function slotsOf({ quantities, values, sessions, spreads }: WatchedSlots): WatchedSlots {
  return { quantities, values, ...(sessions && { sessions }), ...(spreads && { spreads }) };
}

/**
 * A stream goes on as it was begun: where one that was read line by line would be counted from can't be said, nor the other way.
 *
 * @param sources Where saved positions say that it was read.
 */
export function refuseChange(
  { name, elasticsearch: { counted } }: StreamConfig,
  sources: readonly unknown[],
): void {
  if (sources.every((source) => (source === COUNTED_SOURCE) === counted)) return;
  const [before, now] = counted ? ["read line by line", "counted"] : ["counted", "read line by line"];
  throw new UsageError(
    `Cannot go on with stream ${name}: it was ${before} so far, and what of it would come twice when it is ${now} can't be told; ` +
      `set its elasticsearch.counted to ${!counted}, or give the stream another name`,
  );
}
