import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { FindingsCluster } from "../../services/findings_cluster.ts";
import { type LiveFolder, liveSettings, withLiveFolder } from "../tasks/live_folder.ts";
import { linesWithError, runTask, stamp } from "../tasks/task.ts";
import { strayFindings } from "./cluster_against_state.ts";
import { strayFields } from "./document_fields.ts";

/** Asks for findings in the cluster. */
async function findInto(
  live: LiveFolder,
  { url }: { url: string },
  findings = "patience: 0s",
): Promise<void> {
  const text =
    `${liveSettings()}elasticsearch: {nodes: ["${url}"]}\nfindings: {${findings}}\nalerts: {channels: {console: false}}\n`;
  await Deno.writeTextFile(`${live.path}/deepscan.yaml`, text);
}

const countsOf = (cluster: FindingsCluster) => {
  const kinds = [...cluster.documents.values()].map(({ source }) =>
    source.event.dataset.replace("deepscan.", "")
  );
  return Object.fromEntries(
    [...Map.groupBy(kinds, (kind) => kind)].map(([kind, all]) => [kind, all.length]).sort(),
  );
};

const deepscan = (live: LiveFolder, ...args: string[]) => live.runHere("deepscan", "findings", ...args);

/** Starts the task. */
const started = (live: LiveFolder, ...args: string[]) =>
  runTask("deepscan", ["findings", ...args], { cwd: live.path });

Deno.test("detect writes what it found into the cluster: what the state holds, in fields of the template, once", async () => {
  await using cluster = new FindingsCluster();
  await withLiveFolder({}, async (live) => {
    await findInto(live, cluster);
    const first = await live.detect();
    assert.equal(first.code, 0, first.stderr);
    const all = [...cluster.documents.values()];
    assert.deepEqual(all.flatMap(({ source }) => strayFields(source)), []);
    assert.deepEqual(await strayFindings(live.path, all), []);
    const { health, templates, ...counts } = countsOf(cluster);
    assert.deepEqual(counts, { alerts: 1, incidents: 1, models: 1, verdicts: 1 });
    assert.deepEqual([health, templates > 2], [2, true]);
    const [alert] = cluster.of("deepscan-alerts");
    assert.match(alert.source.message, /disk of replica failed/);
    const before = cluster.documents.size;
    assert.equal((await live.detect()).code, 0);
    assert.deepEqual([cluster.documents.size, cluster.requests.at(-1)], [before + 2, 2]); // how the run went
  });
});

Deno.test("detect tells the cluster how a window goes on, and that it was normal after all", async () => {
  await using cluster = new FindingsCluster();
  await withLiveFolder({}, async (live) => {
    await findInto(live, cluster, "patience: 0s, verdicts: all");
    await live.runHere("detect");
    const whole = cluster.of("deepscan-verdicts").length;
    assert.ok(whole > 10);
    live.append(...linesWithError(300, 250).slice(480));
    assert.equal((await live.runHere("detect")).code, 0);
    assert.ok(cluster.of("deepscan-verdicts").length > whole);
    assert.deepEqual(await strayFindings(live.path, [...cluster.documents.values()]), []);
  });
});

Deno.test("detect loses nothing while the cluster is away, and ends as if it had been there", async () => {
  await using cluster = new FindingsCluster();
  await withLiveFolder({}, async (live) => {
    await findInto(live, cluster);
    cluster.status = 503;
    const away = await live.runHere("detect");
    assert.equal(away.code, 0, away.stderr);
    assert.match(away.stderr, /findings: \d+ documents wait for the next run: Cannot .* not available/);
    const status = await started(live, "status");
    assert.equal(status.code, 1);
    assert.match(status.stdout, /^alerts +waiting +1$/m);
    cluster.status = 0;
    const sent = await started(live, "send");
    assert.equal(sent.code, 0, sent.stderr);
    assert.deepEqual(await strayFindings(live.path, [...cluster.documents.values()]), []);
    assert.equal((await deepscan(live, "status")).code, 0);
  });
});

