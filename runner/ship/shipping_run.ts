/**
 * A shipping run: what waits in the spool, then every stream; once, or again and again until it is stopped.
 *
 * @module
 */
import { type connect, ElasticsearchError, putLogTemplate, type Shipped } from "../../lib/mod.ts";
import type { Config, StreamConfig } from "../config.ts";
import type { Context } from "../context.ts";
import { FIRST_DELAY, LONGEST_DELAY, retriesIn } from "../elasticsearch/patience.ts";
import { pause } from "../pause.ts";
import { Progress } from "../progress.ts";
import { DeadLetters } from "./dead_letters.ts";
import { Documents } from "./documents.ts";
import { figuresText, noFigures } from "./figures.ts";
import { hostName } from "./host_name.ts";
import type { ShipOptions } from "./options.ts";
import { Sender } from "./sender.ts";
import { Spool, SpoolFullError } from "./spool.ts";
import { StreamShipping, type StreamShippingOptions } from "./stream_shipping.ts";

/** Documents of a bulk request, from which on it is sent. */
const REQUEST_ITEMS = 10_000;
/** Time between two looks at followed files, ms; and between two into those, too, whose times say that nothing changed. */
const LOOK = 1_000, LOOK_INTO = 60_000;
/** A followed file that was changed so short a time ago (ms) may not have its last record whole. */
const QUIET = 1_000;
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** What is shipped, and where to. */
export interface Shipment {
  client: Awaited<ReturnType<typeof connect>>;
  /** With the inputs that are files. */
  streams: StreamConfig[];
  config: Config;
  options: ShipOptions;
}

/** A run. */
export class ShippingRun {
  readonly #shipment: Shipment;
  readonly #context: Context;
  readonly #shipped: Shipped;
  readonly #spool: Spool;
  readonly #dead: DeadLetters;
  readonly #figures = noFigures();
  readonly #host = hostName();
  readonly #documents: Documents;
  readonly #sender: Sender;
  readonly #stop = new AbortController();
  /** By stream: see {@linkcode StreamShippingOptions.ended}. */
  readonly #ended = new Map<string, NonNullable<StreamShippingOptions["ended"]>>();
  /** Whether the index template needs no further look. */
  #isPrepared = false;
  /** What stood in the spool when nothing more had room; `null` = there is room. */
  #full: { bytes: number; text: string } | null = null;

