/**
 * A first look at an index: how many documents, from when, and what their fields are called.
 *
 * @module
 */
import { severityOfName } from "../record/severity.ts";
import type { ElasticsearchSettings } from "../source/elasticsearch/connection.ts";
import { valueAt } from "../source/elasticsearch/document_value.ts";
import { type Document, newestDocuments } from "../source/elasticsearch/newest_documents.ts";
import type { FieldTypes } from "../source/elasticsearch/time_field.ts";
import { type FieldNames, USUAL_FIELDS } from "../source/elasticsearch/wanted_fields.ts";

/** What a record is made of. */
export type RecordPart = keyof FieldNames;

/** A field that holds a part of a record. */
export interface FoundField {
  /** Dotted. */
  name: string;
  /** Share of the documents looked at that have it, 0–1. */
  share: number;
  /** Whether it goes by a usual name, so that no settings need to say so. */
  isUsual: boolean;
}

/** What {@linkcode lookAtIndex} saw. */
export interface IndexLook {
  /** Documents in all. */
  documents: number;
  /** First and last time, ms since the epoch; `null` = none has one. */
  from: number | null;
  to: number | null;
  /** Documents looked at: the newest. */
  looked: number;
  /** Where they hold what; `null` = nowhere. */
  fields: Record<RecordPart, FoundField | null>;
  /** Their messages, and the services that they name. */
  messages: string[];
  services: string[];
}

/** Documents that are looked at. */
const LOOKED = 1000;
/** Share of a field's values that must be names of levels, and letters of the shortest text on average that can be a message. */
const LEVELS = 0.8, SHORTEST = 12;

/**
 * Looks at the newest documents of an index. Where a part of a record goes by none of the usual names, the field that looks most
 * like it is taken: the longest text for the message, names of levels for the level, a date for the time.
 *
 * @throws {TypeError} if it is not said where the cluster is.
 * @throws {InputError} if there is no such index, or it can't be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lookAtIndex } from "./look_at_index.ts";
 *
 * await assert.rejects(() => lookAtIndex({}, "server-logs-*"), /neither nodes nor cloud_id are set/);
 * ```
 */
export async function lookAtIndex(cluster: ElasticsearchSettings, index: string): Promise<IndexLook> {
  const { documents, count, from, to, types, time } = await newestDocuments(cluster, index, LOOKED);
  const fields = {
    time: found([time], documents),
    message: found(USUAL_FIELDS.message, documents) ?? likeliest(documents, types, lengthOf),
    level: found(USUAL_FIELDS.level, documents) ?? likeliest(documents, types, levelness),
    service: found(USUAL_FIELDS.service, documents),
  };
  const textsOf = (field: FoundField | null) =>
    field === null ? [] : documents.map((one) => textAt(one, field.name));
  const services = new Set(textsOf(fields.service).filter((text) => text !== ""));
  return {
    ...{ documents: count, from, to, looked: documents.length, fields },
    ...{ messages: textsOf(fields.message), services: [...services].sort() },
  };
}

/** The first of these names that a document has. */
function found(names: readonly string[], documents: readonly Document[]): FoundField | null {
  const usual = Object.values(USUAL_FIELDS).flat();
  for (const name of names) {
    const having = documents.filter((document) => (valueAt(document, name) ?? null) !== null).length;
    if (having > 0) return { name, share: having / documents.length, isUsual: usual.includes(name) };
  }
  return null;
}

/** The field whose texts score highest. */
function likeliest(
  documents: readonly Document[],
  types: FieldTypes,
  score: (texts: string[]) => number,
): FoundField | null {
  let best: FoundField | null = null, most = 0;
  for (const name of Object.keys(types)) {
    if (name.startsWith("_") || types[name].includes("object")) continue;
    const texts = documents.map((document) => textAt(document, name)).filter((text) => text !== "");
    const value = score(texts) * texts.length;
    if (value > most) {
      [best, most] = [{ name, share: texts.length / documents.length, isUsual: false }, value];
    }
  }
  return best;
}

/** Mean length of the texts, where they are long enough and of several words, which ids and times are not. */
function lengthOf(texts: string[]): number {
  const worded = texts.filter((text) => /\S\s+\S*[a-z]/i.test(text));
  const mean = worded.reduce((sum, { length }) => sum + length, 0) / Math.max(1, texts.length);
  return mean >= SHORTEST ? mean : 0;
}

/** Share of the texts that name levels, where most do. */
function levelness(texts: string[]): number {
  const share = texts.filter((text) => severityOfName(text) > 0).length / Math.max(1, texts.length);
  return share >= LEVELS ? share : 0;
}

/** A text of a document, of a list the last one; empty where there is none. */
function textAt(document: Document, name: string): string {
  const value = valueAt(document, name), last = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === "string" ? last : "";
}
