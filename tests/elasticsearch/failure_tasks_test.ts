import assert from "node:assert/strict";
import { connect } from "../../lib/source/elasticsearch/connection.ts";
import { testThatNeeds } from "../needs.ts";
import { runTask, type TaskResult } from "../runner/tasks/task.ts";
import { withFolder } from "../with_folder.ts";
import { freePort } from "../services/free_port.ts";
import { elasticsearchNeed, NEWEST, withElasticsearch } from "../services/with_elasticsearch.ts";
import { CountingProxy } from "./counting_proxy.ts";
import { Given, linesOf, messages, messagesOf, some } from "./given_index.ts";
import { ask, passwordOf, type SecuredServer, startSecured } from "./secured.ts";

const LOGS = "elasticsearch:server-logs-*";

/** Judges an index once by the task, with these settings of a cluster; nothing of it can be judged. */
async function detect(
  cwd: string,
  cluster: string,
  options: { input?: string; env?: Record<string, string> } = {},
): Promise<TaskResult> {
  const { input = LOGS, env } = options;
  await Deno.writeTextFile(`${cwd}/deepscan.yaml`, `elasticsearch: ${cluster}\n`);
  return await runTask("detect", ["--input", input], { cwd, env });
}

/** A server that answers everything alike, and the headers that it was asked with. */
class Answering implements AsyncDisposable {
  readonly asked: Headers[] = [];
  readonly url: string;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(status: number, body: unknown, headers: Record<string, string> = {}) {
    this.#server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
      this.asked.push(new Headers([...request.headers]));
      return Response.json(body, { status, headers });
    });
    this.url = `http://127.0.0.1:${this.#server.addr.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

const ELASTIC = { "x-elastic-product": "Elasticsearch" };

Deno.test("detect sends the API key that the environment or a file holds, and shows it nowhere", async () => {
  await using server = new Answering(200, { id: "x", _shards: { total: 0 } }, ELASTIC);
  await withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/key`, "ZmlsZTprZXk=\n");
    const ways: [string, string][] = [["api_key_env: ES_KEY", "ZW52OmtleQ=="], [
      "api_key_file: key",
      "ZmlsZTprZXk=",
    ]];
    for (const [setting, key] of ways) {
      server.asked.length = 0;
      const { code, stdout, stderr } = await detect(cwd, `{nodes: ["${server.url}"], ${setting}}`, {
        env: { ES_KEY: "ZW52OmtleQ==" },
      });
      assert.equal(code, 1, stdout);
      assert.match(stderr, /Nothing to read matches elasticsearch:server-logs-\*/);
      assert.equal(server.asked[0].get("authorization"), `ApiKey ${key}`);
      assert.ok(!(stdout + stderr).includes(key));
    }
  });
});

Deno.test("detect refuses OpenSearch and other versions in a sentence", async () => {
  const refused =
    "Content-Type header [application/vnd.elasticsearch+json; compatible-with=8] is not supported";
  const media = {
    error: { type: "media_type_header_exception", reason: "Invalid media-type value" },
    status: 400,
  };
  await using openSearch = new Answering(406, { error: refused, status: 406 });
  await using older = new Answering(400, media, ELASTIC);
  await withFolder(async (cwd) => {
    const first = await detect(cwd, `{nodes: ["${openSearch.url}"]}`);
    assert.equal(first.code, 1);
    assert.match(
      first.stderr,
      /what answers is not Elasticsearch; OpenSearch and other forks are not supported/,
    );
    const second = await detect(cwd, `{nodes: ["${older.url}"]}`);
    assert.match(second.stderr, /this version of Elasticsearch is not supported \(8 and 9 are\)/);
    const init = await runTask(
      "deepscan",
      ["init", LOGS, "--nodes", openSearch.url, "--output", "new.yaml"],
      { cwd },
    );
    assert.equal(init.code, 1);
    assert.match(init.stderr, /OpenSearch and other forks are not supported/);
  });
});

Deno.test("connect() finds the place that a cloud id names", async () => {
  const client = await connect({ cloudId: `logs:${btoa("eu.example.com:9243$abc$def")}` });
  const [{ url }] = client.connectionPool.connections;
  assert.equal(url.href, "https://abc.eu.example.com:9243/");
  await client.close();
});

