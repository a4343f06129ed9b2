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

  /** Whether the same request may succeed later; an index whose disk was full says so by its status, 429. */
  get temporary(): boolean {
    return this.status === 429 || ["unreachable", "unavailable", "memory", "busy"].includes(this.kind);
  }
}

/** What a refused request says. */
interface Refusal {
  status: number;
  /** Elasticsearch's name of the error: `security_exception`, … */
  type: string;
  reason: string;
  /** Whether the answer lacks Elasticsearch's header: a proxy, or another product. */
  isForeign: boolean;
}

/** An error on the wire. */
interface Told {
  type?: string;
  reason?: string | null;
  root_cause?: { type?: string; reason?: string | null }[];
  caused_by?: { reason?: string | null };
}

const FOREIGN = "what answers is not Elasticsearch; OpenSearch and other forks are not supported";
/** Characters of a reason that are told. */
const LONGEST = 500;

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
    meta?: { statusCode?: number; headers?: Record<string, unknown> };
  };
  const status = statusCode ?? meta?.statusCode;
  if (typeof status !== "number" || status === 0) return null;
  const told = (objectOf(body) as { error?: Told | string } | undefined)?.error;
  const isForeign = meta?.headers !== undefined && meta.headers["x-elastic-product"] !== "Elasticsearch";
  if (typeof told === "string" || told === undefined) {
    return { status, type: "", reason: shortened(told ?? textOf(body)), isForeign };
  }
  const { type = "", reason } = told.root_cause?.[0] ?? told;
  return { status, type, reason: shortened(reason || told.caused_by?.reason || ""), isForeign };
}

/** A body that is text may be JSON that nobody read yet. */
function objectOf(body: unknown): unknown {
  try {
    return typeof body === "string" ? JSON.parse(body) : body;
  } catch {
    return undefined; // a proxy's page
  }
}

function textOf(body: unknown): string {
  return typeof body === "string" ? body.replaceAll(/<[^>]*>|\s+/g, " ").trim() : "";
}

/** Without what a document holds, which nobody has redacted, and no longer than a person reads. */
function shortened(reason: string): string {
  const bare = reason.replace(/, request: \[.*$/s, "").replace(/\.? Preview of field's value: '.*'/s, "");
  return bare.length > LONGEST ? `${bare.slice(0, LONGEST)}…` : bare;
}

/** What kind of refusal it is; the first that fits. */
function kindOf(refusal: Refusal): [FailureKind, string] {
  const { status, type, reason } = refusal;
  if (type === "media_type_header_exception") {
    return ["version", "this version of Elasticsearch is not supported (8 and 9 are)"];
  }
  if (refusal.isForeign && status < 500 && status !== 401 && status !== 403 && status !== 429) {
    return ["product", FOREIGN];
  }
  if (status === 401 || status === 403) return rightOf(refusal);
  if (type === "cluster_block_exception") return blockOf(reason);
  if (type === "search_context_missing_exception") return ["lost", "the point in time has expired"];
  if (type === "index_closed_exception") return ["missing", "the index is closed"];
  if (status === 404 || type === "index_not_found_exception") return ["missing", "there is no such index"];
  if (/circuit_breaking/.test(type)) return ["memory", "the cluster is short of memory"];
  if (status === 429) return ["busy", "the cluster is busy"];
  if (status === 503 && !refusal.isForeign) {
    return ["unavailable", "parts of the index are not available (the cluster is red)"];
  }
  if (status >= 500) return ["unavailable", `the cluster answered ${status}`];
  return ["request", `the cluster refused it (${status}${type === "" ? "" : ` ${type}`})`];
}

/** Who asks is not known, or may not. */
function rightOf({ status, type, reason }: Refusal): [FailureKind, string] {
  if (type === "cluster_block_exception") return blockOf(reason);
  if (status === 401) {
    return /missing authentication/.test(reason)
      ? ["login", "the cluster wants to know who asks: set user and password, or an API key"]
      : ["login", "the cluster doesn't know the user or the API key"];
  }
  const [, privilege] = /granted by the (?:index|cluster) privileges \[([^,\]]*)/.exec(reason) ?? [];
  return [
    "privilege",
    privilege === undefined ? "no right to do this" : `the privilege "${privilege}" is missing`,
  ];
}

/** An index that takes no documents, or a cluster that isn't there yet. */
function blockOf(reason: string): [FailureKind, string] {
  if (/read-only/.test(reason)) {
    return ["read-only", "the index is read-only; where its disk was full, free some space"];
  }
  if (/FORBIDDEN\/8/.test(reason)) return ["read-only", "writing to the index is blocked"];
  return ["unavailable", "the cluster is not ready"];
}

function withoutAnswer(doing: string, error: Error & { cause?: unknown }): ElasticsearchError {
  const [kind, words] = troubleOf(error);
  return new ElasticsearchError(`Cannot ${doing}: ${words}`, kind, 0, { cause: error });
}

/** What kind of trouble there was on the way. */
function troubleOf(error: Error & { cause?: unknown }): [FailureKind, string] {
  const { name, message } = error, text = `${message} ${(error.cause as Error | undefined)?.message ?? ""}`;
  if (error instanceof SyntaxError || name === "DeserializationError") {
    return ["busy", `the answer is not whole: ${message}`];
  }
  if (name === "ProductNotSupportedError") return ["product", FOREIGN];
  if (/altname|NotValidForName/i.test(text)) {
    return ["certificate", `its certificate is for another name: ${message}`];
  }
  if (/certificate|self.signed|UnknownIssuer/i.test(text)) {
    return [
      "certificate",
      `its certificate is not trusted; name the authority's file as ca_file: ${message}`,
    ];
  }
  if (/WRONG_VERSION_NUMBER|wrong version number|InvalidContentType|packet length too long/i.test(text)) {
    return ["unreachable", `what answers speaks no TLS; maybe its address begins with http: ${message}`];
  }
  if (/socket hang up|ECONNRESET/.test(text)) {
    return ["unreachable", `the connection was cut; maybe the address begins with https: ${message}`];
  }
  if (name === "TimeoutError") return ["busy", `the cluster didn't answer in time: ${message}`];
  const isNetwork = name === "ConnectionError" || name === "NoLivingConnectionsError";
  return isNetwork
    ? ["unreachable", `no node of the cluster can be reached: ${message}`]
    : ["request", message];
}
