/**
 * A server in front of another one, which knows what goes through it.
 *
 * @module
 */

/** Passes requests on, and counts the documents in the answers. */
export class CountingProxy implements AsyncDisposable {
  /** Documents that were handed out. */
  documents = 0;
  /** Paths that were asked for, and the headers. */
  readonly asked: { path: string; headers: Headers }[] = [];
  readonly url: string;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  /** @param target Address of the server behind it. */
  constructor(target: string) {
    this.#server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
      const { pathname, search } = new URL(request.url);
      this.asked.push({ path: pathname, headers: request.headers });
      const body = request.body === null ? undefined : await request.arrayBuffer();
      const answer = await fetch(target + pathname + search, {
        method: request.method,
        headers: request.headers,
        body,
      });
      const text = await answer.text();
      if (pathname.endsWith("/_search")) this.documents += JSON.parse(text).hits?.hits?.length ?? 0;
      const headers = new Headers(answer.headers);
      for (const name of ["content-length", "content-encoding", "transfer-encoding"]) headers.delete(name);
      return new Response(text, { status: answer.status, headers });
    });
    this.url = `http://127.0.0.1:${this.#server.addr.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}
