/**
 * Which job a run goes on with.
 *
 * @module
 */
import type { CountedPosition } from "./counted_position.ts";
import type { KnownPart } from "./known_part.ts";
import { type Job, type JobDefinition, jobId } from "./job.ts";
import type { Density, Jobs } from "./jobs.ts";
import { endOf, type Predecessor } from "./predecessor.ts";

/** A job, and what is known of it. */
export interface ChosenJob {
  job: Job;
  /** What was read of its parts. */
  known: readonly KnownPart[];
  /** Whether what was read before is gone from the cluster: what came late since can't be told apart. */
  hasGap: boolean;
}

/**
 * The job of a definition, or where the position is of another one (there is a new model, say), one that leaves out what was read
 * there: whatever was counted once is not counted again.
 */
export async function chooseJob(
  jobs: Jobs,
  definition: JobDefinition,
  { position, densityOf }: { position: CountedPosition | null; densityOf: () => Promise<Density> },
): Promise<ChosenJob> {
  if (position === null || position.latest === null) {
    return { job: await jobs.begin(definition, densityOf), known: [], hasGap: false };
  }
  const job = await jobs.find(position.job), isThere = job !== null && job.begun === position.begun;
  const isSame = jobId(behind(definition, position.after)) === position.job;
  if (isThere && isSame) return { job, known: position.parts, hasGap: false };
  const earlier = isThere ? position.after.filter((one) => endOf(one) > (position.done ?? -Infinity)) : [];
  const after = [...earlier, predecessorOf(position, !isThere)];
  return { job: await jobs.begin(behind(definition, after), densityOf), known: [], hasGap: !isThere };
}

/** What a position leaves to the job that comes after its own. */
function predecessorOf(position: CountedPosition, isGone: boolean): Predecessor {
  const { job, width, done, parts, latest } = position;
  return { job, width, done, parts: isGone ? [] : parts, upTo: isGone ? latest : null };
}

function behind(definition: JobDefinition, after: Predecessor[]): JobDefinition {
  return after.length === 0 ? definition : { ...definition, after };
}
