import assert from "node:assert/strict";
import { runHere } from "./run_here.ts";
import { calmLines, runTask, stamp } from "./task.ts";
import { withFolder } from "../../with_folder.ts";

const VERDICTS = `key,start,end,lines,score,threshold,anomalous,reasons
a,,,3,4,1,true,
b,,,3,3,1,true,
c,,,3,0.5,1,false,
d,,,3,0.2,1,false,
e,,,3,0.1,1,false,
extra,,,3,9,1,true,
`;
// One found (a), one false alarm (b), two missed: d, and f, which has no verdict. "extra" has no label and doesn't count.
const LABELS = "key,label\na,1\nb,0\nc,0\nd,1\ne,0\nf,1\n";

Deno.test("evaluate counts labelled keys: one without a verdict is called normal, one without a label is left out", () =>
  withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/v.csv`, VERDICTS);
    await Deno.writeTextFile(`${cwd}/l.csv`, LABELS);
    const { code, stdout, stderr } = await runTask("evaluate", [
      "--verdicts",
      "v.csv",
      "--labels",
      "l.csv",
      "--json",
    ], {
      cwd,
    });
    assert.equal(code, 0, stderr);
    const figures = JSON.parse(stdout);
    assert.deepEqual(
      [figures.truePositives, figures.falsePositives, figures.falseNegatives, figures.missing],
      [1, 1, 2, 1],
    );
    assert.equal(figures.precision, 1 / 2);
    assert.equal(figures.recall, 1 / 3);
    assert.ok(Math.abs(figures.f1 - .4) < 1e-12);
  }));

Deno.test("evaluate reads loghub's labels and says the figures in words", () =>
  withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/v.csv`, VERDICTS);
    await Deno.writeTextFile(`${cwd}/l.csv`, "BlockId,Label\na,Anomaly\nb,Normal\n");
    const { code, stdout } = await runHere("evaluate", ["--verdicts", "v.csv", "--labels", "l.csv"], { cwd });
    assert.equal(code, 0);
    assert.match(stdout, /found 1, missed 0, false alarms 1/);
    assert.match(stdout, /precision 0\.5000, recall 1\.0000, F1 0\.6667/);
  }));

Deno.test("evaluate names a file that isn't there", () =>
  withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/v.csv`, VERDICTS);
    const { code, stderr } = await runHere("evaluate", ["--verdicts", "v.csv", "--labels", "no.csv"], {
      cwd,
    });
    assert.equal(code, 1);
    assert.match(stderr, /Cannot read .*no\.csv/);
  }));

Deno.test("evaluate takes several files of verdicts for runs with different seeds", () =>
  withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/v1.csv`, VERDICTS);
    await Deno.writeTextFile(`${cwd}/v2.csv`, VERDICTS.replace("b,,,3,3,1,true", "b,,,3,0.3,1,false"));
    await Deno.writeTextFile(`${cwd}/l.csv`, LABELS);
    const args = ["--verdicts", "v1.csv", "--verdicts", "v2.csv", "--labels", "l.csv"];
    const { stdout } = await runHere("evaluate", args, { cwd });
    assert.match(
      stdout,
      /^2 files of verdicts: mean \(least–most\)\nprecision \.750 \(\.500–1\.000\), recall \.333 /,
    );
    assert.match(stdout, /not computed: the verdicts have no times/);
    const { files, summary } = JSON.parse((await runHere("evaluate", [...args, "--json"], { cwd })).stdout);
    assert.deepEqual(files.map(({ precision }: { precision: number }) => precision), [.5, 1]);
    assert.deepEqual(summary.precision, { mean: .75, least: .5, most: 1, runs: 2 });
  }));

Deno.test("evaluate holds windows against spans strictly, with a tolerance and in incidents", () =>
  withFolder(async (cwd) => {
    const window = (hour: number, anomalous: boolean) =>
      `web@${stamp(60 * hour)},${stamp(60 * hour)},${stamp(60 * hour + 60)},3,${
        anomalous ? 2 : 0
      },1,${anomalous},`;
    const rows = Array.from({ length: 24 }, (_, hour) => window(hour, [5, 6, 15].includes(hour)));
    await Deno.writeTextFile(`${cwd}/v.csv`, [VERDICTS.split("\n")[0], ...rows, ""].join("\n"));
    await Deno.writeTextFile(
      `${cwd}/l.csv`,
      `start,end,service,label,kind\n${stamp(240)},${stamp(360)},web,1,outage\n`,
    );
    const { stdout } = await runHere("evaluate", ["--verdicts", "v.csv", "--labels", "l.csv"], { cwd });
    assert.match(stdout, /precision 0\.3333, recall 0\.5000/);
    assert.match(stdout, /give or take 1h: precision 0\.6667, recall 1\.0000/);
    assert.match(
      stdout,
      /incidents: 1 of 1 found, the middle one after 2h\nalerts: 2, 1 of them right, 1 false \(1\.00 a day\)/,
    );
  }));

