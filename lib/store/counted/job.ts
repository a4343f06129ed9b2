/**
 * What workers are told: how lines of a stream are read and matched.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import type { StreamSettings } from "../../model/stream_settings.ts";
import { savedFields } from "../../record/saved_fields.ts";
import type { FieldNames } from "../../source/elasticsearch/wanted_fields.ts";
import type { CatalogueSnapshot } from "../../template/catalogue_snapshot.ts";
import type { WatchedSlots } from "../../window/collectors/slot_values.ts";
import type { Predecessor } from "./predecessor.ts";

const { fieldsOf, integer, number, refuse, text } = savedFields("a job");

/** Raises when workers of different versions would not agree. */
const VERSION = 2;
/** What the names of indices begin with. */
export const COUNTED = "deepscan-counted-";
const PERIODS: readonly JobPeriod[] = ["day", "month", "year"];
/** Digits of a job's name. */
const DIGITS = 20;

/** All that a worker needs to know. Plain data. */
export interface JobDefinition {
  settings: StreamSettings;
  /** Index, alias, data stream or pattern that documents are read from. */
  index: string;
  /** Names of fields, where they are not the usual ones. */
  fields: Partial<FieldNames>;
  /** What documents must meet, in Elasticsearch's own form; `null` = nothing. */
  query: Record<string, unknown> | null;
  /** The frozen templates. */
  catalogue: CatalogueSnapshot;
  /** Parameters of templates that are noted; `null` = all of them, as training wants it. */
  watched: WatchedSlots | null;
  /** What was read of earlier jobs of the stream and must not be counted again; absent = nothing. */
  after?: Predecessor[];
}

/** Spans of time that each have an index of their own, which is deleted as a whole. */
export type JobPeriod = "day" | "month" | "year";

/** A job as it was begun. */
export interface Job {
  id: string;
  definition: JobDefinition;
  /** Length of its parts, ms: a multiple of the time windows'. */
  width: number;
  period: JobPeriod;
  /** When it was begun, ms since the epoch: one that was ended and begun again is another. */
  begun: number;
}

/**
 * A job's name: equal definitions, equal names, whoever begins it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Miner } from "../../template/miner.ts";
 * import { streamSettings } from "../../model/stream_settings.ts";
 * import { jobId } from "./job.ts";
 *
 * const catalogue = new Miner().freeze().catalogue.toJSON(), settings = streamSettings({ name: "shop" });
 * const job = { settings, catalogue, index: "logs-*", fields: {}, query: null, watched: null };
 * assert.equal(jobId(job), jobId(structuredClone(job)));
 * assert.notEqual(jobId(job), jobId({ ...job, index: "other" }));
 * ```
 */
export function jobId(definition: JobDefinition): string {
  const hash = createHash("sha256").update(`${VERSION} ${JSON.stringify(inOrder(definition))}`);
  return hash.digest("hex").slice(0, DIGITS);
}

/** A value with the names of its fields in order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => a < b ? -1 : 1).map(([name, field]) => [name, inOrder(field)]),
  );
}

/** A job as a document. */
export function saveJob({ definition, width, period, begun }: Job): Record<string, unknown> {
  const packed = gzipSync(JSON.stringify(definition)).toString("base64");
  return {
    kind: "job",
    version: VERSION,
    stream: definition.settings.name,
    width,
    period,
    begun,
    definition: packed,
  };
}

/**
 * A job from its document.
 *
 * @throws {TypeError} if a field is missing or of another type.
 * @throws {RangeError} if another version wrote it.
 */
export function readJob(id: string, document: unknown): Job {
  const fields = fieldsOf(document, "job"), version = integer(fields.version, "version");
  if (version !== VERSION) {
    throw new RangeError(
      `Cannot read job ${id}: version ${version} of it is not ${VERSION}; all machines need the same program`,
    );
  }
  const packed = Buffer.from(text(fields.definition, "definition"), "base64");
  const definition = JSON.parse(gunzipSync(packed).toString()) as JobDefinition;
  if (jobId(definition) !== id) throw new TypeError(`Cannot read job ${id}: its text was changed`);
  return {
    ...{ id, definition, width: number(fields.width, "width"), begun: number(fields.begun, "begun") },
    period: PERIODS.find((period) => period === fields.period) ??
      refuse("period", PERIODS.join(", "), fields.period),
  };
}

/** The index that a job's part is in, with all that was found in it; `from` in ms UTC. */
export function countedIndex({ id, period }: Pick<Job, "id" | "period">, from: number): string {
  const digits = { day: 10, month: 7, year: 4 }[period];
  return `${COUNTED}${id}-${new Date(from).toISOString().slice(0, digits).replaceAll("-", ".")}`;
}
