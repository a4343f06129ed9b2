/**
 * Where in a part there are documents that have no event yet.
 *
 * @module
 */
import type { Cluster } from "./cluster.ts";
import type { JobDefinition } from "./job.ts";
import type { Part } from "./part.ts";
import { countByTime, countDocuments, type Stretch } from "./raw_counts.ts";

/** Stretches that one query names; the last one goes on to the last change. */
const MOST_STRETCHES = 100;

/** What of a part has to be read. */
export interface ChangedStretches {
  /** In order of time; the borders are those of windows, or the part's end. */
  stretches: Stretch[];
  /** Documents in the rest of the part. */
  others: number;
}

/** Where a part's events are. */
export interface PartEvents {
  part: Pick<Part, "from" | "to" | "until" | "generation">;
  index: string;
}

/**
 * Compares how many documents there are in each window with how many events there are of earlier generations: so of a part that
 * grows, or that got late documents, only those windows are read again.
 */
export async function changedStretches(
  cluster: Cluster,
  job: JobDefinition,
  { part, index }: PartEvents,
): Promise<ChangedStretches> {
  const { from, generation } = part, to = part.until ?? part.to, width = job.settings.window;
  const range = { range: { "@timestamp": { gte: from, lt: to, format: "epoch_millis" } } };
  const filter = [{ term: { kind: "event" } }, { range: { generation: { lt: generation } } }, range];
  const [documents, events] = await Promise.all([
    countDocuments(cluster, job, { from, to, width }),
    countByTime(cluster, { index, field: "@timestamp", filter, width }),
  ]);
  return stretchesOf(documents, { events, width, to });
}

function stretchesOf(
  documents: Map<number, number>,
  { events, width, to }: { events: Map<number, number>; width: number; to: number },
): ChangedStretches {
  const changed = [...documents].filter(([start, count]) => count > (events.get(start) ?? 0)),
    stretches: Stretch[] = [];
  for (const [start] of changed) {
    const last = stretches.at(-1), end = Math.min(to, start + width);
    if (last !== undefined && (last.to === start || stretches.length === MOST_STRETCHES)) last.to = end;
    else stretches.push({ from: start, to: end });
  }
  let others = 0;
  for (const [start, count] of documents) {
    if (!stretches.some(({ from, to }) => start >= from && start < to)) others += count;
  }
  return { stretches, others };
}
