import assert from "node:assert/strict";
import { Stage } from "../stage.ts";
import { calmLines, stamp } from "../tasks/task.ts";
import { parseExposition, valueOf } from "./exposition_parser.ts";

/** Settings of a stream of these inputs, whose health is this. */
function live(inputs: string, health = "{no_data: 1h, max_delay: 15m}", more = ""): string {
  return `streams:
  - {name: app, inputs: [${inputs}], clock: wall, min_history: 2h, allowed_lateness: 10m, health: ${health}}
alerts: {channels: {file: {path: told.jsonl}, console: false}}
${more}`;
}

/** Minutes after the beginning of the log, as real time. */
const minute = (count: number) => Date.UTC(2026, 2, 2, 0, count);

/** Live logs of four hours, watched up to then. */
async function watched(settings: string, ...logs: string[]): Promise<Stage> {
  const stage = await Stage.make(settings);
  for (const log of logs) stage.append(log, ...calmLines(240));
  await lookAt(stage, 240);
  return stage;
}

/** A run at a minute. */
async function lookAt(stage: Stage, at: number): Promise<{ stdout: string; stderr: string }> {
  stage.now = minute(at);
  const { code, stdout, stderr } = await stage.run("detect");
  assert.equal(code, 0, stderr);
  return { stdout, stderr };
}

/** Runs every ten minutes from one minute to another; the logs go on. */
async function goOn(stage: Stage, [from, to]: [number, number], ...logs: string[]): Promise<void> {
  for (let at = from; at < to; at += 10) {
    for (const log of logs) stage.append(log, ...calmLines(10, at));
    await lookAt(stage, at + 10);
  }
}

interface Told {
  title: string;
  kind: string;
  status: string;
  incident: string;
  facts: { name: string; value: string }[];
  reasons: { title: string; counts: string }[];
  others: string[];
  command: string;
}

/** Messages so far whose title has this. */
async function told(stage: Stage, text: string): Promise<Told[]> {
  const lines = await Deno.readTextFile(`${stage.folder}/told.jsonl`).catch(() => "");
  const all = lines.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as Told);
  return all.filter(({ title }) => title.includes(text));
}

/** Alerts about inputs: kind, status and severity. */
function inputAlerts(stage: Stage): string[] {
  return stage.rows(
    `select cause, status, json_extract(body, '$.severity') as severity from alert where cause like 'input:%' order by start, id`,
  ).map(({ cause, status, severity }) => `${String(cause).split(/[ :]/)[1]} ${status} ${severity}`);
}

Deno.test("detect tells once that nothing comes from an input, and when it comes again", async () => {
  await using stage = await watched(live("app.log, other.log"), "app.log", "other.log");
  await goOn(stage, [240, 300], "app.log");
  assert.deepEqual(await told(stage, "no data"), []);
  await goOn(stage, [300, 320], "app.log");
  const [first, ...more] = await told(stage, "no data from");
  assert.deepEqual(more, []);
  assert.match(first.title, /^\[\w+\] app: no data from \/.*other\.log since 2026-03-02 04:00 UTC$/);
  assert.match(
    first.reasons[0].counts,
    /^nothing for 70 min, more than 60 min; the newest record is of 2026-03-02 03:59/,
  );
  assert.equal(first.facts.find(({ name }) => name === "Input")?.value, `${stage.folder}/other.log`);
  assert.match(first.others[0], /with it: .*fewer: health check ok/); // what is missed for it is the same incident
  assert.match(first.command, /^deno task deepscan health/);
  assert.deepEqual(inputAlerts(stage), ["no_data firing medium"]);
  await goOn(stage, [320, 380], "app.log", "other.log");
  assert.deepEqual(inputAlerts(stage), ["no_data closed medium"]);
  const last = (await told(stage, "no data from")).at(-1)!;
  assert.deepEqual([last.kind, last.incident], ["resolved", first.incident]);
});

Deno.test("detect tells of a stream that gives nothing at all as of one that makes it blind", async () => {
  await using stage = await watched(live("app.log, other.log"), "app.log", "other.log");
  await goOn(stage, [240, 310]);
  assert.deepEqual(inputAlerts(stage), ["no_data firing high", "no_data firing high"]);
  assert.equal((await told(stage, "no data from")).length, 1); // one incident
});

