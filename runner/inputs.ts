/**
 * Inputs of a run, from patterns and from where an earlier run stopped.
 *
 * @module
 */
import { openFiles, type SavedPosition, stdinInput } from "../lib/mod.ts";
import { isIndex } from "./elasticsearch/cluster.ts";
import type { FoundInputs, InputsOf } from "./found_inputs.ts";

export type { FoundInputs, InputsOf } from "./found_inputs.ts";

/** Opens what the patterns name, to be read once from the start; `-` is standard input. */
export async function openOnce(patterns: readonly string[], asker: InputsOf): Promise<FoundInputs> {
  const { files, indices } = apart(patterns.filter((pattern) => pattern !== "-"));
  const { inputs, notes } = await openFiles(files);
  const found: FoundInputs = { inputs: [...inputs], notes, kept: [], unseen: [] };
  if (indices.length > 0) {
    const { openIndicesOnce } = await import("./elasticsearch/indices.ts");
    join(found, await openIndicesOnce(indices, asker));
  }
  if (patterns.includes("-")) found.inputs.push(stdinInput());
  return found;
}

/**
 * Opens what the patterns name, to be followed from where an earlier run stopped.
 *
 * @param asker Absent where only files are read.
 */
export async function openFollowed(
  patterns: readonly string[],
  saved: readonly SavedPosition[],
  asker?: InputsOf,
): Promise<FoundInputs> {
  const { files, indices } = apart(patterns);
  const { inputs, notes, forgotten, unseen } = await openFiles(files, { follow: true, saved });
  const found: FoundInputs = { inputs: [...inputs], notes, kept: [], unseen };
  if (indices.length > 0 && asker !== undefined) {
    const { openIndicesFollowed } = await import("./elasticsearch/indices.ts");
    join(found, await openIndicesFollowed(indices, saved, asker));
  }
  const gone = new Set([...forgotten.map(({ name }) => name), ...found.inputs.map(({ name }) => name)]);
  return { ...found, kept: saved.filter(({ name }) => !gone.has(name)) };
}

function apart(patterns: readonly string[]): { files: string[]; indices: string[] } {
  return {
    files: patterns.filter((pattern) => !isIndex(pattern)),
    indices: [...new Set(patterns.filter(isIndex))],
  };
}

/** Adds indices to files. */
function join(found: FoundInputs, { inputs, notes, unseen }: Omit<FoundInputs, "kept">): void {
  found.inputs.push(...inputs);
  found.notes.push(...notes);
  found.unseen.push(...unseen);
}
