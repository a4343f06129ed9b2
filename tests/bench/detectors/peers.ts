/**
 * Keras and scikit-learn of PyPI, in an environment of their own in the user's cache.
 *
 * @module
 */
import { cacheFolder, cachePath, FetchError, runProgram } from "../templates/fetch.ts";

/** What is installed, with versions. */
const SCIKIT = ["numpy==2.4.6", "scikit-learn==1.9.1"], KERAS = ["tensorflow-cpu==2.21.0", "keras==3.15.1"];

/** Models of `peers.py`. */
const PEER_MODELS = ["isolation-forest", "autoencoder", "lstm"] as const;

/** A name among {@linkcode PEER_MODELS}. */
export type PeerModel = typeof PEER_MODELS[number];

/** What `peers.py` is asked. */
export interface PeerJob {
  sequences: number[][];
  /** Distinct events. */
  events: number;
  anomalous: boolean[];
  train: number[];
  heldBack: number[];
  test: number[];
  seed: number;
  models: readonly PeerModel[];
}

/** What a model did. */
export interface Measured {
  tp: number;
  fp: number;
  fn: number;
  /** Seconds of fitting, and of scoring all tested sessions. */
  fit: number;
  score: number;
  /** Whether it learned little more than each column's mean. */
  stuck: boolean;
}

/** What a Python can run. */
export interface Peers {
  python: string;
  models: readonly PeerModel[];
}

/** The Python of the environment. */
export function peerPython(): string {
  return `${cachePath("peers-1")}/bin/python`;
}

/**
 * The Python that has the peers, installed where it isn't yet; what can't be had is noted.
 *
 * @param notes Gets a line for what is left out.
 */
export async function findPeers(notes: string[]): Promise<Peers> {
  const folder = cacheFolder("peers-1"), python = peerPython();
  const has = async (module: string, packages: string[]) => {
    try {
      await runProgram([python, "-c", `import ${module}`], folder).catch(async () => {
        await runProgram(["python3", "-m", "venv", folder], folder);
        await runProgram([python, "-m", "pip", "install", "--quiet", ...packages], folder);
      });
      notes.push(`${packages.join(", ")} of PyPI`);
      return true;
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      notes.push(`${packages.at(-1)} is left out: ${error.message}`);
      return false;
    }
  };
  const scikit = await has("sklearn", SCIKIT), keras = scikit && await has("keras", KERAS);
  return { python, models: PEER_MODELS.filter((model) => model === "isolation-forest" ? scikit : keras) };
}

/** What the peers make of one division of the sessions. */
export async function runPeers({ python }: Peers, job: PeerJob): Promise<Record<string, Measured>> {
  const script = new URL("peers.py", import.meta.url).pathname;
  return JSON.parse(await runProgram([python, script], "/tmp", JSON.stringify(job)));
}
