/**
 * What rights are made of.
 *
 * @module
 */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { readable } from "../config/permissions.ts";
import type { Plan } from "../context.ts";
import { isIndex } from "../elasticsearch/cluster.ts";
import type { RunOptions } from "../options.ts";

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

/** The rights that a command needs for these arguments, and the settings that it goes by. */
export type Rights = Partial<Permissions> & { plan?: Plan };

/** What every worker may do. */
export const LEAST: Permissions = {
  ...{ read: [], write: [], net: [], run: [] },
  env: ["NO_COLOR", "DEEPSCAN_DEBUG", "DEEPSCAN_PLAN", "OTEL_DENO"],
};

/** Both together. */
export function merged(one: Permissions, other: Partial<Permissions>): Permissions {
  return {
    read: [...one.read, ...other.read ?? []],
    write: [...one.write, ...other.write ?? []],
    net: [...one.net, ...other.net ?? []],
    env: [...one.env, ...other.env ?? []],
    run: [...one.run, ...other.run ?? []],
    sys: [...one.sys ?? [], ...other.sys ?? []],
  };
}

/** Folders of the logs that are named. */
export function inputFolders({ inputs }: Pick<RunOptions, "inputs">): string[] {
  return inputs.filter((path) => path !== "-" && !isIndex(path)).flatMap(readable);
}

/** Where the WASM backend of tfjs lies; training reads its binary. */
export function backendFolder(): string {
  return dirname(fileURLToPath(import.meta.resolve("@tensorflow/tfjs-backend-wasm")));
}

/** The value behind `name` on a command line, without reading the rest. */
export function valueOf(args: string[], name: string): string | undefined {
  const joined = args.find((arg) => arg.startsWith(`${name}=`));
  if (joined) return joined.slice(name.length + 1);
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
}
