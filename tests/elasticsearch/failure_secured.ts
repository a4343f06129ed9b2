/**
 * What a real server refuses, in words.
 *
 * @module
 */
import type { Client } from "@elastic/elasticsearch";
import assert from "node:assert/strict";
import { connect, type ElasticsearchSettings, JSON_BODY } from "../../lib/source/elasticsearch/connection.ts";
import {
  type ElasticsearchError,
  type FailureKind,
  failureOf,
} from "../../lib/source/elasticsearch/failure.ts";
import { PointInTime } from "../../lib/source/elasticsearch/point_in_time.ts";
import { USUAL_FIELDS, wantedFields } from "../../lib/source/elasticsearch/wanted_fields.ts";
import { makeCertificate } from "../services/certificate.ts";
import { ask, passwordOf, type SecuredServer } from "./secured.ts";

const DAY = "server-logs-2026.03.04",
  document = { "@timestamp": "2026-03-04T10:00:00Z", message: "secret=4711" };

/** What a request fails with. */
export async function failureWhile(request: Promise<unknown>): Promise<ElasticsearchError> {
  return await request.then(
    () => assert.fail("it was allowed"),
    (error) => failureOf("read logs", error),
  );
}

/** What opening a point in time fails with. */
export async function failureOfOpening(
  settings: ElasticsearchSettings,
  index = DAY,
): Promise<ElasticsearchError> {
  const client = await connect(settings);
  try {
    return await failureWhile(client.openPointInTime({ index, keep_alive: "1m" }, { headers: JSON_BODY }));
  } finally {
    await client.close();
  }
}

function is(failure: ElasticsearchError, kind: FailureKind, words: RegExp, temporary = false): void {
  assert.deepEqual([failure.kind, failure.temporary], [kind, temporary], failure.message);
  assert.match(failure.message, words);
  assert.doesNotMatch(failure.message, /4711/); // no document's text
}

/** All that can go wrong with a server that is there. */
export async function failures(secured: SecuredServer, t: Deno.TestContext): Promise<void> {
  const admin = await secured.as("admin"), shipper = await secured.as("shipper");
  await ask(shipper, "POST /_bulk", [{ create: { _index: DAY, _id: "a" } }, document]);
  await ask(admin, `POST /${DAY}/_refresh`);
  await t.step(
    "failureOf() says who is not known, and whose certificate isn't trusted",
    () => logins(secured),
  );
  await t.step("failureOf() says what is not there", () => absences(secured));
  await t.step("failureOf() says what takes no documents", () => blocks(admin, shipper));
  await t.step("failureOf() says what passes: red, no memory", () => overloads(secured, admin));
}

async function logins({ server, certificate }: SecuredServer): Promise<void> {
  const nodes = [server.url], ca = certificate.authority, user = "reader", password = passwordOf("reader");
  const foreign = await makeCertificate();
  is(
    await failureOfOpening({ nodes, ca, user, password: "wrong" }),
    "login",
    /doesn't know .* unable to authenticate user \[reader\]/,
  );
  is(await failureOfOpening({ nodes, ca }), "login", /wants to know who asks/);
  is(await failureOfOpening({ nodes, ca, apiKey: btoa("id:key") }), "login", /or the API key/);
  is(await failureOfOpening({ nodes, ca: foreign.authority, user, password }), "certificate", /ca_file/);
  is(await failureOfOpening({ nodes, user, password }), "certificate", /ca_file/);
  const plain = [server.url.replace("https:", "http:")];
  is(await failureOfOpening({ nodes: plain, user, password }), "unreachable", /begins with https/, true);
}

async function absences(secured: SecuredServer): Promise<void> {
  const reader = await secured.as("reader"), admin = await secured.as("admin");
  const open = (client: Client, index: string) =>
    failureWhile(client.openPointInTime({ index, keep_alive: "1m" }, { headers: JSON_BODY }));
  is(await open(reader, "server-logs-1999"), "missing", /no such index/);
  is(await open(reader, "other"), "privilege", /privilege "read" is missing/);
  await ask(admin, "POST /_bulk", [{ create: { _index: "server-logs-closed", _id: "a" } }, document]);
  await ask(admin, "POST /server-logs-closed/_close");
  is(await open(reader, "server-logs-closed"), "missing", /is closed/);
  const { id } = await reader.openPointInTime({ index: DAY, keep_alive: "1m" }, { headers: JSON_BODY });
  await reader.closePointInTime({ id }, { headers: JSON_BODY });
  is(await failureWhile(ask(reader, "POST /_search", { pit: { id } })), "lost", /expired/);
  await ask(admin, "POST /_bulk", [{ create: { _index: "server-logs-gone", _id: "a" } }, document]);
  const pit = new PointInTime(reader, wantedFields(USUAL_FIELDS), { index: "server-logs-gone" });
  await pit.open();
  await ask(admin, "DELETE /server-logs-gone");
  is(await failureWhile(pit.page([])), "unavailable", /^Cannot read server-logs-gone: parts/, true); // and no end
  await pit.close();
}

async function blocks(admin: Client, shipper: Client): Promise<void> {
  const set = (settings: Record<string, unknown>) => ask(admin, `PUT /${DAY}/_settings`, settings);
  const refused = () => failureWhile(ask(shipper, `PUT /${DAY}/_create/b`, document));
  await set({ "index.blocks.read_only_allow_delete": true }); // what a full disk does
  is(await refused(), "read-only", /free some space/, true);
  await set({ "index.blocks.read_only_allow_delete": null, "index.blocks.write": true });
  is(await refused(), "read-only", /writing .* is blocked/);
  await set({ "index.blocks.write": null, "index.blocks.read_only": true });
  is(await refused(), "read-only", /read-only/);
  await set({ "index.blocks.read_only": false });
  is(
    await failureWhile(ask(shipper, `PUT /${DAY}/_create/b`, { ...document, "@timestamp": "4711" + "x" })),
    "request",
    /400/,
  );
}

async function overloads(secured: SecuredServer, admin: Client): Promise<void> {
  const reader = await secured.as("reader"), shipper = await secured.as("shipper");
  const nowhere = { settings: { "index.routing.allocation.include._name": "nobody" } };
  await ask(admin, "PUT /server-logs-red?wait_for_active_shards=0&timeout=1s", nowhere);
  is(await failureWhile(ask(reader, "POST /server-logs-red/_search", {})), "unavailable", /red\)$/, true);
  const written = ask(shipper, "PUT /server-logs-red/_create/b?timeout=1s", document);
  is(await failureWhile(written), "unavailable", /red\).*primary shard is not active/, true);
  await ask(admin, "PUT /_cluster/settings", { persistent: { "indices.breaker.total.limit": "1b" } });
  is(await failureWhile(ask(reader, `POST /${DAY}/_search`, {})), "memory", /short of memory/, true);
}