/** Orders of three steps; some of those that come late never get shipped. */
function orders(count: number): { log: string; labels: string } {
  const lines: string[] = [], labels = ["key,label,kind"];
  for (let i = 0; i < count; i++) {
    const lost = i > count / 2 && i % 10 === 0;
    labels.push(`${i},${lost ? 1 : 0},${lost ? "lost" : ""}`);
    lines.push(`${stamp(i)} INFO order=${i} created`, `${stamp(i, 20)} INFO order=${i} paid`);
    lines.push(
      lost ? `${stamp(i, 40)} ERROR order=${i} lost in transit` : `${stamp(i, 40)} INFO order=${i} shipped`,
    );
  }
  return { log: lines.join("\n") + "\n", labels: labels.join("\n") + "\n" };
}

Deno.test("evaluate --protocol divides, trains, tests, and says on how much, with the rights that it has", () =>
  withFolder(async (cwd) => {
    const { log, labels } = orders(120);
    await Deno.writeTextFile(`${cwd}/o.log`, log);
    await Deno.writeTextFile(`${cwd}/l.csv`, labels);
    const args = [
      "--input",
      "o.log",
      "--labels",
      "l.csv",
      "--session",
      "order=(\\d+)",
      "--detectors",
      "new-template",
    ];
    const { code, stdout, stderr } = await runTask("evaluate", [
      ...["--protocol", "chronological:50", "--protocol", "random:50", "--seeds", "2"],
      ...args,
    ], { cwd });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^chronological:50 +new-template +2 +1\.000 \(1\.000–1\.000\)/m);
    assert.match(stdout, /^chronological:50: trained on 60 of 120 sessions$/m);
    const json = JSON.parse(
      (await runHere("evaluate", ["--protocol", "completion:50", ...args, "--json"], { cwd })).stdout,
    );
    assert.equal(json.rows[0].evaluations[0].f1, 1);
    assert.equal(json.rows[0].evaluations[0].labelled, 60);
    assert.deepEqual(json.rows[0].evaluations[0].incidents.kinds[0].found, 1);
    const windows = await runHere("evaluate", [
      "--protocol",
      "random:50",
      "--input",
      "o.log",
      "--labels",
      "l.csv",
    ], { cwd });
    assert.equal(windows.code, 2);
    assert.match(windows.stderr, /Cannot divide time windows at random/);
  }));

Deno.test("evaluate --inject says what would be found, how often it cries wolf, and keeps what it planted", () =>
  withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/app.log`, calmLines(600).join("\n") + "\n");
    const args = [
      "--inject",
      "--input",
      "app.log",
      "--window",
      "5m",
      "--detectors",
      "new-template,unseen-vector",
    ];
    const more = ["--kinds", "new-error,burst,early-end", "--count", "3", "--output", "kept"];
    const { code, stdout, stderr } = await runTask("evaluate", [...args, ...more], { cwd });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^6 anomalies planted into what came from 2026-03-02T06:30Z on, in \d logs?/);
    assert.match(stdout, /^new-error: one error that never was +3 +3 +100 +44–100 +5m$/m);
    assert.match(stdout, /^burst: .* 3 +3 +100/m);
    assert.match(stdout, /^untouched: 42 windows in 0\.15 days, 0 alarms, which make 0 alerts$/m);
    assert.match(stdout, /^forecast: 0 alerts a day \(95 %: 0–25\); nine days of ten bring 0 to \d+$/m);
    assert.match(stdout, /less than a day was tested/);
    const kept = await Deno.readTextFile(`${cwd}/kept/round-1/app.log`);
    assert.match(kept, /ERROR checksum mismatch while reading segment/);
    const labels = await Deno.readTextFile(`${cwd}/kept/round-1/labels.csv`);
    assert.match(labels, /^start,end,service,label,kind,what\r?\n2026-03-02T\d\d:\d[05]:00\.000Z,/);
    // what it planted and kept is found by detect, and the labels fit
    const detect = ["--input", "kept/round-1/app.log", "--window", "5m", "--verdicts", "v.csv"];
    assert.equal((await runHere("detect", detect, { cwd })).code, 0);
    const judged = await runHere("evaluate", [
      "--verdicts",
      "v.csv",
      "--labels",
      "kept/round-1/labels.csv",
      "--json",
    ], { cwd });
    const { incidents } = JSON.parse(judged.stdout);
    assert.ok(incidents.labelled > 0 && incidents.found === incidents.labelled, judged.stdout);
  }));

Deno.test("evaluate --inject judges by a model that is there, and says where it has seen what it is tested on", () =>
  withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/app.log`, calmLines(400).join("\n") + "\n");
    await runHere("train", ["--input", "app.log", "--window", "5m", "--model", "m"], { cwd });
    const args = [
      "--inject",
      "--input",
      "app.log",
      "--model",
      "m",
      "--kinds",
      "new-error",
      "--count",
      "2",
      "--json",
    ];
    const { code, stdout, stderr } = await runTask("evaluate", args, { cwd });
    assert.equal(code, 0, stderr);
    assert.match(stderr, /note: the model was trained on lines up to 2026-03-02T06:39/);
    const outcome = JSON.parse(stdout);
    assert.notEqual(outcome.model, "");
    // What training saw is judged from nothing, and in a service's first half hour no error is new.
    const known = Date.parse(outcome.testedFrom) + 30 * 60_000;
    const planted = outcome.anomalies.map(({ start, found }: { start: number; found: boolean }) => [
      start >= known,
      found,
    ]);
    assert.deepEqual(planted, [[false, false], [true, true]]);
  }));
