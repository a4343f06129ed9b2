/**
 * The exact rights of every command, worked out from its arguments and settings before it starts.
 *
 * @module
 */
import { dirname } from "node:path";
import { fixedFolder, permissionsOf } from "./config/permissions.ts";
import { absolute, type Plan } from "./context.ts";
import { COMMANDS } from "./commands/mod.ts";
import { type OptionName, parseRunOptions } from "./options.ts";
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
    .map(([name, values]) => `--allow-${name}=${[...new Set(values)].sort().join(",")}`);
}

/** What the command `name` may do with these arguments. */
export async function permissionsFor(name: string, args: string[], site: LaunchSite): Promise<Launch> {
  if (args.includes("--help") || args.includes("-h")) return { permissions: NOTHING, plan: null };
  const { plan = null, ...rights } = await COMMANDS[name].launch(args, site);
  return { permissions: merged(NOTHING, rights), plan };
}

/** Both together. */
export function merged(one: Permissions, other: Partial<Permissions>): Permissions {
  return {
    read: [...one.read, ...other.read ?? []],
    write: [...one.write, ...other.write ?? []],
    net: [...one.net, ...other.net ?? []],
    env: [...one.env, ...other.env ?? []],
    run: [...one.run, ...other.run ?? []],
  };
}

/** What reading logs, training and judging needs. */
export async function readingPermissions(
  args: string[],
  site: LaunchSite,
  allowed: readonly OptionName[],
): Promise<Permissions & { plan: Plan }> {
  const options = parseRunOptions(args, site.cwd, allowed);
  const plan = await planOf(options, site.root, site.cwd);
  const config = permissionsOf(plan.config);
  const files = [options.verdicts, options.output, options.report].filter((path) => path !== null);
  const models = options.model ?? plan.config.model.directory;
  const rights = merged(NOTHING, {
    read: [
      ...config.read,
      models,
      ...options.inputs.filter((path) => path !== "-").flatMap(readable),
      backendFolder(),
    ],
    write: [...config.write, models, ...files],
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
export function readable(pattern: string): string[] {
  return [fixedFolder(pattern), ...(/[*?[{]/.test(pattern) ? [] : [pattern])];
}

/** Where the WASM backend of tfjs lies; training reads its binary. */
function backendFolder(): string {
  return dirname(new URL(import.meta.resolve("@tensorflow/tfjs-backend-wasm")).pathname);
}

/** The folder of a file named on the command line. */
export function fileRights(cwd: string, ...paths: (string | undefined)[]): string[] {
  return paths.filter((path) => path !== undefined).map((path) => absolute(cwd, path));
}
