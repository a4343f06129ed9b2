/**
 * What writing findings must do, with each version of the server.
 *
 * @module
 */
import assert from "node:assert/strict";
import { State } from "../../lib/store/state.ts";
import { parseConfig } from "../../runner/config.ts";
import type { Context } from "../../runner/context.ts";
import { deliverFindings } from "../../runner/findings/deliver.ts";
import { FIELDS } from "../../runner/findings/fields.ts";
import type { FindingsReport } from "../../runner/findings/findings_report.ts";
import { strayFindings } from "../runner/findings/cluster_against_state.ts";
import { strayFields } from "../runner/findings/document_fields.ts";
import { liveSettings, withLiveFolder } from "../runner/tasks/live_folder.ts";
import { runTask } from "../runner/tasks/task.ts";
import type { ElasticsearchMajor, ElasticsearchServer } from "../services/elasticsearch.ts";
import type { FoundDocument, KeptDocument } from "../services/findings_cluster.ts";
import { NEWEST, withElasticsearch } from "../services/with_elasticsearch.ts";
import { findingsHistory } from "./findings_history.ts";
import { ask } from "./indexed.ts";

/** Registers the tests with a server of one version. */
export function testFindings(major: ElasticsearchMajor): void {
  withElasticsearch(major, "findings are written", (server, version) => {
    const test = (name: string, run: (server: ElasticsearchServer) => Promise<void>) =>
      Deno.test(`findings ${name} (${version})`, () => run(server()));
    test("are in the index as the state has them, in fields that its template has", asTheStateHasThem);
    test("are found by what dashboards ask for", foundByDashboards);
    test("wait while an index is read-only, and are sent when it is not any more", waitForReadOnly);
    test("that don't fit an index are set aside with the reason, the others are sent", setAside);
    test("that changed come in the newest version, whatever is sent again", newestVersion);
    test("that are old are deleted with their index, where the cluster doesn't do that", deletedWhenOld);
    if (major !== NEWEST) return; // what asks nothing new of a server
    test("come to what the state says though runs and the server are killed", async (server) => {
      const { stray, kills, documents, last } = await findingsHistory({
        ...{ seed: major, late: .01, runs: 7 },
        settings: settingsOf(server, "history", "patience: 1s"),
        before: async (run) => {
          if (!server.running && run >= 4) await server.start();
        },
        disturb: (run) => {
          if (run !== 2) return null;
          return new Promise((resolve) => setTimeout(resolve, 1500)).then(() => server.kill());
        },
        documents: () => documentsOf(server, "history"),
      });
      assert.equal(last.code, 0, last.stderr);
      assert.ok(kills > 0, "no run was killed");
      assert.deepEqual(stray, []);
      assert.ok(documents.length > 50, `only ${documents.length} documents`);
    });
  });
}

function settingsOf({ url }: ElasticsearchServer, index: string, findings = "patience: 0s"): string {
  return `elasticsearch: {nodes: ["${url}"]}\nfindings: {index: ${index}, ${findings}}\n`;
}

/** All that indices of a name hold. */
async function documentsOf({ url }: ElasticsearchServer, index: string): Promise<KeptDocument[]> {
  const path = `/${index}-*,metrics-${index}.*`;
  await ask(url, "POST", `${path}/_refresh`);
  const { hits: { hits } } = await ask(url, "POST", `${path}/_search?size=10000&version=true`) as Found;
  return hits.map(({ _index: index, _id: id, _version: version, _source: source }) => ({
    index,
    id,
    version,
    source,
  }));
}

interface Found {
  hits: { hits: { _index: string; _id: string; _version: number; _source: FoundDocument }[] };
}

async function asTheStateHasThem(server: ElasticsearchServer): Promise<void> {
  await withLiveFolder({}, async (live) => {
    await Deno.writeTextFile(`${live.path}/deepscan.yaml`, liveSettings() + settingsOf(server, "whole"));
    const { code, stderr } = await live.detect();
    assert.equal(code, 0, stderr);
    const documents = await documentsOf(server, "whole");
    assert.deepEqual(await strayFindings(live.path, documents), []);
    assert.deepEqual(documents.flatMap(({ source }) => strayFields(source)), []);
    const mappings = await ask(server.url, "GET", "/whole-*,metrics-whole.*/_mapping") as Mappings;
    assert.equal(Object.keys(mappings).length, 6);
    for (const [index, { mappings: { properties, dynamic } }] of Object.entries(mappings)) {
      assert.deepEqual([properties, `${dynamic}`], [FIELDS, "false"], index);
    }
    assert.ok(Object.keys(mappings).some((index) => index.startsWith(".ds-metrics-whole.health-default-")));
    const [again, status] = [
      await live.detect(),
      await runTask("deepscan", ["findings", "status"], { cwd: live.path }),
    ];
    assert.deepEqual([again.code, status.code], [0, 0]);
    assert.equal((await documentsOf(server, "whole")).length, documents.length + 2); // how the run went
  });
}

type Mappings = Record<string, { mappings: { properties: unknown; dynamic: unknown } }>;

