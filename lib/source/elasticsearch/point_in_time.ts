/**
 * An index as it was at one moment.
 *
 * @module
 */
import type { Client } from "@elastic/elasticsearch";
import { JSON_BODY } from "./connection.ts";
import { ElasticsearchError } from "./failure.ts";
import { Page } from "./page.ts";
import { streamedAnswer } from "./streamed_answer.ts";
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
  /** Whether documents without a time are found too; default: where `from` is absent. */
  untimed?: boolean;
  /** A query that documents must meet too, in Elasticsearch's own form. */
  filter?: Record<string, unknown>;
  /** Most documents a page; default 5,000, fewer where they are large. */
  pageSize?: number;
  /** How many ranges of time are asked for at once; default 3. */
  inFlight?: number;
}

/** How long the cluster keeps the point in time behind each page. */
const KEEP_ALIVE = "2m";
/** Bytes that a page should not be longer than, and documents of the first one, before it is known how long they are. */
const PAGE_BYTES = 8 << 20, FIRST_PAGE = 1000;

/** Times of documents, and how many there are. */
export interface FoundSpan {
  /** Milliseconds since the epoch; `null` = no document has a time. */
  least: number | null;
  greatest: number | null;
  count: number;
}

/**
 * A point in time of one or several indices, and the questions to it. Its pages get shorter where documents are long.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { connect } from "./connection.ts";
 * import { PointInTime } from "./point_in_time.ts";
 * import { USUAL_FIELDS, wantedFields } from "./wanted_fields.ts";
 *
 * const client = await connect({ nodes: ["http://127.0.0.1:9200"] });
 * const pit = new PointInTime(client, wantedFields(USUAL_FIELDS), { index: "server-logs-*", pageSize: 500 });
 * assert.equal(pit.pageSize, 500); // nothing was asked yet
 * await client.close();
 * ```
 */
export class PointInTime {
  /** Documents that the next page may have. */
  pageSize: number;
  readonly #client: Client;
  readonly #fields: FieldNode;
  readonly #options: SearchOptions;
  readonly #most: number;
  #id = "";

  constructor(client: Client, fields: FieldNode, options: SearchOptions) {
    this.#client = client;
    this.#fields = fields;
    this.#options = options;
    this.#most = options.pageSize ?? 5000;
    this.pageSize = Math.min(FIRST_PAGE, this.#most);
  }

  /** Opens it; how many shards it is of: none where a pattern matches no index, or none that the user may see. */
  async open(): Promise<number> {
    const { index } = this.#options;
    const { id, _shards } = await this.#client.openPointInTime({ index, keep_alive: KEEP_ALIVE }, {
      headers: JSON_BODY,
    });
    this.#id = id;
    return _shards?.total ?? 1;
  }

  /** Lets the cluster forget it; one that stays expires by itself. */
  async close(): Promise<void> {
    if (this.#id === "") return;
    const quiet = { headers: JSON_BODY, maxRetries: 0 };
    await this.#client.closePointInTime({ id: this.#id }, quiet).catch(() => {});
    this.#id = "";
  }

  /** First and last time of the documents that meet all of `query`, and how many there are. */
  async span(query: Record<string, unknown>[]): Promise<FoundSpan> {
    const field = this.#timeField;
    const answer = await this.#client.search<unknown, Record<"least" | "greatest", { value: number | null }>>(
      {
        ...{ size: 0, track_total_hits: true, pit: this.#pit, query: this.#all(query) },
        aggs: { least: { min: { field } }, greatest: { max: { field } } },
      },
      { headers: JSON_BODY },
    );
    const { aggregations, hits: { total } } = answer;
    return {
      least: aggregations?.least.value ?? null,
      greatest: aggregations?.greatest.value ?? null,
      count: typeof total === "number" ? total : total?.value ?? 0,
    };
  }

  /**
   * A page of the documents that meet all of `query`.
   *
   * @param after What the last document of the page before was sorted by.
   */
  async page(query: Record<string, unknown>[], after?: unknown[]): Promise<Page> {
    const size = this.pageSize;
    const answer = await this.#client.transport.request<AsyncIterable<Uint8Array>>(
      {
        ...{ method: "POST", path: "/_search" }, // to choose parts by filter_path costs the server more than to send all
        body: {
          ...{ size, track_total_hits: false, pit: this.#pit, query: this.#all(query), sort: this.#sort },
          ...(after === undefined ? {} : { search_after: after }),
        },
      },
      { asStream: true, meta: true, headers: JSON_BODY },
    );
    const page = new Page(this.#fields);
    page.read(await streamedAnswer(`read ${this.#options.index}`, answer));
    return this.#checked(page, size);
  }

  #checked(page: Page, size: number): Page {
    if (page.pitId !== "") this.#id = page.pitId;
    if (page.timedOut || page.failures !== "") {
      const reason = page.timedOut ? "it took too long" : page.failures;
      throw new ElasticsearchError(
        `Cannot read ${this.#options.index}: parts of the index did not answer: ${reason}`,
        "unavailable",
      );
    }
    page.isFull = page.length === size;
    const fitting = Math.floor(PAGE_BYTES * Math.max(1, page.length) / Math.max(1, page.bytes.length));
    if (page.length > 0) this.pageSize = Math.max(1, Math.min(this.#most, fitting, 8 * size));
    return page;
  }

  get #timeField(): string {
    return this.#options.timeField ?? "@timestamp";
  }

  get #pit() {
    return { id: this.#id, keep_alive: KEEP_ALIVE };
  }

  get #sort() {
    return [
      { [this.#timeField]: { order: "asc", missing: "_first", unmapped_type: "date" } },
      { "event.sequence": { order: "asc", missing: "_last", unmapped_type: "long" } },
    ];
  }

  #all(query: Record<string, unknown>[]) {
    const { filter } = this.#options, all = filter === undefined ? query : [...query, filter];
    return all.length === 0 ? { match_all: {} } : { bool: { filter: all } };
  }
}
