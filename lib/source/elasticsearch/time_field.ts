/**
 * Which field documents can be put in order of time by.
 *
 * @module
 */
import type { Client } from "@elastic/elasticsearch";
import { JSON_BODY } from "./connection.ts";
import { ElasticsearchError, failureOf } from "./failure.ts";

/** Types of a field by its name, as an index has them. */
export type FieldTypes = Readonly<Record<string, readonly string[]>>;

const DATES = ["date", "date_nanos"];

/**
 * Types of some fields in all indices that a pattern names; fields that there are none of are absent.
 *
 * @throws {ElasticsearchError} if the cluster can't be asked.
 */
export async function fieldTypes(
  client: Client,
  index: string,
  fields: readonly string[],
): Promise<FieldTypes> {
  try {
    const answer = await client.fieldCaps({ index, fields: [...fields] }, { headers: JSON_BODY });
    return Object.fromEntries(
      Object.entries(answer.fields).map(([name, types]) => [name, Object.keys(types)]),
    );
  } catch (error) {
    throw failureOf(`read ${index}`, error);
  }
}

/** Fields that may hold the time. */
export interface TimeCandidates {
  names: readonly string[];
  /** Whether a person named them, so that another type is a mistake. */
  isNamed: boolean;
}

/**
 * The field that documents of an index are put in order of time by.
 *
 * @throws {ElasticsearchError} if the cluster can't be asked, or a field that a person named is no date.
 */
export async function findTimeField(client: Client, index: string, times: TimeCandidates): Promise<string> {
  return timeFieldOf(times, await fieldTypes(client, index, times.names));
}

/**
 * The first candidate that is a date; where none is, the first one, by which documents have no time then.
 *
 * @throws {ElasticsearchError} if a field that a person named is no date.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { timeFieldOf } from "./time_field.ts";
 *
 * const usual = { names: ["@timestamp", "timestamp"], isNamed: false };
 * assert.equal(timeFieldOf(usual, { timestamp: ["date"] }), "timestamp");
 * assert.throws(() => timeFieldOf({ names: ["when"], isNamed: true }, { when: ["text"] }), /"when" is no date but text/);
 * ```
 */
export function timeFieldOf({ names, isNamed }: TimeCandidates, types: FieldTypes): string {
  const found = names.find((name) => types[name]?.some((type) => DATES.includes(type)));
  if (found !== undefined) return found;
  const known = names.find((name) => types[name] !== undefined);
  if (isNamed && known !== undefined) {
    throw new ElasticsearchError(
      `Cannot read by time: the field "${known}" is no date but ${
        types[known].join(" and ")
      }; documents need a field of the type date`,
      "request",
    );
  }
  return names[0];
}
