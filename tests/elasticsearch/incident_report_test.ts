import assert from "node:assert/strict";
import { testThatNeeds } from "../needs.ts";
import { liveSettings, withLiveFolder } from "../runner/tasks/live_folder.ts";
import { linesWithError, runTask } from "../runner/tasks/task.ts";
import { NEWEST, withElasticsearch } from "../services/with_elasticsearch.ts";
import { cluster } from "./calm_index.ts";
import { indexAll, makeIndex } from "./indexed.ts";

/** Reads the index by its own names of fields, and of it what isn't of another log. */
const STREAM = `, inputs: ["elasticsearch:renamed"], elasticsearch: {
  fields: {time: when, level: how.bad, message: said.text, service: who}, query: {term: {who: replica}}}`;

/** A line of a log as a document that calls everything by other names than usual. */
function renamed(line: string, i: number) {
  const [, when, bad, text] = /^(\S+) (\S+) (.*)$/.exec(line)!;
  // What is named as usual here says nothing of the log.
  const misleading = { "@timestamp": "1999-12-31T23:59:59Z", message: "not of the log" };
  return {
    id: `line ${i}`,
    source: { ...misleading, when, how: { bad }, said: { text }, who: "replica" },
  };
}

withElasticsearch(NEWEST, "an incident's report reads an index", (server, version) => {
  testThatNeeds(
    ["python"],
    `report tells an incident of an index whose documents have names of fields of their own (${version})`,
    () =>
      withLiveFolder({ lines: [] }, async (live) => {
        const date = { type: "date" }, lines = linesWithError(240, 200);
        await makeIndex(server(), "renamed", {
          ...{ "@timestamp": date, when: date, message: { type: "text" }, who: { type: "keyword" } },
        });
        const other = renamed("2026-03-02T03:20:20Z FATAL somewhere else", lines.length);
        await indexAll(server(), "renamed", [
          ...lines.map(renamed),
          { ...other, source: { ...other.source, who: "elsewhere" } },
        ]);
        await Deno.writeTextFile(
          `${live.path}/deepscan.yaml`,
          liveSettings().replace(', inputs: ["logs/*.log*"]', STREAM) + cluster(server()),
        );
        const train = await runTask("train", ["--to", "2026-03-02T03:00:00Z"], { cwd: live.path });
        assert.equal(train.code, 0, train.stderr);
        const detect = await live.detect();
        assert.equal(detect.code, 0, detect.stderr);
        const [{ id }] = live.rows("select id from alert") as { id: string }[];
        const report = await runTask("report", ["--alert", id], { cwd: live.path });
        assert.equal(report.code, 0, report.stderr);
        const page = await Deno.readTextFile(report.stdout.trim());
        assert.match(page, /<td[^>]*>ERROR<\/td>\s*<td[^>]*>disk of replica failed: checksum mismatch</i);
        assert.match(page, /<td[^>]*>first ever seen, worst symptom, first of the reasons</);
        assert.doesNotMatch(page, /not of the log|somewhere else|class="output error/);
      }),
  );
});
