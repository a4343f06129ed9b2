import assert from "node:assert/strict";
import { type LiveFolder, withLiveFolder } from "./live_folder.ts";
import { calmLines, runTask, stamp, type TaskResult } from "./task.ts";

async function done(result: Promise<TaskResult>): Promise<TaskResult> {
  const { code, stdout, stderr } = await result;
  assert.equal(code, 0, stderr);
  return { code, stdout, stderr };
}

/** Starts the task. */
const started = (live: LiveFolder, ...args: string[]) => done(runTask("deepscan", args, { cwd: live.path }));

const deepscan = (live: LiveFolder, ...args: string[]) => done(live.runHere("deepscan", ...args));

/** Calm minutes, then one with an error, and little more: the alert still fires. */
function withFault(from: number, minutes: number, text: string): string[] {
  return [
    ...calmLines(minutes, from),
    `${stamp(from + minutes)} ERROR ${text}`,
    ...calmLines(6, from + minutes),
  ];
}

Deno.test("deepscan silence keeps an incident back, detect says so, and it is told when the silence ends", () =>
  withLiveFolder({ lines: calmLines(180) }, async (live) => {
    await live.runHere("detect");
    const added = await started(
      live,
      "silence",
      "add",
      "--service",
      "app",
      "--for",
      "2h",
      "--note",
      "disk of ann@shop.example",
      "--by",
      "ann",
    );
    assert.match(
      added.stdout,
      /^[0-9a-f]{8} {2}silence {6}service app {2}until \d{4}-.* UTC, by ann: disk of /,
    );
    assert.doesNotMatch(added.stdout, /shop\.example/);
    live.append(...withFault(180, 20, "disk of replica failed"));
    const silenced = await live.runHere("detect");
    assert.match(silenced.stdout, /^app: .* 1 new alert/m);
    assert.doesNotMatch(silenced.stdout, /^\[/m);
    assert.match(silenced.stderr, /^held back: 1 incident: silenced by [0-9a-f]{8} \(disk of /m);
    const listed = await deepscan(live, "alerts", "list");
    assert.match(
      listed.stdout,
      /^\w{16} {2}high {6}app: new: disk of replica failed since .* \(firing, not told, silenced by /m,
    );
    await deepscan(live, "silence", "end", added.stdout.slice(0, 8));
    assert.equal((await deepscan(live, "silence", "list")).stdout, "");
    assert.match(
      (await live.runHere("detect")).stdout,
      /^\[high\] app: new: disk of replica failed since 2026-03-02 03:20 UTC$/m,
    );
    const shown = await started(live, "alerts", "show", listed.stdout.slice(0, 6));
    assert.match(
      shown.stdout,
      /^ {2}.* {2}held back \(opened\): silenced by .*\n {2}.* {2}opened, high, message 1$/m,
    );
  }));

Deno.test("deepscan alerts ack keeps repeats back, alerts show says who takes care, and the end is told once", () =>
  withLiveFolder({ lines: calmLines(180) }, async (live) => {
    await live.runHere("detect");
    live.append(...withFault(180, 20, "disk of replica failed"));
    const told = await live.runHere("detect");
    const command = /Take care: deno task deepscan (alerts ack \w+)/.exec(told.stdout)![1].split(" ");
    const acknowledged = await started(live, ...command, "--by", "ann", "--note", "swapping it");
    assert.match(acknowledged.stdout, /\(firing, ann takes care since \d{4}-/);
    live.append(...calmLines(30, 206));
    const over = await live.runHere("detect");
    assert.match(
      over.stdout,
      /^Resolved: \[high\] app: new: disk of replica failed since 2026-03-02 03:20 UTC$/m,
    );
    assert.doesNotMatch((await live.runHere("detect")).stdout, /^\w*:? ?\[/m);
    const shown = JSON.parse((await deepscan(live, "alerts", "show", command[2], "--json")).stdout);
    assert.deepEqual(shown.notices.map(({ kind }: { kind: string }) => kind), [
      "opened",
      "acknowledged",
      "resolved",
    ]);
    assert.deepEqual([shown.isFiring, shown.acknowledged], [false, null]);
  }));

Deno.test("deepscan deploy makes new messages no news, and feedback expected --always ends a kind of alert for good", () =>
  withLiveFolder({ lines: calmLines(180) }, async (live) => {
    await live.runHere("detect");
    const deployed = await started(
      live,
      "deploy",
      "--service",
      "app",
      "--at",
      stamp(185),
      "--note",
      "release 7",
      "--by",
      "ann",
    );
    assert.match(
      deployed.stdout,
      /deployment of service app: new messages are no news from 2026-03-02 03:05 UTC until 2026-03-02 03:35 UTC/,
    );
    live.append(
      ...calmLines(8, 180),
      ...Array.from({ length: 9 }, (_, i) => `${stamp(188, i)} INFO cache warmed`),
      ...calmLines(22, 188),
    );
    const quiet = await live.runHere("detect");
    assert.match(
      quiet.stderr,
      /^held back: 1 incident: deployment of 2026-03-02 03:05 UTC \(release 7\)$/m,
      quiet.stdout,
    );
    live.append(...withFault(210, 3, "disk of replica failed"));
    const { stdout } = await live.runHere("detect");
    assert.match(stdout, /^ {2}Deployment {2,}after the deployment of 2026-03-02 03:05 UTC \(release 7\)$/m);
    const [{ id }] = live.rows("select id from alert order by start desc limit 1");
    const shown = await deepscan(live, "alerts", "show", String(id));
    assert.match(shown.stdout, /^ {2}after the deployment of 2026-03-02 03:05 UTC \(release 7\)$/m);
    const said = await started(live, "feedback", String(id), "expected", "--always");
    assert.match(said.stderr, /^never told again: stream app, service app, template \w+; /m);
    live.append(...calmLines(60, 219), ...withFault(279, 3, "disk of replica failed"), ...calmLines(30, 288));
    const again = await live.runHere("detect");
    assert.match(again.stderr, /^held back: 1 incident: suppressed by [0-9a-f]{8}$/m);
  }));

for (
  const [args, code, message] of [
    [["silence", "add", "--for", "1h"], 2, /Cannot silence everything/],
    [["silence", "end", "abcd"], 1, /Cannot end silence abcd: there is none that holds/],
    [["silence", "add", "--incident", "beef", "--for", "1h"], 1, /Cannot find incident beef: there is none/],
    [["alerts", "ack", "beef"], 1, /Cannot find incident beef: there is none/],
    [["alerts", "show", "be"], 1, /4 or more characters/],
    [["deploy"], 2, /expected --service NAME/],
  ] as [string[], number, RegExp][]
) {
  Deno.test(`deepscan ${args.join(" ")} is refused`, () =>
    withLiveFolder({}, async (live) => {
      if (code === 1) await live.runHere("detect");
      const result = await live.runHere("deepscan", ...args);
      assert.equal(result.code, code);
      assert.match(result.stderr, message);
    }));
}
