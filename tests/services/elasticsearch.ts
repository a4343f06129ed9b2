/**
 * A real Elasticsearch on this machine: started on free ports, always stopped.
 *
 * @module
 */
import { javaFor, type JavaHome } from "./java.ts";
import { distribution, succeed } from "./elasticsearch_distribution.ts";
import { type ElasticsearchSecurity, secure } from "./elasticsearch_security.ts";
import { freePort } from "./free_port.ts";

/** Versions that tests run against, by their first number. */
export const ELASTICSEARCH_VERSIONS = { 8: "8.19.21", 9: "9.5.3" } as const;

/** First number of a version. */
export type ElasticsearchMajor = keyof typeof ELASTICSEARCH_VERSIONS;

/** How the server is set up. */
export interface ElasticsearchOptions {
  security?: ElasticsearchSecurity;
  /** Further settings, as `elasticsearch.yml` names them. */
  settings?: Record<string, string | number | boolean>;
  /** Whether it runs for long, at full speed; default: it is quick to start. */
  thorough?: boolean;
}

/** A server that can be stopped, killed and started again with the same data on the same port. */
export interface ElasticsearchServer extends AsyncDisposable {
  readonly version: string;
  /** `http://127.0.0.1:PORT`, or `https://localhost:PORT` with security. */
  readonly url: string;
  /** Whether it is there. */
  readonly running: boolean;
  /** Starts it (again) and waits until it answers. */
  start(): Promise<void>;
  /** As an operator stops it. */
  stop(): Promise<void>;
  /** As a power failure stops it. */
  kill(): Promise<void>;
}

const NOBODY = 65_534;
/** How long a server may take until it answers, ms. */
const PATIENCE = 180_000;

/** Whether a server of this version can run here. */
export function canRunElasticsearch(major: ElasticsearchMajor): boolean {
  return javaFor(major) !== undefined;
}

/**
 * Starts a server.
 *
 * @example
 * ```ts ignore
 * await using server = await startElasticsearch(9);
 * await fetch(`${server.url}/_cluster/health`);
 * ```
 */
export async function startElasticsearch(
  major: ElasticsearchMajor,
  options: ElasticsearchOptions = {},
): Promise<ElasticsearchServer> {
  const version = ELASTICSEARCH_VERSIONS[major], java = javaFor(major);
  if (java === undefined) {
    throw new Error(`Cannot start Elasticsearch ${version}: no Java here that it runs on`);
  }
  const program = await distribution(version), home = await Deno.makeTempDir({ prefix: "elasticsearch-" });
  const port = freePort(), environment = environmentOf(home, java, options);
  await configure({ program, home }, { http: port, transport: freePort() }, options);
  const scheme = options.security === undefined ? "http://127.0.0.1" : "https://localhost";
  const server = new Server({ program, home, environment, version, url: `${scheme}:${port}` });
  try {
    await server.start();
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
  return server;
}

/** Where a server's programs and files lie. */
interface Place {
  /** Folder of the distribution; shared, never written. */
  program: string;
  /** Folder of this server: configuration, data, logs. */
  home: string;
  environment: Record<string, string>;
}

class Server implements ElasticsearchServer {
  readonly version: string;
  readonly url: string;
  readonly #place: Place;
  #process: Deno.ChildProcess | null = null;

  constructor({ version, url, ...place }: Place & { version: string; url: string }) {
    this.version = version;
    this.url = url;
    this.#place = place;
  }

  get running(): boolean {
    return this.#process !== null;
  }

  async start(): Promise<void> {
    const { program, environment } = this.#place;
    this.#process = new Deno.Command("setsid", {
      args: [...GUARDED, ...asNobody(), `${program}/bin/elasticsearch`],
      ...{ clearEnv: true, env: environment, stdin: "piped", stdout: "null", stderr: "null" },
    }).spawn();
    await this.#answer();
  }

  stop(): Promise<void> {
    return this.#end("TERM");
  }

  kill(): Promise<void> {
    return this.#end("KILL");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await Deno.remove(this.#place.home, { recursive: true });
  }

  async #end(signal: string): Promise<void> {
    const process = this.#process;
    if (process === null) return;
    this.#process = null;
    await signalGroup(process.pid, signal);
    await process.status;
    while (await signalGroup(process.pid, "0")) await sleep(50);
    await process.stdin.close().catch(() => {}); // its reader may be gone already
  }

  /** Waits until it answers. */
  async #answer(): Promise<void> {
    const process = this.#process!, deadline = Date.now() + PATIENCE;
    let ended = false;
    process.status.then(() => ended = true);
    while (!(await answers(this.url))) {
      if (ended || Date.now() > deadline) throw new Error(await this.#failure());
      await sleep(250);
    }
  }

  async #failure(): Promise<string> {
    const log = await Deno.readTextFile(`${this.#place.home}/logs/elasticsearch.log`).catch(() => "no log");
    return `Cannot start Elasticsearch ${this.version}: ${log.split("\n").slice(-20).join("\n")}`;
  }
}

