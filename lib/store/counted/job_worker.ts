/**
 * Works at all jobs of a cluster.
 *
 * @module
 */
import type { Client } from "@elastic/elasticsearch";
import { ElasticsearchError } from "../../source/elasticsearch/failure.ts";
import { Cluster, type Surroundings } from "./cluster.ts";
import type { Holder } from "./held_part.ts";
import type { Job } from "./job.ts";
import { Jobs, type JobUse } from "./jobs.ts";
import type { MapOutcome } from "./map_part.ts";
import type { Part } from "./part.ts";
import { PartWorker } from "./part_worker.ts";
import { Parts } from "./parts.ts";

/** A job whose last use is older is left alone, ms. */
const RECENT = 86_400_000;
/** Time after which it is looked again whether there are new documents, ms. */
const PLANNED = 30_000;

/** How a {@linkcode JobWorker} works. */
export interface JobWorkerOptions extends Surroundings, Holder {
  /** Stops it; what it was at is given back. */
  signal?: AbortSignal;
  /** Told of each part that it has mapped. */
  onPart?: (mapped: MapOutcome & { part: Part; stream: string }) => void;
  /** Told of what goes wrong and is tried again, or left out. */
  say?: (text: string) => void;
}

/** What a round came to. */
export interface Round {
  /** Jobs that are in use. */
  jobs: number;
  /** Parts that were mapped. */
  parts: number;
  /** Which jobs can't be worked at, and why. */
  problems: string[];
}

/** A job that it works at. */
interface Work {
  parts: Parts;
  worker: PartWorker;
  /** When it was looked last what there is to do, ms since the epoch. */
  planned: number;
}

/**
 * Maps parts of whatever jobs there are. It knows nothing but the cluster: what a job is, its document says. Any number of them work
 * side by side; each may end or be killed at any time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { connect } from "../../source/elasticsearch/connection.ts";
 * import { JobWorker } from "./job_worker.ts";
 *
 * const client = await connect({ nodes: ["http://127.0.0.1:1"] }), pause = () => Promise.resolve();
 * const worker = new JobWorker(client, { owner: "me", lease: 60_000, now: () => 0, random: () => 0, pause });
 * await assert.rejects(worker.round(), { kind: "unreachable" });
 * await client.close();
 * ```
 */
export class JobWorker {
  readonly #options: JobWorkerOptions;
  readonly #cluster: Cluster;
  readonly #jobs: Jobs;
  readonly #work = new Map<string, Work | null>();

  constructor(client: Client, options: JobWorkerOptions) {
    this.#options = options;
    this.#cluster = new Cluster(client, options);
    this.#jobs = new Jobs(this.#cluster);
  }

  /**
   * Maps until no part is left that nobody works at. A job that can't be worked at doesn't keep the others back.
   *
   * @throws {ElasticsearchError} if the cluster is away for long.
   */
  async round(): Promise<Round> {
    const { now } = this.#options,
      uses = (await this.#jobs.list()).filter(({ used }) => now() - used < RECENT);
    const round: Round = { jobs: uses.length, parts: 0, problems: [] };
    for (const use of uses) {
      try {
        await this.#workAt(use, round);
      } catch (error) {
        if (!(error instanceof ElasticsearchError) || error.temporary) throw error;
        round.problems.push(`stream ${use.stream}: ${error.message}`);
      }
    }
    return round;
  }

  async #workAt(use: JobUse, round: Round): Promise<void> {
    const work = this.#work.has(use.id) ? this.#work.get(use.id)! : await this.#begin(use.id);
    if (work === null) return;
    await this.#plan(work, use);
    while (!this.#options.signal?.aborted && await this.#mapOne(work, use)) round.parts++;
  }

  async #mapOne({ worker }: Work, { stream }: JobUse): Promise<boolean> {
    const mapped = await worker.mapOne();
    if (mapped !== null) this.#options.onPart?.({ ...mapped, stream });
    return mapped !== null;
  }

  /** Looks what there is to do since; whoever wants the job's parts does the same, and comes to the same. */
  async #plan(work: Work, { from, to, follows }: JobUse): Promise<void> {
    const now = this.#options.now();
    if (now - work.planned < PLANNED) return;
    work.planned = now;
    const end = to === null ? Infinity : follows ? Math.max(to, now) : to;
    await work.parts.plan({ from: from ?? -Infinity, to: end });
  }

  /** `null` = it is none of this program's, or was ended. */
  async #begin(id: string): Promise<Work | null> {
    const { owner, lease, say, signal } = this.#options, job = await this.#find(id);
    const work = job === null ? null : this.#workFor(job, { owner, lease, say, signal });
    this.#work.set(id, work);
    return work;
  }

  #workFor(job: Job, options: Pick<JobWorkerOptions, "owner" | "lease" | "say" | "signal">): Work {
    const parts = new Parts(this.#cluster, job);
    return {
      parts,
      worker: new PartWorker({ ...options, cluster: this.#cluster, job, parts }),
      planned: -Infinity,
    };
  }

  async #find(id: string): Promise<Job | null> {
    try {
      return await this.#jobs.find(id);
    } catch (error) {
      if (!(error instanceof RangeError) && !(error instanceof TypeError)) throw error;
      this.#options.say?.(error.message);
      return null;
    }
  }
}
