/**
 * What goes wrong with a cluster, in words for the person who can mend it.
 *
 * @module
 */

/** Why a cluster can't be used. */
export type FailureKind =
  | "unreachable"
  | "certificate"
  | "login"
  | "privilege"
  | "missing"
  | "version"
  | "product"
  | "unavailable"
  | "read-only"
  | "memory"
  | "busy"
  | "lost"
  | "request";

/** A cluster that can't be used as it was meant. */
export class ElasticsearchError extends Error {
  override readonly name = "ElasticsearchError";

  /**
   * @param kind What kind of trouble it is; `lost` = a point in time that has expired.
   * @param status HTTP status of the answer; 0 = there was none.
   */
  constructor(
    message: string,
    readonly kind: FailureKind,
    readonly status: number = 0,
    options: ErrorOptions = {},
  ) {
    super(message, options);
  }

  /** Whether the same request may succeed later. */
  get temporary(): boolean {
    return ["unreachable", "unavailable", "memory", "busy"].includes(this.kind);
  }
}

/** What a refused request looks like in the client and on the wire. */
interface Refusal {
  status: number;
  /** Elasticsearch's name of the error: `security_exception`, … */
  type: string;
  reason: string;
}

/**
 * The error that a request ended with, in words.
 *
 * @param doing What was being done: `read server-logs-*`.
 * @param error What the client threw.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { failureOf } from "./failure.ts";
 *
 * const error = Object.assign(new Error(), { name: "ResponseError", statusCode: 401, body: { error: { type: "security_exception", reason: "missing credentials" } } });
 * const failure = failureOf("read logs", error);
 * assert.equal(failure.kind, "login");
 * assert.equal(failure.message, "Cannot read logs: the cluster doesn't know the user or the API key: missing credentials");
 * ```
 */
export function failureOf(doing: string, error: unknown): ElasticsearchError {
  if (error instanceof ElasticsearchError) return error;
  const refusal = refusalOf(error);
  if (refusal === null) return withoutAnswer(doing, error as Error & { cause?: unknown; code?: string });
  const [kind, words] = kindOf(refusal);
  const text = refusal.reason === "" ? words : `${words}: ${refusal.reason}`;
  return new ElasticsearchError(`Cannot ${doing}: ${text}`, kind, refusal.status, { cause: error });
}

function refusalOf(error: unknown): Refusal | null {
  const { statusCode, body, meta } = error as {
    statusCode?: number;
    body?: unknown;
    meta?: { statusCode?: number };
  };
  const status = statusCode ?? meta?.statusCode;
  if (typeof status !== "number" || status === 0) return null;
  const told =
    (body as { error?: { type?: string; reason?: string; root_cause?: Refusal[] } | string } | undefined)
      ?.error;
  if (typeof told === "string" || told === undefined) return { status, type: "", reason: told ?? "" };
  const { type = "", reason = "" } = told.root_cause?.[0] ?? told;
  return { status, type, reason };
}

/** What kind of refusal it is; the first that fits. */
function kindOf({ status, type, reason }: Refusal): [FailureKind, string] {
  const privilege =
    /requires one of the privileges? \[([^\]]*)\]|granted by the (?:index|cluster) privileges \[([^\]]*)\]/
      .exec(reason);
  if (type === "media_type_header_exception") {
    return ["version", "this version of Elasticsearch is not supported (8 and 9 are)"];
  }
  if (status === 401) return ["login", "the cluster doesn't know the user or the API key"];
  if (type === "cluster_block_exception" && /read-only/.test(reason)) {
    return ["read-only", "the index is read-only; where its disk was full, free some space"];
  }
  if (type === "cluster_block_exception") return ["unavailable", "the cluster is not ready"];
  if (status === 403) {
    const [first] = (privilege?.[1] ?? privilege?.[2] ?? "").split(",");
    return ["privilege", first === "" ? "no right to do this" : `the privilege "${first}" is missing`];
  }
  if (type === "search_context_missing_exception") return ["lost", "the point in time has expired"];
  if (status === 404 || type === "index_not_found_exception") return ["missing", "there is no such index"];
  if (/circuit_breaking/.test(type)) return ["memory", "the cluster is short of memory"];
  if (status === 429) return ["busy", "the cluster is busy"];
  if (
    status === 503 ||
    /no_shard_available|unavailable_shards|search_phase_execution/.test(type) && status >= 500
  ) {
    return ["unavailable", "parts of the index are not available (the cluster is red)"];
  }
  if (status >= 500) return ["unavailable", `the cluster answered ${status}`];
  return ["request", `the cluster refused it (${status}${type === "" ? "" : ` ${type}`})`];
}

function withoutAnswer(doing: string, error: Error & { cause?: unknown; code?: string }): ElasticsearchError {
  const text = `${error.message} ${(error.cause as Error | undefined)?.message ?? ""}`;
  if (error instanceof SyntaxError || error.name === "DeserializationError") {
    return new ElasticsearchError(`Cannot ${doing}: the answer is not whole: ${error.message}`, "busy", 0, {
      cause: error,
    });
  }
  if (error.name === "ProductNotSupportedError") {
    const words = "what answers is not Elasticsearch; OpenSearch and other forks are not supported";
    return new ElasticsearchError(`Cannot ${doing}: ${words}`, "product", 0, { cause: error });
  }
  if (/certificate|self.signed|UnknownIssuer|altname|NotValidForName/i.test(text)) {
    const words = "its certificate is not trusted; name the authority's file as ca_file";
    return new ElasticsearchError(`Cannot ${doing}: ${words}: ${error.message}`, "certificate", 0, {
      cause: error,
    });
  }
  const kind = error.name === "TimeoutError" ? "busy" : "unreachable";
  const words = kind === "busy"
    ? "the cluster didn't answer in time"
    : "no node of the cluster can be reached";
  return new ElasticsearchError(`Cannot ${doing}: ${words}: ${error.message}`, kind, 0, { cause: error });
}
