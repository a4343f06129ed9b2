/**
 * Requests to a cluster that are sent again where it is busy or away for a moment.
 *
 * @module
 */
import type { Client } from "@elastic/elasticsearch";
import { JSON_BODY } from "../../source/elasticsearch/connection.ts";
import { type ElasticsearchError, failureOf } from "../../source/elasticsearch/failure.ts";
import { streamedAnswer } from "../../source/elasticsearch/streamed_answer.ts";

/** What is needed of the world outside. */
export interface Surroundings {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** A number in [0, 1): waits are between half and all of their length. */
  random: () => number;
  /** Waits so many ms. */
  pause: (ms: number) => Promise<void>;
}

/** A request as it goes over the wire. */
export interface ClusterRequest {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  query?: Record<string, string | number | boolean>;
  body?: unknown;
  /** Statuses that are answers, no failures. */
  expected?: readonly number[];
  /** Whether it may be sent again where it is not known what became of it; default true. */
  repeatable?: boolean;
}

/** An answer and its status. */
export interface ClusterAnswer<T> {
  status: number;
  body: T;
}

/** Documents as a search finds them. */
export interface FoundHits<T> {
  hits: { _source: T; sort: unknown[] }[];
  /** Bytes of the answer. */
  length: number;
}

/** Waits before a request is sent again, ms. */
const WAITS = [250, 500, 1000, 2000, 4000, 8000];

/**
 * Sends requests.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { connect } from "../../source/elasticsearch/connection.ts";
 * import { Cluster } from "./cluster.ts";
 *
 * const client = await connect({ nodes: ["http://127.0.0.1:1"] });
 * const cluster = new Cluster(client, { now: () => 0, random: () => 0, pause: () => Promise.resolve() });
 * await assert.rejects(cluster.ask("read jobs", { method: "GET", path: "/jobs/_doc/1" }), { kind: "unreachable" });
 * await client.close();
 * ```
 */
export class Cluster {
  constructor(readonly client: Client, readonly surroundings: Surroundings) {}

  /**
   * The answer to a request.
   *
   * @param doing What it is for, in words: `read the job`.
   * @throws {ElasticsearchError} where it is refused, or nobody answers for long.
   */
  async ask<T>(doing: string, request: ClusterRequest): Promise<ClusterAnswer<T>> {
    return await this.#again(doing, request, () => this.#send<T>(request));
  }

  /** Whatever comes of `send`, which is called again where that may help. */
  async #again<T>(doing: string, request: ClusterRequest, send: () => Promise<T>): Promise<T> {
    const { random, pause } = this.surroundings;
    for (let attempt = 0;; attempt++) {
      try {
        return await send();
      } catch (error) {
        const failure = failureOf(doing, error);
        if (!isWorthAnother(failure, request) || attempt === WAITS.length) throw failure;
        await pause(WAITS[attempt] * (0.5 + random() / 2));
      }
    }
  }

  /**
   * The answer to a search of whole indices: where parts of them don't answer, it fails, so that nothing is missing from what was
   * counted.
   *
   * @param index Index or pattern; `null` = the search is through a point in time.
   * @param parts What of the answer is wanted: paths with commas; default all.
   */
  async search<T>(
    doing: string,
    { index, body, parts }: { index: string | null; body: Record<string, unknown>; parts?: string },
    expected: readonly number[] = [],
  ): Promise<ClusterAnswer<T>> {
    return await this.ask<T>(doing, {
      ...{
        method: "POST",
        path: `${index === null ? "" : `/${encodeURIComponent(index)}`}/_search`,
        expected,
      },
      query: { allow_partial_search_results: false, ...(parts === undefined ? {} : { filter_path: parts }) },
      body: { track_total_hits: false, ...body },
    });
  }

  /**
   * Documents as they are, quickly: the answer is neither cut down by the cluster nor checked by the client.
   *
   * @param body What is asked for, with a sort.
   * @throws {ElasticsearchError} where it is refused, or nobody answers for long.
   */
  async hits<T>(doing: string, index: string, body: Record<string, unknown>): Promise<FoundHits<T>> {
    const request = {
      ...{ method: "POST", path: `/${encodeURIComponent(index)}/_search` } as const,
      querystring: { allow_partial_search_results: false },
      body: { track_total_hits: false, ...body },
    };
    const options = { asStream: true, headers: JSON_BODY, meta: true, maxRetries: 0 } as const;
    return await this.#again(doing, request, async () => {
      const answer = await this.client.transport.request<AsyncIterable<Uint8Array>>(request, options);
      const bytes = await streamedAnswer(doing, answer);
      const { hits: { hits } } = JSON.parse(bytes.toString()) as { hits: Pick<FoundHits<T>, "hits"> };
      return { hits, length: bytes.length };
    });
  }

  async #send<T>({ method, path, query, body, expected = [] }: ClusterRequest): Promise<ClusterAnswer<T>> {
    const headers = body === undefined ? { accept: JSON_BODY.accept } : JSON_BODY;
    const answer = await this.client.transport.request<T>(
      { method, path, querystring: query, ...(body === undefined ? {} : { body: body as string }) },
      { headers, meta: true, maxRetries: 0, ignore: [...expected] },
    );
    return { status: answer.statusCode ?? 0, body: answer.body };
  }
}

/** A refusal says that nothing was done; without an answer nobody knows. */
function isWorthAnother(failure: ElasticsearchError, { repeatable = true }: ClusterRequest): boolean {
  return failure.temporary && (repeatable || failure.status === 429);
}
