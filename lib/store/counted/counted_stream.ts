/**
 * A stream as counts, whoever has counted.
 *
 * @module
 */
import type { Client } from "@elastic/elasticsearch";
import type { MappedPart } from "../../model/mapped/mapped_part.ts";
import { ElasticsearchError } from "../../source/elasticsearch/failure.ts";
import { Cluster, type Surroundings } from "./cluster.ts";
import { chooseJob, type ChosenJob } from "./choose_job.ts";
import { COUNTED_POSITION_VERSION, type CountedPosition } from "./counted_position.ts";
import { exampleLine, type LineWindow } from "./example_line.ts";
import type { Job, JobDefinition } from "./job.ts";
import { Jobs } from "./jobs.ts";
import type { KnownPart } from "./known_part.ts";
import { type FoundPart, isFree, wholeGenerations } from "./part.ts";
import { PartReader, type ReadPart } from "./part_reader.ts";
import { PartWorker } from "./part_worker.ts";
import { Parts } from "./parts.ts";
import { KEEP, tidyIfAllowed } from "./retention.ts";
import { densityOf, refuseNothing, type Stretch } from "./raw_counts.ts";

/** How long a worker may be silent before somebody else takes its part, ms. */
export const LEASE = 60_000;
/** Time between two looks at a part that somebody else works at, ms. */
const LOOK = 500;
/** Time after which a job's use is noted again, ms. */
const NOTED = 60_000;

/** How a {@linkcode CountedStream} is read. */
export interface CountedStreamOptions extends Surroundings, Partial<Stretch> {
  /** Names this process among all that work at jobs. */
  owner: string;
  /** Where an earlier run stopped; default: at the beginning. */
  position?: CountedPosition | null;
  /** How long a worker may be silent, ms; default a minute. */
  lease?: number;
  /** Whether `to` is the present: workers go on as time does. Default false: nothing behind it is looked at. */
  follows?: boolean;
  /** Documents that a part is meant to have, where the job is new; default 100,000. */
  partDocuments?: number;
  /** Events of sessions that are held at a time; a part with more comes in several. Default 100,000. */
  most?: number;
  /** Told of what goes wrong and is tried again. */
  say?: (text: string) => void;
}

/**
 * The parts of a job in order of time. What nobody has mapped yet is mapped here; while somebody else works at the part that comes
 * next, those behind it are.
 */
export class CountedStream {
  /** What workers are told. */
  readonly job: Job;
  readonly #options: CountedStreamOptions;
  readonly #cluster: Cluster;
  readonly #jobs: Jobs;
  readonly #parts: Parts;
  readonly #reader: PartReader;
  readonly #worker: PartWorker;
  readonly #known: Map<number, KnownPart>;
  #planned: FoundPart[] | null = null;
  #reading: AsyncGenerator<ReadPart, void, void> | null = null;
  #latest: number | null;
  #done: number | null;
  #noted = -Infinity;

