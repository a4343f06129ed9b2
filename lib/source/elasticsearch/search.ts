/**
 * A search through a point in time, page by page.
 *
 * @module
 */
import type { Client } from "@elastic/elasticsearch";
import { Buffer } from "node:buffer";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { JSON_BODY } from "./connection.ts";
import { ElasticsearchError, failureOf } from "./failure.ts";
import { Page } from "./page.ts";
import type { FieldNode } from "./wanted_fields.ts";

/** What is asked for. */
export interface SearchOptions {
  /** Index, alias, data stream or pattern. */
  index: string;
  /** Field that documents are sorted by; default `@timestamp`. */
  timeField?: string;
  /** Earliest and latest (exclusive) time, ms since the epoch. */
  from?: number;
  to?: number;
  /** A query that documents must meet too, in Elasticsearch's own form. */
  filter?: Record<string, unknown>;
  /** Documents a page; default 5,000. */
  pageSize?: number;
}

/** How long the cluster keeps the point in time behind each page. */
const KEEP_ALIVE = "2m";
const PARTS = "pit_id,timed_out,_shards.failures,hits.hits._id,hits.hits._source,hits.hits.sort";

/**
 * The documents in order of time, as they were when the search began; the next page is asked for while one is read.
 * Documents of the same time come by their `event.sequence`, where they have one.
 *
 * @throws {ElasticsearchError} `lost` where the point in time expired, and whatever else goes wrong.
 */
export async function* searchPages(
  client: Client,
  fields: FieldNode,
  options: SearchOptions,
): AsyncGenerator<Page, void, void> {
  const doing = `read ${options.index}`, { pageSize = 5000 } = options;
  let pit = await opened(client, options.index).catch((error) => {
    throw failureOf(doing, error);
  });
  try {
    let next: Promise<Page> | null = ask(client, fields, { ...options, pageSize }, pit);
    while (next !== null) {
      const page: Page = await next;
      next = null;
      if (page.pitId !== "") pit = page.pitId;
      if (page.timedOut || page.failures !== "") {
        const reason = page.timedOut ? "it took too long" : page.failures;
        throw new ElasticsearchError(
          `Cannot ${doing}: parts of the index did not answer: ${reason}`,
          "unavailable",
        );
      }
      if (page.length === pageSize) {
        next = ask(client, fields, { ...options, pageSize }, pit, page.sort(page.length - 1));
        next.catch(() => {}); // it is awaited in the next turn, unless the reader stops before
      }
      if (page.length > 0) yield page;
    }
  } catch (error) {
    throw failureOf(doing, error);
  } finally {
    await client.closePointInTime({ id: pit }, { headers: JSON_BODY, maxRetries: 0 }).catch(() => {}); // it expires by itself
  }
}

async function opened(client: Client, index: string): Promise<string> {
  const answer = await client.openPointInTime({ index, keep_alive: KEEP_ALIVE }, { headers: JSON_BODY });
  return answer.id;
}

async function ask(
  client: Client,
  fields: FieldNode,
  options: SearchOptions & { pageSize: number },
  pit: string,
  after?: unknown[],
): Promise<Page> {
  const { body, headers } = await client.transport.request<AsyncIterable<Uint8Array>>(
    {
      method: "POST",
      path: "/_search",
      querystring: { filter_path: PARTS },
      body: {
        size: options.pageSize,
        track_total_hits: false,
        pit: { id: pit, keep_alive: KEEP_ALIVE },
        query: queryOf(options),
        sort: [
          { [options.timeField ?? "@timestamp"]: { order: "asc", missing: "_first", unmapped_type: "date" } },
          { "event.sequence": { order: "asc", missing: "_last", unmapped_type: "long" } },
        ],
        ...(after === undefined ? {} : { search_after: after }),
      },
    },
    { asStream: true, meta: true, headers: JSON_BODY },
  );
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  const bytes = Buffer.concat(parts), page = new Page(fields);
  page.read(headers["content-encoding"] === "gzip" ? await unpack(bytes) : bytes);
  return page;
}

const unpack = promisify(gunzip);

function queryOf({ from, to, filter, timeField = "@timestamp" }: SearchOptions): Record<string, unknown> {
  const range = {
    ...(from === undefined ? {} : { gte: from }),
    ...(to === undefined ? {} : { lt: to }),
    format: "epoch_millis",
  };
  const filters = [
    ...(from === undefined && to === undefined ? [] : [{ range: { [timeField]: range } }]),
    ...(filter === undefined ? [] : [filter]),
  ];
  return filters.length === 0 ? { match_all: {} } : { bool: { filter: filters } };
}
