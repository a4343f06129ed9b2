import assert from "node:assert/strict";
import { runTask, withFolder } from "./task.ts";

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
    const { code, stdout } = await runTask("evaluate", ["--verdicts", "v.csv", "--labels", "l.csv"], { cwd });
    assert.equal(code, 0);
    assert.match(stdout, /found 1, missed 0, false alarms 1/);
    assert.match(stdout, /precision 0\.5000, recall 1\.0000, F1 0\.6667/);
  }));

Deno.test("evaluate names a file that isn't there", () =>
  withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/v.csv`, VERDICTS);
    const { code, stderr } = await runTask("evaluate", ["--verdicts", "v.csv", "--labels", "no.csv"], {
      cwd,
    });
    assert.equal(code, 1);
    assert.match(stderr, /Cannot read .*no\.csv/);
  }));
