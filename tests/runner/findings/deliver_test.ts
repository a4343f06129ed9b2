import assert from "node:assert/strict";
import { State } from "../../../lib/store/state.ts";
import { type Config, parseConfig } from "../../../runner/config.ts";
import type { Context } from "../../../runner/context.ts";
import { deliverFindings } from "../../../runner/findings/deliver.ts";
import { findingsFailed, findingsRemarks, NO_FINDINGS } from "../../../runner/findings/findings_report.ts";
import { FindingsCluster } from "../../services/findings_cluster.ts";

/** The present, ms since the epoch. */
const NOW = Date.UTC(2026, 10, 23);

const context = (now = NOW): Context => ({
  ...{ root: "/project", cwd: "/", plan: null, isTerminal: false, stdout() {}, stderr() {} },
  ...{ now: () => now, env: () => undefined },
});

const configOf = (url: string, findings = "{patience: 0s}"): Promise<Config> =>
  parseConfig(
    `streams: [{name: shop, inputs: [x.log]}]\nelasticsearch: {nodes: ["${url}"]}\nfindings: ${findings}`,
    "/etc/deepscan.yaml",
  );

/** A state with so many alerts that wait, and how a run went. */
function waiting(alerts: number): State {
  const state = State.open(":memory:");
  for (let i = 0; i < alerts; i++) putAlert(state, `a${i}`, "firing", 1000 + i);
  const health = { kind: "health", id: "r1", place: "2026.11", at: NOW, body: '{"deepscan":{}}' };
  state.findings.put(health, 2000);
  return state;
}

function putAlert(state: State, id: string, status: string, now: number): void {
  const body = JSON.stringify({
    "@timestamp": "2026-03-02T10:00:00.000Z",
    deepscan: { alert: { id, status } },
  });
  state.findings.put({ kind: "alerts", id, place: "2026.03", at: 0, body }, now);
}

const due = (state: State) => state.findings.due(1 << 30).map(({ id }) => id);
const statuses = (cluster: FindingsCluster) =>
  cluster.of("deepscan-alerts").map(({ source }) => source.deepscan.alert.status).sort();

Deno.test("deliverFindings() puts what waits into the index of its kind and month, once", async () => {
  await using cluster = new FindingsCluster();
  const state = waiting(3), config = await configOf(cluster.url);
  const report = await deliverFindings(state, config, context());
  assert.deepEqual([report.sent, report.existing, report.waiting, report.failure], [4, 0, 0, ""]);
  assert.deepEqual([...new Set([...cluster.documents.values()].map(({ index }) => index))], [
    ...["deepscan-alerts-2026.03", "metrics-deepscan.health-default"],
  ]);
  assert.deepEqual([...cluster.templates.keys()], [
    "deepscan-findings",
    "deepscan-catalogue",
    "deepscan-health",
  ]);
  assert.equal(await deliverFindings(state, config, context()), NO_FINDINGS);
  assert.deepEqual(cluster.requests, [4]);
});

Deno.test("deliverFindings() sends a document again that has changed, and the newest version wins in any order", async () => {
  await using cluster = new FindingsCluster();
  const state = waiting(1), config = await configOf(cluster.url);
  await deliverFindings(state, config, context());
  putAlert(state, "a0", "closed", 1);
  await deliverFindings(state, config, context());
  assert.deepEqual(statuses(cluster), ["closed"]);
  const earlier = waiting(1); // a copy of the state of before
  const report = await deliverFindings(earlier, config, context());
  assert.deepEqual([report.sent, report.existing, statuses(cluster)], [0, 2, ["closed"]]);
});

Deno.test("deliverFindings() keeps everything while the cluster is away, and says so without failing", async () => {
  const state = waiting(3),
    report = await deliverFindings(state, await configOf("http://127.0.0.1:9"), context());
  assert.deepEqual([report.waiting, due(state).length, findingsFailed(report)], [4, 4, false]);
  assert.match(
    findingsRemarks(report).join(),
    /4 documents wait for the next run: .*no node of the cluster can be reached/,
  );
});

Deno.test("deliverFindings() sends again what was taken when the answer got lost: nothing is doubled", async () => {
  await using cluster = new FindingsCluster();
  const state = waiting(3), config = await configOf(cluster.url);
  cluster.loseAnswer = () => true;
  const lost = await deliverFindings(state, config, context());
  assert.deepEqual([lost.sent, lost.waiting, cluster.documents.size], [0, 4, 4]);
  cluster.loseAnswer = () => false;
  const again = await deliverFindings(state, config, context());
  assert.deepEqual([again.sent, again.existing, again.waiting, cluster.documents.size], [0, 4, 0, 4]);
});