/** Values of fields that panels are made of. */
async function foundByDashboards({ url }: ElasticsearchServer): Promise<void> {
  const fields = [
    ...[
      "service.name",
      "event.severity",
      "deepscan.alert.severity",
      "deepscan.headline.title",
      "deepscan.stream",
    ],
    ...["deepscan.incident.id", "deepscan.reasons.detector", "observer.name"],
  ];
  const aggs = Object.fromEntries(fields.map((field) => [field, { terms: { field } }]));
  const over = { date_histogram: { field: "@timestamp", fixed_interval: "1h" } };
  const query = { term: { "event.kind": "alert" } };
  const { aggregations } = await ask(url, "POST", "/whole-*/_search", {
    size: 0,
    query,
    aggs: { ...aggs, over },
  }) as {
    aggregations: Record<string, { buckets: { doc_count: number }[] }>;
  };
  for (const [field, { buckets }] of Object.entries(aggregations)) assert.ok(buckets.length > 0, field);
  const health = { aggs: { lag: { max: { field: "deepscan.health.lag_seconds" } } }, size: 0 };
  const told = await ask(url, "POST", "/metrics-whole.health-default/_search", health) as {
    aggregations: { lag: { value: number } };
  };
  assert.ok(told.aggregations.lag.value > 0);
}

/** A state with alerts of March that wait. */
function waiting(ids: readonly string[], status = "firing", now = 1000): State {
  const state = State.open(":memory:");
  for (const id of ids) put(state, id, status, now);
  return state;
}

function put(state: State, id: string, status: string, now: number): void {
  const source = {
    "@timestamp": "2026-03-02T10:00:00.000Z",
    message: "text",
    deepscan: { alert: { id, status } },
  };
  state.findings.put({ kind: "alerts", id, place: "2026.03", at: 0, body: JSON.stringify(source) }, now);
}

async function deliver(
  state: State,
  settings: string,
  now = Date.UTC(2026, 10, 23),
): Promise<FindingsReport> {
  const config = await parseConfig(
    `streams: [{name: shop, inputs: [x.log]}]\n${settings}`,
    "/etc/deepscan.yaml",
  );
  const context: Context = {
    ...{ root: "/project", cwd: "/", plan: null, isTerminal: false, stdout() {}, stderr() {} },
    ...{ now: () => now, env: () => undefined },
  };
  return await deliverFindings(state, config, context);
}

const statuses = async (server: ElasticsearchServer, index: string) =>
  (await documentsOf(server, index)).map(({ source }) => source.deepscan.alert.status).sort();

async function waitForReadOnly(server: ElasticsearchServer): Promise<void> {
  const settings = settingsOf(server, "full"), state = waiting(["a1"]);
  await deliver(state, settings);
  const block = (blocked: boolean | null) =>
    ask(server.url, "PUT", "/full-alerts-2026.03/_settings", {
      "index.blocks.read_only_allow_delete": blocked,
    });
  await block(true); // as where the disk is full
  put(state, "a1", "closed", 2000);
  const blocked = await deliver(state, settings);
  assert.equal(blocked.waiting, 1);
  assert.match(
    blocked.failure,
    /Cannot send findings: the index is read-only; where its disk was full, free some space/,
  );
  await block(null);
  assert.equal((await deliver(state, settings)).waiting, 0);
  assert.deepEqual(await statuses(server, "full"), ["closed"]);
}

async function setAside(server: ElasticsearchServer): Promise<void> {
  await ask(server.url, "PUT", "/other-alerts-2026.03", {
    mappings: { properties: { message: { type: "long" } } },
  });
  const state = waiting(["a1"]);
  state.findings.put({ kind: "models", id: "m", place: "", at: null, body: '{"message":"fits"}' }, 1);
  const report = await deliver(state, settingsOf(server, "other"));
  assert.deepEqual([report.sent, report.waiting, report.refused.size], [1, 0, 1]);
  assert.match(
    state.findings.dead()[0].lastError,
    /^document_parsing_exception: .*failed to parse field \[message\]/,
  );
}

async function newestVersion(server: ElasticsearchServer): Promise<void> {
  const settings = settingsOf(server, "newest"), state = waiting(["a1", "a2"]);
  await deliver(state, settings);
  put(state, "a1", "closed", 1);
  assert.equal((await deliver(state, settings)).sent, 1);
  const repeated = await deliver(waiting(["a1", "a2"]), settings); // a copy of the state of before is put back
  assert.deepEqual([repeated.sent, repeated.existing], [0, 2]);
  assert.deepEqual(await statuses(server, "newest"), ["closed", "firing"]);
  const later = await deliver(waiting(["a2"], "closed", 5000), settings); // and goes on from there
  assert.deepEqual([later.sent, await statuses(server, "newest")], [1, ["closed", "closed"]]);
}

async function deletedWhenOld(server: ElasticsearchServer): Promise<void> {
  const settings = settingsOf(server, "old", "keep: 30d"), inAMonth = Date.now() + 31 * 86_400_000;
  await deliver(waiting(["a1"]), settings);
  const kept = await deliver(waiting(["a2"]), settings, Date.now());
  assert.deepEqual([kept.deleted, (await documentsOf(server, "old")).length], [[], 2]); // it was only made now
  const old = await deliver(waiting(["a3"]), settings, inAMonth);
  assert.deepEqual([old.deleted, old.notes, await documentsOf(server, "old")], [
    ["old-alerts-2026.03"],
    [],
    [],
  ]);
}
