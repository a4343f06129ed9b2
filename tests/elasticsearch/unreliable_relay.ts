/**
 * A server in front of another one that loses requests and answers.
 *
 * @module
 */

/** Refuses some requests, and passes others on whose answers get lost. */
export class UnreliableRelay implements AsyncDisposable {
  /** How many requests went wrong, by what happened. */
  readonly troubles = { refused: 0, lost: 0 };
  readonly url: string;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  /**
   * @param target Address of the server behind it.
   * @param random A number in [0, 1); of every five requests one goes wrong.
   */
  constructor(target: string, random: () => number) {
    this.#server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
      const chance = random(), { pathname, search } = new URL(request.url);
      const body = request.body === null ? undefined : await request.arrayBuffer();
      if (chance < 0.1) {
        this.troubles.refused++;
        return refusal(chance < 0.05 ? 429 : 503);
      }
      const { method, headers } = request,
        answer = await fetch(target + pathname + search, { method, headers, body });
      const bytes = await answer.arrayBuffer();
      if (chance < 0.2) {
        this.troubles.lost++;
        return refusal(502);
      }
      const passed = new Headers(answer.headers);
      for (const name of ["content-length", "content-encoding", "transfer-encoding"]) passed.delete(name);
      return new Response(method === "HEAD" ? null : bytes, { status: answer.status, headers: passed });
    });
    this.url = `http://127.0.0.1:${this.#server.addr.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

/** What a cluster says that can't, or something in front of it. */
function refusal(status: number): Response {
  const error = {
    type: status === 429 ? "es_rejected_execution_exception" : "unavailable",
    reason: "too much",
  };
  const headers = { "content-type": "application/json", "x-elastic-product": "Elasticsearch" };
  return new Response(JSON.stringify({ error, status }), { status, headers });
}
