/**
 * The sessions of HDFS_2pct as models read them: counts and sequences of templates, with labels.
 *
 * @module
 */
import { Dictionary, formatByName, Miner, openFiles, RecordReader } from "../../../lib/mod.ts";
import { seededPermutation, seededRandom } from "../../../lib/detector/seeded_random.ts";
import { REAL_LOGS } from "../../needs.ts";

/** Sessions in the order of their first lines. */
export interface Sessions {
  /** Template numbers of each session's events, in order of the log. */
  sequences: Int32Array[];
  /** Whether it is labelled anomalous. */
  anomalous: boolean[];
  /** Templates that there are. */
  templates: number;
}

const FOLDER = new URL("hdfs_loglead_2pct/", REAL_LOGS);
const BLOCK = /blk_-?\d+/g;

/** Mines the templates of all lines and puts each line to the blocks that it names; `null` where the log is not on this machine. */
export async function hdfsSessions(): Promise<Sessions | null> {
  const labels = readLabels();
  if (labels === null) return null;
  const { inputs } = await openFiles([new URL("HDFS_2pct.log.gz", FOLDER).pathname]);
  const miner = new Miner(), events = new Map<string, number[]>();
  const services = new Dictionary(), format = formatByName("log4j");
  for (const input of inputs) {
    const reader = new RecordReader(input, { services, format, fallbackService: "hdfs" });
    for (let batch = await reader.next(); batch !== null; batch = await reader.next()) {
      miner.learn(batch);
      for (let row = 0; row < batch.length; row++) {
        const text = batch.text(batch.contentStart[row], batch.contentEnd[row]);
        for (const block of new Set(text.match(BLOCK))) {
          const own = events.get(block);
          if (own) own.push(batch.template[row]);
          else events.set(block, [batch.template[row]]);
        }
      }
    }
    reader.close();
  }
  const { catalogue, map } = miner.freeze();
  return {
    sequences: [...events.values()].map((own) => Int32Array.from(own, (index) => map[miner.resolve(index)])),
    anomalous: [...events.keys()].map((block) => labels.get(block) === "Anomaly"),
    templates: catalogue.frozen,
  };
}

function readLabels(): Map<string, string> | null {
  try {
    const rows = Deno.readTextFileSync(new URL("HDFS_2pct_labels.csv", FOLDER)).trim().split(/\r?\n/).slice(
      1,
    );
    return new Map(rows.map((row) => row.split(",") as [string, string]));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Rows of sessions: what trains, what is held back of it for thresholds, what is tested. */
export interface Split {
  train: number[];
  heldBack: number[];
  test: number[];
}

/** A random half of the normal sessions trains, a fifth of that held back; all others are tested. */
export function randomHalf({ anomalous }: Sessions, seed: number): Split {
  const normal = anomalous.flatMap((is, i) => is ? [] : [i]);
  const order = seededPermutation(normal.length, seededRandom(seed));
  const half = [...order.subarray(0, normal.length >> 1)].map((i) => normal[i]);
  const fitted = new Set(half), cut = Math.round(half.length * .8);
  return {
    train: half.slice(0, cut),
    heldBack: half.slice(cut),
    test: anomalous.flatMap((_, i) => fitted.has(i) ? [] : [i]),
  };
}
