/**
 * The connection to a cluster.
 *
 * @module
 */
import type { Client, ClientOptions } from "@elastic/elasticsearch";

/** How a cluster is reached: plain data. */
export interface ElasticsearchSettings {
  /** Addresses of some of its nodes: `https://es1.example.com:9200`. */
  nodes?: string[];
  /** Elastic Cloud's name for it, instead of addresses. */
  cloudId?: string;
  /** PEM text of the authority that signed its certificate; default: the ones that the machine trusts. */
  ca?: string;
  /** API key in its encoded form; instead of user and password. */
  apiKey?: string;
  user?: string;
  password?: string;
  /** Whether requests and answers are compressed; default: unless all nodes are on this machine. */
  compression?: boolean;
  /** How long an answer may take, ms; default 30,000. */
  timeout?: number;
}

/** Understood by Elasticsearch 8 and 9 alike. */
const MEDIA_TYPE = "application/vnd.elasticsearch+json; compatible-with=8";

/**
 * A client for the cluster. Nothing is sent yet.
 *
 * @throws {TypeError} if it is not said where the cluster is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { connect } from "./connection.ts";
 *
 * const client = await connect({ nodes: ["http://127.0.0.1:9200"] });
 * assert.equal(client.connectionPool.size, 1);
 * await client.close();
 * ```
 */
export async function connect(settings: ElasticsearchSettings): Promise<Client> {
  const { nodes = [], cloudId, timeout = 30_000, ca } = settings;
  if (nodes.length === 0 && cloudId === undefined) {
    throw new TypeError("Cannot connect to Elasticsearch: neither nodes nor cloud_id are set");
  }
  const { Client, HttpConnection } = await import("@elastic/elasticsearch");
  return new Client({
    ...(cloudId === undefined ? { nodes } : { cloud: { id: cloudId } }),
    ...authOf(settings),
    Connection: HttpConnection,
    compression: settings.compression ?? (cloudId !== undefined || !nodes.every(isHere)),
    requestTimeout: timeout,
    maxRetries: 2,
    headers: { accept: MEDIA_TYPE },
    ...(ca === undefined ? {} : { tls: { ca } }),
  });
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Headers of a request with a body; the client's own would ask for its own version. */
export const JSON_BODY = { accept: MEDIA_TYPE, "content-type": MEDIA_TYPE };

function isHere(node: string): boolean {
  return LOOPBACK.has(new URL(node).hostname);
}

function authOf({ apiKey, user, password }: ElasticsearchSettings): Pick<ClientOptions, "auth"> {
  if (apiKey !== undefined) return { auth: { apiKey } };
  return user === undefined ? {} : { auth: { username: user, password: password ?? "" } };
}
