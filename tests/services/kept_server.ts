/**
 * Servers that `server_keeper.ts` keeps.
 *
 * @module
 */
import { type ElasticsearchMajor, type ElasticsearchServer, startElasticsearch } from "./elasticsearch.ts";

/**
 * A server that is empty and for this file alone: a kept one where `DEEPSCAN_SERVERS` says who keeps some, else one that is started.
 *
 * @example
 * ```ts ignore
 * await using server = await emptyElasticsearch(9);
 * await fetch(`${server.url}/_cluster/health`);
 * ```
 */
export async function emptyElasticsearch(major: ElasticsearchMajor): Promise<ElasticsearchServer> {
  const keeper = Deno.env.get("DEEPSCAN_SERVERS");
  if (keeper === undefined) return await startElasticsearch(major);
  return new KeptServer(keeper, await (await ask(`${keeper}/lend?major=${major}`)).json());
}

class KeptServer implements ElasticsearchServer {
  readonly url: string;
  readonly version: string;
  running = true;

  constructor(private readonly keeper: string, { url, version }: { url: string; version: string }) {
    this.url = url;
    this.version = version;
  }

  async start(): Promise<void> {
    await this.#tell("start");
    this.running = true;
  }

  async stop(): Promise<void> {
    this.running = false;
    await this.#tell("stop");
  }

  async kill(): Promise<void> {
    this.running = false;
    await this.#tell("kill");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tell("end");
  }

  async #tell(action: string): Promise<void> {
    await (await ask(`${this.keeper}/${action}?url=${encodeURIComponent(this.url)}`)).body?.cancel();
  }
}

async function ask(url: string): Promise<Response> {
  const answer = await fetch(url, { method: "POST" });
  if (answer.ok) return answer;
  throw new Error(`Cannot use a server that is kept: ${await answer.text()}`);
}
