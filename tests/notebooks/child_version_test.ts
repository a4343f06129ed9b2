import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { parse } from "@std/csv";
import { generateSample } from "../../data/generate.ts";
import { executeNotebook } from "../../runner/notebooks/execute_notebook.ts";
import { testThatNeeds } from "../needs.ts";
import { PROJECT, runTask } from "../runner/tasks/task.ts";
import { withFolder } from "../with_folder.ts";

/** One of the sample's streams, with a detector that has weights. */
const SETTINGS = `streams:
  - name: checkout
    inputs: [logs/*.log]
    format: iso8601
    session: { pattern: 'order=(\\d+)', idle: 30m }
    clock: data
    min_history: 3d
    allowed_lateness: 1h
model: { directory: models, detectors: [isolation-forest], seed: 5 }
state: { directory: state }
reports: { directory: reports }
`;
/** Parameters of the notebook that say what the settings say. */
const AS_TRAINED = { detectors: ["isolation-forest"], seed: 5, budgets: [1] };
/** A budget that calls more. */
const LOOSE = { alertsPerDay: 20, sessions: 0.2 };
const TRAINED_TO = "2026-03-04T00:00:00Z";

/** A folder with settings, and a log of which lines up to a time are there. */
class Shop {
  readonly #lines: string[];

  constructor(readonly path: string) {
    generateSample(`${path}/sample`, { scale: 0.3 });
    Deno.mkdirSync(`${path}/logs`);
    Deno.writeTextFileSync(`${path}/deepscan.yaml`, SETTINGS);
    this.#lines = Deno.readTextFileSync(`${path}/sample/shop-checkout.log`).split("\n");
  }

  get log(): string {
    return `${this.path}/logs/checkout.log`;
  }

  /** Writes the lines of the log up to a time. */
  writeUntil(time: string): void {
    const end = this.#lines.findIndex((line) => line.slice(0, time.length) >= time);
    const lines = end < 0 ? this.#lines : [...this.#lines.slice(0, end), ""];
    const known = this.#size();
    Deno.writeTextFileSync(this.log, lines.join("\n").slice(known), { append: true });
  }

  #size(): number {
    try {
      return Deno.readTextFileSync(this.log).length;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return 0;
      throw error;
    }
  }

  /** Runs a task as the user does who stands in the folder. */
  async run(task: string, ...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await runTask(task, args, { cwd: this.path });
    assert.equal(code, 0, stderr);
    return stdout + stderr;
  }

  /** Executes the notebook; what each of its cells said, by the cell's id. */
  async choose(parameters: Record<string, unknown>) {
    const saved = `${this.path}/chosen.ipynb`, { path } = this;
    const given = {
      ...{ logs: [this.log], labels: `${path}/sample/order_labels.csv`, registry: `${path}/models` },
      ...parameters,
    };
    const result = await executeNotebook({
      ...{ root: PROJECT, notebook: `${PROJECT}/notebooks/04-threshold.ipynb`, html: `${path}/chosen.html` },
      ...{ save: saved, python: "python3", timeout: 120, network: false, parameters: given },
      onRemark: () => {},
    });
    const { cells } = JSON.parse(Deno.readTextFileSync(saved)) as { cells: Cell[] };
    return {
      error: result.error?.message ?? "",
      said: Object.fromEntries(cells.map((cell) => [cell.id, saidBy(cell)])),
    };
  }

  model(version: string): SavedModel {
    return JSON.parse(Deno.readTextFileSync(`${this.path}/models/${version}/model.json`));
  }

  versions(): string[] {
    const names = [...Deno.readDirSync(`${this.path}/models`)].map(({ name }) => name);
    return names.filter((name) => /^(?:active|v\d+)$/.test(name)).sort();
  }

  rows(query: string): Record<string, unknown>[] {
    const database = new DatabaseSync(`${this.path}/state/state.db`, { readOnly: true });
    try {
      return database.prepare(query).all();
    } finally {
      database.close();
    }
  }

  /** Verdicts of a one-off run, by key: whether anomalous. */
  async verdicts(name: string): Promise<Map<string, boolean>> {
    await this.run("detect", "--input", this.log, "--model", "models", "--verdicts", name);
    const rows = parse(Deno.readTextFileSync(`${this.path}/${name}`), { skipFirstRow: true });
    return new Map(rows.map(({ key, anomalous }) => [key, anomalous === "true"]));
  }
}

