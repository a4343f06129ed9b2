import assert from "node:assert/strict";
import { PLANTED_SECRETS, type SampleIncident, type SampleSummary } from "../../../data/generate.ts";
import { State } from "../../../lib/store/state.ts";
import { type Alert, parseAlert } from "../../../runner/alert/alert.ts";
import { copyProject, PROJECT, runTask } from "./task.ts";
import { withFolder } from "../../with_folder.ts";

const DAY = 86_400_000, HOUR = 3_600_000;

/** What `deno task detect` has come to on the sample. */
async function judgedIn(project: string) {
  const summary: SampleSummary = JSON.parse(await Deno.readTextFile(`${project}/data/sample/sample.json`));
  const state = State.open(`${project}/data/state/sample/state.db`, { readOnly: true });
  const verdicts = state.verdicts({ anomalous: true }),
    alerts = state.alerts().map(({ body }) => parseAlert(body));
  state.close();
  return { summary, verdicts, alerts };
}

type Judged = Awaited<ReturnType<typeof judgedIn>>;

function isFound(incident: SampleIncident, { verdicts }: Judged): boolean {
  const from = Date.parse(incident.start), to = Date.parse(incident.end);
  return verdicts.some(({ stream, key, kind, start, end }) =>
    stream === incident.stream &&
    (incident.orders.length > 0
      ? kind === "session" && incident.orders.map(String).includes(key.split("@")[0])
      : start < to && end > from)
  );
}

function touches(alert: Alert, incident: SampleIncident): boolean {
  return alert.stream === incident.stream && (alert.start ?? NaN) < Date.parse(incident.end) &&
    (alert.end ?? NaN) > Date.parse(incident.start);
}

/** The table that `data/README.md` gives: kind, found, planted; and the false alerts a day. */
async function promised() {
  const text = await Deno.readTextFile(`${PROJECT}/data/README.md`);
  const measured = text.slice(text.indexOf("<!-- measured: begin"), text.indexOf("<!-- measured: end"));
  const kinds = [...measured.matchAll(/^\| `(\w+)` +\| +(\d+) of (\d+)/gm)].map((match) => {
    return { kind: match[1], found: Number(match[2]), planted: Number(match[3]) };
  });
  return { kinds, falseADay: Number(/([\d.]+)\s+false\s+alerts\s+a\s+day/.exec(measured)?.[1]) };
}

Deno.test("detect without arguments does the whole main job on the sample, once, and finds what data/README.md says", (t) =>
  withFolder(async (project) => {
    await copyProject(project);
    const first = await runTask("detect", [], { project });
    assert.equal(first.code, 0, first.stderr);
    const judged = await judgedIn(project),
      { summary, alerts } = judged,
      { kinds, falseADay } = await promised();
    await t.step("it makes the sample, trains, tells, and writes a report", async () => {
      assert.match(first.stderr, /made the sample: 219,390 lines in 5 files/);
      assert.match(first.stderr, /web: trained \(model v0001\)/);
      for (const stream of ["web", "app", "checkout", "auth", "db"]) {
        assert.match(
          first.stdout,
          new RegExp(`^${stream}: [\\d,]+ new records, .* [1-9]\\d* new alert`, "m"),
        );
      }
      assert.ok((await Deno.stat(`${project}/data/reports/report.html`)).size > 10_000);
    });
    await t.step("what is found of each kind is what the page says", () => {
      const found = Map.groupBy(summary.incidents, ({ kind }) => kind);
      const counted = [...found].map(([kind, incidents]) => ({
        ...{ kind: kind as string, planted: incidents.length },
        found: incidents.filter((incident) => isFound(incident, judged)).length,
      }));
      const byKind = <T extends { kind: string }>(rows: T[]) => rows.sort((a, b) => a.kind < b.kind ? -1 : 1);
      assert.deepEqual(byKind(counted), byKind(kinds));
    });
    await t.step("false alerts are no more than the page says", () => {
      const all = [...summary.incidents, ...summary.harmless];
      const wrong = alerts.filter((alert) => !all.some((incident) => touches(alert, incident)));
      const days = (summary.end - summary.cleanUntil) / DAY;
      assert.ok(wrong.length / days <= falseADay + 1, `${wrong.length} false alerts in ${days} days`);
    });
    await t.step("no alert begins on a harmless novelty after its first hour", () => {
      const late = alerts.filter((alert) =>
        summary.harmless.some((novelty) =>
          touches(alert, novelty) && alert.start! > Date.parse(novelty.start) + HOUR
        ) &&
        !summary.incidents.some((incident) => touches(alert, incident))
      );
      assert.deepEqual(late.map(({ stream, firstKey }) => `${stream} ${firstKey}`), []);
    });
    await t.step("no planted secret is in what is printed", () => {
      assert.deepEqual(Object.values(PLANTED_SECRETS).filter((secret) => first.stdout.includes(secret)), []);
    });
    await t.step("nothing is judged twice, and what comes is", async () => {
      const again = await runTask("detect", [], { project });
      assert.deepEqual(again.stdout.match(/: nothing new, 0 windows judged/g)?.length, 5);
      const line = "2026-03-07T00:00:10.000Z INFO Memory collection pause=13ms heap=362MB of 1024MB\n";
      await Deno.writeTextFile(`${project}/data/sample/shop-app.log`, line.repeat(3), { append: true });
      const third = await runTask("detect", [], { project });
      assert.match(third.stdout, /^app: 3 new records/m);
      assert.deepEqual(third.stdout.match(/: nothing new/g)?.length, 4);
    });
  }));
