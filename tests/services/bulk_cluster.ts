/**
 * What takes bulk requests as Elasticsearch does, as far as a shipper sees it, and can be made to refuse them.
 *
 * @module
 */

import { gunzipSync } from "node:zlib";

/** A document as it was sent. */
export interface SentDocument {
  id: string;
  index: string;
  source: {
    "@timestamp": string;
    message: string;
    event: { original: string; sequence: number; severity?: number };
    log: { level?: string; offset: number; file: { path: string } };
    service: { name: string };
    deepscan: { parsed: boolean; time_inferred?: boolean; continues?: boolean };
  };
}

/** What becomes of an item: `null` = it is taken. */
type Refusal = { status: number; type: string; reason: string } | null;

/** A cluster in memory. */
export class BulkCluster implements AsyncDisposable {
  readonly documents = new Map<string, SentDocument>();
  /** Bulk requests, by their numbers of items. */
  readonly requests: number[] = [];
  /** Bytes that came over the wire with them, and what they are unpacked. */
  readonly bytes = { sent: 0, unpacked: 0 };
  /** Headers of the last request. */
  headers = new Headers();
  /** Whether requests are answered at all; a status = with that. */
  away: boolean | number = false;
  /** What is told to whom it is away for: when to come back. */
  retryAfter: string | null = null;
  /** Asked for each item. */
  refuse: (document: SentDocument) => Refusal = () => null;
  /** Whether an answer is lost after its request was taken. */
  loseAnswer: () => boolean = () => false;
  templates = 0;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor() {
    this.#server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen() {} },
      (request) => this.#answer(request),
    );
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** The originals of all documents, in the order of their sequence. */
  originals(): string[] {
    return this.sorted().map(({ source }) => source.event.original);
  }

  /** All documents, in the order of their sequence. */
  sorted(): SentDocument[] {
    return [...this.documents.values()].sort((a, b) => a.source.event.sequence - b.source.event.sequence);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url), text = await this.#textOf(request);
    const wait: HeadersInit = this.retryAfter === null ? {} : { "retry-after": this.retryAfter };
    if (this.away === true) return new Response("", { status: 503, headers: wait });
    if (this.away !== false) return json({ error: { type: "no", reason: "not now" } }, this.away, wait);
    if (pathname.startsWith("/_index_template/")) {
      if (request.method === "PUT") this.templates++;
      return request.method === "HEAD"
        ? new Response(null, { status: this.templates > 0 ? 200 : 404, headers: PRODUCT })
        : json({ acknowledged: true });
    }
    const items = this.#take(text.trimEnd().split("\n"));
    return this.loseAnswer() ? new Response("", { status: 502 }) : json({ items });
  }

  async #textOf(request: Request): Promise<string> {
    const bytes = await request.bytes();
    this.headers = new Headers([...request.headers]);
    const unpacked = this.headers.get("content-encoding") === "gzip" ? gunzipSync(bytes) : bytes;
    this.bytes.sent += bytes.length;
    this.bytes.unpacked += unpacked.length;
    return new TextDecoder().decode(unpacked);
  }

  #take(lines: string[]): unknown[] {
    this.requests.push(lines.length / 2);
    return Array.from({ length: lines.length / 2 }, (_, i) => {
      const { create } = JSON.parse(lines[2 * i]),
        document = {
          ...{ index: create._index, id: create._id, source: JSON.parse(lines[2 * i + 1]) },
        };
      const key = `${document.index}/${document.id}`, refusal = this.refuse(document);
      if (refusal !== null) return { create: { status: refusal.status, error: refusal } };
      if (this.documents.has(key)) {
        return { create: { status: 409, error: { type: "version_conflict", reason: "" } } };
      }
      this.documents.set(key, document);
      return { create: { status: 201 } };
    });
  }
}

const PRODUCT = { "x-elastic-product": "Elasticsearch" };

function json(body: unknown, status = 200, more: HeadersInit = {}): Response {
  return Response.json(body, { status, headers: { ...PRODUCT, ...more } });
}