interface Cell {
  id: string;
  outputs?: { text?: string[]; data?: Record<string, string | string[]> }[];
}

interface SavedModel {
  parent: string | null;
  seed: number;
  streams: {
    catalogue: unknown;
    watched: unknown;
    trained: { fingerprint: string };
    scopes: { space: unknown; detectors: { detector: unknown }[]; ensemble: unknown }[];
  }[];
}

/** All that a cell said, as text. */
function saidBy({ outputs = [] }: Cell): string {
  return outputs.map(({ text, data }) => [text ?? data?.["text/plain"] ?? ""].flat().join("")).join("\n");
}

/** What a moved line must leave as it was. */
function weightsOf({ seed, streams }: SavedModel): string {
  return JSON.stringify([
    seed,
    streams.map(({ catalogue, watched, trained, scopes }) => [
      ...[catalogue, watched, trained],
      scopes.map(({ space, detectors }) => [space, detectors.map(({ detector }) => detector)]),
    ]),
  ]);
}

/** Another rule is another model: it is refused where it is to be saved, and only said where not. */
async function assertOtherRuleRefused(shop: Shop): Promise<void> {
  const why =
    /Cannot move only the line of stream checkout, scope sessions: it is decided by static, and by .* in model v0001; train a new model/;
  const other = { ...AS_TRAINED, rule: "mean-std" },
    refused = await shop.choose({ ...other, save: true });
  assert.match(refused.error, why);
  const told = await shop.choose(other);
  assert.equal(told.error, "");
  assert.match(told.said.child, why);
  const nowhere = await shop.choose({ ...AS_TRAINED, registry: "", save: true });
  assert.match(nowhere.error, /Cannot save the choice: no registry is named/);
}

testThatNeeds(
  ["python"],
  "04-threshold saves a child version, whose verdicts are those that it announced, and no other rule",
  async () => {
    await withFolder(async (folder) => {
      const shop = new Shop(folder);
      shop.writeUntil("9");
      await shop.run("train", "--to", TRAINED_TO);
      const before = await shop.verdicts("before.csv");

      await assertOtherRuleRefused(shop);
      const looked = await shop.choose({ ...AS_TRAINED, ...LOOSE });
      assert.equal(looked.error, "");
      assert.match(looked.said.save, /Nothing was saved/);
      assert.deepEqual(shop.versions(), ["active", "v0001"]);

      const { error, said } = await shop.choose({ ...AS_TRAINED, ...LOOSE, save: true });
      assert.equal(error, "");
      assert.equal(said.verdicts, looked.said.verdicts);
      assert.match(said.child, /sessions\t.*\t/);
      assert.match(said.save, /v0002\tv0001\ttrue\t/);
      const [parent, child] = [shop.model("v0001"), shop.model("v0002")];
      assert.deepEqual([parent.parent, child.parent], [null, "v0001"]);
      assert(parent.streams[0].scopes.some(({ detectors }) => detectors.length === 1)); // there are weights to compare
      assert.equal(weightsOf(child), weightsOf(parent));
      assert.notDeepEqual(child.streams[0].scopes, parent.streams[0].scopes);

      const after = await shop.verdicts("after.csv");
      assert.deepEqual([...after.keys()], [...before.keys()]);
      const changed = [...after].filter(([key, anomalous]) => anomalous !== before.get(key));
      assert(changed.length > 0);
      const [count, ...lines] = said.verdicts.trim().split("\n"),
        rows = lines.filter((line) => line.includes("\t"));
      assert.match(count, new RegExp(`^${changed.length} verdicts? of `));
      const shown = rows.slice(1).map((row) => row.split("\t").slice(1, 3)); // under a line of names
      assert.deepEqual(
        shown,
        changed.slice(0, 20).map(([key, called]) => [key, called ? "added" : "taken away"]),
      );

      const again = await shop.choose({ ...AS_TRAINED, ...LOOSE, save: true }); // it decides so already
      assert.match(again.said.child, /Model v0002 decides so already/);
      assert.match(again.said.save, /Nothing was saved/);
      assert.deepEqual(shop.versions(), ["active", "v0001", "v0002"]);
    });
  },
);

