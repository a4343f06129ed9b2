/**
 * `deepscan.yaml` → {@linkcode Config}.
 *
 * Secrets never stand in the file: it names an environment variable or a file that holds them.
 * Relative paths in it are relative to the file.
 *
 * @module
 */
import { dirname, resolve } from "node:path";
import type { Document, LineCounter } from "yaml";
import {
  ConfigError,
  type ConfigFault,
  faultsOf,
  type FaultSources,
  keyPath,
} from "./config/config_error.ts";
import { type Config, configSchema } from "./config/schema.ts";
import { configSchemaJson } from "./config/schema_view.ts";
import { isIndex } from "./elasticsearch/cluster.ts";

export { ConfigError, type ConfigFault } from "./config/config_error.ts";
export { settingsTable } from "./config/documentation.ts";
export { type ConfigPermissions, permissionsOf } from "./config/permissions.ts";
export {
  type AddresseesConfig,
  type ChannelsConfig,
  type Config,
  type StreamConfig,
} from "./config/schema.ts";
export { configSchemaJson } from "./config/schema_view.ts";

/** A byte that stands for itself, or a class, once or repeated. */
const PLAIN_ITEM = String.raw`(?:[\w =:/,@#%&;<>"'~!-]|\\[dDwWsS])[+*?]?`;

/** Patterns that are good for certain, such as `order=(\d+)`: to say so, their engine need not be loaded. */
const PLAIN = new RegExp(String.raw`^(?:${PLAIN_ITEM})+(?:\((?:${PLAIN_ITEM})+\)(?:${PLAIN_ITEM})*)?$`);

/**
 * The settings in the file at `path`.
 *
 * @throws {ConfigError} if the file can't be read or something in it is wrong; it names every fault with its line.
 */
export async function loadConfig(path: string): Promise<Config> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (cause) {
    const reason = cause instanceof Deno.errors.NotFound ? "there is no such file" : String(cause);
    throw new ConfigError(path, [fault({ problem: reason })], { cause });
  }
  return await parseConfig(text, path);
}

/**
 * The settings in `text`.
 *
 * @param text YAML 1.2.
 * @param path The file that it comes from: named in errors, and what relative paths start at.
 * @throws {ConfigError} if something in it is wrong; it names every fault with its line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseConfig } from "./config.ts";
 *
 * const config = await parseConfig("streams: [{name: shop, inputs: [shop.log]}]", "/etc/deepscan.yaml");
 * assert(config.streams[0].inputs[0] === "/etc/shop.log");
 * assert(config.streams[0].window === 300_000); // 5m
 * ```
 */
export async function parseConfig(text: string, path: string): Promise<Config> {
  const { parseDocument, LineCounter } = await import("yaml");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) throw new ConfigError(path, document.errors.map(syntaxFault));
  const value = document.toJS() ?? {};
  const lineAt: FaultSources["lineOf"] = (at, part) => lineOf(document, lines, at, part);
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) {
    const sources = { lineOf: lineAt, value, schema: configSchemaJson() };
    throw new ConfigError(path, faultsOf(parsed.error.issues, sources));
  }
  const faults = [
    ...repeatedNames(parsed.data, lineAt),
    ...missingCluster(parsed.data, lineAt),
    ...await badPatterns(parsed.data, lineAt),
  ];
  if (faults.length > 0) throw new ConfigError(path, faults.sort((a, b) => a.line - b.line));
  return withAbsolutePaths(parsed.data, dirname(resolve(path)));
}

/**
 * The settings that hold without a file.
 *
 * @param folder What relative paths start at.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { defaultConfig } from "./config.ts";
 *
 * assert(defaultConfig("/srv").state.directory === "/srv/data/state");
 * ```
 */
export function defaultConfig(folder: string): Config {
  return withAbsolutePaths(configSchema.parse({}), folder);
}

function fault(some: Partial<ConfigFault>): ConfigFault {
  return { line: 0, key: "", problem: "", nearest: "", example: "", ...some };
}

function syntaxFault(error: { message: string; linePos?: [{ line: number }, ...unknown[]] }): ConfigFault {
  const [reason] = error.message.split(/ at line \d+|:?\n/);
  return fault({ line: error.linePos?.[0].line ?? 0, problem: `not YAML: ${reason}` });
}

/** Line of what stands at `path`, or of the nearest thing around it. */
function lineOf(
  document: Document,
  lines: LineCounter,
  path: readonly PropertyKey[],
  part: "key" | "value",
): number {
  const parent = document.getIn(path.slice(0, -1), true) as YamlNode | undefined;
  const pair = parent?.items?.find((item) => item.key?.value === path.at(-1));
  const node = part === "key" ? pair?.key : document.getIn(path, true) as YamlNode | undefined ?? pair?.key;
  if (node?.range) return lines.linePos(node.range[0]).line;
  return path.length === 0 ? 1 : lineOf(document, lines, path.slice(0, -1), "value");
}

interface YamlNode {
  range?: [number, number, number] | null;
  value?: unknown;
  items?: { key?: YamlNode }[];
}

