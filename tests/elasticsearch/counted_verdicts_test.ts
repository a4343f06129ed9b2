import assert from "node:assert/strict";
import { State } from "../../lib/mod.ts";
import { runTask } from "../runner/tasks/task.ts";
import { withFolder } from "../with_folder.ts";
import { NEWEST, withElasticsearch } from "../services/with_elasticsearch.ts";
import { ask } from "./indexed.ts";
import { lineAt, madeLog } from "./judged_log.ts";

/** How the stream is read. */
const WAYS = ["file", "index", "counted"] as const;
type Way = typeof WAYS[number];

/** A folder for each way, and one log for all of them. */
class Ways {
  constructor(readonly folder: string, readonly url: string, readonly session: string | null) {}

  async make(): Promise<this> {
    for (const way of ["ship", ...WAYS] as const) {
      await Deno.mkdir(`${this.folder}/${way}`);
      await Deno.writeTextFile(`${this.folder}/${way}/deepscan.yaml`, this.#settings(way));
    }
    return this;
  }

  #settings(way: Way | "ship"): string {
    const input = way === "file" || way === "ship" ? "../shop.log" : `elasticsearch:${this.index}-*`;
    return `elasticsearch: {nodes: ["${this.url}"]}
model: {directory: models, detectors: [new-template, unseen-vector]}
state: {directory: state}
reports: {directory: reports}
ship: {index: ${this.index}}
streams:
  - name: shop
    inputs: ["${input}"]
    service: shop
    clock: data
    min_history: 6h
    allowed_lateness: 10m
    ${
      this.session === null
        ? "window: 1m"
        : `session: {pattern: '${this.session}', idle: 2m}\n    window: 1m`
    }
    elasticsearch: {counted: ${way === "counted"}}
`;
  }

  get index(): string {
    return this.session === null ? "windows" : "sessions";
  }

  /** Adds lines to the log, in the file and in the cluster. */
  async append(lines: string[]): Promise<void> {
    await Deno.writeTextFile(`${this.folder}/shop.log`, lines.map((line) => `${line}\n`).join(""), {
      append: true,
    });
    const shipped = await runTask("deepscan", ["ship"], { cwd: `${this.folder}/ship` });
    assert.equal(shipped.code, 0, shipped.stderr);
    await ask(this.url, "POST", `/${this.index}-*/_refresh`);
  }

  /** Runs a task each way; what it wrote to the table of verdicts. */
  async run(task: string, ...args: string[]): Promise<Record<Way, string>> {
    const tables = {} as Record<Way, string>;
    for (const way of WAYS) {
      const cwd = `${this.folder}/${way}`, table = task === "detect" ? ["--verdicts", "verdicts.csv"] : [];
      const { code, stderr, stdout } = await runTask(task, [...args, ...table], { cwd });
      assert.equal(code, 0, `${way}: ${stderr}`);
      tables[way] = task === "detect" ? await Deno.readTextFile(`${cwd}/verdicts.csv`) : stdout;
    }
    return tables;
  }

  /** What holds of every window, by the state; with its lines to show where asked for. */
  held(way: Way): unknown[] {
    const state = State.open(`${this.folder}/${way}/state/state.db`, { readOnly: true });
    try {
      return state.verdicts().map(({ reasons, ...verdict }) => ({
        ...verdict,
        reasons: reasons.map(({ example: _, exampleElsewhere: __, firstSeen: ___, ...reason }) => reason),
      }));
    } finally {
      state.close();
    }
  }

  /** Lines that are shown for windows. */
  examples(way: Way): string[] {
    const state = State.open(`${this.folder}/${way}/state/state.db`, { readOnly: true });
    try {
      return state.verdicts({ anomalous: true }).flatMap(({ reasons }) =>
        reasons.map(({ example }) => example)
      );
    } finally {
      state.close();
    }
  }
}

/** All ways have come to the same. */
function assertSame(ways: Ways): void {
  const [file, index, counted] = WAYS.map((way) => ways.held(way));
  assert.deepEqual(index, file);
  assert.deepEqual(counted, file);
}

withElasticsearch(NEWEST, "counted streams are judged as their lines are", (server, version) => {
  for (const session of [null, "order=(\\d+)"]) {
    const kind = session === null ? "time windows" : "sessions";
    Deno.test(`detect and train come to the same from a file, an index, and what is counted: ${kind} (${version})`, () =>
      withFolder(async (folder) => {
        const ways = await new Ways(folder, server().url, session).make(), lines = madeLog(9 * 60);
        await ways.append(lines.slice(0, 8 * lines.length / 9));
        const first = await ways.run("detect");
        assert.ok(first.file.split("\n").length > 60, first.file);
        assert.match(first.file, /,true,/);
        assert.equal(first.index, first.file);
        assert.equal(first.counted, first.file);
        const late = [8 * 3600 - 100, 8 * 3600 - 40].map((second) =>
          lineAt(second, "order=7 came back from the dead", "ERROR")
        );
        await ways.append([...late, ...lines.slice(8 * lines.length / 9)]);
        await ways.run("detect");
        assertSame(ways);
        const examples = ways.examples("counted").filter((example) => example !== "");
        assert.ok(
          examples.some((example) => example.includes("came back from the dead")),
          examples.join("\n"),
        );
        await ways.run("train");
        await ways.append(madeLog(30, 9 * 60));
        await ways.run("detect");
        assertSame(ways);
      }));
  }
});
