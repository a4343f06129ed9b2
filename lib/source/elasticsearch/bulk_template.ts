/**
 * How the fields of shipped documents are indexed.
 *
 * @module
 */
import type { Client } from "@elastic/elasticsearch";
import { JSON_BODY } from "./connection.ts";
import { failureOf } from "./failure.ts";

/** Where documents go. */
export interface LogTarget {
  /** What the names of indices begin with, the day follows; or the name of a data stream. */
  index: string;
  /** Whether it is a data stream. */
  dataStream: boolean;
}

const KEYWORD = { type: "keyword" }, LONG = { type: "long" }, BOOLEAN = { type: "boolean" };

/** Fields of {@linkcode logTemplate}; only types that every distribution has. */
const FIELDS = {
  "@timestamp": { type: "date" },
  message: { type: "text" },
  ecs: { properties: { version: KEYWORD } },
  event: {
    properties: {
      ingested: { type: "date" },
      original: { type: "keyword", index: false, doc_values: false },
      sequence: LONG,
      severity: LONG,
    },
  },
  host: { properties: { name: KEYWORD } },
  log: { properties: { file: { properties: { path: KEYWORD } }, level: KEYWORD, offset: LONG } },
  service: { properties: { name: KEYWORD } },
  deepscan: { properties: { parsed: BOOLEAN, time_inferred: BOOLEAN, continues: BOOLEAN } },
};

/** The name of the template for a target. */
export function templateName({ index }: LogTarget): string {
  return `deepscan-${index}`;
}

/**
 * The index template of shipped documents: exact types, so that no document's first value decides them.
 *
 * @see The Elastic Common Schema, field reference.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { logTemplate } from "./bulk_template.ts";
 *
 * const template = logTemplate({ index: "server-logs", dataStream: false });
 * assert.deepEqual(template.index_patterns, ["server-logs-*"]);
 * ```
 */
export function logTemplate({ index, dataStream }: LogTarget) {
  return {
    index_patterns: [dataStream ? index : `${index}-*`],
    priority: 200, // above those that come with the server
    ...(dataStream ? { data_stream: {} } : {}),
    template: { mappings: { properties: FIELDS } },
    _meta: { managed_by: "deepscan" },
  };
}

/**
 * Puts the template where there is none of its name. Somebody else's changes stay.
 *
 * @returns Whether it was put.
 * @throws {ElasticsearchError} if that is not possible; it takes the privilege `manage_index_templates` of the cluster.
 */
export async function putLogTemplate(client: Client, target: LogTarget): Promise<boolean> {
  const name = templateName(target), path = `/_index_template/${encodeURIComponent(name)}`;
  try {
    const present = await client.transport.request(
      { method: "HEAD", path },
      { headers: { accept: JSON_BODY.accept }, ignore: [404], meta: true },
    );
    if (present.statusCode !== 404) return false;
    const body = logTemplate(target);
    await client.transport.request(
      { method: "PUT", path, querystring: { create: true }, body },
      { headers: JSON_BODY },
    );
    return true;
  } catch (error) {
    throw failureOf(`put the index template ${name}`, error);
  }
}
