import type { Client } from "@elastic/elasticsearch";
import assert from "node:assert/strict";
import { parse } from "yaml";
import { putLogTemplate } from "../../lib/source/elasticsearch/bulk_template.ts";
import { JSON_BODY } from "../../lib/source/elasticsearch/connection.ts";
import { type ElasticsearchError, failureOf } from "../../lib/source/elasticsearch/failure.ts";
import { IndexInput } from "../../lib/source/elasticsearch/index_input.ts";
import { testThatNeeds } from "../needs.ts";
import { elasticsearchNeed, MAJORS } from "../services/with_elasticsearch.ts";
import { countedRoles } from "./counted_secured.ts";
import { failures } from "./failure_secured.ts";
import { shipSecured } from "./ship_secured.ts";
import { ask, DEPLOY, type SecuredServer, startSecured } from "./secured.ts";

const DAY = "server-logs-2026.03.02", FINDINGS = "deepscan-alerts-2026.03";
const line = { "@timestamp": "2026-03-02T10:00:00.000Z", message: "hello", log: { level: "INFO" } };
const put = (index: string, id: string, doc = line) => [{ create: { _index: index, _id: id } }, doc];

/** What a bulk request's only item came to. */
async function item(
  client: Client,
  lines: Record<string, unknown>[],
): Promise<{ status: number; said: string }> {
  const { items } = await ask(client, "POST /_bulk", lines) as { items: Record<string, Item>[] };
  const [{ status, error }] = Object.values(items[0]);
  return { status, said: error === undefined ? "" : failed(status, error).message };
}

interface Item {
  status: number;
  error?: { type: string; reason: string };
}

function failed(statusCode: number, error: unknown): ElasticsearchError {
  return failureOf("write", { statusCode, body: { error } });
}

/** The privilege that a request was refused for. */
async function missing(request: Promise<unknown>): Promise<string> {
  const failure = await request.then(() => null, (error) => failureOf("do it", error));
  assert.equal(failure?.kind, "privilege", failure?.message ?? "it was allowed");
  return /the privilege "([^"]*)" is missing/.exec(failure!.message)?.[1] ?? failure!.message;
}

async function roles(secured: SecuredServer, t: Deno.TestContext): Promise<void> {
  const shipper = await secured.as("shipper"), reader = await secured.as("reader");
  const writer = await secured.as("writer"), installer = await secured.as("installer");
  const target = { index: "server-logs", dataStream: false };

  await t.step("the installer puts templates and reads nothing", async () => {
    assert.equal(
      await missing(putLogTemplate(shipper, target).catch((error) => Promise.reject(error.cause))),
      "manage_index_templates",
    );
    const template = JSON.parse(await Deno.readTextFile(new URL("elasticsearch/server-logs.json", DEPLOY)));
    assert.deepEqual(await ask(installer, "PUT /_index_template/deepscan-server-logs", template), {
      acknowledged: true,
    });
    assert.equal(await missing(ask(installer, "POST /server-logs-*/_search", {})), "read");
    assert.equal(await putLogTemplate(shipper, target), false); // it is there, and the shipper sees it
  });

  await t.step("the shipper adds documents, and neither changes nor reads them", async () => {
    assert.equal((await item(shipper, put(DAY, "a"))).status, 201);
    assert.equal((await item(shipper, put(DAY, "a"))).status, 409);
    assert.match(
      (await item(shipper, [{ index: { _index: DAY, _id: "a" } }, line])).said,
      /privilege "create" is missing/,
    );
    assert.match((await item(shipper, put("other", "a"))).said, /privilege "auto_configure" is missing/);
    assert.equal(await missing(ask(shipper, `POST /${DAY}/_search`, {})), "read");
    assert.equal(await missing(ask(shipper, `DELETE /${DAY}/_doc/a`)), "delete");
    assert.equal(await missing(ask(shipper, `DELETE /${DAY}`)), "delete_index");
    const mapping = await ask(await secured.as("admin"), `GET /${DAY}/_mapping`);
    assert.match(JSON.stringify(mapping), /"sequence":\{"type":"long"\}/); // the template applied
  });

  await t.step("the reader reads by a point in time, and writes nothing", async () => {
    await ask(await secured.as("admin"), `POST /${DAY}/_refresh`);
    const input = new IndexInput(secured.settings("reader"), { index: "server-logs-*" }),
      target = new Uint8Array(1000);
    const text = new TextDecoder().decode(target.subarray(0, await input.read(target)));
    assert.equal(text, "2026-03-02T10:00:00.000Z INFO -\x1fhello\n");
    input.close();
    assert.equal(await missing(ask(reader, "POST /_bulk", put(DAY, "b"))), "create_doc");
    assert.equal(await missing(ask(reader, `PUT /${DAY}/_doc/a`, line)), "create_doc");
    assert.equal(
      await missing(reader.openPointInTime({ index: "other", keep_alive: "1m" }, { headers: JSON_BODY })),
      "read",
    );
  });

  await t.step("the writer overwrites findings by version, and does nothing else", async () => {
    const versioned = (
      version: number,
    ) => [{ index: { _index: FINDINGS, _id: "1", version, version_type: "external" } }, line];
    assert.equal((await item(writer, versioned(3))).status, 201);
    assert.equal((await item(writer, versioned(4))).status, 200);
    assert.equal((await item(writer, versioned(4))).status, 409);
    assert.equal(await missing(ask(writer, `POST /${FINDINGS}/_search`, {})), "read");
    assert.equal(await missing(ask(writer, `DELETE /${FINDINGS}/_doc/1`)), "delete");
    assert.match((await item(writer, put(DAY, "c"))).said, /privilege "\w+" is missing/);
    assert.equal(await missing(ask(writer, `POST /${DAY}/_search`, {})), "read");
    assert.equal(
      await missing(ask(writer, "PUT /_index_template/x", { index_patterns: ["x"] })),
      "manage_index_templates",
    );
    assert.equal(await missing(ask(reader, `POST /${FINDINGS}/_search`, {})), "read");
  });
}

for (const major of MAJORS) {
  testThatNeeds(
    [elasticsearchNeed(major)],
    `roles.yml: each does its work on Elasticsearch ${major} and nothing else`,
    async (t) => {
      await using secured = await startSecured(major);
      await roles(secured, t);
      await countedRoles(secured, t);
      await t.step("deepscan ship needs no more than the shipper may", () => shipSecured(secured));
      await failures(secured, t);
    },
  );
}

Deno.test("roles.json: says the same as roles.yml", async () => {
  const read = (name: string) => Deno.readTextFile(new URL(`elasticsearch/${name}`, DEPLOY));
  assert.deepEqual(JSON.parse(await read("roles.json")), parse(await read("roles.yml")));
});
