import assert from "node:assert/strict";
import { linesWithError, runTask, startTask } from "../runner/tasks/task.ts";
import { withFolder } from "../with_folder.ts";
import { NEWEST, withElasticsearch } from "../services/with_elasticsearch.ts";
import { calmSettings, cluster, documentOf, left, offsetIn } from "./calm_index.ts";
import { indexAll, makeIndex } from "./indexed.ts";

/** Minutes that the log has, two lines in each: many pages. */
const MINUTES = 8_000;

withElasticsearch(NEWEST, "detect of an index whose server dies", (server) => {
  Deno.test("detect loses and doubles nothing when the server is killed while it reads, whether or not it comes back in time", async () => {
    const lines = linesWithError(MINUTES, MINUTES - 50);
    await makeIndex(server(), "minutes");
    await indexAll(server(), "minutes", lines.map(documentOf));
    await withFolder(async (cwd) => {
      const settings = calmSettings("minutes", "64KB") + cluster(server());
      for (const name of ["whole", "killed"]) {
        await Deno.writeTextFile(`${cwd}/${name}.yaml`, settings.replaceAll("minutes/", `${name}/`));
      }
      const whole = await runTask("detect", ["--config", "whole.yaml"], { cwd });
      assert.equal(whole.code, 0, whole.stderr);
      const wanted = left(`${cwd}/whole`), killed = ["--config", "killed.yaml"];
      assert.ok(
        wanted.alerts.length > 0 && wanted.verdicts.length > MINUTES / 5 - 100,
        `${wanted.verdicts.length} windows`,
      );

      const away = startTask("detect", killed, { cwd }), ended = away.output();
      await readUpTo(`${cwd}/killed`, wanted.offset / 4, away);
      await server().kill();
      const { stderr, code } = await ended;
      assert.equal(code, 1);
      assert.match(
        new TextDecoder().decode(stderr),
        /Cannot read stream \w+ to its end: Cannot read .*(no node of the cluster can be reached|connection was cut)/,
      );
      assert.ok(left(`${cwd}/killed`).offset < wanted.offset, "it was over too soon");
      await server().start();

      const shaken = startTask("detect", killed, { cwd }), over = shaken.output();
      await readUpTo(`${cwd}/killed`, wanted.offset * .6, shaken);
      await server().kill();
      await server().start();
      await over;
      const last = await runTask("detect", killed, { cwd });
      assert.equal(last.code, 0, last.stderr);
      assert.deepEqual(left(`${cwd}/killed`), wanted);
    });
  });
});

/** Waits until a run has kept so many bytes. */
async function readUpTo(folder: string, offset: number, run: Deno.ChildProcess): Promise<void> {
  let ended = false;
  run.status.then(() => ended = true);
  while (!ended && offsetIn(folder) < offset) await new Promise((resolve) => setTimeout(resolve, 20));
}
