/**
 * A part while a worker has it.
 *
 * @module
 */
import { isDeepStrictEqual } from "node:util";
import { ElasticsearchError } from "../../source/elasticsearch/failure.ts";
import type { Cluster } from "./cluster.ts";
import { type FoundPart, type Part, partId, readPart, savePart } from "./part.ts";

/** How often it is looked what became of a write whose answer was lost. */
const TRIES = 5;

/** Somebody else has the part now: its worker had been silent for too long. */
export class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";
}

/** Who holds a part, and for how long without a word, ms. */
export interface Holder {
  owner: string;
  lease: number;
}

/** What its document needs to be changed. */
export interface PartPlace {
  cluster: Cluster;
  index: string;
}

/**
 * A part that is held by compare-and-set: every write says which version of the document it changes, so of two who write one
 * is refused.
 */
export class HeldPart {
  readonly #place: PartPlace;
  readonly #holder: Holder;
  #part: FoundPart;

  private constructor(part: FoundPart, place: PartPlace, holder: Holder) {
    this.#part = part;
    this.#place = place;
    this.#holder = holder;
  }

  /** Takes a part; `null` = somebody else was quicker. */
  static async take(part: FoundPart, place: PartPlace, holder: Holder): Promise<HeldPart | null> {
    const held = new HeldPart(part, place, holder);
    return await held.#write({ status: "taken", owner: holder.owner, lease: held.#leaseEnd() }) ? held : null;
  }

  get part(): Part {
    return this.#part;
  }

  /** Grows with every holder: what is written with a lesser one comes too late. */
  get token(): number {
    return this.#part.seqNo;
  }

  /**
   * To be called before every write of what was found: renews the lease when a third of it is over.
   *
   * @throws {LeaseLostError} if the part is somebody else's.
   */
  async keep(): Promise<void> {
    const { lease } = this.#holder, left = this.#part.lease! - this.#place.cluster.surroundings.now();
    if (left > lease * 2 / 3) return;
    if (!await this.#write({ lease: this.#leaseEnd() })) throw this.#lost();
  }

  /**
   * All is found, and can be read.
   *
   * @param documents How many there were.
   * @throws {LeaseLostError} if the part is somebody else's.
   */
  async finish(documents: number): Promise<void> {
    if (!await this.#write({ status: "done", owner: null, lease: null, documents })) throw this.#lost();
  }

  /** Gives it back, so that nobody has to wait until the lease is over. */
  async release(): Promise<void> {
    await this.#write({ status: "open", owner: null, lease: null });
  }

  #leaseEnd(): number {
    return this.#place.cluster.surroundings.now() + this.#holder.lease;
  }

  #lost(): LeaseLostError {
    return new LeaseLostError(
      `Cannot go on with part ${new Date(this.#part.from).toISOString()}: it was taken over`,
    );
  }

  /** Whether it was written: false = the document has changed meanwhile. */
  async #write(change: Partial<Part>): Promise<boolean> {
    const { seqNo: _, primaryTerm: __, ...part } = { ...this.#part, ...change };
    for (let attempt = 0;; attempt++) {
      try {
        return await this.#put(part);
      } catch (error) {
        if (!(error instanceof ElasticsearchError) || !error.temporary || attempt === TRIES) throw error;
        const found = await this.#look(); // the answer may have been lost behind the writing
        if (found === null) return false;
        if (isDeepStrictEqual(found.part, part)) return this.#hold(found.part, found);
        if (found._seq_no !== this.#part.seqNo) return false;
      }
    }
  }

  async #put(part: Part): Promise<boolean> {
    const { cluster } = this.#place, { seqNo, primaryTerm } = this.#part;
    const { status, body } = await cluster.ask<Version>(this.#doing, {
      ...{ method: "PUT", path: this.#path, query: { if_seq_no: seqNo, if_primary_term: primaryTerm } },
      ...{ body: savePart(part), expected: [409, 404], repeatable: false },
    });
    return status < 400 && this.#hold(part, body);
  }

  async #look(): Promise<Version & { part: Part } | null> {
    const request = { method: "GET", path: this.#path, expected: [404] } as const;
    const { status, body } = await this.#place.cluster.ask<Version & { _source: unknown }>(
      this.#doing,
      request,
    );
    return status === 404 ? null : { ...body, part: readPart(body._source) };
  }

  #hold(part: Part, { _seq_no: seqNo, _primary_term: primaryTerm }: Version): true {
    this.#part = { ...part, seqNo, primaryTerm };
    return true;
  }

  get #doing(): string {
    return `write part ${new Date(this.#part.from).toISOString()} of ${this.#place.index}`;
  }

  get #path(): string {
    return `/${this.#place.index}/_doc/${encodeURIComponent(partId(this.#part))}`;
  }
}

interface Version {
  _seq_no: number;
  _primary_term: number;
}
