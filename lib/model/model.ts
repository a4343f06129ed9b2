/**
 * A model: immutable, self-contained, versioned.
 *
 * @module
 */
import { shownAs } from "../table/jupyter.ts";
import { savedFields } from "../record/saved_fields.ts";
import { modelView } from "./model_view.ts";
import { restoreStream, type StreamModel, type StreamSnapshot, streamSnapshot } from "./stream_model.ts";

const { amount, arrayOf, fieldsOf, nullOr, number, text } = savedFields("a model");

/** Version of the shape that {@linkcode modelSnapshot} writes. */
export const MODEL_FORMAT = 4;

/** Everything that judging needs, by stream. Scanning never changes it. */
export interface Model {
  /** Name in its registry: `v0001`; empty until it is saved. */
  version: string;
  /** The version that was active when this one was trained; `null` = there was none. */
  parent: string | null;
  /** When it was trained, ms since the epoch. */
  createdAt: number;
  seed: number;
  streams: StreamModel[];
}

/** {@linkcode Model} as plain data. */
export interface ModelSnapshot {
  format: number;
  parent: string | null;
  createdAt: number;
  seed: number;
  streams: StreamSnapshot[];
}

/** A model that this program can't use: of another format, or damaged. */
export class ModelError extends Error {
  override readonly name = "ModelError";
}

/** `model` as plain data, for a file. */
export function modelSnapshot(model: Model): ModelSnapshot {
  const { parent, createdAt, seed, streams } = model;
  return { format: MODEL_FORMAT, parent, createdAt, seed, streams: streams.map(streamSnapshot) };
}

/**
 * The model that a snapshot describes; every field is checked.
 *
 * @param snapshot As it was read, of any shape.
 * @param version The name that it has in its registry.
 * @throws {ModelError} if it is of another format or damaged.
 */
export async function restoreModel(snapshot: unknown, version: string): Promise<Model> {
  if (typeof snapshot !== "object" || snapshot === null || !("format" in snapshot)) {
    throw new ModelError(`Cannot use model ${version}: it is no DeepScan model`);
  }
  const { format } = snapshot;
  if (format !== MODEL_FORMAT) {
    throw new ModelError(
      `Cannot use model ${version}: it has format ${format}, this program knows ${MODEL_FORMAT}; train a new one`,
    );
  }
  try {
    return shownAs({ version, ...await readModel(snapshot) }, modelView);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ModelError(`Cannot use model ${version}: ${reason}; train a new one`, { cause });
  }
}

async function readModel(snapshot: object): Promise<Omit<Model, "version">> {
  const { parent, createdAt, seed, streams } = fieldsOf(snapshot, "the model");
  return {
    parent: nullOr(parent, "parent", text),
    createdAt: amount(createdAt, "createdAt"),
    seed: number(seed, "seed"),
    streams: await Promise.all(arrayOf(streams, "streams", restoreStream)),
  };
}
