/**
 * How a cluster is reached, from settings that name its secrets.
 *
 * @module
 */
import type { ElasticsearchSettings } from "./connection.ts";

/** A cluster as settings describe it; an empty text says as little as one that is left out. */
export interface ClusterDescription {
  /** Addresses of some of its nodes: `https://es1.example.com:9200`. */
  nodes?: readonly string[];
  /** Elastic Cloud's name for it, instead of addresses. */
  cloud_id?: string;
  /** File with the certificate (PEM) of the authority that the nodes' certificates come from. */
  ca_file?: string;
  /** Environment variable or file that holds an API key (encoded). */
  api_key_env?: string;
  api_key_file?: string;
  /** Login name, instead of an API key, and the environment variable or file that holds its password. */
  user?: string;
  password_env?: string;
  password_file?: string;
  /** As in {@linkcode ElasticsearchSettings}. */
  compression?: boolean;
  timeout?: number;
}

/**
 * Reads the secrets and the certificate that a description names.
 *
 * @param env Value of an environment variable.
 * @throws {Error} if a secret or the certificate isn't there; its text names no secret.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readCluster } from "./read_cluster.ts";
 *
 * const description = { nodes: ["https://es1.example.com:9200"], api_key_env: "ES_KEY" };
 * const cluster = await readCluster(description, (name) => name === "ES_KEY" ? "aWQ6a2V5" : undefined);
 * assert.equal(cluster.apiKey, "aWQ6a2V5");
 * await assert.rejects(() => readCluster(description, () => undefined), /environment variable ES_KEY is not set or empty/);
 * ```
 */
export async function readCluster(
  description: ClusterDescription,
  env: (name: string) => string | undefined,
): Promise<ElasticsearchSettings> {
  const { nodes = [], cloud_id, ca_file, user, compression, timeout } = description;
  const { api_key_env, api_key_file, password_env, password_file } = description;
  return {
    nodes: nodes.length === 0 ? undefined : [...nodes],
    cloudId: cloud_id || undefined,
    user: user || undefined,
    ...{ compression, timeout },
    ca: ca_file ? await textOf(ca_file) : undefined,
    apiKey: await secretOf(api_key_env, api_key_file, env),
    password: await secretOf(password_env, password_file, env),
  };
}

async function secretOf(
  variable: string | undefined,
  file: string | undefined,
  env: (name: string) => string | undefined,
): Promise<string | undefined> {
  if (!variable && !file) return undefined;
  const secret = (variable ? env(variable) ?? "" : await textOf(file!)).trim();
  if (secret !== "") return secret;
  const where = variable ? `environment variable ${variable}` : `file ${file}`;
  throw new Error(`Cannot log in to Elasticsearch: ${where} is not set or empty`);
}

async function textOf(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    const { name } = cause as Error;
    throw new Error(`Cannot reach Elasticsearch: file ${path} can't be read (${name})`, { cause });
  }
}
