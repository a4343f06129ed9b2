/**
 * The state of earlier runs, for commands that look at it.
 *
 * @module
 */
import { State } from "../../lib/mod.ts";
import type { Plan } from "../context.ts";

/**
 * Opens the state of the runs that a plan is about; it is never created.
 *
 * @param action What can't be done without it, for the error.
 * @throws {Error} if there was no run yet.
 */
export function openEarlier(
  { kind, config, path }: Plan,
  action: string,
  options: { readOnly: boolean },
): State {
  const file = fileOf(config);
  if (exists(file)) return State.open(file, options);
  const settings = kind === "sample" ? "the bundled sample" : path;
  throw new Error(`Cannot ${action}: no run yet by the settings of ${settings}: there is no ${file}`);
}

/** The same to look at; `null` if there was no run yet. */
export function findEarlier({ config }: Plan): State | null {
  const file = fileOf(config);
  return exists(file) ? State.open(file, { readOnly: true }) : null;
}

function fileOf({ state }: Plan["config"]): string {
  return `${state.directory}/state.db`;
}

function exists(file: string): boolean {
  try {
    Deno.statSync(file);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
