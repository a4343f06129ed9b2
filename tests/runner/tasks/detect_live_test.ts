import assert from "node:assert/strict";
import { RunLock } from "../../../lib/store/run_lock.ts";
import { withLiveFolder } from "./live_folder.ts";
import { runHere } from "./run_here.ts";
import { calmLines, runTask, stamp, startTask } from "./task.ts";
import { withFolder } from "../../with_folder.ts";

Deno.test("detect trains, tells once, goes on where it stopped, and says when there is nothing new", () =>
  withLiveFolder({}, async (live) => {
    const first = await live.detect();
    assert.equal(first.code, 0, first.stderr);
    assert.match(first.stderr, /app: trained \(model v0001\) on 24 windows/);
    assert.match(first.stdout, /disk of replica failed/);
    assert.match(
      first.stdout,
      /app: 241 new records, 23 windows judged, 1 anomalous, 1 new alert, 1 window open/,
    );
    assert.ok(
      (await Deno.readTextFile(`${live.path}/reports/report.html`)).includes("disk of replica failed"),
    );
    const again = await live.detect(["--exit-code"]);
    assert.deepEqual([again.code, again.stdout.trim()], [
      0,
      "app: nothing new, 0 windows judged, 0 anomalous, 0 new alerts, 1 window open",
    ]);
    live.append(...calmLines(6, 240));
    const third = await live.detect();
    assert.match(
      third.stdout,
      /^app: 12 new records, 2 windows judged, 0 anomalous, 0 new alerts, 1 window open\n$/,
    );
    assert.equal(live.rows("select count(*) as n from verdict")[0].n, 25);
    assert.deepEqual(live.rows("select status from delivery").map(({ status }) => status), ["sent"]);
  }));

Deno.test("detect waits for the end of an unfinished line", () =>
  withLiveFolder({ lines: calmLines(200) }, async (live) => {
    await live.runHere("detect");
    await Deno.writeTextFile(live.log, `${stamp(200)} ERROR half a li`, { append: true });
    assert.match((await live.runHere("detect")).stdout, /nothing new/);
    await Deno.writeTextFile(live.log, `ne of another kind\n${stamp(206)} INFO health check ok\n`, {
      append: true,
    });
    assert.match(
      (await live.runHere("detect")).stdout,
      /half a line of another kind[\s\S]*app: 2 new records/,
    );
  }));

Deno.test("detect says what is missing before it can judge, and --exit-code stays 0", () =>
  withLiveFolder({ lines: calmLines(60) }, async (live) => {
    const { code, stdout } = await live.runHere("detect", "--exit-code");
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^app: cannot judge yet: no model yet: the logs span 59m, min_history is 2h: 1h30s more, up to 2026-03-02 02:00 UTC in the lines\n$/,
    );
  }));

Deno.test("detect --dry-run judges, but neither moves on nor tells anybody", () =>
  withLiveFolder({ lines: calmLines(200) }, async (live) => {
    await live.runHere("detect");
    const before = live.rows("select * from input"), verdicts = live.rows("select * from verdict");
    live.append(`${stamp(201)} ERROR disk failed`, `${stamp(206)} INFO health check ok`);
    const dry = await live.detect(["--dry-run", "--exit-code"]);
    assert.equal(dry.code, 3, dry.stderr);
    assert.match(dry.stdout, /2 new records, 2 windows judged, 1 anomalous/);
    assert.deepEqual(live.rows("select * from input"), before);
    assert.deepEqual(live.rows("select * from verdict"), verdicts);
    assert.deepEqual(live.rows("select * from delivery"), []);
    assert.match(
      (await live.runHere("detect")).stdout,
      /2 new records, 2 windows judged, 1 anomalous, 1 new alert/,
    );
  }));

Deno.test("detect does nothing while another run is at work, says who it is, and exits 0", () =>
  withLiveFolder({}, async (live) => {
    await Deno.mkdir(`${live.path}/state`);
    const since = Date.UTC(2026, 2, 2, 12),
      lock = RunLock.take(`${live.path}/state/run.lock`, { pid: 4711, since });
    assert.ok(lock instanceof RunLock);
    const { code, stdout, stderr } = await live.detect();
    lock.release();
    assert.equal(code, 0);
    assert.match(stderr, /another run is at work \(process 4711 since 2026-03-02 12:00 UTC\)/);
    assert.equal(stdout, "");
    assert.equal((await live.runHere("detect")).code, 0);
    assert.equal(live.rows("select count(*) as n from verdict")[0].n, 23);
  }));

Deno.test("detect refuses settings that contradict the model", () =>
  withLiveFolder({}, async (live) => {
    await live.runHere("detect");
    const settings = await Deno.readTextFile(`${live.path}/deepscan.yaml`);
    await Deno.writeTextFile(`${live.path}/deepscan.yaml`, settings.replace("2h", "2h, window: 1m"));
    const { code, stderr } = await live.runHere("detect");
    assert.equal(code, 2);
    assert.match(stderr, /its window is 60000 in the settings, and was 300000 when model v0001 was trained/);
  }));

Deno.test("detect goes on under a newly trained model where it stopped, and no line is lost or counted twice", () =>
  withLiveFolder({ lines: calmLines(180) }, async (live) => {
    await live.runHere("detect");
    const novel = (from: number) =>
      calmLines(13, from).flatMap((line) => [line, `${line.slice(0, 26)}cache warmed`]);
    live.append(...novel(180));
    await live.runHere("detect"); // leaves a window open in which the new template is
    const { code, stderr } = await runTask("train", ["--config", "deepscan.yaml"], { cwd: live.path });
    assert.equal(code, 0, stderr);
    live.append(...novel(193), ...calmLines(14, 206));
    const { stdout } = await live.runHere("detect");
    assert.match(stdout, /^Resolved: \[\w+\] app: new: cache warmed since 2026-03-02 03:00 UTC$/m); // by the earlier model
    assert.match(stdout, /^app: 80 new records, 5 windows judged, 0 anomalous/m);
    const rows = live.rows("select lines, model from verdict order by start");
    assert.deepEqual(rows.map(({ lines }) => lines), [
      ...Array(12).fill(10),
      ...Array(5).fill(20),
      12,
      10,
    ]);
  }));

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  Deno.test(`detect: ${signal} to the launcher ends the worker too`, () =>
    withFolder(async (cwd) => {
      await Deno.writeTextFile(`${cwd}/calm.log`, calmLines(120).join("\n"));
      assert.equal((await runHere("train", ["--input", "calm.log", "--model", "m"], { cwd })).code, 0);
      const child = startTask("detect", ["--input", "-", "--model", "m"], { cwd }, { stdin: "piped" });
      const writer = child.stdin.getWriter(), output = child.output(); // the input stays open: it waits
      while (!(await workers(child.pid))) await new Promise((resolve) => setTimeout(resolve, 20));
      child.kill(signal);
      const { code } = await output; // comes only when no process holds the output open any more
      assert.equal(code, signal === "SIGTERM" ? 143 : 130);
      await writer.close().catch(() => {}); // nobody reads it any more
    }));
}

/** Whether a launcher has a worker. */
async function workers(launcher: number): Promise<boolean> {
  const { stdout } = await new Deno.Command("ps", { args: ["-A", "-o", "ppid="] }).output();
  return new TextDecoder().decode(stdout).split("\n").some((line) => Number(line) === launcher);
}
