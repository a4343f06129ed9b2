/**
 * A program that keeps Elasticsearch servers for test files that run one after the other, because a start costs more than most
 * tests. It prints its address, lends a server to one file at a time (`POST /lend?major=9`), starts, stops and kills it for that
 * (`POST /kill?url=…`), empties it when it is given back (`POST /end?url=…`), and stops all when its standard input ends.
 *
 * @module
 */
import { type ElasticsearchMajor, type ElasticsearchServer, startElasticsearch } from "./elasticsearch.ts";
import { emptyServer } from "./emptied_server.ts";

const free: Record<ElasticsearchMajor, ElasticsearchServer[]> = { 8: [], 9: [] };
const lent = new Map<string, ElasticsearchServer>();

async function lend(major: ElasticsearchMajor): Promise<ElasticsearchServer> {
  const server = free[major].pop() ?? await startElasticsearch(major);
  lent.set(server.url, server);
  return server;
}

/** Keeps a server for the next one; one that can't be emptied (it has a data stream, and no way to delete it) ends. */
async function end(server: ElasticsearchServer): Promise<void> {
  lent.delete(server.url);
  try {
    if (!server.running) await server.start();
    await emptyServer(server.url);
  } catch (error) {
    console.error(`a server ends: ${(error as Error).message}`);
    return await server[Symbol.asyncDispose]();
  }
  free[Number(server.version.split(".")[0]) as ElasticsearchMajor].push(server);
}

const ACTIONS: Record<string, (server: ElasticsearchServer) => Promise<void>> = {
  ...{
    end,
    start: (server) => server.start(),
    stop: (server) => server.stop(),
    kill: (server) => server.kill(),
  },
};

async function answer(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url), action = pathname.slice(1);
  if (action === "lend") {
    const { url, version } = await lend(Number(searchParams.get("major")) as ElasticsearchMajor);
    return Response.json({ url, version });
  }
  const server = lent.get(searchParams.get("url") ?? "");
  if (server === undefined || !(action in ACTIONS)) return new Response(`Cannot ${action}`, { status: 404 });
  await ACTIONS[action](server);
  return new Response(null, { status: 204 });
}

Deno.serve({
  ...{ hostname: "127.0.0.1", port: 0 },
  onListen: ({ port }) => console.log(`http://127.0.0.1:${port}`),
  onError: (error) => new Response(`${error}`, { status: 500 }),
}, answer);
for await (const _ of Deno.stdin.readable); // until the one who started it ends
const all = [...lent.values(), ...free[8], ...free[9]];
await Promise.all(all.map((server) => server[Symbol.asyncDispose]()));
Deno.exit(0);
