/**
 * Logs as they are named in one place: files and indices side by side.
 *
 * @module
 */
import { IndexInput } from "./elasticsearch/index_input.ts";
import { fieldLists, readOwnFields } from "./elasticsearch/own_fields.ts";
import { type ClusterDescription, readCluster } from "./elasticsearch/read_cluster.ts";
import { timeOf } from "../table/time_of.ts";
import { openFiles } from "./files.ts";
import { type Input, InputError, type InputNote } from "./input.ts";

/** What the name of an index begins with, to tell it from a file's. */
const INDEX_PREFIX = "elasticsearch:";

/** How indices are reached, and which of their documents are read. */
export interface IndexedLogs extends ClusterDescription {
  /** What documents must meet, in Elasticsearch's own form, as JSON; left out or empty: nothing. */
  query?: string;
  /** What the fields of documents are called, where it isn't as usual, as JSON: see {@linkcode readOwnFields}. */
  fields?: string;
  /** Earliest and latest (exclusive) time of documents: ISO 8601, UTC unless it says otherwise; left out or empty: any. */
  from?: string;
  to?: string;
}

/** Logs that were opened, each to be read once from its start. */
export interface OpenedLogs {
  inputs: Input[];
  /** What a person should know. */
  notes: InputNote[];
}

/**
 * Opens files and indices, to be read once, as they are now.
 *
 * @param names Paths and patterns of files; `elasticsearch:server-logs-*` is an index, alias, data stream or pattern of some.
 * @param indexed Where indices are; looked at only where one is named.
 * @param env Value of an environment variable, for secrets.
 * @throws {InputError} if an index isn't there or can't be read, with what a person can do about it.
 * @throws {SyntaxError} if the query is no JSON, or `fields` no JSON object of texts.
 * @throws {RangeError} if a time is none, or `fields` names what no record has.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openLogs } from "./open_logs.ts";
 *
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/app.log`, "started\n");
 * const { inputs, notes } = await openLogs([`${folder}/*.log`, `${folder}/none`]);
 * assert.deepEqual([inputs.length, notes.map(({ kind }) => kind)], [1, ["missing"]]);
 * ```
 */
export async function openLogs(
  names: readonly string[],
  indexed: IndexedLogs = {},
  env: (name: string) => string | undefined = () => undefined,
): Promise<OpenedLogs> {
  const { inputs, notes } = await openFiles(names.filter((name) => !name.startsWith(INDEX_PREFIX)));
  const opened: OpenedLogs = { inputs: [...inputs], notes };
  try {
    for (const name of new Set(names.filter((name) => name.startsWith(INDEX_PREFIX)))) {
      opened.inputs.push(await openIndex(name, indexed, env));
    }
  } catch (error) {
    for (const input of opened.inputs) input.close();
    throw error;
  }
  return opened;
}

async function openIndex(
  name: string,
  { query, fields, from, to, ...cluster }: IndexedLogs,
  env: (name: string) => string | undefined,
): Promise<IndexInput> {
  const since = timeOf(from);
  const input = new IndexInput(await readCluster(cluster, env), {
    index: name.slice(INDEX_PREFIX.length),
    ...{ from: since, to: timeOf(to), untimed: since === undefined },
    filter: query ? JSON.parse(query) : undefined,
    fields: fieldLists(readOwnFields(fields)),
  });
  const missing = await input.look();
  if (missing !== null) throw new InputError(missing.text, missing.name);
  return input;
}