/** A log that is judged in two parts, and what the state holds at the end; between them the line is moved, or not. */
async function live(isMoved: boolean) {
  const found = { judged: [] as number[], keys: [] as string[], alerts: 0, budgets: [] as string[] };
  await withFolder(async (folder) => {
    const shop = new Shop(folder);
    const detect = async () =>
      found.judged.push(
        Number(/([\d,]+) windows? judged/.exec(await shop.run("detect"))![1].replace(",", "")),
      );
    shop.writeUntil("2026-03-05T12");
    await detect();
    if (isMoved) {
      const { error, said } = await shop.choose({ ...AS_TRAINED, ...LOOSE, save: true });
      assert.equal(error, "");
      assert.match(said.save, /v0002\tv0001\ttrue\t/);
      assert.equal(weightsOf(shop.model("v0002")), weightsOf(shop.model("v0001")));
    }
    await detect(); // nothing has come
    shop.writeUntil("9");
    await detect();
    found.keys = shop.rows("select key from verdict order by key").map(({ key }) => String(key));
    found.alerts = shop.rows("select id from alert").length;
    found.budgets = shop.rows("select state from judging").flatMap(({ state }) =>
      /"alertsPerDay":([^,}]+)/.exec(String(state))?.[1] ?? []
    );
    assert.equal(shop.rows("select model from stream")[0].model, isMoved ? "v0002" : "v0001");
  });
  return found;
}

testThatNeeds(
  ["python"],
  "detect goes on under a child version where it was under the parent, and judges nothing twice",
  async () => {
    const [moved, calm] = [await live(true), await live(false)];
    assert.deepEqual(moved.judged, calm.judged);
    assert.equal(moved.judged[1], 0);
    assert(moved.judged[2] > 100);
    assert.deepEqual(moved.keys, calm.keys);
    assert.equal(new Set(moved.keys).size, moved.keys.length);
    assert(moved.alerts > calm.alerts, `${moved.alerts}, ${calm.alerts}`);
    assert.deepEqual([moved.budgets, calm.budgets].map(({ length }) => length), [1, 1]);
    assert.equal(Number(moved.budgets[0]) / Number(calm.budgets[0]), LOOSE.alertsPerDay);
  },
);

testThatNeeds(
  ["python"],
  "04-threshold learns what a training learned that left out what had alerted",
  async () => {
    await withFolder(async (folder) => {
      const shop = new Shop(folder);
      shop.writeUntil("2026-03-05T12");
      await shop.run("detect");
      assert.match(await shop.run("train"), /not learned from: /);
      const chosen = { ...AS_TRAINED, ...LOOSE, save: true };
      const blind = await shop.choose(chosen);
      assert.match(
        blind.error,
        /it was fitted on other data .* than model v0002 .*, of which \d+ windows were left out/,
      );
      const { error, said } = await shop.choose({ ...chosen, state: `${folder}/state` });
      assert.equal(error, "");
      assert.match(said.save, /v0003\tv0002\ttrue\t/);
      assert.equal(weightsOf(shop.model("v0003")), weightsOf(shop.model("v0002")));
    });
  },
);
