import assert from "node:assert/strict";
import { linesWithError, rowsOf, runTask } from "../runner/tasks/task.ts";
import { withFolder } from "../with_folder.ts";
import type { ElasticsearchServer } from "../services/elasticsearch.ts";
import { NEWEST, withElasticsearch } from "../services/with_elasticsearch.ts";
import { documentOf } from "./calm_index.ts";
import { CountingProxy } from "./counting_proxy.ts";
import { indexAll, makeIndex } from "./indexed.ts";

/** An index with 600 minutes of a calm log, once. */
let filled: Promise<string[]> | null = null;
function calm(server: ElasticsearchServer): Promise<string[]> {
  return filled ??= (async () => {
    const lines = linesWithError(600, 550);
    await makeIndex(server, "calm");
    await indexAll(server, "calm", lines.map(documentOf));
    return lines;
  })();
}

withElasticsearch(NEWEST, "tasks read an index", (server, version) => {
  const test = (name: string, run: (cwd: string, url: string) => Promise<void>) =>
    Deno.test(`${name} (${version})`, () => withFolder((cwd) => run(cwd, server().url)));
  const index = ["--input", "elasticsearch:calm"], file = ["--input", "calm.log"];

  test("train and detect ask the server only for the span that they are given", async (cwd) => {
    const lines = await calm(server());
    await using proxy = new CountingProxy(server().url);
    await Deno.writeTextFile(`${cwd}/deepscan.yaml`, `elasticsearch: {nodes: ["${proxy.url}"]}\n`);
    await Deno.writeTextFile(`${cwd}/calm.log`, `${lines.join("\n")}\n`);
    const trained = ["--from", "2026-03-02T01:00:00Z", "--to", "2026-03-02T07:00:00Z"];
    const judged = ["--from", "2026-03-02T08:59:30Z", "--to", "2026-03-02T09:15:00Z", "--model"];
    const verdicts: string[] = [];
    for (const [name, input] of [["of-file", file], ["of-index", index]] as const) {
      const train = await runTask("train", [...input, ...trained, "--model", name, "--window", "5m"], {
        cwd,
      });
      assert.equal(train.code, 0, train.stderr);
      if (name === "of-index") assert.equal(proxy.documents, 2 * 720); // it reads twice
      proxy.documents = 0;
      const detect = await runTask("detect", [...input, ...judged, name, "--verdicts", `${name}.csv`], {
        cwd,
      });
      assert.equal(detect.code, 0, detect.stderr);
      if (name === "of-index") assert.equal(proxy.documents, 32); // 31 lines and the error
      verdicts.push((await Deno.readTextFile(`${cwd}/${name}.csv`)).replaceAll("calm.log@", "calm@"));
    }
    assert.ok(verdicts[0].includes(",true,"), verdicts[0]);
    assert.equal(verdicts[1], verdicts[0]);
  });

  test("templates and parse read an index", async (cwd, url) => {
    await calm(server());
    const settings = `elasticsearch: {nodes: ["${url}"]}\n`;
    await Deno.writeTextFile(`${cwd}/cluster.yaml`, settings);
    const args = [...index, "--config", "cluster.yaml", "--output", "templates.csv"];
    const templates = await runTask("templates", args, { cwd });
    assert.equal(templates.code, 0, templates.stderr);
    const { header, rows } = await rowsOf(`${cwd}/templates.csv`);
    assert.equal(header, "LineId,EventId,EventTemplate");
    assert.deepEqual([rows.length, rows[1101][2]], [1201, "disk of replica failed: checksum mismatch"]);
    assert.equal(new Set(rows.map(([, id]) => id)).size, 3);
    const parse = await runTask("deepscan", [
      "parse",
      "elasticsearch:calm",
      "--config",
      "cluster.yaml",
      "--json",
    ], { cwd });
    assert.equal(parse.code, 0, parse.stderr);
    assert.equal(JSON.parse(parse.stdout).templates.length, 3);
    const nowhere = await runTask("templates", [...index, "--output", "t.csv"], { cwd });
    assert.equal(nowhere.code, 2);
    assert.match(nowhere.stderr, /the settings do not say where the cluster is/);
  });

  test("a run says that there is no such index, as of files that match nothing", async (cwd, url) => {
    const settings = (inputs: string) =>
      `elasticsearch: {nodes: ["${url}"]}
streams: [{name: calm, inputs: [${inputs}], clock: data, min_history: 4h}]\n`;
    await Deno.writeTextFile(`${cwd}/deepscan.yaml`, settings("'elasticsearch:nowhere-*'"));
    const live = await runTask("detect", [], { cwd });
    assert.equal(live.code, 1, live.stdout);
    assert.match(
      live.stderr,
      /Nothing to read matches elasticsearch:nowhere-\*: no index matches, or none that this user may see/,
    );
    for (const task of ["detect", "train"]) {
      const once = await runTask(task, ["--input", "elasticsearch:nowhere", "--model", "m"], { cwd });
      assert.equal(once.code, 1, once.stdout);
      assert.match(
        once.stderr,
        task === "train" ? /elasticsearch:nowhere: there is no such index/ : /there is no model in/,
      );
    }
    await Deno.writeTextFile(`${cwd}/calm.log`, `${linesWithError(600, 550).join("\n")}\n`);
    await Deno.writeTextFile(`${cwd}/both.yaml`, settings("calm.log, 'elasticsearch:nowhere-*'"));
    const both = await runTask("detect", ["--config", "both.yaml"], { cwd });
    assert.equal(both.code, 0, both.stderr);
    assert.match(both.stdout + both.stderr, /Nothing to read matches elasticsearch:nowhere-\*/);
    assert.match(both.stdout, /disk of replica failed/);
  });

  test("init writes settings from a look at indices, by which detect runs", async (cwd, url) => {
    await calm(server());
    await makeIndex(server(), "orders", {
      when: { type: "date" },
      text: { type: "text" },
      id: { type: "keyword" },
    });
    const orders = Array.from({ length: 300 }, (_, i) => {
      const when = new Date(Date.UTC(2026, 2, 2) + 60_000 * i).toISOString();
      return {
        id: `${i}`,
        source: { when, text: `step ${i % 3} of order=${i / 3 | 0} was done`, severity: "info", id: `a${i}` },
      };
    });
    await indexAll(server(), "orders", orders);
    const init = await runTask("deepscan", [
      "init",
      "elasticsearch:calm*",
      "elasticsearch:orders",
      "--nodes",
      url,
    ], { cwd });
    assert.equal(init.code, 0, init.stderr);
    assert.match(
      init.stdout,
      /2 streams:\n {2}calm: elasticsearch:calm\*, windows of 5m\n {2}orders: .*sessions by order=/,
    );
    const text = await Deno.readTextFile(`${cwd}/deepscan.yaml`);
    assert.match(text, /# 1,201 documents from 2026-03-02 00:00 to 2026-03-02 09:59\./);
    assert.match(
      text,
      /# Of the newest 1,000: time in @timestamp \(all\), level in log\.level \(all\), service in service\.name \(all\), message in message \(all\)\./,
    );
    assert.match(text, /elasticsearch: \{fields: \{time: when, message: text\}\}/);
    const detect = await runTask("detect", [], { cwd });
    assert.match(detect.stdout, /orders/, detect.stderr);
    assert.doesNotMatch(detect.stderr, /Cannot/);
    const again = await runTask("deepscan", ["init", "elasticsearch:nowhere-*", "--output", "other.yaml"], {
      cwd,
    });
    assert.equal(again.code, 1);
    assert.match(again.stderr, /Nothing to read matches elasticsearch:nowhere-\*/);
    const unsaid = await runTask("deepscan", ["init", "elasticsearch:calm"], { cwd: "/" });
    assert.equal(unsaid.code, 2);
    assert.match(unsaid.stderr, /say where the cluster is: --nodes/);
  });
});
