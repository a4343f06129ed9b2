import assert from "node:assert/strict";
import { LiveFolder } from "./starts.ts";
import { packagesOf, probeWorker, runWorker } from "./program.ts";

/** Packages that a run that finds nothing new may load. */
const ALLOWED = ["csv-parse", "csv-stringify", "re2js", "zod"];

/** Orders of a made-up shop, one every ten seconds, each with the same three lines. */
function orders(count: number): string {
  let text = "";
  for (let order = 0; order < count; order++) {
    for (const [step, what] of ["received", "paid with card 17", "sent"].entries()) {
      const time = new Date(Date.UTC(2026, 2, 2, 10) + order * 10_000 + step * 2000).toISOString();
      text += `${time} INFO order=${order} ${what}\n`;
    }
  }
  return text;
}

/** A folder with a trained model, whose log has been read to its end. */
async function trained(run: (live: LiveFolder) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/shop.log`, orders(400));
    const log = { path: `${folder}/shop.log`, lines: 1200, title: "shop", format: "iso8601" };
    const live = new LiveFolder(`${folder}/live`, { ...log, session: "order=(\\d+)" });
    live.append(900);
    await runWorker("detect", [], live.folder);
    await run(live);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Packages that train or that hold data frames. */
const trainingOf = (scripts: string[]) => packagesOf(scripts).filter((name) => /tensorflow|danfo/.test(name));

Deno.test("detect loads no training code, no data frames and no charts where nothing is new", async () => {
  await trained(async ({ folder }) => {
    const { scripts } = await probeWorker("detect", [], folder, true);
    assert.ok(scripts.some((url) => url.endsWith("/runner/worker.ts")), "the probe sees scripts");
    assert.deepEqual(packagesOf(scripts).filter((name) => !ALLOWED.includes(name)), []);
  });
});

Deno.test("detect loads no training code and no data frames to judge new lines", async () => {
  await trained(async (live) => {
    live.append(300);
    const { scripts, stdout } = await probeWorker("detect", [], live.folder, true);
    assert.match(stdout, /300 new records/);
    assert.deepEqual(trainingOf(scripts), []);
  });
});

Deno.test("detect --help loads no training code", async () => {
  const { scripts } = await probeWorker("detect", ["--help"], Deno.cwd(), true);
  assert.deepEqual(packagesOf(scripts).filter((name) => !ALLOWED.includes(name)), []);
});

Deno.test("probeWorker() sees what training loads", async () => {
  await trained(async ({ folder }) => {
    await Deno.remove(`${folder}/state`, { recursive: true });
    await Deno.remove(`${folder}/model`, { recursive: true });
    const settings = `${folder}/deepscan.yaml`, places = await Deno.readTextFile(settings);
    const lines = "model: { directory: model, threshold: { rule: quantile } }"; // sessions under a budget need no network
    await Deno.writeTextFile(settings, places.replace("model: { directory: model }", lines));
    const { scripts } = await probeWorker("detect", [], folder, true);
    assert.ok(trainingOf(scripts).includes("@tensorflow/tfjs-core"));
  });
});
