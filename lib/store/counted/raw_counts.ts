/**
 * How many documents a job has to read, by stretches of time.
 *
 * @module
 */
import { ElasticsearchError } from "../../source/elasticsearch/failure.ts";
import type { Cluster } from "./cluster.ts";
import type { JobDefinition } from "./job.ts";
import type { Density } from "./jobs.ts";

/** A stretch of time, ms UTC; infinite where it has no end. */
export interface Stretch {
  from: number;
  /** Exclusive. */
  to: number;
}

/** Stretches that are counted with one request. */
const PAGE = 10_000;

/** The field of the time. */
export function timeFieldOf({ fields }: Pick<JobDefinition, "fields">): string {
  return fields.time?.[0] ?? "@timestamp";
}

/** What documents of a stretch must meet. */
export function stretchFilter(
  { fields, query }: JobDefinition,
  { from, to }: Stretch,
): Record<string, unknown>[] {
  const range = {
    ...(from > -Infinity ? { gte: from } : {}),
    ...(to < Infinity ? { lt: to } : {}),
    format: "epoch_millis",
  };
  return [{ range: { [timeFieldOf({ fields })]: range } }, ...(query === null ? [] : [query])];
}

/** How many documents there are, and between which times. */
export async function densityOf(cluster: Cluster, job: JobDefinition, stretch: Stretch): Promise<Density> {
  const field = timeFieldOf(job);
  const { body } = await cluster.search<DensityAnswer>(`look at ${job.index}`, {
    index: job.index,
    body: {
      ...{ size: 0, track_total_hits: true, query: { bool: { filter: stretchFilter(job, stretch) } } },
      aggs: { least: { min: { field } }, greatest: { max: { field } } },
    },
  });
  const { least, greatest } = body.aggregations ?? {};
  return { documents: body.hits.total.value, span: 1 + (greatest?.value ?? 0) - (least?.value ?? 0) };
}

interface DensityAnswer {
  hits: { total: { value: number } };
  aggregations?: Record<"least" | "greatest", { value: number | null }>;
}

/**
 * Looks whether there is an index at all.
 *
 * @throws {ElasticsearchError} if there is none, or none that may be seen.
 */
export async function refuseNothing(cluster: Cluster, { index }: JobDefinition): Promise<void> {
  const doing = `read ${index}`, body = { size: 0 };
  const { body: { _shards } } = await cluster.search<{ _shards: { total: number } }>(doing, { index, body });
  if (_shards.total > 0) return;
  throw new ElasticsearchError(
    `Cannot ${doing}: no index matches, or none that this user may see`,
    "missing",
  );
}

/**
 * Counts a job's documents by stretches of `width` ms since the epoch, in order of time; stretches without any are left out.
 *
 * @throws {ElasticsearchError} if the index can't be read.
 */
export async function countDocuments(
  cluster: Cluster,
  job: JobDefinition,
  { from, to, width }: Stretch & { width: number },
): Promise<Map<number, number>> {
  const filter = stretchFilter(job, { from, to });
  return await countByTime(cluster, { index: job.index, field: timeFieldOf(job), filter, width });
}

/** Counts what meets all of `filter` by stretches of `width` ms. */
export async function countByTime(
  cluster: Cluster,
  { index, field, filter, width }: {
    index: string;
    field: string;
    filter: Record<string, unknown>[];
    width: number;
  },
): Promise<Map<number, number>> {
  const counts = new Map<number, number>(),
    time = { date_histogram: { field, fixed_interval: `${width}ms` } };
  let after: { time: number } | undefined;
  while (true) {
    const parts = { composite: { size: PAGE, sources: [{ time }], ...(after ? { after } : {}) } };
    const { body } = await cluster.search<CountsAnswer>(`count the documents of ${index}`, {
      index,
      body: { size: 0, query: { bool: { filter } }, aggs: { parts } },
    });
    const { buckets = [], after_key: next } = body.aggregations?.parts ?? {};
    for (const { key, doc_count } of buckets) counts.set(key.time, doc_count);
    if (buckets.length < PAGE || next === undefined) return counts;
    after = next;
  }
}

interface CountsAnswer {
  aggregations?: {
    parts: { buckets: { key: { time: number }; doc_count: number }[]; after_key?: { time: number } };
  };
}