function repeatedNames(config: Config, lineAt: FaultSources["lineOf"]): ConfigFault[] {
  const names = config.streams.map((stream) => stream.name);
  return names.flatMap((name, i) => {
    const path = ["streams", i, "name"];
    return names.indexOf(name) === i ? [] : [fault({
      line: lineAt(path, "value"),
      key: keyPath(path),
      problem: `two streams are called "${name}"`,
      example: `name: ${name}-2`,
    })];
  });
}

/** Indices are of no use without a word on where they lie. */
function missingCluster(
  { streams, elasticsearch, findings }: Config,
  lineAt: FaultSources["lineOf"],
): ConfigFault[] {
  if (elasticsearch !== undefined) return [];
  const inputs = streams.flatMap(({ inputs }, i) =>
    inputs.flatMap((input, k) => isIndex(input) ? [["streams", i, "inputs", k]] : [])
  );
  return [...inputs, ...(findings === undefined ? [] : [["findings"]])].map((path) =>
    fault({
      line: lineAt(path, "value"),
      key: keyPath(path),
      problem: "there is no section elasticsearch that says where the cluster is",
      example: "elasticsearch: {nodes: ['https://es1.example.com:9200']}",
    })
  );
}

async function badPatterns(config: Config, lineAt: FaultSources["lineOf"]): Promise<ConfigFault[]> {
  const patterns = config.streams.flatMap((stream, i) =>
    stream.session === undefined ? [] : [{
      path: ["streams", i, "session"] as PropertyKey[],
      pattern: stream.session.pattern,
    }]
  );
  config.redact.patterns.forEach((pattern, i) => patterns.push({ path: ["redact", "patterns", i], pattern }));
  const sections = [...config.streams.entries()].map(([i, { templates }]) => ({
    at: ["streams", i],
    templates,
  }));
  for (const { at, templates } of [...sections, { at: [], templates: config.templates }]) {
    templates.masks.forEach(({ pattern }, i) =>
      patterns.push({ path: [...at, "templates", "masks", i, "pattern"], pattern })
    );
  }
  const doubtful = patterns.filter(({ path, pattern }) => path.includes("masks") || !PLAIN.test(pattern));
  if (doubtful.length === 0) return [];
  const { RE2JS } = await import("re2js");
  return doubtful.flatMap(({ path, pattern }) => {
    try {
      const isMask = path.includes("masks");
      if (isMask && RE2JS.compile(pattern).matches("")) throw new Error("it matches the empty text");
      RE2JS.compile(pattern);
      return [];
    } catch (error) {
      return [fault({
        line: lineAt(path, "value"),
        key: keyPath(path),
        problem: `expected a regular expression in RE2 syntax, got "${pattern}": ${(error as Error).message}`,
        example: exampleOfPattern(path),
      })];
    }
  });
}

function exampleOfPattern(path: readonly PropertyKey[]): string {
  if (path[0] === "redact") return "patterns: ['customer-\\d+']";
  return path.includes("masks") ? "pattern: 'order-[A-Z]{3}\\d+'" : "session: 'order=(\\d+)'";
}

/** Ways to reach somebody. */
type Ways = Omit<Config["alerts"]["channels"], "console">;

function withAbsolutePaths(config: Config, folder: string): Config {
  const absolute = (path: string) => resolve(folder, path);
  const located = <T extends object>(section: T, ...keys: (keyof T)[]): T => {
    const copy = { ...section };
    for (const key of keys) {
      if (typeof copy[key] === "string") copy[key] = absolute(copy[key] as string) as T[typeof key];
    }
    return copy;
  };
  const { channels, receivers } = config.alerts;
  const locatedWays = <T extends Ways>(ways: T): T => ({
    ...ways,
    ...(ways.email && { email: located(ways.email, "password_file", "ca_file") }),
    ...(ways.slack && { slack: located(ways.slack, "webhook_file") }),
    ...(ways.webhook && { webhook: located(ways.webhook, "webhook_file", "secret_file") }),
    ...(ways.file && ways.file.path !== "-" && { file: located(ways.file, "path") }),
  });
  const place = (input: string) => isIndex(input) ? input : absolute(input);
  return {
    ...config,
    streams: config.streams.map((stream) => ({ ...stream, inputs: stream.inputs.map(place) })),
    elasticsearch: config.elasticsearch &&
      located(config.elasticsearch, "ca_file", "api_key_file", "password_file"),
    model: located(config.model, "directory"),
    state: located(config.state, "directory"),
    reports: located(config.reports, "directory"),
    health: {
      ...config.health,
      ...(config.health.heartbeat && { heartbeat: located(config.health.heartbeat, "url_file", "file") }),
      ...(config.health.metrics && { metrics: located(config.health.metrics, "file") }),
    },
    dashboard: located(config.dashboard, "token_file"),
    alerts: {
      ...config.alerts,
      channels: locatedWays(channels),
      receivers: Object.fromEntries(
        Object.entries(receivers).map(([name, ways]) => [name, locatedWays(ways)]),
      ),
    },
  };
}
