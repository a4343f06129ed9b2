/**
 * What a service answers to those who ask how it does: `/metrics` for Prometheus, `/healthz` for whatever restarts it.
 *
 * @module
 */
import type { Config } from "../config.ts";
import { CONTENT_TYPE, expositionOf } from "./exposition.ts";
import { jsonHealth } from "./health_json.ts";
import { metricFamilies } from "./metrics.ts";
import { processFigures } from "./process_figures.ts";
import { type HealthSnapshot, NO_SNAPSHOT } from "./snapshot.ts";
import { healthStatus } from "./status.ts";

/** For how long an answer is given again without being made anew, ms: whoever asks all the time costs nothing. */
const FRESH = 1000;

/** Where answers come from. */
export interface HealthSource {
  /** What was known behind the last pass; `null` before it. */
  snapshot(): HealthSnapshot | null;
  /** ms since the epoch. */
  now(): number;
  /** When the service began, ms since the epoch; absent = it only looks. */
  readonly since?: number;
  /** A file that this process may read: asked for to see whether descriptors run out. */
  readonly file: string;
}

/** An answer that was made. */
interface Answer {
  at: number;
  status: number;
  type: string;
  text: string;
}

/**
 * A server on an address of its own. It reads nothing of a request but its method and path, and answers from memory.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { defaultConfig } from "../config.ts";
 * import { HealthServer } from "./health_server.ts";
 *
 * const source = { snapshot: () => null, now: () => Date.now(), file: import.meta.filename! };
 * const server = HealthServer.start({ hostname: "127.0.0.1", port: 0 }, defaultConfig("/srv"), source);
 * const answer = await fetch(`${server.url}/healthz`);
 * assert.deepEqual([answer.status, (await answer.json()).reasons], [503, ["there was no run yet"]]);
 * await server.close();
 * ```
 */
export class HealthServer {
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #answers = new Map<string, Answer>();

  private constructor(
    address: { hostname: string; port: number },
    private readonly config: Pick<Config, "health">,
    private readonly source: HealthSource,
  ) {
    this.#server = Deno.serve({
      ...address,
      onListen: () => {},
      onError: () => new Response("something went wrong\n", { status: 500 }),
    }, (request) => this.#answer(request));
  }

  /**
   * Starts to answer.
   *
   * @param address Where; port 0 = any that is free.
   * @throws {Error} if somebody else answers there, or it is no address of this machine.
   */
  static start(
    address: { hostname: string; port: number },
    config: Pick<Config, "health">,
    source: HealthSource,
  ): HealthServer {
    try {
      return new HealthServer(address, config, source);
    } catch (cause) {
      const { hostname, port } = address;
      throw new Error(`Cannot answer at health.listen, ${hostname}:${port}: ${(cause as Error).message}`, {
        cause,
      });
    }
  }

  /** Where it answers. */
  get url(): string {
    const { hostname, port } = this.#server.addr;
    return `http://${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
  }

  /** Stops, once what is being answered is. */
  async close(): Promise<void> {
    await this.#server.shutdown();
  }

  #answer({ method, url }: Request): Response {
    const path = new URL(url).pathname, make = PAGES[path];
    const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
    if (make === undefined) return new Response("ask for /metrics or /healthz\n", { status: 404, headers });
    if (method !== "GET" && method !== "HEAD") {
      return new Response("only GET and HEAD\n", {
        status: 405,
        headers: { ...headers, allow: "GET, HEAD" },
      });
    }
    const now = this.source.now(), known = this.#answers.get(path);
    const isFresh = known !== undefined && Math.abs(now - known.at) < FRESH;
    const answer = isFresh ? known : { at: now, ...make(this.source, this.config, now) };
    this.#answers.set(path, answer);
    const { status, type, text } = answer;
    return new Response(method === "HEAD" ? null : text, {
      status,
      headers: { ...headers, "content-type": type },
    });
  }
}

/** What is answered, by path. */
const PAGES: Readonly<
  Record<string, (source: HealthSource, config: Pick<Config, "health">, now: number) => Omit<Answer, "at">>
> = {
  "/metrics": (source, _, now) => {
    const snapshot = source.snapshot() ?? NO_SNAPSHOT, process = processFigures(now, source.file);
    return {
      status: 200,
      type: CONTENT_TYPE,
      text: expositionOf(metricFamilies(snapshot, { now, process })),
    };
  },
  "/healthz": (source, { health }, now) => {
    const snapshot = source.snapshot() ?? NO_SNAPSHOT,
      status = healthStatus(snapshot, { ...health, now, since: source.since });
    const text = `${JSON.stringify(jsonHealth(snapshot, status, now))}\n`;
    return { status: status.healthy ? 200 : 503, type: "application/json", text };
  },
};