withElasticsearch(NEWEST, "what a cluster does wrong", (server, version) => {
  Deno.test(`IndexInput goes on with another node where one is dead, or dies (${version})`, async () => {
    const given = new Given(server(), "nodes"), documents = some(400, 1000);
    await given.fill(documents);
    const dead = `http://127.0.0.1:${freePort()}`;
    for (const nodes of [[dead, server().url], [server().url, dead]]) {
      assert.deepEqual(messagesOf(await linesOf(given.through({ nodes }))), messages(documents));
    }
    const dying = new CountingProxy(server().url);
    const input = given.through({ nodes: [dying.url, server().url] }),
      target = new Uint8Array(100),
      parts: string[] = [];
    for (let length = await input.read(target); length > 0; length = await input.read(target)) {
      parts.push(new TextDecoder().decode(target.subarray(0, length)));
      if (parts.length === 5) await dying[Symbol.asyncDispose]();
    }
    assert.ok(dying.documents > 0);
    assert.deepEqual(messagesOf(parts.join("").split("\n").slice(0, -1)), messages(documents));
    await given.leave();
  });
});

testThatNeeds(
  [elasticsearchNeed(NEWEST)],
  "detect says what keeps it from reading a real cluster",
  async (t) => {
    await using secured = await startSecured(NEWEST);
    const admin = await secured.as("admin"), at = (day: string) => `server-logs-2026.03.0${day}`;
    const document = { "@timestamp": "2026-03-04T10:00:00Z", message: "secret=4711" };
    await ask(admin, "POST /_bulk", [{ create: { _index: at("4"), _id: "a" } }, document]);
    await ask(admin, `POST /${at("4")}/_refresh`);
    await withFolder(async (cwd) => {
      await Deno.writeTextFile(`${cwd}/ca.pem`, secured.certificate.authority);
      await t.step("who it is, and what it may see", () => rights(cwd, secured));
      await t.step("an index that is red, and a cluster that is short of memory", async () => {
        const reader = clusterOf(cwd, secured);
        const nowhere = { settings: { "index.routing.allocation.require._name": "none" } };
        await ask(admin, `PUT /${at("5")}?wait_for_active_shards=0&timeout=1s`, nowhere);
        const red = await detect(cwd, reader);
        assert.equal(red.code, 1);
        assert.match(
          red.stderr,
          /parts of the index are not available \(the cluster is red\): .*2026\.03\.05/,
        );
        await ask(admin, `DELETE /${at("5")}`);
        await ask(admin, "PUT /_cluster/settings", { persistent: { "indices.breaker.total.limit": "1b" } });
        const memory = await detect(cwd, reader);
        assert.equal(memory.code, 1);
        assert.match(memory.stderr, /the cluster is short of memory/);
      });
    });
  },
);

/** Settings of the secured server, for a user. */
function clusterOf(
  cwd: string,
  { server }: SecuredServer,
  user = "reader",
  more = "ca_file: ca.pem",
): string {
  Deno.writeTextFileSync(`${cwd}/password`, user === "reader" ? passwordOf("reader") : passwordOf("writer"));
  return `{nodes: ["${server.url}"], user: ${user}, password_file: password, ${more}}`;
}

async function rights(cwd: string, secured: SecuredServer): Promise<void> {
  const fails = async (cluster: string, words: RegExp, input = LOGS) => {
    const { code, stdout, stderr } = await detect(cwd, cluster, { input });
    assert.equal(code, 1, stdout);
    assert.match(stderr, words);
  };
  const reader = clusterOf(cwd, secured);
  const read = await detect(cwd, reader);
  assert.equal(read.code, 0, read.stderr);
  assert.match(read.stdout, /1 new record/);
  await fails(reader, /the privilege "read" is missing/, "elasticsearch:other");
  await fails(reader, /no index matches, or none that this user may see/, "elasticsearch:other-*");
  await fails(reader.replace("reader", "nobody"), /doesn't know the user or the API key/);
  await fails(
    reader.replace(", ca_file: ca.pem", ""),
    /its certificate is not trusted; name the authority's file as ca_file/,
  );
  await fails(reader.replace("https:", "http:"), /begins with https/);
  await fails(reader.replace("ca.pem", "none.pem"), /file .*none\.pem can't be read/);
  await fails(clusterOf(cwd, secured, "writer"), /the privilege "read" is missing/);
}
