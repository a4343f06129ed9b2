/**
 * Passes bytes on to a server and counts them.
 *
 * @module
 */

/** A relay on a port of its own. */
export class CountingRelay implements AsyncDisposable {
  /** Bytes that came from the server. */
  received = 0;
  /** Bytes that went to it. */
  sent = 0;
  readonly url: string;
  readonly #listener: Deno.TcpListener;
  readonly #target: { hostname: string; port: number };

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.#target = { hostname, port: Number(port) };
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    this.url = `http://127.0.0.1:${this.#listener.addr.port}`;
    this.#serve();
  }

  async #serve(): Promise<void> {
    for await (const client of this.#listener) this.#relay(client);
  }

  async #relay(client: Deno.TcpConn): Promise<void> {
    const server = await Deno.connect(this.#target);
    const back = server.readable.pipeThrough(this.#counter((bytes) => this.received += bytes));
    const forth = client.readable.pipeThrough(this.#counter((bytes) => this.sent += bytes));
    await Promise.allSettled([back.pipeTo(client.writable), forth.pipeTo(server.writable)]);
  }

  #counter(
    count: (bytes: number) => void,
  ): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
    return new TransformStream({
      transform(chunk, controller) {
        count(chunk.length);
        controller.enqueue(chunk);
      },
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    return Promise.resolve();
  }
}
