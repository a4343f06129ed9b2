/**
 * A worker's run: parts of jobs, until there are none left.
 *
 * @module
 */
import { connect, ElasticsearchError, JobWorker } from "../../lib/mod.ts";
import { type Context, type Plan, UsageError } from "../context.ts";
import { clusterOf } from "../elasticsearch/cluster.ts";
import { pause } from "../pause.ts";
import { Progress } from "../progress.ts";
import { workerName } from "./worker_name.ts";
import type { MapOptions } from "./options.ts";

/** How long a worker may be silent before somebody else takes its part, ms. */
const LEASE = 60_000;
/** Time between two looks for parts, ms. */
const LOOK = 5_000;
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** What a run did. */
export interface MapFigures {
  /** Jobs there were in use. */
  jobs: number;
  parts: number;
  /** Which streams can't be worked at, and why. */
  problems: string[];
  /** Documents read, events and the like written, and their bytes. */
  documents: number;
  written: number;
  bytes: number;
}

/**
 * Works; returns the exit code.
 *
 * @throws {UsageError} if the settings name no cluster.
 * @throws {ElasticsearchError} if the cluster refuses, or is away for long and nobody said to go on.
 */
export async function map(options: MapOptions, { config }: Plan, context: Context): Promise<number> {
  if (config.elasticsearch === undefined) {
    throw new UsageError("Cannot map: the settings name no cluster; add elasticsearch.nodes");
  }
  const client = await connect(await clusterOf(config.elasticsearch, context.env)),
    stop = new AbortController();
  const onSignal = () => stop.abort();
  for (const signal of SIGNALS) Deno.addSignalListener(signal, onSignal);
  const figures: MapFigures = {
      ...{ jobs: 0, parts: 0, problems: [], documents: 0, written: 0, bytes: 0 },
    },
    since = context.now();
  try {
    await work(client, { options, figures, signal: stop.signal }, context);
    tell(figures, { ...options, seconds: (context.now() - since) / 1000 }, context);
    return figures.problems.length === 0 ? 0 : 1;
  } finally {
    for (const signal of SIGNALS) Deno.removeSignalListener(signal, onSignal);
    await client.close();
  }
}

/** The client of `lib`. */
type Client = Awaited<ReturnType<typeof connect>>;

async function work(
  client: Client,
  { options, figures, signal }: { options: MapOptions; figures: MapFigures; signal: AbortSignal },
  context: Context,
): Promise<void> {
  const progress = new Progress(context), said = new Set<string>();
  const say = (text: string) => said.has(text) ? undefined : said.add(text) && context.stderr(`${text}\n`);
  const worker = new JobWorker(client, {
    ...{ owner: workerName(), lease: LEASE, now: () => context.now(), random: Math.random, signal, say },
    pause: (ms) => pause(ms, signal),
    onPart: ({ documents, written, bytes, stream }) => {
      figures.parts++;
      figures.documents += documents;
      figures.written += written;
      figures.bytes += bytes;
      progress.show(() =>
        `${stream}: ${count(figures.parts)} parts, ${count(figures.documents)} documents mapped`
      );
    },
  });
  do {
    try {
      const { jobs, parts, problems } = await worker.round();
      figures.jobs = Math.max(figures.jobs, jobs);
      figures.problems = problems;
      for (const problem of problems) say(problem);
      if (problems.length === 0) said.clear(); // what was said may be said again
      if (parts > 0 && options.follow) continue;
    } catch (error) {
      if (signal.aborted) break;
      if (!options.follow || !(error instanceof ElasticsearchError) || !error.temporary) throw error;
      say(`${error.message}; it is tried again`);
    }
    if (options.follow) await pause(LOOK, signal);
  } while (options.follow && !signal.aborted);
  progress.clear();
}

function tell(
  figures: MapFigures,
  { json, follow, seconds }: { json: boolean; follow: boolean; seconds: number },
  context: Context,
): void {
  const { jobs, parts, documents } = figures;
  if (json) return context.stdout(`${JSON.stringify({ ...figures, seconds })}\n`);
  if (jobs === 0 && !follow) {
    context.stderr(
      "there is no job: the detect or train of a stream with elasticsearch: {counted: true} begins one\n",
    );
  } else {
    const rate = seconds > 0 ? `, ${count(Math.round(documents / seconds))} documents/s` : "";
    context.stderr(
      `${count(parts)} parts with ${count(documents)} documents mapped in ${seconds.toFixed(1)} s${rate}\n`,
    );
  }
}

function count(value: number): string {
  return value.toLocaleString("en");
}