Deno.test("detect stores alerts and the documents about them together, or neither", async () => {
  await using cluster = new FindingsCluster();
  const lines = linesWithError(240, 200);
  await withLiveFolder({ lines: lines.slice(0, 390) }, async (live) => {
    await findInto(live, cluster);
    assert.equal((await live.runHere("detect")).code, 0);
    const database = () => new DatabaseSync(`${live.path}/state/state.db`);
    using broken = database();
    broken.exec(`create trigger full before insert on finding when new.kind = 'alerts'
      begin select raise(abort, 'no room'); end`);
    live.append(...lines.slice(390));
    const failed = await live.runHere("detect");
    assert.equal(failed.code, 1);
    assert.match(failed.stderr, /no room/);
    assert.deepEqual(live.rows("select * from alert"), []);
    broken.exec("drop trigger full");
    assert.equal((await live.runHere("detect")).code, 0);
    assert.equal(cluster.of("deepscan-alerts").length, 1);
    assert.deepEqual(await strayFindings(live.path, [...cluster.documents.values()]), []);
  });
});

Deno.test("detect fails where the cluster refuses documents for good; findings status says why, send tries again", async () => {
  await using cluster = new FindingsCluster();
  await withLiveFolder({}, async (live) => {
    await findInto(live, cluster);
    const refusal = {
      status: 400,
      type: "document_parsing_exception",
      reason: "failed to parse field [deepscan.alert]",
    };
    cluster.refuse = ({ index }) => index.includes("alerts") ? refusal : null;
    const refused = await live.runHere("detect");
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /findings: 1 document refused for good: document_parsing_exception/);
    const { counts, refused: [told] } = JSON.parse((await deepscan(live, "status", "--json")).stdout);
    assert.equal(counts.find(({ status }: { status: string }) => status === "dead").documents, 1);
    assert.match(told.reason, /failed to parse field/);
    cluster.refuse = () => null;
    assert.equal((await deepscan(live, "send")).code, 0);
    assert.deepEqual(await strayFindings(live.path, [...cluster.documents.values()]), []);
  });
});

Deno.test("findings send --all fills a cluster that has lost everything, in newer versions", async () => {
  await using cluster = new FindingsCluster();
  await withLiveFolder({}, async (live) => {
    await findInto(live, cluster);
    await live.runHere("detect");
    const [before] = cluster.of("deepscan-alerts");
    cluster.documents.clear();
    assert.match((await deepscan(live, "send")).stdout, /^0 documents sent/);
    const sent = await deepscan(live, "send", "--all");
    assert.equal(sent.code, 0, sent.stderr);
    assert.deepEqual(await strayFindings(live.path, [...cluster.documents.values()]), []);
    const [after] = cluster.of("deepscan-alerts");
    assert.ok(after.version > before.version);
    assert.deepEqual(after.source, before.source);
  });
});

Deno.test("findings install --dry-run shows what it would put and reaches nobody; install puts it", async () => {
  await using cluster = new FindingsCluster();
  await withLiveFolder({}, async (live) => {
    await findInto(live, cluster);
    const shown = await deepscan(live, "install", "--dry-run");
    assert.equal(shown.code, 0, shown.stderr);
    assert.match(
      shown.stdout,
      /^PUT \/_ilm\/policy\/deepscan-findings$[^]*^PUT \/_index_template\/deepscan-findings$/m,
    );
    assert.deepEqual(cluster.changes, []);
    const put = await started(live, "install");
    assert.equal(put.code, 0, put.stderr);
    assert.match(put.stdout, /index templates: deepscan-findings, deepscan-catalogue, deepscan-health/);
    assert.equal(cluster.changes.length, 4);
    await Deno.writeTextFile(`${live.path}/deepscan.yaml`, liveSettings());
    const without = await deepscan(live, "status");
    assert.deepEqual([without.code, without.stdout], [2, ""]);
    assert.match(without.stderr, /ask for none; add findings: \{\}/);
  });
});

