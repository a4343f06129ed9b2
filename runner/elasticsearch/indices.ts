/**
 * Indices as inputs.
 *
 * @module
 */
import {
  type ElasticsearchSettings,
  fieldLists,
  IndexInput,
  InputError,
  type OwnFields,
  readIndexPosition,
  type SavedPosition,
} from "../../lib/mod.ts";
import { type Context, UsageError } from "../context.ts";
import type { FoundInputs, InputsOf } from "../found_inputs.ts";
import { clusterOf, INDEX_PREFIX } from "./cluster.ts";

/** How a stream that says nothing is read. */
const USUAL: Reading = { fields: {} };

/** How a stream is read. */
interface Reading {
  fields: OwnFields;
  query?: Record<string, unknown>;
  overlap?: number;
}

/** What is found of indices. */
type FoundIndices = Omit<FoundInputs, "kept">;

/** Opens indices to be read once, as they are now; a document without a time lies in every span, as a line of a file does. */
export async function openIndicesOnce(names: readonly string[], asker: InputsOf): Promise<FoundIndices> {
  return await open(
    names,
    asker,
    () => ({ ...asker.span, untimed: true }),
  );
}

/**
 * Opens indices to be read from where an earlier run stopped. Where time is real time, what is dated later than now is left
 * for a later run: one wrong clock would make all others late.
 */
export async function openIndicesFollowed(
  names: readonly string[],
  saved: readonly SavedPosition[],
  asker: InputsOf,
): Promise<FoundIndices> {
  const { context, stream } = asker, to = stream?.clock === "wall" ? context.now() : undefined;
  return await open(names, asker, (name) => {
    const position = saved.find((position) => position.name === name && position.source === "elasticsearch");
    return { follow: true, to, saved: position === undefined ? null : readIndexPosition(position) };
  });
}

/** Indices that can't be read are noted and left out. */
async function open(
  names: readonly string[],
  { context, stream }: InputsOf,
  optionsOf: (name: string) => Partial<ConstructorParameters<typeof IndexInput>[1]>,
): Promise<FoundIndices> {
  const cluster = await clusterFor(names[0], context),
    { fields, query, overlap } = stream?.elasticsearch ?? USUAL;
  const found: FoundIndices = { inputs: [], notes: [], unseen: [] };
  for (const name of names) {
    const options = optionsOf(name);
    const input = new IndexInput(cluster, {
      ...{ index: name.slice(INDEX_PREFIX.length), filter: query, overlap, fields: fieldLists(fields) },
      ...options,
    });
    try {
      const missing = await input.look();
      if (missing === null) found.inputs.push(input);
      else found.notes.push(missing);
      if (missing !== null && options.saved) found.unseen.push(name); // it was there
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      found.notes.push(error.note);
      found.unseen.push(name);
    }
  }
  return found;
}

/**
 * How the cluster of the settings is reached.
 *
 * @param input What is to be read of it.
 * @throws {UsageError} if the settings name no cluster.
 */
export async function clusterFor(input: string, { plan, env }: Context): Promise<ElasticsearchSettings> {
  const section = plan?.config.elasticsearch;
  if (section !== undefined) return await clusterOf(section, env);
  throw new UsageError(
    `Cannot read ${input}: the settings do not say where the cluster is; name its nodes as elasticsearch: {nodes: [https://…]}`,
  );
}
