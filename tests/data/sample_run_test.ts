import assert from "node:assert/strict";
import { generateSample, PLANTED_SECRETS, type SampleIncident } from "../../data/generate.ts";
import { type Alert, parseAlert } from "../../runner/alert/alert.ts";
import { State } from "../../lib/store/state.ts";

const root = new URL("../..", import.meta.url).pathname;
const DAY = 86_400_000, HOUR = 3_600_000;

/** What `deno task detect` comes to on a sample of its own, with the sample's settings. */
async function runSample() {
  const folder = await Deno.makeTempDir();
  const summary = generateSample(`${folder}/sample`);
  const settings = (await Deno.readTextFile(`${root}data/deepscan.yaml`)).replaceAll(
    "[sample/",
    `[${folder}/sample/`,
  );
  await Deno.writeTextFile(`${folder}/deepscan.yaml`, settings);
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: [
      "task",
      "--quiet",
      "--config",
      `${root}deno.json`,
      "detect",
      "--config",
      `${folder}/deepscan.yaml`,
    ],
    env: { NO_COLOR: "1" },
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  const state = State.open(`${folder}/data/state/state.db`, { readOnly: true });
  const verdicts = state.verdicts({ anomalous: true }),
    alerts = state.alerts().map(({ body }) => parseAlert(body));
  state.close();
  await Deno.remove(folder, { recursive: true });
  return { summary, verdicts, alerts, text: new TextDecoder().decode(stdout) };
}

type Run = Awaited<ReturnType<typeof runSample>>;

function isFound(incident: SampleIncident, { verdicts }: Run): boolean {
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
  const text = await Deno.readTextFile(`${root}data/README.md`);
  const measured = text.slice(text.indexOf("<!-- measured: begin"), text.indexOf("<!-- measured: end"));
  const kinds = [...measured.matchAll(/^\| `(\w+)` +\| +(\d+) of (\d+)/gm)].map((match) => {
    return { kind: match[1], found: Number(match[2]), planted: Number(match[3]) };
  });
  return { kinds, falseADay: Number(/([\d.]+)\s+false\s+alerts\s+a\s+day/.exec(measured)?.[1]) };
}

Deno.test("the sample: detect finds what data/README.md says, and alerts on nothing harmless after its first hour", async (t) => {
  const run = await runSample(), { summary, alerts } = run, { kinds, falseADay } = await promised();
  await t.step("what is found of each kind is what the page says", () => {
    const found = Map.groupBy(summary.incidents, ({ kind }) => kind);
    const counted = [...found].map(([kind, incidents]) => ({
      ...{ kind: kind as string, planted: incidents.length },
      found: incidents.filter((incident) => isFound(incident, run)).length,
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
    assert.deepEqual(Object.values(PLANTED_SECRETS).filter((secret) => run.text.includes(secret)), []);
  });
});
