/**
 * Inputs of a run, from patterns and from where an earlier run stopped.
 *
 * @module
 */
import { type Input, type InputNote, openFiles, type SavedPosition, stdinInput } from "../lib/mod.ts";

/** Inputs that were found. */
export interface FoundInputs {
  inputs: Input[];
  /** What a person should know. */
  notes: InputNote[];
  /** Saved positions of files that can't be seen at the moment, to be kept. */
  kept: SavedPosition[];
  /** Logs of such files that have no other either: windows wait for them. */
  unseen: string[];
}

/** Opens what the patterns name, to be read once from the start; `-` is standard input. */
export async function openOnce(patterns: readonly string[]): Promise<FoundInputs> {
  const { inputs, notes } = await openFiles(patterns.filter((pattern) => pattern !== "-"));
  return { inputs: patterns.includes("-") ? [...inputs, stdinInput()] : inputs, notes, kept: [], unseen: [] };
}

/** Opens what the patterns name, to be followed from where an earlier run stopped. */
export async function openFollowed(
  patterns: readonly string[],
  saved: readonly SavedPosition[],
): Promise<FoundInputs> {
  const { inputs, notes, forgotten, unseen } = await openFiles(patterns, { follow: true, saved });
  const gone = new Set([...forgotten.map(({ name }) => name), ...inputs.map(({ name }) => name)]);
  return { inputs, notes, kept: saved.filter(({ name }) => !gone.has(name)), unseen };
}
