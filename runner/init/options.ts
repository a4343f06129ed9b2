/**
 * The command line of `deepscan init`.
 *
 * @module
 */
import { isAbsolute, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type ElasticsearchConfig, elasticsearchSchema } from "../config/elasticsearch_schema.ts";
import { UsageError } from "../context.ts";
import { INDEX_PREFIX, isIndex } from "../elasticsearch/cluster.ts";

/** What stands on the command line. */
export interface InitOptions {
  /** Files, folders and patterns, absolute. */
  paths: string[];
  /** Indices, without what they begin with on the command line. */
  indices: string[];
  /** The settings file, absolute. */
  output: string;
  force: boolean;
  /** Settings that say where the cluster is; absolute, `null` = those where the user stands. */
  config: string | null;
  /** Where the cluster is, as settings say it; `null` = it is not said here. */
  cluster: Record<string, unknown> | null;
}

const TEXT = { type: "string" } as const;
/** What says where the cluster is, by the names that settings have for it. */
const CLUSTER = [
  "cloud_id",
  "ca_file",
  "api_key_env",
  "api_key_file",
  "user",
  "password_env",
  "password_file",
];
const FILES = ["ca_file", "api_key_file", "password_file"];

/**
 * Reads the command line.
 *
 * @throws {UsageError} for an unknown option, or where nothing is named to look at.
 */
export function initOptions(args: string[], cwd: string): InitOptions {
  const { values, positionals } = read(args),
    from = (path: string) => isAbsolute(path) ? path : resolve(cwd, path);
  if (positionals.length === 0) throw new UsageError("Cannot propose settings: name the logs to look at");
  const indices = positionals.filter(isIndex).map((input) => input.slice(INDEX_PREFIX.length));
  const cluster = clusterOf(values as Record<string, unknown>, from);
  if (cluster !== null && indices.length === 0) {
    throw new UsageError(
      "Cannot propose settings: a cluster is named, but no index: add elasticsearch:PATTERN",
    );
  }
  return {
    paths: positionals.filter((input) => !isIndex(input)).map(from),
    indices,
    output: from(values.output),
    force: values.force,
    config: values.config === undefined ? null : from(values.config),
    cluster,
  };
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        output: { ...TEXT, default: "deepscan.yaml" },
        force: { type: "boolean", default: false },
        config: TEXT,
        nodes: { ...TEXT, multiple: true },
        ...Object.fromEntries(CLUSTER.map((name) => [name.replaceAll("_", "-"), TEXT])),
      },
    });
  } catch (error) {
    throw new UsageError(`Cannot read the command line: ${(error as Error).message.split(/\.\s|\n/)[0]}`, {
      cause: error,
    });
  }
}

function clusterOf(values: Record<string, unknown>, from: (path: string) => string): InitOptions["cluster"] {
  const said: Record<string, unknown> = {};
  if (values.nodes !== undefined) said.nodes = (values.nodes as string[]).flatMap((text) => text.split(","));
  for (const name of CLUSTER) {
    const value = values[name.replaceAll("_", "-")] as string | undefined;
    if (value !== undefined) said[name] = FILES.includes(name) ? from(value) : value;
  }
  return Object.keys(said).length === 0 ? null : said;
}

/**
 * Where the cluster is, checked as settings are.
 *
 * @throws {UsageError} if settings would refuse it.
 */
export function checkedCluster(cluster: Record<string, unknown>): ElasticsearchConfig {
  const { data, error } = elasticsearchSchema.safeParse(cluster);
  if (data !== undefined) return data;
  const { path, message } = error.issues[0],
    name = path.length === 0 ? "" : ` --${String(path[0]).replaceAll("_", "-")}:`;
  throw new UsageError(`Cannot tell where the cluster is:${name} ${message}`);
}