Deno.test("detect: no secret of a log reaches the cluster", async () => {
  await using cluster = new FindingsCluster();
  const lines = linesWithError(240, 200);
  lines.push(
    ...[201, 202, 203].map((minute) =>
      `${
        stamp(minute, 30)
      } ERROR login of bob@example.com failed: password=hunter2secret Authorization: Bearer abcdef.ghijkl123456`
    ),
  );
  await withLiveFolder({ lines: lines.toSorted() }, async (live) => {
    await findInto(live, cluster, "patience: 0s, verdicts: all");
    assert.equal((await live.runHere("detect")).code, 0);
    const text = JSON.stringify([...cluster.documents.values()]);
    assert.match(text, /login of/);
    for (const secret of ["hunter2secret", "bob@example.com", "ghijkl123456"]) {
      assert.ok(!text.includes(secret), secret);
    }
  });
});

Deno.test("detect --input writes into the cluster with --notify alone, --dry-run never", async () => {
  await using cluster = new FindingsCluster();
  await withLiveFolder({}, async (live) => {
    await findInto(live, cluster);
    await live.runHere("detect", "--dry-run");
    const once = ["--input", "logs/*.log", "--window", "5m"];
    await live.runHere("detect", ...once);
    await live.runHere("detect", ...once, "--notify", "--dry-run");
    assert.deepEqual([cluster.documents.size, cluster.changes], [0, []]);
    const told = await live.detect([...once, "--notify"]);
    assert.equal(told.code, 0, told.stderr);
    const { alerts, incidents, verdicts, ...others } = countsOf(cluster);
    assert.deepEqual([alerts > 0, incidents > 0, verdicts > 0, others], [true, true, true, {}]);
    const before = cluster.documents.size;
    await live.runHere("detect", ...once, "--notify");
    assert.equal(cluster.documents.size, before);
  });
});

Deno.test("detect tells the cluster which model judges now, and what people made of its templates", async () => {
  await using cluster = new FindingsCluster();
  await withLiveFolder({}, async (live) => {
    await findInto(live, cluster);
    await live.runHere("detect");
    const [one, other] = cluster.of("deepscan-templates").map(({ source }) => source.deepscan.template.id);
    const merged = await live.runHere("deepscan", "templates", "merge", one, other);
    assert.equal(merged.code, 0, merged.stderr);
    assert.equal((await live.runHere("detect")).code, 0);
    const cards = cluster.of("deepscan-models").map(({ source }) => source.deepscan.model);
    assert.deepEqual(cards.map(({ version, parent, active }) => [version, parent, active]).sort(), [
      ["v0001", undefined, false],
      ["v0002", "v0001", true],
    ]);
    const told = new Map(
      cluster.of("deepscan-templates").map(({ source }) => [source.deepscan.template.id, source.deepscan]),
    );
    const { template: gone } = told.get(other)!, { template: kept } = told.get(one)!;
    assert.deepEqual([gone.merged_into, gone.provisional, kept.absorbed], [one, false, [other]]);
    assert.deepEqual(new Set([...told.values()].map(({ model }) => model.version)), new Set(["v0002"]));
    assert.deepEqual(await strayFindings(live.path, [...cluster.documents.values()]), []);
    assert.deepEqual([...cluster.documents.values()].flatMap(({ source }) => strayFields(source)), []);
  });
});

Deno.test("findings dashboards writes them for the indices of the settings, without the cluster", async () => {
  await withLiveFolder({}, async (live) => {
    await findInto(live, { url: "http://127.0.0.1:1" }, "index: ours");
    const { code, stdout, stderr } = await deepscan(live, "dashboards", "--output", "boards");
    assert.equal(code, 0, stderr);
    const paths = ["kibana/deepscan.ndjson", "grafana/deepscan.json"].map((name) =>
      `${live.path}/boards/${name}`
    );
    assert.deepEqual(stdout.trimEnd().split("\n"), paths);
    for (const path of paths) assert.match(await Deno.readTextFile(path), /ours-alerts-\*|"uid": "ours"/);
  });
});