/** Runs what follows in a process group of its own that ends with the one who started it: its standard input closes then. */
const GUARDED = ["sh", "-c", 'exec 3<&0; (cat <&3 >/dev/null; kill -9 0) & "$@" 3<&- & wait $!', "guard"];

/** Elasticsearch refuses to run as root. */
function asNobody(): string[] {
  return Deno.uid() === 0 ? ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"] : [];
}

function environmentOf(
  home: string,
  { path }: JavaHome,
  { thorough = false }: ElasticsearchOptions,
): Record<string, string> {
  const compiled = thorough ? "" : " -XX:TieredStopAtLevel=1"; // halves what a start costs
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    HOME: home,
    ES_JAVA_HOME: path,
    ES_JAVA_OPTS: `-Xms512m -Xmx512m${compiled}`,
    ES_PATH_CONF: `${home}/config`,
    ES_TMPDIR: `${home}/tmp`,
  };
}

/** Writes the configuration of a server, and gives its folder to the one who runs it. */
async function configure(
  { program, home }: Pick<Place, "program" | "home">,
  ports: { http: number; transport: number },
  { security, settings = {} }: ElasticsearchOptions,
): Promise<void> {
  await Deno.mkdir(`${home}/tmp`);
  await succeed("cp", ["-r", `${program}/config`, `${home}/config`]);
  const all: Record<string, string | number | boolean> = {
    "network.host": "127.0.0.1",
    "http.port": ports.http,
    "transport.port": ports.transport,
    "discovery.type": "single-node",
    "path.data": `${home}/data`,
    "path.logs": `${home}/logs`,
    "cluster.routing.allocation.disk.threshold_enabled": false,
    "xpack.security.enabled": security !== undefined,
    ...(security === undefined ? {} : TLS),
    ...settings,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`);
  await Deno.writeTextFile(`${home}/config/elasticsearch.yml`, lines.join(""));
  if (security !== undefined) await secure(`${home}/config`, security);
  if (asNobody().length > 0) await succeed("chown", ["-R", `${NOBODY}:${NOBODY}`, home]);
}

const TLS = {
  "xpack.security.http.ssl.enabled": true,
  "xpack.security.http.ssl.key": "http.key",
  "xpack.security.http.ssl.certificate": "http.crt",
};

async function answers(url: string): Promise<boolean> {
  const port = Number(new URL(url).port);
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
  } catch {
    return false;
  }
  if (url.startsWith("https:")) return true; // it listens when it is ready
  const answer = await fetch(`${url}/_cluster/health?wait_for_status=yellow&timeout=60s`);
  await answer.body?.cancel();
  return answer.ok;
}

/** Signals a process group; whether there was one. */
async function signalGroup(leader: number, signal: string): Promise<boolean> {
  const { success } = await new Deno.Command("kill", {
    args: [`-${signal}`, "--", `-${leader}`],
    stderr: "null",
  })
    .output();
  return success;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
