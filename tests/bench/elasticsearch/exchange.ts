/**
 * A log on one side, a server on the other, and what goes between them.
 *
 * @module
 */
import { gunzipSync, gzipSync } from "node:zlib";
import { REAL_LOGS } from "../../needs.ts";
import type { ElasticsearchMajor } from "../../services/elasticsearch.ts";
import { probeWorker, runPart } from "../program.ts";
import type { Contender } from "./contenders.ts";
import { type Measured, runPeer } from "./peer.ts";

/** Where the documents that are read lie, and where they are sent. */
const SOURCE = "source", TARGET = "bench";

/** Makes a folder with the log, and ships it once: for the readers, and to warm the server. */
export async function makeExchange(
  url: string,
  { major, lines }: { major: ElasticsearchMajor; lines: number },
): Promise<Exchange> {
  const folder = await Deno.makeTempDir({ dir: "/tmp", prefix: "deepscan-bench-" });
  const packed = await Deno.readFile(new URL("hdfs_loglead_2pct/HDFS_2pct.log.gz", REAL_LOGS));
  const text = new TextDecoder().decode(gunzipSync(packed)).split("\n").filter((line) => line !== "");
  const exchange = new Exchange(url, { folder, major, documents: Math.min(lines, text.length) });
  await Deno.writeFile(`${folder}/hdfs.log.gz`, gzipSync(`${text.slice(0, lines).join("\n")}\n`));
  await exchange.ship(SOURCE, 2);
  return exchange;
}

/** Sends and reads, and measures that. */
export class Exchange implements AsyncDisposable {
  readonly #url: string;
  readonly #folder: string;
  readonly #major: ElasticsearchMajor;
  readonly #documents: number;

  constructor(
    url: string,
    { folder, major, documents }: { folder: string; major: ElasticsearchMajor; documents: number },
  ) {
    this.#url = url;
    this.#folder = folder;
    this.#major = major;
    this.#documents = documents;
  }

  /** What a contender takes for all documents; none may be missing. */
  async measure(contender: Contender): Promise<Measured> {
    const { task, inFlight, job } = contender;
    if (task === "ship") await this.#empty();
    const measured = job !== undefined
      ? await runPeer(this.#major, this.#url, job)
      : task === "ship"
      ? await this.ship(TARGET, inFlight)
      : await this.#read(inFlight);
    if (measured.documents === this.#documents) return measured;
    throw new Error(
      `Cannot measure ${contender.name}: ${measured.documents} of ${this.#documents} documents`,
    );
  }

  /** Ships the log by the command, with the permissions that its launcher gives it. */
  async ship(index: string, inFlight: number): Promise<Measured> {
    const folder = this.#folder;
    await Deno.remove(`${folder}/state`, { recursive: true }).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
    await Deno.writeTextFile(
      `${folder}/deepscan.yaml`,
      `elasticsearch: {nodes: ["${this.#url}"], timeout: 2m}
streams: [{name: hdfs, inputs: ["hdfs.log.gz"]}]
state: {directory: state}
ship: {index: ${index}, in_flight: ${inFlight}, patience: 2m}
`,
    );
    const { stdout, cpu } = await probeWorker("ship", ["--json"], folder);
    const { created, seconds } = JSON.parse(stdout);
    await this.#ask("POST", `/${index}-*/_refresh`);
    return { documents: created, seconds, cpu };
  }

  async #read(inFlight: number): Promise<Measured> {
    const rights = ["--allow-env", "--allow-sys", `--allow-net=${new URL(this.#url).host}`];
    const args = [this.#url, `${SOURCE}-*`, String(inFlight)];
    return await runPart("elasticsearch/read_index.ts", args, this.#folder, rights);
  }

  /** Takes away what was sent, and makes its indices anew with the fields of the shipper's. */
  async #empty(): Promise<void> {
    const made = Object.entries(await this.#ask("GET", `/${SOURCE}-*/_mapping`)) as [
      string,
      Record<string, unknown>,
    ][];
    for (const [source, { mappings }] of made) {
      const index = source.replace(SOURCE, TARGET);
      await this.#ask("DELETE", `/${index}?ignore_unavailable=true`);
      await this.#ask("PUT", `/${index}`, { mappings });
    }
  }

  async #ask(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const answer = await fetch(this.#url + path, {
      ...{ method, headers: { "content-type": "application/json" } },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const told = await answer.text();
    if (!answer.ok) throw new Error(`Cannot prepare ${path}: ${told.slice(0, 300)}`);
    return JSON.parse(told);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.#folder, { recursive: true });
  }
}
