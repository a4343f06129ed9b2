/**
 * The exact rights of every command, worked out from its arguments and settings before it starts.
 *
 * @module
 */
import { dirname, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { permissionsOf, readable, rightsFor } from "./config/permissions.ts";
import { type Plan, UsageError } from "./context.ts";
import { catalogueOptions } from "./catalogue/options.ts";
import { clusterRights, INDEX_PREFIX, isIndex } from "./elasticsearch/cluster.ts";
import { evaluateOptions } from "./evaluate/options.ts";
import { feedbackOptions } from "./feedback/options.ts";
import { findingsOptions } from "./findings/options.ts";
import { initRights } from "./init/rights.ts";
import { notebooksPermissions } from "./notebooks/options.ts";
import {
  DETECT_OPTIONS,
  type OptionName,
  parseRunOptions,
  type RunOptions,
  TEMPLATES_OPTIONS,
  TRAIN_OPTIONS,
} from "./options.ts";
import { parseOptions } from "./parse/options.ts";
import { mapOptions } from "./map/options.ts";
import { HOST_NAME_FILE } from "./ship/host_name.ts";
import { shipOptions } from "./ship/options.ts";
import { planOf } from "./plan.ts";

/** What a worker is allowed; every list may be empty. */
export interface Permissions {
  read: string[];
  write: string[];
  net: string[];
  env: string[];
  run: string[];
  /** What may be asked of the machine; absent = nothing. */
  sys?: string[];
}

/** Where a command is launched. */
export interface LaunchSite {
  root: string;
  cwd: string;
}

/** What a command may do, and the settings that it goes by. */
export interface Launch {
  permissions: Permissions;
  /** `null` for a command that needs none. */
  plan: Plan | null;
}

/** The rights that a command needs for these arguments, and the settings that it goes by. */
type Rights = Partial<Permissions> & { plan?: Plan };

/** What every worker may do. */
const LEAST: Permissions = {
  ...{ read: [], write: [], net: [], run: [] },
  env: ["NO_COLOR", "DEEPSCAN_DEBUG", "DEEPSCAN_PLAN"],
};

/** By command. */
const RIGHTS: Record<string, (args: string[], site: LaunchSite) => Rights | Promise<Rights>> = {
  detect: (args, site) => planned(args, site, DETECT_OPTIONS, detectRights),
  train: (args, site) => planned(args, site, TRAIN_OPTIONS, trainRights),
  templates: templatesRights,
  evaluate: evaluateRights,
  notebooks: (args, site) => notebooksPermissions(args, site),
  init: initRights,
  parse: parseRights,
  ship: shipRights,
  map: mapRights,
  findings: findingsRights,
  explain: stateRights,
  alerts: stateRights,
  feedback: feedbackRights,
  catalogue: catalogueRights,
};

/**
 * Deno's flags for `permissions`.
 *
 * @throws {UsageError} if a path holds a comma, which no flag can, and isn't within a folder that is allowed anyway.
 */
export function permissionFlags(permissions: Permissions): string[] {
  return Object.entries(permissions).filter(([, values]) => values.length > 0)
    .map(([name, values]) => `--allow-${name}=${withoutCommas(name, values).join(",")}`);
}

function withoutCommas(name: string, values: string[]): string[] {
  const distinct = [...new Set(values)].sort(), plain = distinct.filter((value) => !value.includes(","));
  for (const value of distinct) {
    const covered = plain.some((path) => value.startsWith(path.endsWith(sep) ? path : `${path}${sep}`));
    if (plain.includes(value) || covered) continue;
    throw new UsageError(
      `Cannot give the right to ${name} ${value}: Deno can't be told of a path with a comma; rename it or use a link`,
    );
  }
  return plain;
}

/** What the command `name` may do with these arguments. */
export async function permissionsFor(name: string, args: string[], site: LaunchSite): Promise<Launch> {
  const { plan = null, ...rights } = await RIGHTS[name](args, site);
  return { permissions: merged(LEAST, rights), plan };
}

/** Both together. */
function merged(one: Permissions, other: Partial<Permissions>): Permissions {
  return {
    read: [...one.read, ...other.read ?? []],
    write: [...one.write, ...other.write ?? []],
    net: [...one.net, ...other.net ?? []],
    env: [...one.env, ...other.env ?? []],
    run: [...one.run, ...other.run ?? []],
    sys: [...one.sys ?? [], ...other.sys ?? []],
  };
}

/** Rights that depend on the settings. */
async function planned(
  args: string[],
  site: LaunchSite,
  allowed: readonly OptionName[],
  rightsOf: (options: RunOptions, plan: Plan) => Partial<Permissions>,
): Promise<Rights> {
  const options = parseRunOptions(args, site.cwd, allowed);
  const plan = await planOf(options, site.root, site.cwd), rights = rightsOf(options, plan);
  return plan.kind === "sample" ? { ...merged(sampleRights(site), rights), plan } : { ...rights, plan };
}

/** The bundled sample is made where it is absent. */
function sampleRights({ root }: LaunchSite): Permissions {
  const folders = [`${root}/data/sample`, `${root}/data/sample.partial`]; // made under the second name, then renamed
  return { read: folders, write: folders, net: [], env: [], run: [] };
}

function detectRights(options: RunOptions, plan: Plan): Partial<Permissions> {
  const outputs = [options.verdicts, options.report].filter((path) => path !== null);
  return plan.kind === "input" ? onceRights(options, plan, outputs) : liveRights(options, plan, outputs);
}

/** A one-off run reads its inputs and a model, or what training needs, and keeps nothing. */
function onceRights(options: RunOptions, plan: Plan, outputs: string[]): Partial<Permissions> {
  const { channels, findings } = permissionsOf(plan.config), tells = options.notify && !options.dryRun;
  const rights = merged(LEAST, {
    ...rightsFor(options.inputs, plan.config),
    write: outputs,
  });
  const own = { read: [...inputFolders(options), options.model ?? backendFolder()] };
  return [own, ...(tells ? [channels, findings] : [])].reduce<Permissions>(merged, rights);
}

/** A run that goes on keeps models, state and reports, and tells people; a dry one only looks. */
function liveRights(options: RunOptions, plan: Plan, outputs: string[]): Partial<Permissions> {
  const { inputs, cluster, models, state, reports, channels, findings } = permissionsOf(plan.config);
  if (options.dryRun) {
    return { ...cluster, read: [...inputs, ...cluster.read, models, state], write: outputs };
  }
  return {
    read: [
      ...inputs,
      ...cluster.read,
      models,
      state,
      reports,
      ...channels.read,
      ...findings.read,
      backendFolder(),
    ],
    write: [models, state, reports, ...outputs],
    net: [...cluster.net, ...channels.net, ...findings.net],
    env: [...cluster.env, ...channels.env, ...findings.env],
    sys: [...cluster.sys, ...findings.sys],
  };
}

/** Training reads logs and keeps a model; of streams that are watched it looks at what is known of their alerts. */
function trainRights(options: RunOptions, plan: Plan): Partial<Permissions> {
  const { inputs, cluster, models, state } = permissionsOf(plan.config), folder = options.model ?? models;
  const isOnce = plan.kind === "input", read = isOnce ? inputFolders(options) : [...inputs, state];
  const labels = options.labels === null ? [] : [options.labels];
  const rights = isOnce ? rightsFor(options.inputs, plan.config) : cluster;
  return { ...rights, read: [...read, ...rights.read, ...labels, folder, backendFolder()], write: [folder] };
}

/** `templates` reads what it is given and writes one file; settings are looked at where an index is read. */
async function templatesRights(args: string[], { root, cwd }: LaunchSite): Promise<Rights> {
  const options = parseRunOptions(args, cwd, TEMPLATES_OPTIONS), { inputs, output } = options;
  const write = output === null ? [] : [output], read = inputFolders(options);
  if (!inputs.some(isIndex)) return { read, write };
  const plan = await planOf(options, root, cwd), rights = rightsFor(inputs, plan.config);
  return { ...rights, read: [...read, ...rights.read], write, plan };
}

function inputFolders({ inputs }: Pick<RunOptions, "inputs">): string[] {
  return inputs.filter((path) => path !== "-" && !isIndex(path)).flatMap(readable);
}

/** Where the WASM backend of tfjs lies; training reads its binary. */
function backendFolder(): string {
  return dirname(fileURLToPath(import.meta.resolve("@tensorflow/tfjs-backend-wasm")));
}

/** What looking at the state needs; only `alerts retry` changes it. */
async function stateRights(args: string[], { root, cwd }: LaunchSite): Promise<Rights> {
  const config = valueOf(args, "--config");
  const options = parseRunOptions(config === undefined ? [] : ["--config", config], cwd, ["config"]);
  const plan = await planOf(options, root, cwd), { state } = permissionsOf(plan.config);
  return { read: [state], write: args.includes("retry") ? [state] : [], plan };
}

/** Findings wait in the state and go to the cluster: `status` looks at the one, `install` changes the other. */
async function findingsRights(args: string[], site: LaunchSite): Promise<Rights> {
  const { action, dryRun, all } = findingsOptions(args), { read = [], plan } = await stateRights(args, site);
  const { findings, state, models } = permissionsOf(plan!.config);
  if (action === "status") return { read, plan };
  if (action === "install") return dryRun ? { plan } : { ...findings, plan };
  return {
    ...findings,
    read: [...findings.read, ...read, ...(all ? [models, backendFolder()] : [])],
    write: [state],
    plan,
  };
}

/** Feedback is kept in the state; a list of it only looks. */
async function feedbackRights(args: string[], site: LaunchSite): Promise<Rights> {
  const { alert } = feedbackOptions(args), { read = [], plan } = await stateRights(args, site);
  return { read, write: alert === null ? [] : read, plan };
}

/** Templates are in the models, those born since in the state; a change makes a new version of the model. */
async function catalogueRights(args: string[], site: LaunchSite): Promise<Rights> {
  const { action, model } = catalogueOptions(args, site.cwd),
    { read = [], plan } = await stateRights(args, site);
  const models = model ?? permissionsOf(plan!.config).models,
    changes = action !== "list" && action !== "show";
  return { read: [...model === null ? read : [], models], write: changes ? [models] : [], plan };
}

/** `ship` reads the streams' logs, reaches the cluster, and keeps what it sent and what waits in the state. */
async function shipRights(args: string[], { root, cwd }: LaunchSite): Promise<Rights> {
  const { config } = shipOptions(args, cwd);
  const plan = await planOf(
    parseRunOptions(config === null ? [] : ["--config", config], cwd, ["config"]),
    root,
    cwd,
  );
  const { inputs, state } = permissionsOf(plan.config), { elasticsearch } = plan.config;
  const cluster = elasticsearch === undefined ? LEAST : clusterRights(elasticsearch);
  return { ...cluster, read: [...inputs, state, HOST_NAME_FILE, ...cluster.read], write: [state], plan };
}

/** `map` reaches the cluster, and nothing else. */
async function mapRights(args: string[], { root, cwd }: LaunchSite): Promise<Rights> {
  const { config } = mapOptions(args, cwd), options = config === null ? [] : ["--config", config];
  const run = parseRunOptions(options, cwd, ["config"]);
  const plan = await planOf({ ...run, inputs: [INDEX_PREFIX] }, root, cwd); // it needs no streams
  const { elasticsearch } = plan.config,
    cluster = elasticsearch === undefined ? LEAST : clusterRights(elasticsearch);
  return { ...cluster, read: [HOST_NAME_FILE, ...cluster.read], plan };
}

/** `parse` reads the logs that it is given and writes what is named. */
async function parseRights(args: string[], { root, cwd }: LaunchSite): Promise<Rights> {
  const { inputs, output, config } = parseOptions(args, cwd), write = output === null ? [] : [output];
  if (!inputs.some(isIndex)) return { read: inputFolders({ inputs }), write };
  const plan = await planOf({ ...parseRunOptions([], cwd, []), inputs, config }, root, cwd);
  const rights = rightsFor(inputs, plan.config);
  return { ...rights, read: [...inputFolders({ inputs }), ...rights.read], write, plan };
}

/** `evaluate` reads verdicts and labels, or logs and what training or judging needs; it may keep a log that it changed. */
async function evaluateRights(args: string[], { root, cwd }: LaunchSite): Promise<Rights> {
  const { mode, verdicts, labels, output, run, train } = evaluateOptions(args, cwd);
  const read = labels === null ? verdicts : [...verdicts, labels];
  if (mode === "verdicts") return { read };
  const plan = await planOf(run, root, cwd), kept = output === null ? [] : [output];
  const logs = inputFolders({ ...run, inputs: [...run.inputs, ...train] });
  const rights = rightsFor([...run.inputs, ...train], plan.config);
  return {
    ...rights,
    read: [...read, ...logs, ...rights.read, run.model ?? backendFolder()],
    write: kept,
    plan,
  };
}

/** The value behind `name` on a command line, without reading the rest. */
function valueOf(args: string[], name: string): string | undefined {
  const joined = args.find((arg) => arg.startsWith(`${name}=`));
  if (joined) return joined.slice(name.length + 1);
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
}
