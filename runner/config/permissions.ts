/**
 * What the settings need to be allowed, for the launcher.
 *
 * @module
 */
import { dirname } from "node:path";
import { type ClusterRights, clusterRights, isIndex } from "../elasticsearch/cluster.ts";
import { paintFiles } from "../alert/channels/paint_files.ts";
import type { ChannelsConfig, Config } from "./schema.ts";

/** What settings name, by what it is for; every list sorted and without repetition. */
export interface ConfigPermissions {
  /** Folders that inputs lie in, to read. */
  inputs: string[];
  /** What reading the streams' indices needs; nothing where they have none. */
  cluster: ClusterRights;
  /** What writing findings needs; nothing where none are written. */
  findings: ClusterRights;
  /** Folder of the models. */
  models: string;
  /** Folder of the state. */
  state: string;
  /** Folder of the reports. */
  reports: string;
  /** What telling people needs. */
  channels: ChannelRights;
  /** What saying that it works needs. */
  health: HealthRights;
}

/** What saying that DeepScan works needs. */
export interface HealthRights extends ChannelRights {
  /** The address that a service answers at, as `host:port`; empty where it answers at none. */
  listen: string[];
}

/** What telling people needs. */
export interface ChannelRights {
  /** Files that hold secrets and certificates, and those that pictures are painted with, to read; and those of file channels. */
  read: string[];
  /** Files of file channels. */
  write: string[];
  /** Hosts to reach, each as `host:port`. */
  net: string[];
  /** Environment variables that hold secrets, to read. */
  env: string[];
}

/**
 * What `config` names: the fixed folder of each input pattern, the folders of model, state and reports, the channels' hosts
 * with their ports, the variables and files that hold secrets.
 *
 * No variable and no file is looked at: a channel's host stands in the settings.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { defaultConfig } from "../config.ts";
 * import { permissionsOf } from "./permissions.ts";
 *
 * assert(permissionsOf(defaultConfig("/srv")).state === "/srv/data/state");
 * ```
 */
export function permissionsOf(config: Config): ConfigPermissions {
  const inputs = config.streams.flatMap((stream) => stream.inputs);
  const files = inputs.filter((input) => !isIndex(input));
  return {
    inputs: distinct(files.map(fixedFolder)),
    cluster: rightsFor(inputs, config),
    findings: config.findings === undefined ? NO_RIGHTS : clusterRights(config.elasticsearch!),
    models: config.model.directory,
    state: config.state.directory,
    reports: config.reports.directory,
    channels: channelRights([config.alerts.channels, ...Object.values(config.alerts.receivers)]),
    health: healthRights(config.health),
  };
}

/** The monitor's host and the variable or file that holds its address; the files of heartbeat and metrics, and what they are made as. */
function healthRights({ heartbeat, metrics, listen }: Config["health"]): HealthRights {
  const calls = heartbeat?.url_env !== undefined || heartbeat?.url_file !== undefined;
  const files = distinct([heartbeat?.file, metrics?.file]);
  return {
    read: distinct([heartbeat?.url_file, ...files.map(partialPath)]), // what is renamed must be readable
    write: files.flatMap((path) => [path, partialPath(path)]),
    net: calls ? [withPort(heartbeat.host)] : [],
    env: distinct([heartbeat?.url_env]),
    listen: listen === undefined ? [] : [withPort(listen.hostname, listen.port)],
  };
}

/** What a file is called while it is made, so that nobody reads half of one. */
export function partialPath(path: string): string {
  return `${path}.partial`;
}

/** What telling people in these ways needs. */
export function channelRights(people: readonly Partial<ChannelsConfig>[]): ChannelRights {
  const ways = people.map(rightsOfWays),
    all = (name: keyof ChannelRights) => distinct(ways.flatMap((way) => way[name]));
  return { read: all("read"), write: all("write"), net: all("net"), env: all("env") };
}

function rightsOfWays(
  { email, slack, webhook, file }: Partial<ChannelsConfig>,
): Record<keyof ChannelRights, (string | undefined)[]> {
  const hosts = [slack?.host, webhook?.host].filter((host) => host !== undefined).map((host) =>
    withPort(host)
  );
  if (email !== undefined) hosts.push(withPort(email.host, email.port));
  const files = file === undefined || file.path === "-" ? [] : [file.path];
  const painting = email === undefined ? [] : paintFiles();
  return {
    read: [
      ...[email?.password_file, email?.ca_file, slack?.webhook_file, webhook?.webhook_file],
      ...[webhook?.secret_file, ...files, ...painting],
    ],
    write: files,
    net: hosts,
    env: [email?.password_env, slack?.webhook_env, webhook?.webhook_env, webhook?.secret_env],
  };
}

/** What reading these inputs needs of the cluster: nothing where none is an index. */
export function rightsFor(inputs: readonly string[], { elasticsearch }: Config): ClusterRights {
  if (elasticsearch !== undefined && inputs.some(isIndex)) return clusterRights(elasticsearch);
  return NO_RIGHTS;
}

const NO_RIGHTS: ClusterRights = { read: [], net: [], env: [], sys: [] };

/**
 * The part of a file pattern before its first wildcard, up to a folder: what must be readable to find its matches.
 * A pattern without wildcards gives its folder too, because a rotated file's copies lie beside it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fixedFolder } from "./permissions.ts";
 *
 * assert(fixedFolder("/var/log/shop/*.log") === "/var/log/shop");
 * assert(fixedFolder("/var/log/shop/app.log") === "/var/log/shop");
 * ```
 */
export function fixedFolder(pattern: string): string {
  const wildcard = pattern.search(/[*?[{]/);
  if (wildcard < 0) return pattern.endsWith("/") ? pattern.slice(0, -1) || "/" : dirname(pattern);
  const slash = pattern.lastIndexOf("/", wildcard);
  return slash < 0 ? "." : pattern.slice(0, slash) || "/";
}

/**
 * What must be readable to find what a pattern means: its folder, and the thing itself where it is a folder or lies elsewhere.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readable } from "./permissions.ts";
 *
 * assert.deepEqual(readable("/var/log/*.log"), ["/var/log"]);
 * assert.deepEqual(readable("/var/log/shop"), ["/var/log", "/var/log/shop"]);
 * ```
 */
export function readable(pattern: string): string[] {
  return [fixedFolder(pattern), ...(/[*?[{]/.test(pattern) ? [] : [pattern])];
}

/**
 * `host:port` of a host that may already name its port.
 *
 * @param port Used where the host names none; default 443.
 */
export function withPort(host: string, port = 443): string {
  if (/^\[.*\]:\d+$|^[^:]+:\d+$/.test(host)) return host;
  return host.includes(":") && !host.startsWith("[") ? `[${host}]:${port}` : `${host}:${port}`;
}

function distinct(names: readonly (string | undefined)[]): string[] {
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}