Deno.test("detect tells that what comes is late", async () => {
  await using stage = await watched(live("app.log"), "app.log");
  await lookAt(stage, 250);
  stage.append("app.log", ...calmLines(1, 240));
  await lookAt(stage, 260);
  assert.deepEqual(inputAlerts(stage), []); // ten minutes late: it was not there at 04:10
  stage.append("app.log", ...calmLines(1, 241));
  await lookAt(stage, 270);
  assert.deepEqual(inputAlerts(stage), ["data_delay firing medium"]);
  const [{ title, reasons: [{ counts }] }] = await told(stage, "late");
  assert.match(title, /data from .*app\.log comes late since/);
  assert.match(counts, /^what came last is 19 min old at the least, more than 15 min/);
  stage.append("app.log", ...calmLines(29, 242));
  await lookAt(stage, 272);
  assert.deepEqual(inputAlerts(stage), ["data_delay closed medium"]);
});

Deno.test("detect tells that an input does not fit its format any more", async () => {
  await using stage = await watched(live("app.log", "{no_data: off}"), "app.log");
  stage.append(
    "app.log",
    ...calmLines(10, 240),
    ...Array.from({ length: 300 }, (_, i) => `!! ${i % 7} gibberish`),
  );
  stage.append("app.log", ...calmLines(5, 250));
  await lookAt(stage, 260);
  assert.deepEqual(inputAlerts(stage), ["unparsed firing medium"]);
  const [{ reasons: [{ counts }] }] = await told(stage, "does not fit its format");
  assert.match(counts, /^\d+ % of the records fit, less than 50 %$/);
});

Deno.test("detect tells that an input can't be read, and why", async () => {
  await using stage = await watched(live("logs/app.log, other.log"), "other.log");
  stage.append("other.log", ...calmLines(10, 240));
  await lookAt(stage, 250);
  await goOn(stage, [250, 320], "other.log");
  const [{ title, reasons: [{ counts }] }] = await told(stage, "nothing can be read");
  assert.match(title, /nothing can be read from \/.*logs\/app\.log since 2026-03-02 04:00 UTC/);
  assert.match(counts, /no record with a time was ever read; Nothing to read matches \/.*logs\/app\.log$/);
});

Deno.test("detect ends what it said of an input that the settings don't name any more", async () => {
  await using stage = await watched(live("app.log, other.log"), "app.log", "other.log");
  await goOn(stage, [240, 310], "app.log");
  assert.deepEqual(inputAlerts(stage), ["no_data firing medium"]);
  stage.settings(live("app.log"));
  await goOn(stage, [310, 320], "app.log");
  assert.deepEqual(inputAlerts(stage), ["no_data closed medium"]);
});

Deno.test("detect watches the inputs of a stream that has no model yet", async () => {
  const settings = live("app.log").replace("min_history: 2h", "min_history: 2d");
  await using stage = await watched(settings, "app.log");
  const { stdout } = await lookAt(stage, 250);
  assert.match(
    stdout,
    /no model yet: the logs span 3h59m, min_history is 2d: .* more, probably by 2026-03-04 00:00 UTC/,
  );
  await goOn(stage, [250, 260], "app.log");
  await lookAt(stage, 320);
  assert.deepEqual(inputAlerts(stage), []);
  await lookAt(stage, 330);
  assert.deepEqual(inputAlerts(stage), ["no_data firing high"]);
});

Deno.test("detect says nothing of inputs where time is what the lines say", async () => {
  await using stage = await Stage.make(live("app.log").replace("wall", "data"));
  stage.append("app.log", ...calmLines(240));
  await lookAt(stage, 240);
  await lookAt(stage, 10_000);
  assert.deepEqual(inputAlerts(stage), []);
});

Deno.test("detect tells of no input that is silent for as long as it usually is", async () => {
  await using stage = await watched(live("app.log, batch.log", "{}"), "app.log", "batch.log");
  for (let day = 0; day < 2; day++) { // the second one gives something every six hours
    for (let hour = 4; hour < 28; hour++) {
      const at = 24 * 60 * day + 60 * hour;
      stage.append("app.log", ...calmLines(1, at + 59));
      if (hour % 6 === 3) stage.append("batch.log", `${stamp(at + 59)} INFO request ${at} served in 5 ms`);
      await lookAt(stage, at + 60);
    }
  }
  assert.deepEqual(inputAlerts(stage), []);
  for (let at = 52 * 60; at < 72 * 60; at += 60) {
    stage.append("app.log", ...calmLines(1, at + 59));
    await lookAt(stage, at + 60);
  }
  assert.deepEqual(inputAlerts(stage), ["no_data firing medium"]);
});

