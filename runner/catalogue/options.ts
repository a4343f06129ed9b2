/**
 * The command line of `deepscan templates`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { absolute, UsageError } from "../context.ts";

const OPTIONS = {
  by: { type: "string" },
  slot: { type: "string" },
  stream: { type: "string" },
  model: { type: "string" },
  config: { type: "string" },
  json: { type: "boolean" },
} as const;

/** What can be done, and how many ids or texts each takes. */
const ACTIONS = {
  list: [0, 0],
  show: [1, 1],
  merge: [2, Infinity],
  split: [1, 1],
  pin: [1, 1],
  unpin: [1, 1],
};

/** One of {@linkcode ACTIONS}. */
export type Action = keyof typeof ACTIONS;

/** What stands on the command line. */
export interface CatalogueOptions {
  action: Action;
  /** Ids, or for `pin` a text. */
  names: string[];
  /** The word that `split` takes a template apart by. */
  by: string | null;
  /** Which value of the text that is, from 1. */
  slot: number | null;
  stream: string | null;
  /** Folder of the registry, absolute; `null` = the settings' one. */
  model: string | null;
  json: boolean;
}

/**
 * Reads the command line.
 *
 * @param cwd Where relative paths are meant from.
 * @throws {UsageError} for what can't be done.
 */
export function catalogueOptions(args: string[], cwd: string): CatalogueOptions {
  const { values, positionals: [action, ...names] } = parsed(args);
  if (action === undefined || !(action in ACTIONS)) {
    throw new UsageError(`Cannot work on templates: expected one of ${Object.keys(ACTIONS).join(", ")}`);
  }
  const [least, most] = ACTIONS[action as Action];
  if (names.length < least || names.length > most) {
    throw new UsageError(
      `Cannot ${action} templates: expected ${
        most === 0 ? "nothing" : least === 1 ? "one ID" : "two IDs or more"
      } behind ${action}, got ${names.length}`,
    );
  }
  refuseStrays(action as Action, values);
  const { by = null, slot, stream = null, model, json = false } = values;
  return {
    ...{ action: action as Action, names, by, stream, json },
    slot: slot === undefined ? null : Number(slot),
    model: model === undefined ? null : absolute(cwd, model),
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`Cannot read the command line: ${(error as Error).message.split(/[.\n]/)[0]}`);
  }
}

function refuseStrays(action: Action, { by, slot, json }: ReturnType<typeof parsed>["values"]): void {
  if ((by !== undefined || slot !== undefined) && action !== "split") {
    throw new UsageError(`Cannot use --by and --slot with ${action}: they say how to split`);
  }
  if (slot !== undefined && (by === undefined || !/^[1-9]\d?$/.test(slot))) {
    throw new UsageError(`Cannot split: --slot takes the number of a value, from 1, and --by the word in it`);
  }
  if (json && action !== "list" && action !== "show") {
    throw new UsageError(`Cannot use --json with ${action}: it is for list and show`);
  }
}
