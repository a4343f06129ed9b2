import assert from "node:assert/strict";
import { withLiveFolder } from "./live_folder.ts";
import { rowsOf, runTask, stamp } from "./task.ts";

/** Every file below a folder, with its length. */
function filesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    return isDirectory ? filesIn(path) : [`${path} ${Deno.statSync(path).size}`];
  }).sort();
}

Deno.test("replay tells with its own permissions what detect has told, twice in the same bytes, and leaves nothing behind", () =>
  withLiveFolder({}, async (live) => {
    const detected = await live.detect(["--verdicts", "live.csv"]);
    assert.equal(detected.code, 0, detected.stderr);
    Deno.writeTextFileSync(
      `${live.path}/deepscan.yaml`,
      "alerts: {channels: {webhook: {webhook_env: SECRET, host: example.com}}}\n",
      { append: true },
    );
    const before = filesIn(live.path);
    const args = [
      "--from",
      stamp(120),
      "--to",
      stamp(240),
      "--verdicts",
      "replay.csv",
      "--report",
      "replay.html",
    ];
    const first = await runTask("replay", args, { cwd: live.path });
    assert.equal(first.code, 0, first.stderr);
    const page = await Deno.readTextFile(`${live.path}/replay.html`);
    const second = await runTask("replay", args, { cwd: live.path });
    assert.deepEqual(second, first);
    assert.equal(await Deno.readTextFile(`${live.path}/replay.html`), page);
    const [opened, resolved] = first.stdout.split("\n");
    assert.match(
      opened,
      /^2026-03-02 03:27 UTC {2}opened {4}console, webhook {2}\[high\] app: new: disk of replica failed/,
    );
    assert.match(resolved, /^2026-03-02 03:41 UTC {2}resolved {2}/);
    assert.deepEqual(await rowsOf(`${live.path}/replay.csv`), await rowsOf(`${live.path}/live.csv`));
    for (const name of ["replay.csv", "replay.html"]) await Deno.remove(`${live.path}/${name}`);
    assert.deepEqual(filesIn(live.path), before);
  }));
