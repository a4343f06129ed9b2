/**
 * A fitted autoencoder as plain data, and back.
 *
 * @module
 */
import { Scaler, type ScalerSnapshot } from "../feature/scaler.ts";
import { layersOf } from "./autoencoder_network.ts";
import { type DenseLayer, DenseNetwork } from "./dense_network.ts";
import type { DetectorSnapshot } from "./detector.ts";
import * as snapshots from "./snapshot.ts";
import { TrainedColumns } from "./trained_columns.ts";

/** The detector's name. */
export const NAME = "autoencoder";
const VERSION = 2;

/** What an autoencoder learned. */
export interface FittedAutoencoder {
  columns: TrainedColumns;
  scaler: Scaler;
  /** How much a squared error in each column counts in the score, shape [columns], mean 1. */
  columnWeights: Float32Array;
  /** Count of a middling training row, shape [columns]: what occlusion puts in a count's place. */
  medians: number[];
  network: DenseNetwork;
  /** Whether every attempt at training stuck: scores are then little more than distances from the columns' means. */
  stuck: boolean;
}

/** What was learned as plain data; weights are Float32 numbers in base64. */
export function saveFitted(fitted: FittedAutoencoder): DetectorSnapshot {
  const { columns, scaler, columnWeights, medians, network, stuck } = fitted;
  const weights = network.layers.flatMap(({ kernel, bias }) => [...kernel, ...bias]);
  return {
    kind: NAME,
    version: VERSION,
    columns: [...columns.names],
    scaler: scaler.toJSON(),
    medians: [...medians],
    columnWeights: snapshots.encodeFloats(columnWeights),
    weights: snapshots.encodeFloats(Float32Array.from(weights)),
    stuck,
  };
}

/**
 * What {@linkcode saveFitted} saved.
 *
 * @throws {TypeError} if a field is missing, of another type or not known, or they don't fit together.
 */
export function readFitted(snapshot: DetectorSnapshot): FittedAutoencoder {
  const saved = snapshots.readSnapshot(snapshot, NAME, VERSION, {
    columns: snapshots.isColumnNames,
    scaler: snapshots.isObject,
    medians: snapshots.isNumbers,
    columnWeights: snapshots.isFloats,
    weights: snapshots.isFloats,
    stuck: snapshots.isBoolean,
  });
  const columns = new TrainedColumns(NAME, saved.columns), { medians } = saved;
  const scaler = Scaler.fromJSON(saved.scaler as unknown as ScalerSnapshot);
  const columnWeights = snapshots.decodeFloats(saved.columnWeights);
  const lengths = { medians, columnWeights, scaler: scaler.toJSON().columns };
  for (const [field, { length }] of Object.entries(lengths)) {
    if (length !== columns.width) {
      throw new TypeError(
        `Cannot restore ${NAME}: the field ${field} is for ${length} columns of ${columns.width}`,
      );
    }
  }
  const network = new DenseNetwork(readLayers(snapshots.decodeFloats(saved.weights), columns.width));
  return { columns, scaler, columnWeights, medians, network, stuck: saved.stuck };
}

function readLayers(weights: Float32Array, width: number): DenseLayer[] {
  let at = 0;
  const layers = layersOf(width, (length) => weights.subarray(at, at += length));
  if (at !== weights.length) {
    throw new TypeError(
      `Cannot restore ${NAME}: the field weights has ${weights.length} numbers instead of ${at}`,
    );
  }
  return layers;
}
