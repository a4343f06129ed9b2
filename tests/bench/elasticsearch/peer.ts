/**
 * Elasticsearch's Python client, in an environment of its own in the user's cache.
 *
 * @module
 */
import type { ElasticsearchMajor } from "../../services/elasticsearch.ts";
import { cacheFolder, cachePath, runProgram } from "../templates/fetch.ts";

/** The client for each version of the server: it wants its own first number, or a newer server. */
const CLIENTS = { 8: "8.19.3", 9: "9.5.1" } as const;

/** What came of a measurement. */
export interface Measured {
  documents: number;
  seconds: number;
  /** Processor time of the client, seconds. */
  cpu: number;
}

/** What `peer.py` is asked. */
export interface PeerJob {
  work: "bulk" | "streaming_bulk" | "parallel_bulk" | "scan";
  inFlight: number;
  /** Documents of a request or an answer. */
  size: number;
}

/** The version of the client. */
export function peerVersion(major: ElasticsearchMajor): string {
  return CLIENTS[major];
}

/** The Python that has the client. */
function peerPython(major: ElasticsearchMajor): string {
  return `${cachePath(`elasticsearch-${CLIENTS[major]}`)}/bin/python`;
}

/**
 * Installs the client where it isn't yet.
 *
 * @throws {FetchError} if it can't be had.
 */
export async function installPeer(major: ElasticsearchMajor): Promise<void> {
  const version = CLIENTS[major],
    folder = cacheFolder(`elasticsearch-${version}`),
    python = peerPython(major);
  await runProgram([python, "-c", "import elasticsearch"], folder).catch(async () => {
    await runProgram(["python3", "-m", "venv", folder], folder);
    await runProgram([python, "-m", "pip", "install", "--quiet", `elasticsearch==${version}`], folder);
  });
}

/** Runs a job against a server. */
export async function runPeer(major: ElasticsearchMajor, url: string, job: PeerJob): Promise<Measured> {
  const script = new URL("peer.py", import.meta.url).pathname;
  return JSON.parse(await runProgram([peerPython(major), script], "/tmp", JSON.stringify({ url, ...job })));
}
