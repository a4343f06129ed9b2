/**
 * A job over documents in a real Elasticsearch.
 *
 * @module
 */
import { connect } from "../../lib/source/elasticsearch/connection.ts";
import { Cluster, type Surroundings } from "../../lib/store/counted/cluster.ts";
import type { JobDefinition } from "../../lib/store/counted/job.ts";
import { streamSettings, type StreamSettingsOptions } from "../../lib/model/stream_settings.ts";
import { Miner } from "../../lib/template/miner.ts";
import type { ElasticsearchServer } from "../services/elasticsearch.ts";

/** The real world, or one whose clock is another. */
export function surroundings(now: () => number = Date.now): Surroundings {
  return {
    now,
    random: Math.random,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 100))),
  };
}

/** A cluster whose client is closed at the end. */
export async function clusterAt(
  { url }: Pick<ElasticsearchServer, "url">,
  now?: () => number,
): Promise<Cluster & AsyncDisposable> {
  const client = await connect({ nodes: [url] });
  return Object.assign(new Cluster(client, surroundings(now)), {
    [Symbol.asyncDispose]: () => client.close(),
  });
}

/** A job that knows the templates of these lines. */
export function jobOver(
  index: string,
  lines: readonly string[],
  options: Partial<StreamSettingsOptions> = {},
): JobDefinition {
  const miner = new Miner();
  for (const line of lines) {
    const bytes = new TextEncoder().encode(line);
    miner.learnLine(bytes, 0, bytes.length);
  }
  return {
    settings: streamSettings({ name: index, window: 60_000, ...options }),
    ...{ index, fields: {}, query: null, watched: null, catalogue: miner.freeze().catalogue.toJSON() },
  };
}
