import assert from "node:assert/strict";
import fc from "fast-check";
import { Stage } from "../stage.ts";
import { calmLines, rowsOf, stamp } from "../tasks/task.ts";

const MINUTE = 60_000;

const minute = (count: number) => Date.UTC(2026, 2, 2) + count * MINUTE;
const written = (count: number) => new Date(minute(count)).toISOString();

/** What was decided on windows that ended behind a time, from the state of live runs. */
function liveVerdicts(stage: Stage, from: number): string[] {
  return stage.rows(`select key, kind, start, end, lines, score, anomalous from verdict where end > ${from}`)
    .map(({ key, kind, start, end, lines, score, anomalous }) => {
      const [since, until] = [start, end].map((time) => new Date(Math.floor(Number(time))).toISOString());
      const name = kind === "session" ? String(key).slice(0, -since.length - 1) : key;
      return [name, since, until, lines, Number(Number(score).toPrecision(6)), anomalous === 1].join();
    }).sort();
}

/** The same from a table; of a window that came again its last row counts, and a session without lines was taken back. */
async function tableVerdicts(path: string): Promise<string[]> {
  const rows = (await rowsOf(path)).rows.map((
    [key, start, end, lines, score, , anomalous],
  ): [string, string] => [
    `${key} ${start}`,
    [key, start, end, lines, score, anomalous].join(),
  ]);
  const isThere = (verdict: string) => verdict.includes("@") || verdict.split(",")[3] !== "0";
  return [...new Map(rows).values()].filter(isThere).sort();
}

Deno.test("replay decides and tells what runs every five minutes have decided and told", async () => {
  const stream = '{name: app, inputs: ["app.log"], clock: wall, min_history: 2h, allowed_lateness: 10m}';
  await using stage = await Stage.make(
    `streams: [${stream}]\nalerts: {group_wait: 0s, repeat_interval: 15m, flapping: {times: 1, within: 6h, calm: 40m}}\n`,
  );
  stage.append("app.log", ...calmLines(240));
  stage.now = minute(240);
  assert.equal((await stage.run("detect")).code, 0);
  const trouble = (at: number) => at % 45 < 14 ? [`${stamp(at, 40)} ERROR disk of replica failed`] : [];
  for (let at = 240; at < 420; at += 5) {
    const minutes = Array.from({ length: 5 }, (_, i) => at + i).filter((one) => one < 330 || one >= 350);
    stage.append("app.log", ...minutes.flatMap((one) => [...calmLines(1, one), ...trouble(one)]).sort());
    stage.now = minute(at + 6) + 30_000; // a live log is judged a minute behind
    assert.equal((await stage.run("detect")).code, 0);
  }
  const args = ["--from", written(241.5), "--to", written(421.5), "--step", "5m", "--json"];
  const { stdout } = await stage.run("replay", ...args, "--verdicts", "v.csv");
  assert.deepEqual(await tableVerdicts(`${stage.folder}/v.csv`), liveVerdicts(stage, minute(241.5)));
  const told = stdout.trimEnd().split("\n").map((line) => JSON.parse(line)).filter(({ type }) =>
    type === "message"
  )
    .map(({ at, incident, number, kind, title }) => [at, incident, number, kind, title]);
  const sent = stage.rows("select key, payload, queued_at from delivery order by queued_at")
    .map(({ key, payload, queued_at: at }) => {
      const { kind, title } = JSON.parse(String(payload)), [incident, number] = String(key).split(".");
      return [new Date(Number(at)).toISOString(), incident, Number(number), kind, title];
    });
  assert.deepEqual(told, sent);
  const kinds = new Set(told.map(([, , , kind]) => kind));
  assert.deepEqual([...kinds].sort(), ["again", "opened", "repeat", "resolved"]);
});

/** Two logs with sessions, some of whose lines come late, are missing for a while, or are errors. */
const lines = fc.array(
  fc.record({
    at: fc.integer({ min: 250, max: 480 }),
    log: fc.constantFrom("a.log", "b.log"),
    late: fc.constantFrom(0, 0, 0, 2, 7, 40),
    text: fc.oneof(
      fc.integer({ min: 1, max: 9 }).map((order) => `INFO order=${order} paid`),
      fc.constantFrom("ERROR disk failed", "INFO health check ok", "WARN pool is empty"),
    ),
  }),
  { minLength: 30, maxLength: 120, size: "max" },
);

Deno.test("replay decides in steps of any length what one run over all decides", async () => {
  const property = fc.asyncProperty(
    lines,
    fc.constantFrom("wall", "data"),
    fc.tuple(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 601, max: 9000 })),
    async (extra, clock, steps) => {
      const session = "session: {pattern: 'order=(\\d+)', idle: 10m}";
      await using stage = await Stage.make(
        `streams: [{name: shop, inputs: ["*.log"], clock: ${clock}, min_history: 2h, allowed_lateness: 30m, ${session}}]\n`,
      );
      for (const log of ["a.log", "b.log"]) {
        const orders = Array.from({ length: 60 }, (_, i) => `${stamp(4 * i, 20)} INFO order=${100 + i} paid`);
        stage.append(log, ...[...calmLines(240), ...orders].sort());
      }
      stage.now = minute(240);
      assert.equal((await stage.run("detect")).code, 0);
      for (const log of ["a.log", "b.log"]) {
        const own = extra.filter((line) => line.log === log).sort((a, b) => a.at - b.at);
        stage.append(log, ...own.map(({ at, late, text }) => `${stamp(at - late, at % 60)} ${text}`));
      }
      stage.now = minute(600);
      assert.equal((await stage.run("detect")).code, 0);
      const span = ["--from", stamp(250), "--to", stamp(500)];
      const tables: string[][] = [];
      for (const step of steps) {
        const args = [...span, "--step", `${step}s`, "--verdicts", "v.csv"];
        const { code, stderr } = await stage.run("replay", ...args);
        assert.equal(code, 0, stderr);
        tables.push(await tableVerdicts(`${stage.folder}/v.csv`));
      }
      const [often, seldom] = tables, live = liveVerdicts(stage, minute(250));
      assert.deepEqual(often, seldom);
      assert.deepEqual(
        often,
        live.filter((verdict) => often.includes(verdict) || verdict.split(",")[2] <= stamp(450)),
      );
      assert.ok(often.length >= 40);
    },
  );
  await fc.assert(property, { numRuns: 6, endOnFailure: true });
});
