/**
 * Documents of an index as tables for people who look at data.
 *
 * @module
 */
import { InputError } from "../source/input.ts";
import type { ElasticsearchSettings } from "../source/elasticsearch/connection.ts";
import { IndexInput } from "../source/elasticsearch/index_input.ts";
import { fieldLists, type OwnFields } from "../source/elasticsearch/own_fields.ts";
import { timeOf } from "../table/time_of.ts";
import { DocumentRows, type DocumentRowsOptions } from "./document_rows.ts";
import { type DataFrame, frameOf } from "./frame.ts";
import type { Table } from "../table/table.ts";

/** What {@linkcode extractDocuments} asks for, and how it cleans what it gets. */
export interface DocumentQuery extends DocumentRowsOptions {
  /** Index, alias, data stream or pattern: `server-logs-*`. */
  index: string;
  /**
   * Earliest and latest (exclusive) time: ms since the epoch, or ISO 8601, UTC unless it says otherwise. Documents without a
   * time are read where `from` is left out or empty.
   */
  from?: number | string;
  to?: number | string;
  /** What documents must meet too, in Elasticsearch's own form: `{ term: { "service.name": "shop" } }`. */
  query?: Record<string, unknown>;
  /** Names of fields, where they are not the usual ones. */
  fields?: OwnFields;
  /** Most rows that are made, the earliest; default 250,000. */
  limit?: number;
  /** Told now and then how many documents were read. */
  onProgress?: (documents: number) => void;
}

/** Most rows without a word about it: a few hundred MB. */
const LIMIT = 250_000;

/** What came of an extraction. */
export class ExtractedDocuments {
  readonly #rows: DocumentRows;

  /**
   * @param rows What was read.
   * @param isComplete Whether that is all; else there are more documents than the limit.
   */
  constructor(rows: DocumentRows, readonly isComplete: boolean) {
    this.#rows = rows;
  }

  /** Rows. */
  get length(): number {
    return this.#rows.length;
  }

  /** With loghub's columns: `LineId, Date, Time, Level, Component, Content, EventId, EventTemplate`; the last two are empty. */
  get events(): Table {
    return this.#rows.events();
  }

  /** With the names of the Elastic Common Schema: `@timestamp, log.level, service.name, message, _index, _id`, and those asked for. */
  get fields(): Table {
    return this.#rows.fields();
  }

  /** What was found that is not as it should be, in how many documents, and what was done about it. */
  get cleaning(): Table {
    return this.#rows.cleaning();
  }

  /** {@linkcode events} as a danfo DataFrame; danfo is loaded by this call. */
  async frame(): Promise<DataFrame> {
    return await frameOf(this.events);
  }
}

/**
 * Reads documents in order of time, cleaned: each one once, times in UTC with milliseconds, what is missing filled and counted,
 * secrets taken out of messages. A cluster that goes away meanwhile is waited for half a minute.
 *
 * @param cluster How it is reached.
 * @throws {RangeError} if a time or the limit is none.
 * @throws {InputError} if there is no such index or it can't be read, with what a person can do about it.
 *
 * @example A day's errors, but for a mistake
 * ```ts
 * import assert from "node:assert/strict";
 * import { extractDocuments } from "./extract_documents.ts";
 *
 * const cluster = { nodes: ["https://es1.example.com:9200"] };
 * const query = { index: "server-logs-*", from: "2026-03-02", to: "2026-03-33", query: { term: { "log.level": "ERROR" } } };
 * await assert.rejects(() => extractDocuments(cluster, query), /current value is 2026-03-33/); // before anything is asked
 * ```
 */
export async function extractDocuments(
  cluster: ElasticsearchSettings,
  query: DocumentQuery,
): Promise<ExtractedDocuments> {
  const { index, from, to, fields = {}, query: filter, limit = LIMIT, onProgress = () => {}, ...cleaning } =
    query;
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new RangeError(
      `Cannot extract documents: limit must be a positive integer, current value is ${limit}`,
    );
  }
  const rows = new DocumentRows({ service: index, ...cleaning }), since = timeOf(from);
  let isComplete = true, read = 0;
  const input = new IndexInput(cluster, {
    ...{ index, filter, from: since, to: timeOf(to), untimed: since === undefined },
    fields: fieldLists(fields),
    onDocument: (page, i) => {
      read++;
      if (rows.length < limit) rows.add(page, i);
      else isComplete = false;
    },
  });
  try {
    const missing = await input.look();
    if (missing !== null) throw new InputError(missing.text, missing.name);
    const bytes = new Uint8Array(1 << 20);
    while (isComplete && await input.read(bytes) > 0) onProgress(read);
  } finally {
    await input.leave();
  }
  return new ExtractedDocuments(rows, isComplete);
}
