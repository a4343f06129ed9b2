import assert from "node:assert/strict";
import { parse } from "@std/csv";
import { generateSample } from "../../data/generate.ts";
import { withFolder } from "../with_folder.ts";
import { runProjectTask, valueOfCells } from "./run_cells.ts";

const root = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");

/** One window as both sides report it; scores with the digits of a verdicts file. */
interface Verdict {
  key: string;
  start: string;
  end: string;
  lines: number;
  score: number;
  threshold: number;
  anomalous: boolean;
}

/** The verdicts of a notebook: its own code cells, one after the other, and then what its `verdicts` hold. */
async function notebookVerdicts(name: string, parameters: Record<string, unknown>): Promise<Verdict[]> {
  const rows = await valueOfCells(name, { parameters, value: "verdicts.rows()" }) as [
    ...[key: string, start: string, end: string, lines: number],
    ...[score: number, threshold: number, anomalous: boolean],
  ][];
  return rows.map(([key, start, end, lines, score, threshold, anomalous]) => {
    return { key, start, end, lines, score: Number(score.toPrecision(6)), threshold, anomalous };
  });
}

/** The verdicts of `deno task train` and `deno task detect`, as the tasks start them. */
async function runnerVerdicts(folder: string, stream: string, file: string): Promise<Verdict[]> {
  const task = (name: string, ...args: string[]) => runProjectTask(folder, name, ...args);
  const [model, verdicts] = [`models-${stream}`, `${stream}.csv`];
  await task("train", "--stream", stream, "--to", "2026-03-04T00:00:00Z", "--model", model);
  await task("detect", "--input", file, "--stream", stream, "--model", model, "--verdicts", verdicts);
  const rows = parse(await Deno.readTextFile(`${folder}/${verdicts}`), { skipFirstRow: true });
  return rows.map(({ key, start, end, lines, score, threshold, anomalous }) => ({
    ...{ key, start, end, lines: Number(lines), score: Number(score), threshold: Number(threshold) },
    anomalous: anomalous === "true",
  }));
}

/** Runs `use` with a folder that holds a small sample and its settings. */
async function withSample(use: (folder: string) => Promise<void>, settings = ""): Promise<void> {
  await withFolder(async (folder) => {
    generateSample(`${folder}/sample`, { scale: 0.3 });
    await Deno.writeTextFile(
      `${folder}/deepscan.yaml`,
      await Deno.readTextFile(`${root}/data/deepscan.yaml`) + settings,
    );
    await use(folder);
  });
}

/** Asserts without printing thousands of windows. */
function assertEqualVerdicts(notebook: Verdict[], runner: Verdict[]) {
  assert.deepEqual(notebook.map(({ key }) => key), runner.map(({ key }) => key));
  const different = notebook.filter((verdict, i) => JSON.stringify(verdict) !== JSON.stringify(runner[i]));
  const first = runner.find(({ key }) => key === different[0]?.key);
  assert.deepEqual(
    different[0],
    different[0] && first,
    `${different.length} of ${runner.length} verdicts differ`,
  );
  assert.ok(runner.some(({ anomalous }) => anomalous), "nothing is anomalous: the comparison would be empty");
  assert.ok(runner.some(({ anomalous }) => !anomalous));
}

Deno.test("03-train and the runner give equal verdicts on time windows, under a budget", async () => {
  await withSample(async (folder) => {
    const file = `${folder}/sample/postgresql.log`, labels = `${folder}/sample/labels.csv`;
    const runner = await runnerVerdicts(folder, "db", file);
    const parameters = { logs: [file], labels, stream: "db", session: "", alertsPerDay: 3 };
    assertEqualVerdicts(await notebookVerdicts("03-train", parameters), runner);
  }, "\nmodel:\n  threshold: { alerts_per_day: 3 }\n");
});

Deno.test("04-threshold and the runner give equal verdicts on sessions, by default and by a line for each detector", async () => {
  await withSample(async (folder) => {
    const file = `${folder}/sample/shop-checkout.log`, labels = `${folder}/sample/order_labels.csv`;
    const byDefault = await runnerVerdicts(folder, "checkout", file);
    assertEqualVerdicts(
      await notebookVerdicts("04-threshold", { logs: [file], labels, budgets: [1] }),
      byDefault,
    );

    const config = `${folder}/deepscan.yaml`;
    const lines = "\nmodel:\n  seed: 5\n  threshold: { rule: mean-std, k: 2 }\n";
    await Deno.writeTextFile(config, await Deno.readTextFile(config) + lines);
    const byLines = await runnerVerdicts(folder, "checkout", file);
    const parameters = { logs: [file], labels, rule: "mean-std", k: 2, seed: 5, budgets: [1] };
    assertEqualVerdicts(await notebookVerdicts("04-threshold", parameters), byLines);
    assert.notDeepEqual(byLines, byDefault);
  });
});
