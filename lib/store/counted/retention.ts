/**
 * Takes away what nobody needs any more: always whole indices.
 *
 * @module
 */
import { ElasticsearchError } from "../../source/elasticsearch/failure.ts";
import { countedIndex, type Job } from "./job.ts";
import type { Jobs } from "./jobs.ts";

/** How long a job stays that nobody uses, and what was found stays behind what is over, ms. */
export const KEEP = 7 * 86_400_000;

/**
 * Ends jobs that nobody has used for long, and deletes those indices of this one whose time is over for long.
 *
 * @param done Everything before this time is over, ms UTC.
 * @returns Names of what was ended and deleted.
 * @throws {ElasticsearchError} if the cluster refuses.
 */
export async function tidy(
  jobs: Jobs,
  job: Job,
  { done, keep }: { done: number; keep: number },
): Promise<string[]> {
  const gone: string[] = [], before = countedIndex(job, Math.max(done - keep, EARLIEST));
  for (const index of await jobs.indices(job.id)) {
    if (index >= before) continue; // names are in the order of time
    await jobs.deleteIndex(index);
    gone.push(index);
  }
  const now = jobs.cluster.surroundings.now(), used = await jobs.list();
  for (const { id, used: last } of used) {
    if (id === job.id || now - last < keep) continue;
    await jobs.end(id);
    gone.push(id);
  }
  return gone;
}

/** The first time whose year has four digits. */
const EARLIEST = Date.UTC(0, 0, 1);

/** {@linkcode tidy}, unless that isn't allowed: what stays is a matter of disk space, not of results. */
export async function tidyIfAllowed(...args: Parameters<typeof tidy>): Promise<string[]> {
  try {
    return await tidy(...args);
  } catch (error) {
    if (error instanceof ElasticsearchError && (error.kind === "privilege" || error.temporary)) return [];
    throw error;
  }
}
