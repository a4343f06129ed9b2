/**
 * Jobs as documents, where every machine finds them.
 *
 * @module
 */
import type { Cluster } from "./cluster.ts";
import { COUNTED, type Job, type JobDefinition, jobId, type JobPeriod, readJob, saveJob } from "./job.ts";
import { JOB_MAPPINGS } from "./mappings.ts";
import { makeIndex } from "./make_index.ts";

/** The index that jobs are in. */
const JOBS = "deepscan-jobs";
const DAY = 86_400_000;
/** A part is no longer than this, ms: the last one is mapped again whenever there are new documents. */
const LONGEST_PART = DAY / 4;
/** Documents that a part is meant to have. */
const PART_DOCUMENTS = 100_000;
/** Documents a day from which on each day, or else each month, has an index of its own. */
const MANY_A_DAY = 2_000_000, MANY_A_MONTH = 10_000;

/** A job, and what was last wanted of it. */
export interface JobUse {
  id: string;
  stream: string;
  /** When it was used last, ms since the epoch. */
  used: number;
  /** The stretch of time that is wanted, ms; `null` = from the beginning, to the present end. */
  from: number | null;
  to: number | null;
  /** Whether the end goes on with real time. */
  follows: boolean;
}

interface ListAnswer {
  hits: { hits: { _source: JobUse & { job: string } }[] };
}

/** How many documents there are in how long a time, ms. */
export interface Density {
  documents: number;
  span: number;
  /** Documents that a part is meant to have; default 100,000. */
  wanted?: number;
}

/** The jobs of a cluster. */
export class Jobs {
  constructor(readonly cluster: Cluster) {}

  /**
   * Begins a job, or finds it where somebody has begun it.
   *
   * @param densityOf Looks how many documents there are; called only where the job is new.
   */
  async begin(definition: JobDefinition, densityOf: () => Promise<Density>): Promise<Job> {
    const id = jobId(definition), known = await this.find(id);
    if (known !== null) return known;
    const density = await densityOf();
    const begun = this.cluster.surroundings.now(), period = periodOf(density);
    const job = { id, definition, width: widthOf(definition, density), period, begun };
    await makeIndex(this.cluster, JOBS, JOB_MAPPINGS);
    const { status } = await this.cluster.ask(`begin job ${id}`, {
      ...{ method: "PUT", path: `/${JOBS}/_create/${id}`, query: { refresh: true }, body: saveJob(job) },
      expected: [409],
    });
    return status === 409 ? (await this.find(id))! : job;
  }

  /** The job of that name; `null` = there is none. */
  async find(id: string): Promise<Job | null> {
    const { status, body } = await this.cluster.ask<{ _source: unknown }>(`read job ${id}`, {
      ...{ method: "GET", path: `/${JOBS}/_doc/${id}`, expected: [404] },
    });
    return status === 404 ? null : readJob(id, body._source);
  }

  /** Notes that somebody needs a job, so that workers work at it and nobody removes it. */
  async use(use: JobUse): Promise<void> {
    const { id, ...fields } = use;
    await this.cluster.ask(`note the use of job ${id}`, {
      ...{ method: "PUT", path: `/${JOBS}/_doc/${id}.use`, query: { refresh: true } },
      body: { kind: "use", job: id, ...fields },
    });
  }

  /** All jobs, those used last first. */
  async list(): Promise<JobUse[]> {
    const { status, body } = await this.cluster.search<ListAnswer>("list jobs", {
      index: JOBS,
      body: { size: 1000, query: { term: { kind: "use" } }, sort: [{ used: "desc" }, { job: "asc" }] },
    }, [404]);
    if (status === 404) return [];
    return body.hits.hits.map(({ _source: { job: id, stream, used, from, to, follows } }) => {
      return { id, stream, used, from, to, follows };
    });
  }

  /** Ends a job: all that was found for it is deleted, index by index, then the job itself. */
  async end(id: string): Promise<void> {
    for (const index of await this.indices(id)) await this.deleteIndex(index);
    for (const document of [id, `${id}.use`]) {
      await this.cluster.ask(`end job ${id}`, {
        ...{ method: "DELETE", path: `/${JOBS}/_doc/${document}`, query: { refresh: true }, expected: [404] },
      });
    }
  }

  /** Names of a job's indices, in order of time. */
  async indices(id: string): Promise<string[]> {
    const { body } = await this.cluster.ask<Record<string, unknown>>(`look at the indices of job ${id}`, {
      ...{
        method: "GET",
        path: `/${COUNTED}${id}-*/_settings`,
        query: { filter_path: "*.settings.index.uuid" },
      },
    });
    return Object.keys(body).sort();
  }

  async deleteIndex(index: string): Promise<void> {
    await this.cluster.ask(`delete ${index}`, { method: "DELETE", path: `/${index}`, expected: [404] });
  }
}

/** Parts of about as many documents each: a window times a power of two. */
function widthOf(
  { settings: { window } }: JobDefinition,
  { documents, span, wanted = PART_DOCUMENTS }: Density,
): number {
  const fitting = Math.min(LONGEST_PART, documents === 0 ? 0 : wanted / documents * span);
  let width = window;
  while (2 * width <= fitting) width *= 2;
  return width;
}

function periodOf({ documents, span }: Density): JobPeriod {
  const perDay = documents / Math.max(1, span / DAY);
  return perDay >= MANY_A_DAY ? "day" : perDay >= MANY_A_MONTH ? "month" : "year";
}