  /** @param place Where the positions are kept, and the folder for what can't be sent. */
  constructor(shipment: Shipment, place: { shipped: Shipped; folder: string }, context: Context) {
    const { index, data_stream: dataStream, in_flight: inFlight, spool, patience } = shipment.config.ship;
    this.#shipment = shipment;
    this.#context = context;
    this.#shipped = place.shipped;
    this.#spool = new Spool(`${place.folder}/spool`, spool);
    this.#dead = new DeadLetters(`${place.folder}/dropped.ndjson`);
    this.#documents = new Documents({ index, dataStream, host: this.#host });
    this.#sender = new Sender({
      ...{ client: shipment.client, shipped: place.shipped, spool: this.#spool, dead: this.#dead },
      ...{ figures: this.#figures, inFlight, stop: this.#stop.signal },
      requestBytes: shipment.config.ship.request,
      retry: { retries: retriesIn(patience), firstDelay: FIRST_DELAY, longestDelay: LONGEST_DELAY },
      now: () => context.now(),
      random: Math.random,
      pause: (ms) => pause(ms, this.#stop.signal),
      say: (text) => context.stderr(`${text}\n`),
    });
  }

  /** Ships; returns the exit code. */
  async run(): Promise<number> {
    const since = this.#context.now();
    if (this.#shipment.options.follow) await this.#follow();
    else await this.#pass();
    return this.#end((this.#context.now() - since) / 1000);
  }

  /** Passes until a signal comes; what is on its way then is settled, and the positions are kept. */
  async #follow(): Promise<void> {
    const stop = () => this.#stop.abort();
    for (const signal of SIGNALS) Deno.addSignalListener(signal, stop);
    try {
      for (let delay = LOOK, since = this.#context.now(); !this.#stop.signal.aborted;) {
        const before = this.#figures.read, now = this.#context.now();
        if (Math.abs(now - since) > LOOK_INTO) {
          this.#ended.clear();
          since = now;
        }
        await this.#pass();
        const isAway = this.#sender.away !== null;
        delay = isAway ? Math.min(2 * delay, LONGEST_DELAY) : LOOK; // files wait as well as the spool does
        if (isAway || this.#figures.read === before) {
          await pause(isAway ? delay * (0.5 + Math.random() / 2) : delay, this.#stop.signal);
        }
      }
    } finally {
      for (const signal of SIGNALS) Deno.removeSignalListener(signal, stop);
    }
  }

  /** Everything that is there now. Problems are those of the last pass; each is said when it is new. */
  async #pass(): Promise<void> {
    const figures = this.#figures, before = new Set(figures.problems);
    figures.problems = [];
    if (!this.#isPrepared) await this.#putTemplate();
    await this.#sender.replay();
    if (this.#sender.away === null || this.#spool.bytes !== this.#full?.bytes) await this.#shipStreams();
    else figures.problems.push(this.#full.text); // it would only be read to be left where it is
    for (const problem of new Set(figures.problems)) {
      if (!before.has(problem)) this.#context.stderr(`${problem}\n`);
    }
  }

  /** A cluster that is away gets it later; one that refuses it may have another template, and takes documents all the same. */
  async #putTemplate(): Promise<void> {
    const { index, data_stream: dataStream } = this.#shipment.config.ship;
    try {
      await putLogTemplate(this.#shipment.client, { index, dataStream });
      this.#isPrepared = true;
    } catch (error) {
      if (!(error instanceof ElasticsearchError)) throw error;
      const { kind, temporary } = error;
      if (temporary) return;
      this.#isPrepared = true;
      const hint = kind === "privilege" ? "; `ship --setup` by somebody who may is enough, once" : "";
      this.#context.stderr(`note: ${error.message}${hint}\n`);
    }
  }

  /** A stream that can't be read does not keep the others back; a spool that is full does. */
  async #shipStreams(): Promise<void> {
    const { streams } = this.#shipment, figures = this.#figures, progress = new Progress(this.#context);
    const onProgress = this.#progressOf(progress);
    this.#full = null;
    for (const stream of streams) {
      if (this.#stop.signal.aborted) break;
      try {
        const shipping = this.#shippingOf(stream, onProgress);
        await shipping.run();
        if (shipping.inputs === 0) figures.problems.push(`stream ${stream.name}: there is nothing to read`);
      } catch (error) {
        if (!(error instanceof SpoolFullError)) throw error;
        this.#full = { bytes: this.#spool.bytes, text: `${error.message}; the rest stays in its files` };
        figures.problems.push(this.#full.text);
        break;
      }
    }
    progress.clear();
  }

  #shippingOf(stream: StreamConfig, onProgress: () => void): StreamShipping {
    const { config, options } = this.#shipment, ended = this.#ended.get(stream.name) ?? new Map();
    this.#ended.set(stream.name, ended);
    return new StreamShipping(stream, {
      ...{ sender: this.#sender, shipped: this.#shipped, documents: this.#documents, figures: this.#figures },
      ...{ host: this.#host, onProgress, stop: this.#stop.signal, ended },
      ...{ requestBytes: config.ship.request, requestItems: REQUEST_ITEMS },
      quiet: options.follow ? QUIET : 0,
      now: () => this.#context.now(),
    });
  }

  #progressOf(progress: Progress): () => void {
    const since = this.#context.now(), figures = this.#figures, before = figures.read;
    const count = (value: number) => Math.round(value).toLocaleString("en");
    return () =>
      progress.show(() => {
        const rate = (figures.read - before) / Math.max(1, this.#context.now() - since) * 1000;
        return `${count(figures.read)} records read, ${count(rate)}/s, ${
          count(figures.created)
        } documents sent`;
      });
  }

  /** Says what came of it; the exit code. */
  #end(seconds: number): number {
    const figures = this.#figures, waiting = this.#spool.bytes, { options } = this.#shipment;
    const { untimed, unparsed } = this.#documents;
    Object.assign(figures, { untimed, unparsed });
    this.#context.stderr(figuresText(figures, { seconds, waiting, dead: this.#dead }));
    if (options.json) {
      const perSecond = figures.read / seconds;
      this.#context.stdout(`${JSON.stringify({ ...figures, seconds, waiting, perSecond })}\n`);
    }
    return figures.problems.length === 0 && waiting === 0 && figures.dropped === 0 ? 0 : 1;
  }
}
