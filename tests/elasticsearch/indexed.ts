/**
 * Documents in a real Elasticsearch.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { ElasticsearchServer } from "../services/elasticsearch.ts";

/** A document and the id that it gets. */
export interface Indexed {
  id: string;
  source: Record<string, unknown>;
}

/** A document's time, message and place in its log. */
export function record(time: number, message: string, sequence?: number): Record<string, unknown> {
  return {
    "@timestamp": new Date(time).toISOString(),
    message,
    ...(sequence === undefined ? {} : { event: { sequence } }),
  };
}

const PROPERTIES = {
  "@timestamp": { type: "date" },
  event: { properties: { sequence: { type: "long" } } },
  message: { type: "text" },
};

/** Makes an index of one shard. */
export async function makeIndex(
  { url }: ElasticsearchServer,
  index: string,
  properties: Record<string, unknown> = PROPERTIES,
): Promise<void> {
  await ask(url, "PUT", `/${index}`, {
    settings: { number_of_shards: 1, number_of_replicas: 0, refresh_interval: "-1" },
    mappings: { dynamic: false, properties },
  });
}

/** Indexes documents, and makes them visible. */
export async function indexAll(
  { url }: ElasticsearchServer,
  index: string,
  documents: readonly Indexed[],
): Promise<void> {
  for (let from = 0; from < documents.length; from += 5000) {
    const lines = documents.slice(from, from + 5000).map(({ id, source }) =>
      `${JSON.stringify({ index: { _id: id } })}\n${JSON.stringify(source)}\n`
    );
    const { errors, items } = await ask(url, "POST", `/${index}/_bulk`, lines.join("")) as {
      errors: boolean;
      items: unknown[];
    };
    assert.equal(errors, false, JSON.stringify(items[0]));
  }
  await ask(url, "POST", `/${index}/_refresh`);
}

/** Sends a request; its answer. */
export async function ask(url: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const text = typeof body === "string" ? body : body === undefined ? undefined : JSON.stringify(body);
  const type = typeof body === "string" ? "application/x-ndjson" : "application/json";
  const answer = await fetch(url + path, { method, body: text, headers: { "content-type": type } });
  const told = await answer.text();
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${told.slice(0, 500)}`);
  return JSON.parse(told);
}
