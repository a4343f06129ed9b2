import assert from "node:assert/strict";
import { Stage } from "../stage.ts";
import { calmLines, linesWithError, stamp } from "../tasks/task.ts";

const STREAM = '{name: app, inputs: ["app.log"], clock: data, min_history: 2h}';
const SPAN = ["--from", stamp(120), "--to", stamp(240)];

/** A log of four hours with an error at 03:20, judged by a model of its first two. */
async function judged(streams = STREAM): Promise<Stage> {
  const stage = await Stage.make(`streams: [${streams}]\n`);
  stage.append("app.log", ...linesWithError(240, 200));
  await stage.run("detect");
  return stage;
}

const WRONG: [string, string[], RegExp][] = [
  ["no span", [], /Cannot replay without --from: say a time such as --from 2026-/],
  ["no end", ["--from", stamp(0)], /Cannot replay without --to/],
  [
    "a span that ends before it begins",
    ["--from", stamp(1), "--to", stamp(0)],
    /Cannot replay from .* to .*: the span/,
  ],
  ["a time that is none", ["--from", "monday", "--to", stamp(0)], /Cannot read --from: expected a time/],
  ["a step that is none", [...SPAN, "--step", "0s"], /Cannot read --step: expected a length of time/],
  ["a stream that is none", [...SPAN, "--stream", "db"], /Cannot find stream "db": the settings have app/],
  ["a version that is none", [...SPAN, "--model", "v9"], /Cannot replay by model "v9": .*models has v0001/],
  [
    "results over a log",
    [...SPAN, "--verdicts", "app.log"],
    /Cannot write .*app\.log: it is one of the inputs/,
  ],
  ["an option that is none", [...SPAN, "--notify"], /Unknown option '--notify'/],
];

Deno.test("replay refuses what it can't do, and touches nothing", async () => {
  await using stage = await judged();
  const before = stage.files();
  for (const [what, args, message] of WRONG) {
    const { code, stdout, stderr } = await stage.run("replay", ...args);
    assert.deepEqual([code, stdout], [2, ""], what);
    assert.match(stderr, message, what);
  }
  assert.deepEqual(stage.files(), before);
});

Deno.test("replay refuses what has not happened yet where real time moves on", async () => {
  await using stage = await judged(STREAM.replace("data", "wall"));
  stage.now = Date.parse(stamp(200));
  const { code, stderr } = await stage.run("replay", ...SPAN);
  assert.equal(code, 2);
  assert.match(stderr, /Cannot replay what has not happened yet: --to is 2026-03-02 04:00 UTC/);
});

Deno.test("replay without a model says what makes one", async () => {
  await using stage = await Stage.make(`streams: [${STREAM}]\n`);
  stage.append("app.log", ...calmLines(240));
  const { code, stderr } = await stage.run("replay", ...SPAN);
  assert.equal(code, 1);
  assert.match(stderr, /Cannot replay: there is no model in .*models; `deno task train` makes one/);
});

Deno.test("replay gives the same bytes twice, and writes what is named and nothing else", async () => {
  await using stage = await judged();
  const before = stage.files(), results: string[] = [];
  for (const round of ["1", "2"]) {
    stage.now += 86_400_000;
    const named = ["--verdicts", `${round}.csv`, "--report", `${round}.html`];
    const text = await stage.run("replay", ...SPAN, ...named),
      json = await stage.run("replay", ...SPAN, "--json");
    assert.deepEqual([text.code, json.code, json.stderr], [0, 0, ""]);
    const files = ["csv", "html"].map((kind) => Deno.readTextFileSync(`${stage.folder}/${round}.${kind}`));
    results.push([text.stdout, json.stdout, ...files].join("\0"));
  }
  assert.equal(results[0], results[1]);
  assert.match(results[0], /disk of replica failed/);
  for (const name of ["1.csv", "1.html", "2.csv", "2.html"]) await Deno.remove(`${stage.folder}/${name}`);
  assert.deepEqual(stage.files(), before);
});

Deno.test("replay shows in its report what lies in the span", async () => {
  await using stage = await judged();
  const page = async (...span: string[]) => {
    await stage.run("replay", ...span, "--report", "r.html");
    return await Deno.readTextFile(`${stage.folder}/r.html`);
  };
  assert.match(await page(...SPAN), /disk of replica failed/);
  assert.doesNotMatch(await page("--from", stamp(120), "--to", stamp(200)), /disk of replica failed/);
  assert.doesNotMatch(await page("--from", stamp(205), "--to", stamp(240)), /disk of replica failed/);
});

Deno.test("replay judges by the version that is named", async () => {
  await using stage = await judged();
  await stage.run("train", "--from", stamp(0), "--to", stamp(240));
  assert.equal(
    JSON.parse((await stage.run("replay", ...SPAN, "--json", "--model", "v0001")).stdout.split("\n").at(-2)!)
      .model,
    "v0001",
  );
  const { stdout, stderr } = await stage.run("replay", ...SPAN);
  assert.match(stdout, /judged by model v0002/);
  assert.match(
    stderr,
    /^note: stream app: model v0002 was trained on 2026-03-02 00:00 UTC to .*: what it judges there it has seen$/m,
  );
});

Deno.test("replay says where nothing would have been told", async () => {
  await using stage = await judged();
  const { code, stdout } = await stage.run("replay", "--from", stamp(120), "--to", stamp(180));
  assert.equal(code, 0);
  assert.match(
    stdout,
    /^2026-03-02 02:00 UTC to 2026-03-02 03:00 UTC, judged by model v0001; nothing was sent\napp: 120 records, 12 windows judged, 0 anomalous, 0 alerts\nno incident\nno message\n$/,
  );
});

Deno.test("replay goes on without a stream that can't be read or judged, and exits 1", async () => {
  await using stage = await judged();
  const cluster = 'elasticsearch: {nodes: ["http://localhost:1"]}\n';
  const counted = '{name: mapped, inputs: ["elasticsearch:logs"], elasticsearch: {counted: true}}';
  stage.settings(`streams: [${STREAM}, ${STREAM.replace("app", "fresh")}, ${counted}]\n${cluster}`);
  stage.now = Date.parse(stamp(1000));
  const { code, stdout, stderr } = await stage.run("replay", ...SPAN);
  assert.equal(code, 1);
  assert.match(stdout, /disk of replica failed[\s\S]*\napp: 241 records/);
  assert.match(
    stderr,
    /Cannot replay stream fresh: model v0001 has not learned it; `deno task train` makes one that has/,
  );
  assert.match(
    stderr,
    /deepscan replay: Cannot replay stream mapped: workers count its records in the cluster/,
  );
  await Deno.remove(`${stage.folder}/app.log`);
  const none = await stage.run("replay", ...SPAN, "--stream", "app");
  assert.equal(none.code, 1);
  assert.match(none.stderr, /Cannot read stream app: there is no input/);
  const fresh = await stage.run("replay", ...SPAN, "--stream", "fresh");
  assert.equal(fresh.code, 2);
});
