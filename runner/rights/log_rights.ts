/**
 * The rights of commands that read logs.
 *
 * @module
 */
import { permissionsOf, rightsFor } from "../config/permissions.ts";
import type { Plan } from "../context.ts";
import { clusterRights, INDEX_PREFIX, isIndex } from "../elasticsearch/cluster.ts";
import { evaluateOptions } from "../evaluate/options.ts";
import { mapOptions } from "../map/options.ts";
import { type OptionName, parseRunOptions, type RunOptions, TEMPLATES_OPTIONS } from "../options.ts";
import { parseOptions } from "../parse/options.ts";
import { planOf } from "../plan.ts";
import { replayOptions } from "../replay/options.ts";
import { HOST_NAME_FILE } from "../ship/host_name.ts";
import { shipOptions } from "../ship/options.ts";
import {
  backendFolder,
  inputFolders,
  type LaunchSite,
  LEAST,
  merged,
  type Permissions,
  type Rights,
} from "./rights.ts";

/** Rights that depend on the settings. */
export async function planned(
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

/** `detect` reads logs; a run that goes on keeps and tells what it finds. */
export function detectRights(options: RunOptions, plan: Plan): Partial<Permissions> {
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
  const { inputs, cluster, models, state, reports, channels, findings, health } = permissionsOf(plan.config);
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
      ...health.read,
      backendFolder(),
    ],
    write: [models, state, reports, ...channels.write, ...health.write, ...outputs],
    net: [...cluster.net, ...channels.net, ...findings.net, ...health.net],
    env: [...cluster.env, ...channels.env, ...findings.env, ...health.env],
    sys: [...cluster.sys, ...findings.sys],
  };
}

/** A replay reads logs, models and what people said, and writes what is named: nobody is reached. */
export async function replayRights(args: string[], { root, cwd }: LaunchSite): Promise<Rights> {
  const { config, verdicts, report } = replayOptions(args, cwd);
  const run = parseRunOptions(config === null ? [] : ["--config", config], cwd, ["config"]);
  const plan = await planOf(run, root, cwd), { inputs, cluster, models, state } = permissionsOf(plan.config);
  const write = [verdicts, report].filter((path) => path !== null);
  return { ...cluster, read: [...inputs, ...cluster.read, models, state], write, plan };
}

/** A service does what a run does that goes on, and answers those who ask how it does. */
export function watchRights(options: RunOptions, plan: Plan): Partial<Permissions> {
  const rights = detectRights(options, plan);
  return { ...rights, net: [...rights.net ?? [], ...permissionsOf(plan.config).health.listen] };
}

/** Training reads logs and keeps a model; of streams that are watched it looks at what is known of their alerts. */
export function trainRights(options: RunOptions, plan: Plan): Partial<Permissions> {
  const { inputs, cluster, models, state } = permissionsOf(plan.config), folder = options.model ?? models;
  const isOnce = plan.kind === "input", read = isOnce ? inputFolders(options) : [...inputs, state];
  const labels = options.labels === null ? [] : [options.labels];
  const rights = isOnce ? rightsFor(options.inputs, plan.config) : cluster;
  return { ...rights, read: [...read, ...rights.read, ...labels, folder, backendFolder()], write: [folder] };
}

/** `templates` reads what it is given and writes one file; settings are looked at where an index is read. */
export async function templatesRights(args: string[], { root, cwd }: LaunchSite): Promise<Rights> {
  const options = parseRunOptions(args, cwd, TEMPLATES_OPTIONS), { inputs, output } = options;
  const write = output === null ? [] : [output], read = inputFolders(options);
  if (!inputs.some(isIndex)) return { read, write };
  const plan = await planOf(options, root, cwd), rights = rightsFor(inputs, plan.config);
  return { ...rights, read: [...read, ...rights.read], write, plan };
}

/** `ship` reads the streams' logs, reaches the cluster, and keeps what it sent and what waits in the state. */
export async function shipRights(args: string[], { root, cwd }: LaunchSite): Promise<Rights> {
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
export async function mapRights(args: string[], { root, cwd }: LaunchSite): Promise<Rights> {
  const { config } = mapOptions(args, cwd), options = config === null ? [] : ["--config", config];
  const run = parseRunOptions(options, cwd, ["config"]);
  const plan = await planOf({ ...run, inputs: [INDEX_PREFIX] }, root, cwd); // it needs no streams
  const { elasticsearch } = plan.config,
    cluster = elasticsearch === undefined ? LEAST : clusterRights(elasticsearch);
  return { ...cluster, read: [HOST_NAME_FILE, ...cluster.read], plan };
}

/** `parse` reads the logs that it is given and writes what is named. */
export async function parseRights(args: string[], { root, cwd }: LaunchSite): Promise<Rights> {
  const { inputs, output, config } = parseOptions(args, cwd), write = output === null ? [] : [output];
  if (!inputs.some(isIndex)) return { read: inputFolders({ inputs }), write };
  const plan = await planOf({ ...parseRunOptions([], cwd, []), inputs, config }, root, cwd);
  const rights = rightsFor(inputs, plan.config);
  return { ...rights, read: [...inputFolders({ inputs }), ...rights.read], write, plan };
}

/** `evaluate` reads verdicts and labels, or logs and what training or judging needs; it may keep a log that it changed. */
export async function evaluateRights(args: string[], { root, cwd }: LaunchSite): Promise<Rights> {
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
