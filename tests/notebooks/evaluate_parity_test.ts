import assert from "node:assert/strict";
import { parse } from "@std/csv";
import { generateSample } from "../../data/generate.ts";
import { stringify } from "../../lib/csv/stringify.ts";
import { withFolder } from "../with_folder.ts";
import { runProjectTask, valueOfCells } from "./run_cells.ts";

const root = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");
const CLEAN_UNTIL = "2026-03-04T00:00:00.000Z";
const LOGS = { checkout: "shop-checkout.log", db: "postgresql.log" };

/** A figure by name, as JSON has it. */
type Figures = Record<string, unknown>;

/** What the notebook's own code cells come to, one after the other, up to that of the figures: those of each file of labels. */
async function notebookFigures(parameters: Figures): Promise<Figures[]> {
  const value =
    `results.map(({ labels: _labels, windows: _windows, file: _file, things: _things, streams: _streams,
    before: _before, elsewhere: _elsewhere, ...figures }) => figures)`;
  return await valueOfCells("05-evaluate", { parameters, value, until: "levels" }) as Figures[];
}

type Rows = Record<string, string>[];

const readRows = async (path: string): Promise<Rows> =>
  parse(await Deno.readTextFile(path), { skipFirstRow: true }) as Rows;

async function writeRows(path: string, rows: Rows) {
  const names = Object.keys(rows[0]);
  const table = [names, ...rows.map((row) => names.map((name) => row[name]))];
  await Deno.writeTextFile(path, stringify(table, { headers: false }));
}

/** What the tasks of the runner come to: a model, verdicts of each stream, and their figures. */
async function runnerFigures(folder: string): Promise<Figures[]> {
  const task = (name: string, ...args: string[]) => runProjectTask(folder, name, ...args);
  const all: Rows = [];
  for (const [stream, file] of Object.entries(LOGS)) {
    const input = `sample/${file}`, verdicts = `${stream}.csv`;
    await task("train", "--stream", stream, "--to", CLEAN_UNTIL, "--model", "models");
    await task("detect", "--input", input, "--stream", stream, "--model", "models", "--verdicts", verdicts);
    all.push(...await readRows(`${folder}/${verdicts}`));
  }
  const orders = await readRows(`${folder}/sample/order_labels.csv`),
    isOrder = ({ key }: Rows[0]) => /^\d+$/.test(key);
  const isEarlier = ({ start }: Rows[0]) => start < CLEAN_UNTIL, later = all.filter((row) => !isEarlier(row));
  const before = new Set(all.filter(isEarlier).map(({ key }) => key));
  const services = new Set(Object.keys(LOGS));
  const spans = await readRows(`${folder}/sample/labels.csv`);
  await writeRows(`${folder}/orders.csv`, orders.filter(({ key }) => !before.has(key)));
  await writeRows(`${folder}/spans.csv`, spans.filter(({ service }) => services.has(service)));
  await writeRows(`${folder}/windows.csv`, later.filter((row) => !isOrder(row)));
  await writeRows(`${folder}/sessions.csv`, later.filter(isOrder));
  const evaluated = async (verdicts: string, labels: string) =>
    JSON.parse(
      await task("evaluate", "--verdicts", verdicts, "--labels", labels, "--tolerance", "5m", "--json"),
    );
  return [await evaluated("windows.csv", "spans.csv"), await evaluated("sessions.csv", "orders.csv")];
}

Deno.test("05-evaluate gives the figures of `deno task evaluate` for the same verdicts, whoever trained the model", async () => {
  await withFolder(async (folder) => {
    generateSample(`${folder}/sample`, { scale: 0.3 });
    const settings = await Deno.readTextFile(`${root}/data/deepscan.yaml`);
    await Deno.writeTextFile(`${folder}/deepscan.yaml`, settings);
    const runner = await runnerFigures(folder);
    for (const { truePositives, falsePositives, falseNegatives } of runner) {
      assert.ok(Number(truePositives) > 0 && Number(falsePositives) + Number(falseNegatives) > 0);
    }
    const parameters = {
      streams: Object.keys(LOGS),
      logs: Object.entries(LOGS).map(([stream, file]) => `${stream}=${folder}/sample/${file}`),
      labels: ["labels.csv", "order_labels.csv"].map((file) => `${folder}/sample/${file}`),
      registry: "",
    };
    assert.deepEqual(await notebookFigures(parameters), runner, "trained in the notebook");
    await Deno.mkdir(`${folder}/orders`);
    await Deno.rename(parameters.labels[1], `${folder}/orders/labels.csv`);
    const labels = [parameters.labels[0], `${folder}/orders/labels.csv`]; // two files of one name
    const kept = await notebookFigures({ ...parameters, labels, registry: `${folder}/models` });
    assert.deepEqual(kept, runner, "trained by the runner");
  });
});
