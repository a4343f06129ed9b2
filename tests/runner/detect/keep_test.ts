import assert from "node:assert/strict";
import { Stage } from "../stage.ts";
import { calmLines, linesWithError } from "../tasks/task.ts";

Deno.test("detect forgets verdicts and closed alerts that are older than state.keep, by the time in the lines", async () => {
  await using stage = await Stage.make(
    'streams: [{name: app, inputs: ["app.log"], clock: data, min_history: 2h, allowed_lateness: 10m}]\n',
  );
  const settings = await Deno.readTextFile(`${stage.folder}/deepscan.yaml`);
  await Deno.writeTextFile(
    `${stage.folder}/deepscan.yaml`,
    settings.replace("{directory: state}", "{directory: state, keep: 3h}"),
  );
  stage.append("app.log", ...linesWithError(240, 200));
  await stage.run("detect");
  const count = (table: string) => stage.rows(`select count(*) as n from ${table}`)[0].n;
  assert.deepEqual([count("verdict"), count("alert"), count("delivery")], [23, 1, 1]);
  stage.append("app.log", ...calmLines(240, 240));
  await stage.run("detect"); // up to 08:00: what ended before 05:00 is forgotten
  assert.deepEqual([count("verdict"), count("alert"), count("delivery")], [36, 0, 0]);
  assert.equal((await stage.run("detect")).code, 0);
});
