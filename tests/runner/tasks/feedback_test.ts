import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { type LiveFolder, withLiveFolder } from "./live_folder.ts";
import { calmLines, linesWithError, runTask, stamp, type TaskResult } from "./task.ts";

const FAILED = "ERROR disk of replica failed: checksum mismatch";

const feedback = (live: LiveFolder, ...args: string[]) => live.runHere("deepscan", "feedback", ...args);

/** Starts the task. */
const started = (live: LiveFolder, ...args: string[]) =>
  runTask("deepscan", ["feedback", ...args], { cwd: live.path });

async function done(result: Promise<TaskResult>): Promise<TaskResult> {
  const { code, stdout, stderr } = await result;
  assert.equal(code, 0, stderr);
  return { code, stdout, stderr };
}

interface Listed {
  alerts: { id: string; title: string; said: string | null; note: string; at: string | null }[];
}

const listed = async (live: LiveFolder): Promise<Listed["alerts"]> =>
  (JSON.parse((await done(feedback(live, "--json"))).stdout) as Listed).alerts;

/** What a training says that it left out. */
async function train(live: LiveFolder, ...args: string[]) {
  const { stdout } = await done(live.runHere("train", ...args, "--json"));
  const [{ windows, excluded }] = JSON.parse(stdout).streams;
  return { windows, excluded: excluded as { why: string; name: string; windows: number; takenIn: number }[] };
}

/** Settings in which all detectors share a budget, as is usual. */
function useBudget(live: LiveFolder): void {
  const path = `${live.path}/deepscan.yaml`;
  Deno.writeTextFileSync(path, Deno.readTextFileSync(path).replace("rule: quantile", "rule: budget"));
}

for (const rule of ["budget", "quantile"]) {
  Deno.test(`detect finds an incident again after a training that saw it (${rule}), unless it was meant to be`, () =>
    withLiveFolder({ lines: linesWithError(300, 130) }, async (live) => {
      if (rule === "budget") useBudget(live);
      assert.match(
        (await done(live.runHere("detect"))).stdout,
        /^Over already: \[\w+\] app: .*disk of replica failed/m,
      );
      const [{ id }] = await listed(live), first = await train(live);
      assert.deepEqual(first.excluded.map(({ why, name, windows }) => [why, name, windows]), [[
        "alert",
        id,
        1,
      ]]);
      live.append(...calmLines(30, 300), `${stamp(330)} ${FAILED}`, ...calmLines(100, 331));
      const again = await done(live.runHere("detect"));
      assert.match(again.stdout, /^(?:\w+ already|Again): \[\w+\] app: .*disk of replica failed/m);
      for (const { id } of await listed(live)) await done(feedback(live, id, "expected"));
      const second = await train(live);
      assert.deepEqual([second.excluded, second.windows], [[], 87]);
      live.append(...calmLines(30, 431), `${stamp(461)} ${FAILED}`, ...calmLines(10, 462));
      assert.doesNotMatch((await done(live.runHere("detect"))).stdout, /disk of replica/);
    }));
}

Deno.test("deepscan feedback keeps one word for an alert, shows it, and takes it back", () =>
  withLiveFolder({}, async (live) => {
    await live.runHere("detect");
    const [{ id, said }] = await listed(live);
    assert.equal(said, null);
    const kept = await done(started(live, id.slice(0, 4), "false", "--note", "backup by ann@shop.example"));
    assert.match(
      kept.stdout,
      new RegExp(`^${id}  false .* app: .*disk of replica failed.* \\(backup by `),
    );
    assert.doesNotMatch(kept.stdout, /ann@/);
    assert.match(kept.stderr, /from now on trainings learn from its 1 window$/m);
    assert.match((await done(feedback(live, id, "false"))).stderr, /nothing changes/);
    const [{ note, at }] = await listed(live);
    assert.match(note, /^backup by /);
    assert.ok(Math.abs(Date.parse(at!) - Date.now()) < 600_000);
    const changed = JSON.parse((await done(feedback(live, id, "true", "--json"))).stdout);
    assert.deepEqual([changed.changed, changed.said, changed.note], [true, "true", ""]);
    assert.match(
      (await done(started(live))).stdout,
      new RegExp(`^${id}  true +\\w+ +2026-03-02 03:20 UTC  app: `),
    );
    assert.match((await done(feedback(live, id, "none"))).stdout, new RegExp(`^${id}  –  `));
    assert.equal((await listed(live))[0].said, null);
    assert.equal((await done(feedback(live, "--list", "--stream", "other"))).stdout, "");
  }));

