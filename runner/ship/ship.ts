/**
 * A shipping run: what waits in the spool, then every stream.
 *
 * @module
 */
import { connect, ElasticsearchError, putLogTemplate, RunLock, Shipped } from "../../lib/mod.ts";
import type { Config, StreamConfig } from "../config.ts";
import { type Context, type Plan, UsageError } from "../context.ts";
import { Progress } from "../progress.ts";
import { clusterOf, isIndex } from "../elasticsearch/cluster.ts";
import { FIRST_DELAY, LONGEST_DELAY, retriesIn } from "../elasticsearch/patience.ts";
import { DeadLetters } from "./dead_letters.ts";
import { Documents } from "./documents.ts";
import { type Figures, figuresText, noFigures } from "./figures.ts";
import { hostName } from "./host_name.ts";
import type { ShipOptions } from "./options.ts";
import { Sender } from "./sender.ts";
import { Spool, SpoolFullError } from "./spool.ts";
import { StreamShipping } from "./stream_shipping.ts";

/** Documents of a bulk request, from which on it is sent. */
const REQUEST_ITEMS = 10_000;
/** Time between two looks at followed files, ms. */
const LOOK = 1_000;
/** A followed file that was changed so short a time ago (ms) may not have its last record whole. */
const QUIET = 1_000;

/** What a run works with. */
interface Run {
  config: Config;
  streams: StreamConfig[];
  options: ShipOptions;
  context: Context;
  shipped: Shipped;
  spool: Spool;
  dead: DeadLetters;
  figures: Figures;
  sender: Sender;
  documents: Documents;
  host: string;
}

/**
 * Ships; returns the exit code.
 *
 * @throws {UsageError} if the settings name no cluster, or not the stream.
 */
export async function ship(options: ShipOptions, { config }: Plan, context: Context): Promise<number> {
  const { elasticsearch, ship: { index, data_stream: dataStream } } = config;
  if (elasticsearch === undefined) {
    throw new UsageError("Cannot ship: the settings name no cluster; add elasticsearch.nodes");
  }
  const streams = config.streams.filter(({ name }) => options.stream === null || name === options.stream)
    .map((stream) => ({ ...stream, inputs: stream.inputs.filter((input) => !isIndex(input)) }))
    .filter(({ inputs }) => inputs.length > 0);
  if (streams.length === 0) {
    throw new UsageError(`Cannot ship: there is no stream ${options.stream ?? "that reads files"}`);
  }
  const client = await connect(await clusterOf(elasticsearch, context.env));
  try {
    if (!options.setup) return await shipLocked({ client, streams, config, options }, context);
    const isNew = await putLogTemplate(client, { index, dataStream });
    context.stderr(`the index template deepscan-${index} ${isNew ? "was put" : "is there already"}\n`);
    return 0;
  } finally {
    await client.close();
  }
}

type Client = Awaited<ReturnType<typeof connect>>;

async function shipLocked(
  { client, streams, config, options }: {
    client: Client;
    streams: StreamConfig[];
    config: Config;
    options: ShipOptions;
  },
  context: Context,
): Promise<number> {
  const folder = `${config.state.directory}/ship`;
  Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = RunLock.take(`${folder}/lock`, { pid: Deno.pid, since: context.now() });
  if (!(lock instanceof RunLock)) {
    context.stderr(`another run ships since ${new Date(lock.since).toISOString()}: nothing to do\n`);
    return 0;
  }
  const shipped = Shipped.open(`${folder}/positions.db`);
  try {
    const run = runOf({ client, streams, config, options, shipped, folder }, context);
    return await shipAll(run, client);
  } finally {
    shipped.close();
    lock.release();
  }
}