Deno.test("detect --dry-run shows what is the matter with inputs and keeps nothing of it", async () => {
  await using stage = await watched(live("app.log"), "app.log");
  stage.now = minute(320);
  const before = stage.rows("select * from condition");
  const { stdout } = await stage.run("detect", "--dry-run");
  assert.match(stdout, /2 new alerts/); // nothing comes, and its windows are silent
  assert.deepEqual(stage.rows("select * from condition"), before);
  assert.deepEqual(inputAlerts(stage), []);
});

Deno.test("detect writes metrics whose counters go on from run to run", async () => {
  await using stage = await watched(
    live("app.log", "{}", "health: {metrics: {file: deepscan.prom}}"),
    "app.log",
  );
  const page = () => parseExposition(Deno.readTextFileSync(`${stage.folder}/deepscan.prom`));
  const stream = { stream: "app" },
    first = page(),
    records = valueOf(first, "deepscan_records_total", stream)!;
  assert.ok(records > 0 && records < 480, String(records)); // what trained is not counted
  await goOn(stage, [240, 250], "app.log");
  stage.append("app.log", "not a line with a time", `${stamp(255)} ERROR disk failed`);
  await lookAt(stage, 260);
  const second = page();
  const value = (name: string, labels: Record<string, string> = stream) =>
    valueOf(second, `deepscan_${name}`, labels);
  assert.equal(value("records_total"), records + 21); // a line without a header belongs to the record before it
  assert.equal(value("born_templates_total"), 1);
  assert.equal(value("stream_newest_record_timestamp_seconds"), minute(255) / 1000);
  assert.equal(value("stream_lag_seconds"), 300);
  assert.equal(value("stream_up"), 1);
  assert.equal(value("runs_total", { outcome: "success" }), 3);
  assert.equal(value("failures_total"), 0);
  assert.equal(value("run_success_timestamp_seconds", {}), minute(260) / 1000);
  assert.equal(value("model_info", { stream: "app", version: "v0001" }), 1);
  assert.equal(
    value("source_delivered_timestamp_seconds", { ...stream, source: `${stage.folder}/app.log` }),
    minute(260) / 1000,
  );
  assert.ok(value("state_bytes", {})! > 10_000);
  assert.ok(value("run_peak_memory_bytes", {})! > 1e7);
});

Deno.test("detect goes on where the metrics or the heartbeat can't be written, and says so", async () => {
  const more = "health: {metrics: {file: no/deepscan.prom}, heartbeat: {url_file: no/beat}}";
  await using stage = await watched(live("app.log", "{}", more), "app.log");
  const { stderr } = await lookAt(stage, 250);
  assert.match(stderr, /note: Cannot write \/.*no\/deepscan\.prom: there is no such folder/);
  assert.match(stderr, /note: the heartbeat was not heard: .*no\/beat can't be read/);
  assert.equal((await stage.run("health")).code, 0);
});

Deno.test("deepscan health says how it does, and exits 1 when it does not", async () => {
  await using stage = await Stage.make(live("app.log, other.log"));
  assert.match((await stage.run("health")).stdout, /^not healthy\n {2}there was no run yet\n/);
  stage.append("app.log", ...calmLines(240));
  stage.append("other.log", ...calmLines(240));
  await lookAt(stage, 240);
  await goOn(stage, [240, 310], "app.log");
  const { code, stdout } = await stage.run("health");
  assert.equal(code, 0);
  assert.match(
    stdout,
    /^healthy\nlast run: 0 ms ago, took .*, nothing failed\napp: read, newest record 30 s ago, model v0001/,
  );
  assert.match(stdout, /other\.log: something came 70 min ago, silent for longer than 60 min/);
  assert.match(stdout, /alerts that fire: .*1 medium/);
  stage.now = minute(400);
  const late = await stage.run("health");
  assert.deepEqual([late.code, late.stdout.split("\n")[1]], [
    1,
    "  the last run that succeeded ended 90 min ago, health.stale_after is 30 min",
  ]);
});

Deno.test("deepscan health --json tells programs what failed", async () => {
  await using stage = await watched(live("app.log"), "app.log");
  await Deno.remove(`${stage.folder}/app.log`);
  stage.now = minute(250);
  assert.equal((await stage.run("detect")).code, 1);
  const { code, stdout } = await stage.run("health", "--json"), health = JSON.parse(stdout);
  assert.deepEqual([code, health.healthy], [1, false]);
  assert.match(health.reasons[0], /^Cannot read stream app: there is no input/);
  const [{ failure, sources: [source], model }] = health.streams;
  assert.match(failure, /there is no input/);
  assert.match(source.problem, /Nothing to read matches/);
  assert.deepEqual([model.version, health.run.succeeded], ["v0001", "2026-03-02T04:00:00.000Z"]);
});
