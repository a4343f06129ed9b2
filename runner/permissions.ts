/**
 * The exact rights of every command, worked out from its arguments and settings before it starts.
 *
 * @module
 */
import { dirname } from "node:path";
import { fixedFolder, permissionsOf } from "./config/permissions.ts";
import { absolute, type Plan } from "./context.ts";
import { notebooksPermissions } from "./notebooks/options.ts";
import {
  DETECT_OPTIONS,
  type OptionName,
  parseRunOptions,
  TEMPLATES_OPTIONS,
  TRAIN_OPTIONS,
} from "./options.ts";
import { planOf } from "./plan.ts";

/** What a worker is allowed; every list may be empty. */
export interface Permissions {
  read: string[];
  write: string[];
  net: string[];
  env: string[];
  run: string[];
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

const NOTHING: Permissions = {
  ...{ read: [], write: [], net: [], run: [] },
  env: ["NO_COLOR", "DEEPSCAN_DEBUG", "DEEPSCAN_PLAN"],
};

/** Deno's flags for `permissions`. */
export function permissionFlags(permissions: Permissions): string[] {
  return Object.entries(permissions).filter(([, values]) => values.length > 0)
    .map(([name, values]) => {
      return `--allow-${name}=${[...new Set((values as string[]).map(withoutComma))].sort().join(",")}`;
    });
}

/** The rights that a command needs for these arguments, and the settings that it goes by. */
type Rights = (args: string[], site: LaunchSite) => Promise<Partial<Permissions> & { plan?: Plan }>;

/** By command. */
const RIGHTS: Record<string, Rights> = {
  detect: (args, site) => readingRights(args, site, DETECT_OPTIONS),
  train: (args, site) => readingRights(args, site, TRAIN_OPTIONS),
  templates: (args, site) => readingRights(args, site, TEMPLATES_OPTIONS),
  evaluate: (args, { cwd }) => Promise.resolve({ read: files(args, cwd, "--verdicts", "--labels") }),
  notebooks: (args, site) => Promise.resolve(notebooksPermissions(args, site)),
  init: (args, { cwd }) => Promise.resolve(initRights(args, cwd)),
  explain: stateRights,
  alerts: stateRights,
};

/** A path without a comma, which flags can't hold: its nearest folder above that has none. */
function withoutComma(path: string): string {
  const comma = path.indexOf(",");
  return comma < 0 ? path : path.slice(0, Math.max(1, path.lastIndexOf("/", comma)));
}

/** What the command `name` may do with these arguments. */
export async function permissionsFor(name: string, args: string[], site: LaunchSite): Promise<Launch> {
  if (args.includes("--help") || args.includes("-h")) return { permissions: NOTHING, plan: null };
  const { plan = null, ...rights } = await RIGHTS[name](args, site);
  return { permissions: merged(NOTHING, rights), plan };
}

/** Both together. */
function merged(one: Permissions, other: Partial<Permissions>): Permissions {
  return {
    read: [...one.read, ...other.read ?? []],
    write: [...one.write, ...other.write ?? []],
    net: [...one.net, ...other.net ?? []],
    env: [...one.env, ...other.env ?? []],
    run: [...one.run, ...other.run ?? []],
  };
}

/** What reading logs, training and judging needs. */
async function readingRights(
  args: string[],
  site: LaunchSite,
  allowed: readonly OptionName[],
): Promise<Permissions & { plan: Plan }> {
  const options = parseRunOptions(args, site.cwd, allowed);
  const plan = await planOf(options, site.root, site.cwd);
  const config = permissionsOf(plan.config);
  const outputs = [options.verdicts, options.output, options.report].filter((path) => path !== null);
  const models = options.model ?? plan.config.model.directory;
  const rights = merged(NOTHING, {
    read: [
      ...config.read,
      models,
      ...options.inputs.filter((path) => path !== "-").flatMap(readable),
      backendFolder(),
    ],
    write: [...config.write, models, ...outputs],
  });
  if (plan.kind === "sample") addSample(rights, site.root);
  if (plan.kind !== "input" || options.notify) rights.net.push(...config.net);
  rights.env.push(...config.env);
  return { ...rights, plan };
}

function addSample(rights: Permissions, root: string): void {
  rights.read.push(`${root}/data`);
  rights.write.push(`${root}/data`);
}

/** What must be readable to find what a pattern means: its folder, and the thing itself where it is a folder or lies elsewhere. */
function readable(pattern: string): string[] {
  return [fixedFolder(pattern), ...(/[*?[{]/.test(pattern) ? [] : [pattern])];
}

/** Where the WASM backend of tfjs lies; training reads its binary. */
function backendFolder(): string {
  return dirname(new URL(import.meta.resolve("@tensorflow/tfjs-backend-wasm")).pathname);
}

/** What looking at the state needs; SQLite writes beside a database that it only reads. */
async function stateRights(
  args: string[],
  { root, cwd }: LaunchSite,
): Promise<Partial<Permissions> & { plan: Plan }> {
  const config = valueOf(args, "--config");
  const options = parseRunOptions(config === undefined ? [] : ["--config", config], cwd, ["config"]);
  const plan = await planOf(options, root, cwd), { directory } = plan.config.state;
  return { read: [directory], write: [directory], plan };
}

/** `init` looks at the paths that it is given and writes one file. */
function initRights(args: string[], cwd: string): Partial<Permissions> {
  const output = absolute(cwd, valueOf(args, "--output") ?? "deepscan.yaml");
  const paths = args.filter((arg, i) => !arg.startsWith("-") && args[i - 1] !== "--output");
  return { read: [...paths.flatMap((path) => readable(absolute(cwd, path))), output], write: [output] };
}

/** The files that stand behind these options. */
function files(args: string[], cwd: string, ...names: string[]): string[] {
  return names.map((name) => valueOf(args, name)).filter((path) => path !== undefined)
    .map((path) => absolute(cwd, path));
}

/** The value behind `name` on a command line, without reading the rest. */
function valueOf(args: string[], name: string): string | undefined {
  const joined = args.find((arg) => arg.startsWith(`${name}=`));
  if (joined) return joined.slice(name.length + 1);
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
}
