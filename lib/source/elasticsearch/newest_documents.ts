/**
 * The newest documents of an index, and what fields they have.
 *
 * @module
 */
import type { Client } from "@elastic/elasticsearch";
import { InputError } from "../input.ts";
import { connect, type ElasticsearchSettings, JSON_BODY } from "./connection.ts";
import { failureOf } from "./failure.ts";
import { missingNote } from "./index_notes.ts";
import { type FieldTypes, fieldTypes, timeFieldOf } from "./time_field.ts";
import { USUAL_FIELDS } from "./wanted_fields.ts";

/** A document as it was indexed. */
export type Document = Record<string, unknown>;

/** What {@linkcode newestDocuments} found. */
export interface NewestDocuments {
  /** The newest first. */
  documents: Document[];
  /** Documents in all. */
  count: number;
  /** First and last time, ms since the epoch; `null` = none has one. */
  from: number | null;
  to: number | null;
  /** Types of the index' fields. */
  types: FieldTypes;
  /** The field of the time. */
  time: string;
}

/**
 * Reads the newest documents of an index.
 *
 * @param most How many at the most; the cluster gives no more than 10,000.
 * @throws {TypeError} if it is not said where the cluster is.
 * @throws {InputError} if there is no such index, or it can't be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { newestDocuments } from "./newest_documents.ts";
 *
 * await assert.rejects(() => newestDocuments({}, "server-logs-*", 1000), /neither nodes nor cloud_id are set/);
 * ```
 */
export async function newestDocuments(
  cluster: ElasticsearchSettings,
  index: string,
  most: number,
): Promise<NewestDocuments> {
  const client = await connect(cluster);
  try {
    const types = await fieldTypes(client, index, ["*"]), time = timeFieldIn(types);
    return { ...await search(client, index, { time, most }), types, time };
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(failureOf(`read elasticsearch:${index}`, error).message, `elasticsearch:${index}`, {
      cause: error,
    });
  } finally {
    await client.close();
  }
}

/** The field of the time: a usual one, else any date. */
function timeFieldIn(types: FieldTypes): string {
  const dates = Object.keys(types).filter((name) =>
    types[name].includes("date") || types[name].includes("date_nanos")
  );
  return timeFieldOf({ names: [...USUAL_FIELDS.time, ...dates], isNamed: false }, types);
}

async function search(
  client: Client,
  index: string,
  { time: field, most }: { time: string; most: number },
): Promise<Omit<NewestDocuments, "types" | "time">> {
  const answer = await client.search<Document, Record<"least" | "greatest", { value: number | null }>>({
    ...{ index, size: most, track_total_hits: true },
    sort: [{ [field]: { order: "desc", missing: "_last", unmapped_type: "date" } }],
    aggs: { least: { min: { field } }, greatest: { max: { field } } },
  }, { headers: JSON_BODY });
  const { hits: { hits, total }, aggregations, _shards } = answer;
  if (_shards.total === 0) {
    const { text, name } = missingNote(
      `elasticsearch:${index}`,
      "no index matches, or none that this user may see",
    );
    throw new InputError(text, name);
  }
  return {
    documents: hits.map(({ _source }) => _source ?? {}),
    count: typeof total === "number" ? total : total?.value ?? 0,
    from: aggregations?.least.value ?? null,
    to: aggregations?.greatest.value ?? null,
  };
}
