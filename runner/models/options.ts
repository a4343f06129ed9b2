/**
 * The command line of `deepscan models`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { absolute, UsageError } from "../context.ts";

const OPTIONS = {
  keep: { type: "string" },
  force: { type: "boolean" },
  stream: { type: "string" },
  activate: { type: "boolean" },
  model: { type: "string" },
  config: { type: "string" },
  json: { type: "boolean" },
} as const;

/** What can be done, how many versions each takes, and which options it has beside `--model`, `--config` and `--json`. */
const ACTIONS = {
  list: { versions: [0, 0], options: [] },
  show: { versions: [0, 1], options: [] },
  compare: { versions: [2, 2], options: [] },
  activate: { versions: [1, 1], options: [] },
  rollback: { versions: [0, 0], options: [] },
  promote: { versions: [0, 0], options: ["force"] },
  withdraw: { versions: [0, 0], options: [] },
  refit: { versions: [0, 0], options: ["stream", "activate"] },
  prune: { versions: [0, 0], options: ["keep"] },
} as const;

/** One of {@linkcode ACTIONS}. */
export type ModelsAction = keyof typeof ACTIONS;

/** What stands on the command line. */
export interface ModelsOptions {
  action: ModelsAction;
  /** Names of versions, as `v0007`. */
  versions: string[];
  /** Versions that `prune` leaves; `null` = as the settings say. */
  keep: number | null;
  /** Whether `promote` asks for no trial. */
  force: boolean;
  /** The stream that `refit` is about; `null` = all. */
  stream: string | null;
  /** Whether `refit` asks for no trial. */
  activate: boolean;
  /** Folder of the registry, absolute; `null` = the settings' one. */
  model: string | null;
  json: boolean;
}

/** Whether an action changes what is in the registry. */
export function changesModels(action: ModelsAction): boolean {
  return !["list", "show", "compare"].includes(action);
}

/**
 * Reads the command line.
 *
 * @param cwd Where relative paths are meant from.
 * @throws {UsageError} for what can't be done.
 */
export function modelsOptions(args: string[], cwd: string): ModelsOptions {
  const { values, positionals: [action, ...names] } = parsed(args);
  if (action === undefined || !(action in ACTIONS)) {
    throw new UsageError(`Cannot work on models: expected one of ${Object.keys(ACTIONS).join(", ")}`);
  }
  const { versions: [least, most], options } = ACTIONS[action as ModelsAction];
  if (names.length < least || names.length > most) {
    throw new UsageError(`Cannot ${action} models: expected ${wanted(least, most)}, got ${names.length}`);
  }
  const always = ["model", "config", "json", ...options];
  for (const name of Object.keys(values)) {
    if (!always.includes(name)) throw new UsageError(`Cannot use --${name} with ${action}`);
  }
  const { model, json = false, force = false, stream = null, activate = false } = values;
  return {
    ...{ action: action as ModelsAction, versions: names.map(versionName), json, force, stream, activate },
    keep: values.keep === undefined ? null : keepOf(values.keep),
    model: model === undefined ? null : absolute(cwd, model),
  };
}

function wanted(least: number, most: number): string {
  if (most === 0) return "no version";
  return least === most ? `${least} version${least === 1 ? "" : "s"}` : "one version at the most";
}

/** `7` and `v7` are `v0007`. */
function versionName(text: string): string {
  const [, number] = text.match(/^v?(\d{1,9})$/) ?? [];
  if (number === undefined) {
    throw new UsageError(`Cannot find model "${text}": expected a version such as v0007`);
  }
  return `v${String(Number(number)).padStart(4, "0")}`;
}

function keepOf(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new UsageError(`Cannot read --keep: expected how many versions stay, got "${text}"`);
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`Cannot read the command line: ${(error as Error).message.split(/[.\n]/)[0]}`);
  }
}
