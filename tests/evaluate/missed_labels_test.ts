import assert from "node:assert/strict";
import type { JudgedWindow } from "../../lib/evaluate/judged_windows.ts";
import { missedLabels } from "../../lib/evaluate/missed_labels.ts";

const window = (start: number, score: number, service: string | null = "web"): JudgedWindow => {
  return { key: `w${start}`, service, start, end: start + 10, score, anomalous: score > 1 };
};

Deno.test("missedLabels() gives what no alarm covers, with its windows, highest score first", () => {
  const windows = [window(0, .2), window(10, .8), window(20, .1), window(30, 2), window(10, .9, "db")];
  const span = (start: number, end: number) => {
    return { start, end, service: "web", anomalous: true, kind: "slow" };
  };
  const labels = [span(5, 25), span(25, 31), span(100, 110), { ...span(0, 10), anomalous: false }];
  const missed = missedLabels(windows, { by: "span", labels });
  assert.deepEqual(missed.map(({ label }) => label), [labels[0], labels[2]]);
  assert.deepEqual(missed[0].windows.map(({ score }) => score), [.8, .2, .1]);
  assert.deepEqual(missed[1].windows, []);
});

Deno.test("missedLabels() by key has the verdict on that key, or none", () => {
  const labels = ["w0", "w30", "nowhere"].map((key) => ({ key, anomalous: true, kind: "" }));
  const missed = missedLabels([window(0, .5), window(30, 3)], { by: "key", labels });
  assert.deepEqual(missed.map(({ windows }) => windows.map(({ score }) => score)), [[.5], []]);
});
