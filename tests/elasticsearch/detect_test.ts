import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { REAL_LOGS, testThatNeeds } from "../needs.ts";
import { linesWithError, runTask, startTask } from "../runner/tasks/task.ts";
import { withFolder } from "../with_folder.ts";
import { NEWEST, withElasticsearch } from "../services/with_elasticsearch.ts";
import { calmSettings, cluster, documentOf, left } from "./calm_index.ts";
import { indexAll, type Indexed, makeIndex } from "./indexed.ts";

/** Lines of HDFS as documents. */
function hdfsDocuments(lines: readonly string[]): Indexed[] {
  return lines.map((line, i) => {
    const [, date, time, level, message] = /^(\d{6}) (\d{6}) \d+ ([A-Z]+) [^:]+: (.*)$/.exec(line)!;
    const [year, month, day] = date.match(/../g)!, clock = time.match(/../g)!.join(":");
    return {
      id: `hdfs ${i}`,
      source: {
        "@timestamp": `20${year}-${month}-${day}T${clock}.000Z`,
        log: { level, offset: i },
        event: { sequence: i, original: line },
        service: { name: "hdfs" },
        message,
      },
    };
  });
}

/** Kills a run when it has saved more than there was. */
async function killMoving(run: Deno.ChildProcess, folder: string): Promise<void> {
  const before = left(folder).offset;
  let ended = false;
  const output = run.output().then(() => ended = true);
  while (!ended && left(folder).offset === before) await new Promise((resolve) => setTimeout(resolve, 10));
  await new Deno.Command("kill", { args: ["-KILL", "--", `-${run.pid}`], stderr: "null" }).output();
  await output;
}

// reading itself is tried with both versions
withElasticsearch(NEWEST, "detect of an index", (server) => {
  testThatNeeds(
    ["realLogs"],
    "train and detect of HDFS from an index give the verdicts of the file",
    async () => {
      const packed = await Deno.readFile(new URL("hdfs_raw/HDFS_5000.log.gz", REAL_LOGS));
      const lines = gunzipSync(packed).toString().split(/\r?\n/).filter((line) => line !== "");
      await makeIndex(server(), "hdfs");
      await indexAll(server(), "hdfs", hdfsDocuments(lines));
      await withFolder(async (cwd) => {
        await Deno.writeTextFile(`${cwd}/deepscan.yaml`, cluster(server()));
        await Deno.writeTextFile(`${cwd}/hdfs.log`, lines.join("\n") + "\n");
        const session = ["--session", "(blk_-?\\d+)"], verdicts: string[] = [];
        for (const [name, input] of [["file", "hdfs.log"], ["index", "elasticsearch:hdfs"]]) {
          const trained = await runTask("train", [
            "--input",
            input,
            "--model",
            name,
            "--stream",
            "hdfs",
            ...session,
          ], { cwd });
          assert.equal(trained.code, 0, trained.stderr);
          const args = ["--input", input, "--model", name, "--verdicts", `${name}.csv`];
          const judged = await runTask("detect", args, { cwd });
          assert.equal(judged.code, 0, judged.stderr);
          verdicts.push(await Deno.readTextFile(`${cwd}/${name}.csv`));
        }
        assert.ok(verdicts[0].includes(",true,"));
        assert.equal(verdicts[1], verdicts[0]);
      });
    },
  );

  Deno.test("detect goes on in an index where it stopped, also where it was killed", async () => {
    const lines = linesWithError(600, 550), half = 900;
    await withFolder(async (cwd) => {
      for (const index of ["whole", "halves"]) {
        await makeIndex(server(), index);
        await Deno.writeTextFile(`${cwd}/${index}.yaml`, calmSettings(index) + cluster(server()));
      }
      const all = lines.map(documentOf),
        detect = (index: string) => runTask("detect", ["--config", `${index}.yaml`], { cwd });
      await indexAll(server(), "whole", all);
      const whole = await detect("whole");
      assert.equal(whole.code, 0, whole.stderr);
      assert.match(whole.stdout, /disk of replica failed/);
      await indexAll(server(), "halves", all.slice(0, half));
      assert.equal((await detect("halves")).code, 0);
      await indexAll(server(), "halves", all.slice(half).toReversed());
      await killMoving(
        startTask("detect", ["--config", "halves.yaml"], { cwd, detached: true }),
        `${cwd}/halves`,
      );
      const last = await detect("halves");
      assert.equal(last.code, 0, last.stderr);
      assert.deepEqual(left(`${cwd}/halves`), left(`${cwd}/whole`));
      assert.match((await detect("halves")).stdout, /nothing new/);
    });
  });
});

Deno.test("detect judges the files where a cluster can't be reached, and says so", async () => {
  await withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/calm.log`, linesWithError(600, 550).join("\n") + "\n");
    const settings = (inputs: string) =>
      `streams: [{name: calm, inputs: [${inputs}], clock: data, min_history: 4h}]
elasticsearch: {nodes: ["http://127.0.0.1:9"], timeout: 2s}\n`;
    await Deno.writeTextFile(`${cwd}/both.yaml`, settings("calm.log, 'elasticsearch:logs'"));
    await Deno.writeTextFile(`${cwd}/index.yaml`, settings("'elasticsearch:logs'"));
    const both = await runTask("detect", ["--config", "both.yaml"], { cwd });
    assert.equal(both.code, 0, both.stderr);
    assert.match(both.stdout, /disk of replica failed/);
    assert.match(both.stdout + both.stderr, /elasticsearch:logs: no node of the cluster can be reached/);
    const index = await runTask("detect", ["--config", "index.yaml"], { cwd });
    assert.equal(index.code, 1);
    assert.match(index.stdout + index.stderr, /no node of the cluster can be reached/);
  });
});

Deno.test("detect names what an index's password or place needs", async () => {
  await withFolder(async (cwd) => {
    const nowhere = await runTask("detect", ["--input", "elasticsearch:logs"], { cwd });
    assert.equal(nowhere.code, 2);
    assert.match(nowhere.stderr, /the settings do not say where the cluster is/);
    const text = cluster({ url: "http://127.0.0.1:9" }).replace(
      "]}",
      "], user: reader, password_env: ES_PASSWORD}",
    );
    await Deno.writeTextFile(`${cwd}/deepscan.yaml`, text);
    const without = await runTask("detect", ["--input", "elasticsearch:logs"], { cwd });
    assert.equal(without.code, 1);
    assert.match(without.stderr, /environment variable ES_PASSWORD is not set or empty/);
  });
});
