/**
 * What takes findings as Elasticsearch does, as far as their sender sees it, and can be made to refuse them.
 *
 * @module
 */

/** A document as the cluster has it. */
export interface KeptDocument {
  index: string;
  id: string;
  version: number;
  source: FoundDocument;
}

/** A document about a finding, as far as tests look into it. */
export interface FoundDocument {
  "@timestamp": string;
  message: string;
  event: { kind: string; dataset: string; id: string; outcome?: string };
  // deno-lint-ignore no-explicit-any
  deepscan: Record<string, any>;
}

/** What becomes of an item: `null` = it is taken. */
type Refusal = { status: number; type: string; reason: string } | null;

/** An item of a bulk request. */
export interface SentItem {
  action: "index" | "create";
  index: string;
  id: string;
  version?: number;
  source: FoundDocument;
}

const PRODUCT = { "x-elastic-product": "Elasticsearch" };

/** A cluster in memory. */
export class FindingsCluster implements AsyncDisposable {
  /** Documents by index and id. */
  readonly documents = new Map<string, KeptDocument>();
  /** Bulk requests, by their numbers of items. */
  readonly requests: number[] = [];
  /** Paths of everything that was put or deleted, in order. */
  readonly changes: string[] = [];
  readonly templates = new Map<string, { version: number; template: Record<string, unknown> }>();
  /** Indices, and when they were made, ms since the epoch. */
  readonly indices = new Map<string, number>();
  /** Whether it has lifecycle management. */
  lifecycle = false;
  /** Requests are answered with this status; 0 = as they should be. */
  status = 0;
  /** Asked for each item. */
  refuse: (item: SentItem) => Refusal = () => null;
  /** Asked for each request but for bulk ones; a status = it is refused with that. */
  forbid: (method: string, path: string) => number = () => 0;
  /** Whether an answer is lost after its request was taken. */
  loseAnswer: () => boolean = () => false;
  /** Told of each bulk request before it is answered. */
  onBulk: () => Promise<void> = () => Promise.resolve();
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

  /** Documents of indices that begin so, by their ids. */
  of(prefix: string): KeptDocument[] {
    return [...this.documents.values()].filter(({ index }) => index.startsWith(prefix))
      .sort((a, b) => a.id < b.id ? -1 : 1);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url), text = await request.text();
    if (this.status > 0) return failed(this.status, "busy", "not now");
    if (pathname === "/_bulk") {
      await this.onBulk();
      const items = this.#take(text.trimEnd().split("\n"));
      return this.loseAnswer() ? new Response("", { status: 502 }) : json({ items });
    }
    const forbidden = this.forbid(request.method, pathname);
    if (forbidden > 0) {
      return failed(
        forbidden,
        "security_exception",
        "this action is granted by the cluster privileges [manage_index_templates,all]",
      );
    }
    if (request.method !== "GET") this.changes.push(`${request.method} ${pathname}`);
    return this.#administer(request.method, pathname, text);
  }

  #administer(method: string, path: string, text: string): Response {
    const name = path.split("/").at(-1)!;
    if (path.startsWith("/_ilm/")) {
      return this.lifecycle
        ? json({ acknowledged: true })
        : json({ error: `no handler found for uri [${path}] and method [${method}]` }, 400);
    }
    if (path.startsWith("/_index_template/")) {
      if (method === "PUT") this.templates.set(name, JSON.parse(text));
      const found = this.templates.get(name);
      if (found === undefined) {
        return failed(404, "resource_not_found_exception", `index template matching [${name}] not found`);
      }
      const lifecycle = text.includes("lifecycle.name") ||
        JSON.stringify(found).includes("index.lifecycle.name");
      const settings = lifecycle ? { template: { settings: { index: { lifecycle: {} } } } } : {};
      return json({ index_templates: [{ index_template: { version: found.version, ...settings } }] });
    }
    if (method === "DELETE") {
      this.indices.delete(name);
      return json({ acknowledged: true });
    }
    return json(Object.fromEntries([...this.indices].map(([index, made]) => [
      index,
      { settings: { index: { creation_date: `${made}` } } },
    ])));
  }

  #take(lines: string[]): unknown[] {
    this.requests.push(lines.length / 2);
    return Array.from({ length: lines.length / 2 }, (_, i) => {
      const action = JSON.parse(lines[2 * i]), [name] = Object.keys(action) as SentItem["action"][];
      const { _index: index, _id: id, version, version_type } = action[name];
      const item = { action: name, index, id, version, source: JSON.parse(lines[2 * i + 1]) };
      if (name === "index" && version_type !== "external") throw new Error("a document without a version");
      return { [name]: this.#takeOne(item) };
    });
  }

  #takeOne(item: SentItem): unknown {
    const { action, index, id, version = 1, source } = item, key = `${index}/${id}`;
    const refusal = this.refuse(item);
    if (refusal !== null) return { status: refusal.status, error: refusal };
    const known = this.documents.get(key);
    if (known !== undefined && (action === "create" || known.version >= version)) {
      return { status: 409, error: { type: "version_conflict_engine_exception", reason: "" } };
    }
    if (!this.indices.has(index)) this.indices.set(index, Date.UTC(2026, 2, 1));
    this.documents.set(key, { index, id, version, source });
    return { status: known === undefined ? 201 : 200 };
  }
}

function json(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: PRODUCT });
}

function failed(status: number, type: string, reason: string): Response {
  return json({ error: { type, reason, root_cause: [{ type, reason }] }, status }, status);
}