Deno.test("deepscan feedback refuses an alert that isn't there or is several, and a word that can't be said", () =>
  withLiveFolder({}, async (live) => {
    const early = await feedback(live, "0000", "true");
    assert.deepEqual([early.code, /Cannot keep feedback: no run yet/.test(early.stderr)], [1, true]);
    await live.runHere("detect");
    const unknown = await feedback(live, "0000", "true");
    assert.equal(unknown.code, 1);
    assert.match(
      unknown.stderr,
      /Cannot keep feedback: there is no alert 0000; `deno task deepscan feedback` lists them/,
    );
    const database = new DatabaseSync(`${live.path}/state/state.db`);
    for (const id of ["abcd1", "abcd2"]) {
      database.exec(
        `insert into alert (id, stream, status, start, end, body) select '${id}', stream, status, start, end, body from alert limit 1`,
      );
    }
    database.close();
    const several = await feedback(live, "abcd", "true");
    assert.equal(several.code, 1);
    assert.match(several.stderr, /2 alerts begin with abcd: abcd1, abcd2$/m);
    const wrong = await started(live, "abcd1", "perhaps");
    assert.equal(wrong.code, 2);
    assert.match(
      wrong.stderr,
      /expected one of true, false, expected, none[\s\S]*See `deno task deepscan feedback --help`/,
    );
    assert.deepEqual(live.rows("select * from feedback"), []);
  }));

Deno.test("train leaves out spans of the command line and the settings, and what labels call anomalous", () =>
  withLiveFolder({ lines: linesWithError(240, 200) }, async (live) => {
    const path = `${live.path}/deepscan.yaml`, settings = Deno.readTextFileSync(path);
    Deno.writeTextFileSync(path, settings.replace("}]", ", exclude: [2026-03-02T00:00/2026-03-02T00:10]}]"));
    Deno.writeTextFileSync(
      `${live.path}/labels.csv`,
      "start,end,service,label,kind\n2026-03-02T03:20:00Z,2026-03-02T03:21:00Z,app,1,disk\n",
    );
    const spans = ["--exclude", "2026-03-02T02:00+01:00/2026-03-02T01:15", "--labels", "labels.csv"];
    const { excluded, windows } = await train(live, ...spans);
    assert.deepEqual(excluded.map(({ why, name, windows }) => [why, name, windows]), [
      ["asked", "2026-03-02T00:00Z/2026-03-02T00:10Z", 2],
      ["asked", "2026-03-02T01:00Z/2026-03-02T01:15Z", 3],
      ["label", "disk", 1],
    ]);
    assert.equal(windows, 42);
    const { stdout } = await done(runTask("train", spans, { cwd: live.path }));
    assert.match(stdout, /^ {2}not learned from: 6 windows$/m);
    assert.match(stdout, /^ {2}- 3 windows, 2026-03-02 01:00 UTC to 2026-03-02 01:15 UTC: as you asked$/m);
    const all = await live.runHere("train", "--exclude", "2026-03-02/2026-03-03");
    assert.equal(all.code, 1);
    assert.match(all.stderr, /Cannot train stream app: all its 48 windows are to be left out/);
    const wrong = await live.runHere("train", "--exclude", "2026-03-02");
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /Cannot read --exclude: expected FROM\/TO such as .*, got "2026-03-02"/);
  }));

Deno.test("a first training leaves out what earlier models have alerted on", () =>
  withLiveFolder({}, async (live) => {
    await live.runHere("detect");
    const [{ id }] = await listed(live);
    await Deno.remove(`${live.path}/models`, { recursive: true });
    const path = `${live.path}/deepscan.yaml`;
    Deno.writeTextFileSync(
      path,
      Deno.readTextFileSync(path).replace("min_history: 2h", "min_history: 3h45m"),
    );
    const { stderr } = await done(live.runHere("detect"));
    assert.match(stderr, /^app: not learned from: 1 window$/m);
    assert.match(stderr, new RegExp(`^app: - 1 window, .*: alert ${id}: .*disk of replica failed`, "m"));
  }));
