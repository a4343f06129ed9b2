import assert from "node:assert/strict";
import { runHere } from "./run_here.ts";
import { runTask } from "./task.ts";
import { withFolder } from "../../with_folder.ts";

const SESSION = "order=(\\d+)";
const STEPS = ["placed", "paid", "packed", "sent"];

/** Lines of orders, five seconds a step; `steps` tells the steps of each by its number. */
function orders(
  day: number,
  count: number,
  steps: (order: number) => readonly string[] = () => STEPS,
): string {
  const start = Date.UTC(2026, 2, day), lines: string[] = [];
  for (let order = 0; order < count; order++) {
    steps(order).forEach((step, i) => {
      const time = new Date(start + order * 60_000 + i * 5000).toISOString();
      lines.push(`${time} INFO shop: order=${1000 * day + order} ${step}`);
    });
  }
  return `${lines.join("\n")}\n`;
}

/** Settings without streams: for runs on inputs that are named. */
const settings = (detectors: string, rule: string) =>
  `streams: []\nmodel: {directory: models, detectors: ${detectors}, threshold: {rule: ${rule}, level: 0.99}}\n`;

/** The anomalous keys of a file of verdicts. */
async function anomalous(path: string): Promise<string[]> {
  const rows = (await Deno.readTextFile(path)).trim().split("\n").slice(1).map((row) => row.split(","));
  return rows.filter((cells) => cells[6] === "true").map(([key]) => key);
}

const LOST = ["placed", "packed", "lost", "paid"];
const SWAPPED = ["placed", "packed", "paid", "sent"];

Deno.test("train and detect let lstm, ngram, autoencoder and isolation-forest join the decision on sessions", () =>
  withFolder(async (cwd) => {
    await Deno.writeTextFile(
      `${cwd}/deepscan.yaml`,
      settings("[autoencoder, isolation-forest, ngram, lstm]", "budget"),
    );
    await Deno.writeTextFile(`${cwd}/history.log`, orders(2, 120));
    await Deno.writeTextFile(`${cwd}/today.log`, orders(3, 20, (i) => i === 7 ? LOST : STEPS));
    const shared = ["--session", SESSION, "--config", "deepscan.yaml", "--model", "models"];
    const trained = await runTask("train", ["--input", "history.log", ...shared], { cwd });
    assert.equal(trained.code, 0, trained.stderr);
    assert.match(
      trained.stdout,
      /sessions: autoencoder, isolation-forest, ngram, lstm joined in; /,
    );
    const judged = await runTask("detect", ["--input", "today.log", ...shared, "--verdicts", "v.csv"], {
      cwd,
    });
    assert.equal(judged.code, 0, judged.stderr);
    assert.deepEqual(await anomalous(`${cwd}/v.csv`), ["3007"]);
    for (const name of ["lstm", "ngram"]) assert.match(judged.stdout, new RegExp(`Raised by.* ${name} \\d`));
  }));

Deno.test("train and detect let lstm alone decide on sessions by a line of its own", () =>
  withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/deepscan.yaml`, settings("[lstm]", "quantile"));
    await Deno.writeTextFile(`${cwd}/history.log`, orders(2, 120));
    await Deno.writeTextFile(`${cwd}/today.log`, orders(3, 20, (i) => i === 7 ? SWAPPED : STEPS));
    const shared = ["--session", SESSION, "--config", "deepscan.yaml", "--model", "models"];
    const trained = await runHere("train", ["--input", "history.log", ...shared], { cwd });
    assert.equal(trained.code, 0, trained.stderr);
    assert.match(trained.stdout, /sessions, lstm: threshold .* \(quantile\)/);
    const judged = await runHere("detect", ["--input", "today.log", ...shared, "--verdicts", "v.csv"], {
      cwd,
    });
    assert.equal(judged.code, 0, judged.stderr);
    assert.deepEqual(await anomalous(`${cwd}/v.csv`), ["3007"]);
    assert.match(judged.stdout, /directly after .*, usually /);
  }));

Deno.test("evaluate --protocol --detectors compares sets of detectors on sessions", () =>
  withFolder(async (cwd) => {
    const odd = (i: number) => i % 10 === 3 ? SWAPPED : STEPS;
    const labels = Array.from({ length: 200 }, (_, i) => `${2000 + i},${i % 10 === 3 ? 1 : 0}`);
    await Deno.writeTextFile(`${cwd}/day.log`, orders(2, 200, odd));
    await Deno.writeTextFile(`${cwd}/labels.csv`, `key,label\n${labels.join("\n")}\n`);
    const protocol = ["--protocol", "random:50", "--seeds", "2", "--detectors", "ngram,lstm"];
    const { code, stdout, stderr } = await runTask(
      "evaluate",
      ["--input", "day.log", "--labels", "labels.csv", "--session", SESSION, ...protocol],
      { cwd },
    );
    assert.equal(code, 0, stderr);
    assert.match(stdout, /ngram\+lstm/);
    assert.match(stdout, /1\.0?0?0/);
  }));
