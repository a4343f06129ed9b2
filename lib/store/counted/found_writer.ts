/**
 * Writes what was found in a part.
 *
 * @module
 */
import { BulkBody, jsonBytes } from "../../source/elasticsearch/bulk_body.ts";
import { sendBulk } from "../../source/elasticsearch/bulk_request.ts";
import { ElasticsearchError } from "../../source/elasticsearch/failure.ts";
import type { Cluster } from "./cluster.ts";
import { type HeldPart, LeaseLostError } from "./held_part.ts";

/** Bytes of a request, from which on it is sent. */
const REQUEST_BYTES = 4 << 20;

/** What a {@linkcode FoundWriter} writes to. */
export interface FoundPlace {
  cluster: Cluster;
  index: string;
  /** The part, which must be held at every write. */
  held: Pick<HeldPart, "keep" | "token">;
}

/**
 * Writes documents under names of their own, so that a repeat changes nothing. While one request is on its way, the next is filled.
 */
export class FoundWriter {
  /** Documents and bytes sent. */
  readonly sent = { documents: 0, bytes: 0 };
  readonly #place: FoundPlace;
  #body = new BulkBody(REQUEST_BYTES + (1 << 16));
  #spare = new BulkBody(REQUEST_BYTES + (1 << 16));
  #sending: Promise<void> | null = null;

  constructor(place: FoundPlace) {
    this.#place = place;
  }

  /** Writes a document that is the same whoever writes it. */
  put(id: string, document: unknown): void {
    this.#put({ _index: this.#place.index, _id: id }, document);
  }

  /** Writes one that depends on all that was there when it was made: what a later holder of the part wrote stays. */
  replace(id: string, document: unknown): void {
    const { index, held } = this.#place;
    this.#put({ _index: index, _id: id, version: held.token, version_type: "external_gte" }, document);
  }

  #put(index: Record<string, unknown>, document: unknown): void {
    const body = this.#body;
    body.begin();
    body.put(jsonBytes({ index }));
    body.putShort("\n");
    body.put(jsonBytes(document));
    body.putShort("\n");
  }

  /** Whether there is enough for a request. */
  get isDue(): boolean {
    return this.#body.length >= REQUEST_BYTES;
  }

  /**
   * Begins to send what was put, once the request before is settled.
   *
   * @throws {LeaseLostError} if the part is somebody else's.
   * @throws {ElasticsearchError} if the cluster doesn't take it.
   */
  async send(): Promise<void> {
    await this.settle();
    if (this.#body.items === 0) return;
    await this.#place.held.keep();
    [this.#body, this.#spare] = [this.#spare, this.#body];
    this.#sending = this.#deliver(this.#spare);
    this.#sending.catch(() => {}); // it is awaited when its turn comes
  }

  /** Waits until all that is on its way is settled. */
  async settle(): Promise<void> {
    const sending = this.#sending;
    this.#sending = null;
    await sending;
  }

  async #deliver(body: BulkBody): Promise<void> {
    const { cluster: { client, surroundings }, index } = this.#place;
    const { dead: [dead], failure, existing } = await sendBulk(client, body, surroundings);
    if (existing > 0) throw new LeaseLostError(`Cannot write to ${index}: the part was taken over`);
    if (failure !== null) {
      const message = failure.message.replace(/^Cannot [^:]*:/, `Cannot write to ${index}:`);
      throw new ElasticsearchError(message, failure.kind, failure.status, { cause: failure });
    }
    if (dead !== undefined) {
      throw new ElasticsearchError(`Cannot write to ${index}: ${dead.reason}`, "request", dead.status);
    }
    this.sent.documents += body.items;
    this.sent.bytes += body.length;
    body.clear();
  }
}