Deno.test("deliverFindings() keeps the items that a busy cluster refuses for now, and only those", async () => {
  await using cluster = new FindingsCluster();
  const state = waiting(4), config = await configOf(cluster.url);
  cluster.refuse = ({ source }) =>
    source.deepscan.alert?.id === "a2"
      ? { status: 429, type: "es_rejected_execution_exception", reason: "rejected execution: queue is full" }
      : null;
  const report = await deliverFindings(state, config, context());
  assert.deepEqual([report.sent, due(state), findingsFailed(report)], [4, ["a2"], false]);
  assert.match(report.failure, /Cannot send findings: the cluster is busy/);
});

Deno.test("deliverFindings() asks a busy cluster again within its patience", async () => {
  await using cluster = new FindingsCluster();
  const state = waiting(2), config = await configOf(cluster.url, "{patience: 1s}");
  let refusals = 1;
  cluster.refuse = () => refusals-- > 0 ? { status: 429, type: "busy", reason: "full" } : null;
  const report = await deliverFindings(state, config, context());
  assert.deepEqual([report.sent, report.waiting, cluster.requests], [3, 0, [3, 1]]);
});

Deno.test("deliverFindings() keeps what a read-only index refuses, and says what to do", async () => {
  await using cluster = new FindingsCluster();
  const state = waiting(1), config = await configOf(cluster.url);
  const reason =
    "index [deepscan-alerts-2026.03] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage " +
    "watermark, index has read-only-allow-delete block];";
  cluster.refuse = ({ index }) =>
    index.includes("alerts") ? { status: 429, type: "cluster_block_exception", reason } : null;
  const report = await deliverFindings(state, config, context());
  assert.deepEqual([due(state), findingsFailed(report)], [["a0"], false]);
  assert.match(report.failure, /the index is read-only; where its disk was full, free some space/);
});

Deno.test("deliverFindings() sets aside what the index refuses for good, with the reason, and sends the rest", async () => {
  await using cluster = new FindingsCluster();
  const state = waiting(3), config = await configOf(cluster.url);
  cluster.refuse = ({ source }) =>
    source.deepscan.alert?.id === "a1"
      ? {
        status: 400,
        type: "document_parsing_exception",
        reason: "failed to parse field [x] of type [long]",
      }
      : null;
  const report = await deliverFindings(state, config, context());
  assert.deepEqual([report.sent, due(state), findingsFailed(report)], [3, [], true]);
  const [{ id, lastError }] = state.findings.dead();
  assert.deepEqual([id, lastError], [
    "a1",
    "document_parsing_exception: failed to parse field [x] of type [long]",
  ]);
  assert.match(findingsRemarks(report).join(), /1 document refused for good: document_parsing_exception/);
  cluster.refuse = () => null;
  putAlert(state, "a1", "closed", 5000); // it changes, and is tried again
  await deliverFindings(state, config, context());
  assert.deepEqual([statuses(cluster), state.findings.dead()], [["closed", "firing", "firing"], []]);
});

Deno.test("deliverFindings() sends nothing where index templates are missing and may not be put, and says who can help", async () => {
  await using cluster = new FindingsCluster();
  const state = waiting(1), config = await configOf(cluster.url);
  cluster.forbid = (method) => method === "PUT" ? 403 : 0;
  const report = await deliverFindings(state, config, context());
  assert.deepEqual([cluster.requests, due(state).length, findingsFailed(report)], [[], 2, true]);
  assert.match(
    report.failure,
    /no index template deepscan-findings, .*`deno task deepscan findings install` by somebody/,
  );
});

Deno.test("deliverFindings() sends on where index templates are of an earlier version and may not be put, with a note", async () => {
  await using cluster = new FindingsCluster();
  const state = waiting(1), config = await configOf(cluster.url);
  for (const name of ["findings", "catalogue", "health"]) {
    cluster.templates.set(`deepscan-${name}`, { version: 0, template: {} });
  }
  cluster.forbid = (method) => method === "PUT" ? 403 : 0;
  const report = await deliverFindings(state, config, context());
  assert.deepEqual([report.sent, findingsFailed(report)], [2, false]);
  assert.match(findingsRemarks(report).join(), /index templates of findings are of an earlier version/);
});

Deno.test("deliverFindings() sends on where it may not look at index templates", async () => {
  await using cluster = new FindingsCluster();
  cluster.forbid = () => 403;
  const report = await deliverFindings(waiting(1), await configOf(cluster.url), context());
  assert.deepEqual([report.sent, report.notes, findingsFailed(report)], [2, [], false]);
});