function runOf(
  { client, streams, config, options, shipped, folder }: {
    client: Client;
    streams: StreamConfig[];
    config: Config;
    options: ShipOptions;
    shipped: Shipped;
    folder: string;
  },
  context: Context,
): Run {
  const { index, data_stream: dataStream, in_flight: inFlight, spool: limit, patience } = config.ship;
  const spool = new Spool(`${folder}/spool`, limit), dead = new DeadLetters(`${folder}/dropped.ndjson`);
  const figures = noFigures(), host = hostName();
  const sender = new Sender({
    ...{ client, shipped, spool, dead, figures, inFlight },
    retry: { retries: retriesIn(patience), firstDelay: FIRST_DELAY, longestDelay: LONGEST_DELAY },
    now: () => context.now(),
    random: Math.random,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    say: (text) => context.stderr(`${text}\n`),
  });
  const documents = new Documents({ index, dataStream, host });
  return { config, streams, options, context, shipped, spool, dead, figures, sender, documents, host };
}

async function shipAll(run: Run, client: Client): Promise<number> {
  const { config, options, context, figures, sender, spool } = run, since = context.now();
  const { index, data_stream: dataStream } = config.ship;
  const template = { put: false };
  let stopped = false;
  const stop = () => stopped = true;
  if (options.follow) { for (const signal of SIGNALS) Deno.addSignalListener(signal, stop); }
  try {
    do {
      const before = figures.read;
      if (!template.put) await putTemplate(client, { index, dataStream }, run, template);
      await sender.replay();
      await shipStreams(run);
      if (options.follow && !stopped && figures.read === before) await sleep(LOOK);
    } while (options.follow && !stopped);
  } finally {
    if (options.follow) { for (const signal of SIGNALS) Deno.removeSignalListener(signal, stop); }
  }
  const seconds = (context.now() - since) / 1000, ended = { seconds, waiting: spool.bytes, dead: run.dead };
  Object.assign(figures, { untimed: run.documents.untimed, unparsed: run.documents.unparsed });
  context.stderr(figuresText(figures, ended));
  for (const problem of new Set(figures.problems)) context.stderr(`${problem}\n`);
  if (options.json) {
    context.stdout(
      `${JSON.stringify({ ...figures, seconds, waiting: spool.bytes, perSecond: figures.read / seconds })}\n`,
    );
  }
  const isDone = figures.problems.length === 0 && spool.bytes === 0 && figures.dropped === 0;
  return isDone ? 0 : 1;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A cluster that is away gets it later; one that refuses it may have another template, and takes documents all the same. */
async function putTemplate(
  client: Client,
  target: { index: string; dataStream: boolean },
  { context }: Run,
  template: { put: boolean },
): Promise<void> {
  try {
    await putLogTemplate(client, target);
    template.put = true;
  } catch (error) {
    if (!(error instanceof ElasticsearchError)) throw error;
    const { kind, temporary } = error;
    if (temporary) return;
    template.put = true;
    const hint = kind === "privilege" ? "; `ship --setup` by somebody who may is enough, once" : "";
    context.stderr(`note: ${error.message}${hint}\n`);
  }
}

/** A stream that can't be read does not keep the others back; a spool that is full does. */
async function shipStreams(run: Run): Promise<void> {
  const { streams, context, figures, sender } = run, progress = new Progress(context);
  const since = context.now();
  const onProgress = () =>
    progress.show(() => {
      const rate = figures.read / Math.max(1, context.now() - since) * 1000;
      return `${figures.read.toLocaleString("en")} records read, ${
        Math.round(rate).toLocaleString("en")
      }/s, ${figures.created.toLocaleString("en")} documents sent`;
    });
  for (const stream of streams) {
    const shipping = new StreamShipping(stream, {
      ...{ sender, shipped: run.shipped, documents: run.documents, figures, host: run.host, onProgress },
      ...{ requestBytes: run.config.ship.request, requestItems: REQUEST_ITEMS },
      quiet: run.options.follow ? QUIET : 0,
      now: () => context.now(),
    });
    try {
      await shipping.run();
      if (shipping.inputs === 0) figures.problems.push(`stream ${stream.name}: there is nothing to read`);
    } catch (error) {
      if (!(error instanceof SpoolFullError)) throw error;
      figures.problems.push(`${error.message}; the rest stays in its files`);
      break;
    }
  }
  progress.clear();
}
