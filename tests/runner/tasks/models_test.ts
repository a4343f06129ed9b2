import assert from "node:assert/strict";
import { withLiveFolder } from "./live_folder.ts";
import { linesWithError, runTask, type TaskResult } from "./task.ts";

Deno.test("deepscan models rollback restores verdicts bit for bit", () =>
  withLiveFolder({ lines: linesWithError(240, 100) }, async (live) => {
    const done = async (result: Promise<TaskResult>) => {
      const { code, stdout, stderr } = await result;
      assert.equal(code, 0, stderr);
      return stdout;
    };
    const task = (name: string, ...args: string[]) => done(live.runHere(name, ...args));
    const started = (...args: string[]) => done(runTask("deepscan", args, { cwd: live.path }));
    const verdicts = async (name: string) => {
      await task("detect", "--input", "logs/app.log", "--model", "models", "--verdicts", name);
      return await Deno.readFile(`${live.path}/${name}`);
    };
    await task("train", "--to", "2026-03-02T01:30:00Z");
    const first = await verdicts("first.csv");
    await task("train");
    const second = await verdicts("second.csv");
    assert.notDeepEqual(second, first); // it has learned the error
    assert.equal(await started("models", "rollback"), "model v0001 is active\n");
    assert.deepEqual(await verdicts("third.csv"), first);
    await started("models", "activate", "2");
    assert.deepEqual(await verdicts("fourth.csv"), second);
    assert.match(await task("deepscan", "models", "list"), /v0001 .*active before\nv0002 .*active since/);
  }));

Deno.test("deepscan models tries, refits and promotes with no more rights than it asks for; a bad candidate is not promoted", () =>
  withLiveFolder({ lines: linesWithError(240, 200) }, async (live) => {
    const run = (name: string, ...args: string[]) => runTask(name, args, { cwd: live.path });
    const task = async (name: string, ...args: string[]) => {
      const { code, stdout, stderr } = await run(name, ...args);
      assert.equal(code, 0, stderr);
      return stdout + stderr;
    };
    await task("detect");
    const [{ id }] = live.rows("select id from alert");
    await task("deepscan", "feedback", String(id), "true");
    assert.match(
      await task("deepscan", "feedback", "--export", "labels.csv"),
      /1 label, 1 of them anomalous/,
    );
    assert.match(
      await Deno.readTextFile(`${live.path}/labels.csv`),
      /^key,label,kind\r\napp@.*,anomalous,\r\n$/,
    );
    assert.match(await task("deepscan", "models", "refit"), /nothing to refit/);
    await Deno.writeTextFile(`${live.path}/poison.log`, linesWithError(240, 20).join("\n") + "\n");
    const settings = await Deno.readTextFile(`${live.path}/deepscan.yaml`);
    const other = settings.replace("logs/*.log*", "poison.log").replace(
      "directory: state",
      "directory: other",
    );
    await Deno.writeTextFile(`${live.path}/poison.yaml`, other);
    assert.match(
      await task("train", "--shadow", "--config", "poison.yaml"),
      /v0002 in .*, tried beside v0001/,
    );
    live.append(...linesWithError(300, 250).slice(480));
    assert.match(await task("detect"), /candidate v0002 is being tried: /);
    const again = String(live.rows("select id from alert order by start")[1].id);
    await task("deepscan", "feedback", again, "true");
    assert.match(
      await task("deepscan", "models", "show", "2"),
      /should not be promoted: it doesn't see what people called true/,
    );
    const refused = await run("deepscan", "models", "promote");
    assert.deepEqual([refused.code, refused.stderr.includes(again)], [1, true]);
    assert.match(await task("train", "--if-needed"), /nothing to train: model v0002 is being tried since/);
    assert.match(await task("deepscan", "models", "withdraw"), /tried no longer/);
    assert.match(await task("deepscan", "models", "prune", "--keep", "1"), /nothing is taken away/);
    assert.match(await task("deepscan", "models", "show", "--model", "models"), /^model v0001, /);
    assert.match(await task("deepscan", "models", "list"), /v0001 .*active since/);
  }));