Deno.test("deliverFindings() lets the user's changes of templates be, and puts them again when their version rises", async () => {
  await using cluster = new FindingsCluster();
  const config = await configOf(cluster.url);
  await deliverFindings(waiting(1), config, context());
  cluster.changes.length = 0;
  const own = { ...cluster.templates.get("deepscan-findings")!, priority: 999 };
  cluster.templates.set("deepscan-findings", own);
  await deliverFindings(waiting(1), config, context());
  assert.deepEqual([cluster.changes, cluster.templates.get("deepscan-findings")], [[], own]);
  cluster.templates.set("deepscan-catalogue", { version: 0, template: {} });
  await deliverFindings(waiting(1), config, context());
  assert.equal(cluster.templates.get("deepscan-catalogue")!.version, 1);
});

Deno.test("deliverFindings() deletes its own indices that are older than they are kept, and no others", async () => {
  await using cluster = new FindingsCluster();
  const made = Date.UTC(2025, 0, 1);
  const old = ["deepscan-alerts-2025.01", "deepscan-verdicts-2025.10"];
  const kept = [
    "deepscan-alerts-2025.11",
    "deepscan-mine-2020.01",
    "deepscan-alerts-old-2020.01",
    "server-logs-2020.01",
  ];
  for (const index of [...old, ...kept]) cluster.indices.set(index, made);
  const report = await deliverFindings(waiting(1), await configOf(cluster.url), context());
  assert.deepEqual(report.deleted, old);
  assert.ok(kept.every((index) => cluster.indices.has(index)));
  assert.match(
    findingsRemarks(report).join(),
    /deleted what is older than it is kept: deepscan-alerts-2025.01, /,
  );
});

Deno.test("deliverFindings() leaves old indices to a cluster that deletes them itself", async () => {
  await using cluster = new FindingsCluster();
  cluster.lifecycle = true;
  cluster.indices.set("deepscan-alerts-2025.01", Date.UTC(2025, 0, 1));
  const report = await deliverFindings(waiting(1), await configOf(cluster.url), context());
  assert.deepEqual([report.deleted, cluster.indices.has("deepscan-alerts-2025.01")], [[], true]);
  assert.ok(cluster.changes.includes("PUT /_ilm/policy/deepscan-findings"));
});

Deno.test("deliverFindings() notes that it may not delete, and has sent all the same", async () => {
  await using cluster = new FindingsCluster();
  cluster.indices.set("deepscan-alerts-2025.01", Date.UTC(2025, 0, 1));
  cluster.forbid = (method) => method === "DELETE" ? 403 : 0;
  const report = await deliverFindings(waiting(1), await configOf(cluster.url), context());
  assert.deepEqual([report.sent, report.waiting, findingsFailed(report)], [2, 0, false]);
  assert.match(report.notes.join(), /Cannot delete indices of findings that are older than they are kept/);
});

Deno.test("deliverFindings() sends requests of some megabytes, and notes each before the next", async () => {
  await using cluster = new FindingsCluster();
  const state = State.open(":memory:"),
    body = JSON.stringify({ deepscan: { alert: {} }, message: "x".repeat(1 << 20) });
  for (let i = 0; i < 10; i++) {
    state.findings.put({ kind: "alerts", id: `a${i}`, place: "2026.03", at: 0, body }, 1 + i);
  }
  const left: number[] = [];
  cluster.onBulk = () => Promise.resolve(void left.push(due(state).length));
  await deliverFindings(state, await configOf(cluster.url), context());
  assert.deepEqual(left, [10, 7, 4, 1]);
  assert.deepEqual(cluster.requests, [3, 3, 3, 1]);
});

Deno.test("deliverFindings() says which secret is missing, and keeps what waits", async () => {
  const state = waiting(1), config = await configOf("http://127.0.0.1:9");
  config.elasticsearch!.api_key_env = "ES_KEY";
  const report = await deliverFindings(state, config, context());
  assert.deepEqual([report.waiting, findingsFailed(report)], [2, true]);
  assert.match(report.failure, /environment variable ES_KEY is not set or empty/);
});

Deno.test("deliverFindings() writes how runs went into monthly indices where the settings say so", async () => {
  await using cluster = new FindingsCluster();
  await deliverFindings(waiting(0), await configOf(cluster.url, "{health: index, index: ours}"), context());
  assert.deepEqual([...cluster.documents.keys()].map((key) => key.split("/")[0]), ["ours-health-2026.11"]);
});
