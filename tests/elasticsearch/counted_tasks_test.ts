import assert from "node:assert/strict";
import { runTask } from "../runner/tasks/task.ts";
import { withFolder } from "../with_folder.ts";
import { NEWEST, withElasticsearch } from "../services/with_elasticsearch.ts";
import { ask, indexAll, makeIndex } from "./indexed.ts";

/** Settings of a counted stream. */
function settings(url: string, index: string, { counted = true, clock = "data" } = {}): string {
  return `elasticsearch: {nodes: ["${url}"], timeout: 2s}
model: {directory: models, detectors: [new-template]}
state: {directory: state}
reports: {directory: reports}
streams:
  - {name: shop, inputs: ["elasticsearch:${index}"], service: shop, clock: ${clock}, window: 1m, min_history: 1h,
     elasticsearch: {counted: ${counted}}}
`;
}

/** Three hours of two lines a minute. */
function documents(from: number, minutes: number) {
  return Array.from({ length: 2 * minutes }, (_, i) => {
    const message = i % 2 === 0 ? `request ${i} served in ${i % 30} ms` : "health check ok";
    const time = new Date(from + 30_000 * i).toISOString();
    return { id: `${from} ${i}`, source: { "@timestamp": time, message, event: { sequence: i } } };
  });
}

const BEGIN = Date.UTC(2026, 2, 2);

withElasticsearch(NEWEST, "tasks over counted streams", (server, version) => {
  Deno.test(`detect doesn't change from lines to counts and back by itself, and says what to do (${version})`, () =>
    withFolder(async (cwd) => {
      await makeIndex(server(), "turned");
      await indexAll(server(), "turned", documents(BEGIN, 180));
      const write = (counted: boolean) =>
        Deno.writeTextFile(`${cwd}/deepscan.yaml`, settings(server().url, "turned", { counted }));
      await write(true);
      assert.equal((await runTask("detect", [], { cwd })).code, 0);
      await write(false);
      const { code, stderr } = await runTask("detect", [], { cwd });
      assert.equal(code, 2, stderr);
      assert.match(
        stderr,
        /Cannot go on with stream shop: it was counted so far, .*set its elasticsearch.counted to true, or/,
      );
      await write(true);
      const again = await runTask("detect", [], { cwd });
      assert.equal(again.code, 0, again.stderr);
    }));

  Deno.test(`detect says where a counted index isn't there, and goes on when it is (${version})`, () =>
    withFolder(async (cwd) => {
      await Deno.writeTextFile(`${cwd}/deepscan.yaml`, settings(server().url, "absent"));
      const missing = await runTask("detect", [], { cwd });
      assert.equal(missing.code, 1, missing.stdout);
      assert.match(missing.stderr, /Cannot read stream shop: there is no input/);
      await makeIndex(server(), "absent");
      await indexAll(server(), "absent", documents(BEGIN, 180));
      assert.equal((await runTask("detect", [], { cwd })).code, 0);
      await ask(server().url, "DELETE", "/absent");
      const gone = await runTask("detect", [], { cwd });
      assert.equal(gone.code, 1, gone.stdout);
      assert.match(gone.stderr, /absent/);
    }));

  Deno.test(`detect of a counted stream that can't reach the cluster says so and keeps what it had (${version})`, () =>
    withFolder(async (cwd) => {
      await makeIndex(server(), "away");
      await indexAll(server(), "away", documents(BEGIN, 180));
      await Deno.writeTextFile(`${cwd}/deepscan.yaml`, settings(server().url, "away"));
      assert.equal((await runTask("detect", [], { cwd })).code, 0);
      await Deno.writeTextFile(`${cwd}/deepscan.yaml`, settings("http://127.0.0.1:9", "away"));
      const { code, stderr } = await runTask("detect", [], { cwd });
      assert.equal(code, 1, stderr);
      assert.match(stderr, /127\.0\.0\.1:9/);
      await Deno.writeTextFile(`${cwd}/deepscan.yaml`, settings(server().url, "away"));
      await indexAll(server(), "away", documents(BEGIN + 180 * 60_000, 10));
      const { code: again, stdout } = await runTask("detect", ["--json"], { cwd });
      assert.equal(again, 0);
      assert.match(stdout, /"records": ?20\b/);
    }));

  Deno.test(`detect --dry-run of a counted stream leaves the next run to judge the same (${version})`, () =>
    withFolder(async (cwd) => {
      await makeIndex(server(), "tried");
      await indexAll(server(), "tried", documents(BEGIN, 180));
      await Deno.writeTextFile(`${cwd}/deepscan.yaml`, settings(server().url, "tried"));
      assert.equal((await runTask("detect", [], { cwd })).code, 0);
      await indexAll(server(), "tried", documents(BEGIN + 180 * 60_000, 10));
      const [dry, real] = [
        await runTask("detect", ["--json", "--dry-run"], { cwd }),
        await runTask("detect", ["--json"], { cwd }),
      ];
      for (const { code, stdout } of [dry, real]) {
        assert.equal(code, 0);
        assert.match(stdout, /"records": ?20\b/);
      }
    }));
});
