/**
 * The cluster of the settings: what it takes to reach it, and how.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { ElasticsearchSettings } from "../../lib/mod.ts";
import type { ElasticsearchConfig } from "../config/elasticsearch_schema.ts";
import { TRUST_STORES, trustedAuthorities } from "./trust_store.ts";

/** What an input begins with that is an index. */
export const INDEX_PREFIX = "elasticsearch:";

/** What reaching a cluster needs to be allowed. */
export interface ClusterRights {
  /** Files that hold secrets and certificates, to read. */
  read: string[];
  /** Nodes, each as `host:port`. */
  net: string[];
  /** Environment variables that hold secrets, to read. */
  env: string[];
  /** What the client asks of the machine when it is loaded. */
  sys: string[];
}

/** Whether an input is an index. */
export function isIndex(input: string): boolean {
  return input.startsWith(INDEX_PREFIX);
}

/**
 * What reaching the cluster needs; no variable and no file is looked at.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { clusterRights } from "./cluster.ts";
 *
 * const { net } = clusterRights({ nodes: ["https://es1.example.com:9200", "http://[::1]"], timeout: 30_000 });
 * assert.deepEqual(net, ["es1.example.com:9200", "[::1]:80"]);
 * ```
 */
export function clusterRights(section: ElasticsearchConfig): ClusterRights {
  const { ca_file, api_key_file, password_file, api_key_env, password_env } = section;
  const named = (names: (string | undefined)[]) => names.filter((name) => name !== undefined);
  return {
    read: [...named([ca_file, api_key_file, password_file]), ...(trustsMachine(section) ? TRUST_STORES : [])],
    net: (section.nodes ?? [cloudNode(section.cloud_id!)]).map(hostAndPort),
    env: named([api_key_env, password_env]),
    sys: ["osRelease"],
  };
}

function hostAndPort(node: string): string {
  const { hostname, port, protocol } = new URL(node);
  return `${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
}

/** A cloud id is a name and, in base64, a domain and the cluster's place in it. */
function cloudNode(cloudId: string): string {
  const [domain, cluster] = Buffer.from(cloudId.slice(cloudId.indexOf(":") + 1), "base64").toString().split(
    "$",
  );
  return `https://${cluster}.${domain}`;
}

/**
 * How to reach the cluster, its secrets among it.
 *
 * @param env Value of an environment variable.
 * @throws {Error} if a secret or the certificate isn't there; its text names no secret.
 */
export async function clusterOf(
  section: ElasticsearchConfig,
  env: (name: string) => string | undefined,
): Promise<ElasticsearchSettings> {
  const { readCluster } = await import("../../lib/mod.ts"); // the launcher needs none of it
  const settings = await readCluster(section, env);
  return trustsMachine(section) ? { ...settings, ca: await trustedAuthorities() } : settings;
}

/** Whether the nodes' certificates must come from an authority that the machine trusts. */
function trustsMachine({ nodes, ca_file }: ElasticsearchConfig): boolean {
  return ca_file === undefined && (nodes?.some((node) => node.startsWith("https:")) ?? true);
}
