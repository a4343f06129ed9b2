/**
 * Several bulk requests on their way, and what they moved made permanent in their order.
 *
 * @module
 */
import {
  BulkBody,
  type ElasticsearchError,
  sendBulk,
  type Shipped,
  type ShippedInput,
} from "../../lib/mod.ts";
import type { DeadLetters } from "./dead_letters.ts";
import type { Spool } from "./spool.ts";
import type { Figures } from "./figures.ts";

/** The client of `lib`. */
type Client = Parameters<typeof sendBulk>[0];

/** A request, and what it moves. */
export interface Chunk {
  body: BulkBody;
  stream: string;
  /** Inputs as they are before anything of the request is sent: what documents are named after. */
  before: () => ShippedInput[];
  /** Inputs as they are when all of it is safe. */
  moves: ShippedInput[];
  /** Called when they are written down. */
  onSafe: () => void;
}

/** What a {@linkcode Sender} works with. */
export interface SenderOptions {
  client: Client;
  shipped: Shipped;
  spool: Spool;
  dead: DeadLetters;
  figures: Figures;
  /** A request is about as large as this. */
  requestBytes: number;
  /** Requests on their way at the most. */
  inFlight: number;
  /** How often and when what was refused for now is sent again. */
  retry: { retries: number; firstDelay: number; longestDelay: number };
  /** Set when the run is to end: what was refused for now is not asked for again then. */
  stop: AbortSignal;
  now: () => number;
  random: () => number;
  pause: (ms: number) => Promise<void>;
  /** Told what goes wrong and is tried again, and that it goes on. */
  say: (text: string) => void;
}

/** Sends chunks; what can't be sent now goes to the spool. A position moves only behind what is safe. */
export class Sender {
  /** Why nothing is sent at the moment; `null` = it is. */
  away: ElasticsearchError | null = null;
  readonly #options: SenderOptions;
  /** Chunks on their way, in order. */
  readonly #queue: { chunk: Chunk; done: Promise<void> }[] = [];
  readonly #free: BulkBody[] = [];
  /** What went wrong at last, and whether it was said that nothing is sent. */
  #said = "";
  #isLost = false;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** An empty body; its buffer was used before. */
  body(): BulkBody {
    return this.#free.pop() ?? new BulkBody(2 * this.#options.requestBytes);
  }

  /** Sends a chunk; waits where too many are on their way. */
  async send(chunk: Chunk): Promise<void> {
    while (this.#queue.length >= this.#options.inFlight) await this.#settleFirst();
    this.#options.shipped.put(chunk.stream, chunk.before());
    const done = this.#deliver(chunk.body);
    done.catch(() => {}); // it is awaited when its turn comes
    this.#queue.push({ chunk, done });
  }

  /** Waits until everything is safe. */
  async settle(): Promise<void> {
    while (this.#queue.length > 0) await this.#settleFirst();
  }

  /** Sends what waits in the spool, the oldest first, until something can't be sent. */
  async replay(): Promise<void> {
    const { spool, figures, say, stop } = this.#options;
    this.away = null;
    for (const number of spool.segments) {
      if (stop.aborted) return;
      let body: BulkBody;
      try {
        body = spool.read(number);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        figures.problems.push(error.message);
        say(error.message);
        continue;
      }
      const left = await this.#send(body, 0);
      figures.replayed += body.items - left.length;
      if (left.length === body.items) return;
      if (left.length > 0) spool.add(body.only(left));
      spool.remove(number);
      if (left.length > 0) return;
    }
  }

  async #settleFirst(): Promise<void> {
    const { chunk, done } = this.#queue[0];
    try {
      await done;
    } catch (error) {
      await Promise.allSettled(this.#queue.map(({ done }) => done)); // none of them moves a position; their bodies are lost
      this.#queue.length = 0;
      throw error;
    }
    this.#options.shipped.put(chunk.stream, chunk.moves);
    chunk.onSafe();
    this.#queue.shift();
    chunk.body.clear();
    this.#free.push(chunk.body);
  }

  async #deliver(body: BulkBody): Promise<void> {
    const { spool, figures, retry } = this.#options;
    if (body.items === 0) return;
    figures.bytes += body.length;
    const left = this.away === null ? await this.#send(body, retry.retries) : null;
    if (left !== null && left.length === 0) return;
    const kept = left === null || left.length === body.items ? body : body.only(left);
    const isFirst = spool.bytes === 0;
    spool.add(kept);
    figures.spooled += kept.items;
    if (isFirst) this.#options.say(`logs wait in ${spool.folder} until the cluster takes them`);
  }

  /** Sends a body; the items that are left. */
  async #send(body: BulkBody, retries: number): Promise<number[]> {
    const { client, dead, figures, now, random, pause, retry, stop } = this.#options;
    const outcome = await sendBulk(client, body, {
      ...{ ...retry, retries, random, pause, stop },
      onRetry: (failure, items) => {
        figures.retried += items;
        this.#say(failure);
      },
    });
    figures.created += outcome.created;
    figures.existing += outcome.existing;
    figures.dropped += outcome.dead.length;
    dead.add(body, outcome.dead, now());
    if (outcome.failure !== null) {
      this.away = outcome.failure;
      this.#say(outcome.failure);
      this.#isLost = true;
    } else if (this.#isLost && body.items > outcome.dead.length) {
      this.#isLost = false;
      this.#said = "";
      this.#options.say("the cluster takes logs again");
    }
    return outcome.left;
  }

  /** Says each kind of failure once. */
  #say({ message }: ElasticsearchError): void {
    if (message === this.#said) return;
    this.#said = message;
    this.#options.say(message);
  }
}