  private constructor(cluster: Cluster, { job, known }: ChosenJob, options: CountedStreamOptions) {
    const { owner, lease = LEASE, say, position = null } = options;
    this.job = job;
    this.#options = options;
    this.#cluster = cluster;
    this.#jobs = new Jobs(cluster);
    this.#parts = new Parts(cluster, job);
    this.#reader = new PartReader(cluster, {
      job,
      parts: this.#parts,
      from: options.from,
      most: options.most,
    });
    this.#worker = new PartWorker({ cluster, job, parts: this.#parts, owner, lease, say });
    this.#known = new Map(known.map((part) => [part.from, part]));
    this.#latest = position?.latest ?? null;
    this.#done = position?.done ?? null;
  }

  /**
   * Begins a job, or joins those who work at it.
   *
   * @throws {ElasticsearchError} if the cluster can't be used for it.
   */
  static async open(
    client: Client,
    definition: JobDefinition,
    options: CountedStreamOptions,
  ): Promise<CountedStream> {
    const { from = -Infinity, to = Infinity, partDocuments: wanted } = options,
      cluster = new Cluster(client, options);
    const { position = null, say } = options, jobs = new Jobs(cluster);
    const chosen = await chooseJob(jobs, definition, {
      position,
      densityOf: async () => ({ ...await densityOf(cluster, definition, { from, to }), wanted }),
    });
    if (chosen.hasGap) {
      say?.(
        `stream ${definition.settings.name}: what was counted before is gone from the cluster; documents of times up to ${
          new Date(position!.latest!).toISOString()
        } that came since are left out`,
      );
    }
    return new CountedStream(cluster, chosen, options);
  }

  /**
   * The next part; one with what came late for an earlier part is a part too.
   *
   * @returns `null` at the present end.
   */
  async next(): Promise<MappedPart | null> {
    this.#planned ??= await this.#plan();
    while (true) {
      const { value: read } = await this.#reading?.next() ?? {};
      if (read) return this.#take(read);
      const part = this.#planned.shift();
      if (part === undefined) return null;
      this.#reading = this.#reader.read(await this.#mapped(part), this.#known.get(part.from));
    }
  }

  /** Where a later run goes on behind what {@linkcode next} has handed out. */
  position(): CountedPosition {
    const { id, begun, width, definition: { settings: { lateness }, after = [] } } = this.job;
    const over = this.#latest === null ? -Infinity : Math.floor((this.#latest - lateness) / width) * width;
    const done = Math.max(this.#done ?? -Infinity, over);
    const parts = [...this.#known.values()].filter(({ from }) => from + width > done).sort((a, b) =>
      a.from - b.from
    );
    return {
      ...{ version: COUNTED_POSITION_VERSION, job: id, begun, width, after, latest: this.#latest },
      ...{ done: Number.isFinite(done) ? done : null, parts },
    };
  }

  /** A line of a template (by its id) in a window, redacted; empty where it is not there any more. */
  async lineOf(template: string, window: LineWindow): Promise<string> {
    return await exampleLine(this.#cluster, this.job, { template, window });
  }

  /**
   * Deletes what nobody needs any more, here and of jobs that nobody has used for long: to be called when a position has been saved.
   *
   * @param keep How long it stays, ms; default seven days.
   * @returns Names of indices and jobs.
   */
  async tidy(keep: number = KEEP): Promise<string[]> {
    return await tidyIfAllowed(this.#jobs, this.job, { done: this.position().done ?? -Infinity, keep });
  }

  async #plan(): Promise<FoundPart[]> {
    const { from = -Infinity, to = Infinity } = this.#options,
      begin = Math.max(from, this.#done ?? -Infinity);
    await this.#note({ from: begin, to });
    const planned = await this.#parts.plan({ from: begin, to });
    if (planned.length === 0) await refuseNothing(this.#cluster, this.job.definition);
    return planned;
  }

  /** Waits until a part is mapped, working meanwhile; the part as it is then. */
  async #mapped(planned: FoundPart): Promise<FoundPart> {
    const { now, pause } = this.#cluster.surroundings;
    for (let part: FoundPart | undefined = planned;; [part] = await this.#parts.find([planned.from])) {
      if (part === undefined) {
        throw new ElasticsearchError(
          `Cannot read stream ${this.job.definition.settings.name}: job ${this.job.id} was ended meanwhile; run it again`,
          "missing",
        );
      }
      if (wholeGenerations(part) >= planned.generation) return part;
      if (isFree(part, now()) && await this.#worker.map(part) !== null) continue;
      if (await this.#worker.mapOne(planned.from) === null) await pause(LOOK);
      await this.#note(null);
    }
  }

  #take({ part, known }: ReadPart): MappedPart {
    this.#known.set(part.from, { from: part.from, ...known });
    if (part.last !== null) this.#latest = Math.max(this.#latest ?? -Infinity, part.last);
    return part;
  }

  /** Says that the job is needed, now and then. */
  async #note(stretch: Stretch | null): Promise<void> {
    const used = this.#cluster.surroundings.now(), { id, definition } = this.job;
    if (stretch === null && used - this.#noted < NOTED) return;
    this.#noted = used;
    const { from, to } = stretch ?? { from: this.#done ?? -Infinity, to: this.#options.to ?? Infinity };
    const finite = (time: number) => Number.isFinite(time) ? time : null, { follows = false } = this.#options;
    const use = { id, used, stream: definition.settings.name, from: finite(from), to: finite(to), follows };
    await this.#jobs.use(use);
  }
}
