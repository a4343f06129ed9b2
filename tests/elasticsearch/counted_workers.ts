/**
 * Several workers as processes of their own, that are killed.
 *
 * @module
 */
import assert from "node:assert/strict";
import { fileURLToPath as fromFileUrl } from "node:url";
import type { MappedPart } from "../../lib/model/mapped/mapped_part.ts";
import type { Cluster } from "../../lib/store/counted/cluster.ts";
import type { Job, JobDefinition } from "../../lib/store/counted/job.ts";
import { Jobs } from "../../lib/store/counted/jobs.ts";
import type { Part } from "../../lib/store/counted/part.ts";
import { PartReader } from "../../lib/store/counted/part_reader.ts";
import { Parts } from "../../lib/store/counted/parts.ts";
import { densityOf } from "../../lib/store/counted/raw_counts.ts";
import { runTask } from "../runner/tasks/task.ts";
import { withFolder } from "../with_folder.ts";
import type { ElasticsearchServer } from "../services/elasticsearch.ts";
import { clusterAt } from "./counted_jobs.ts";
import { logDocuments } from "./counted_log.ts";
import { readAll } from "./counted_reading.ts";
import { eventCount, given } from "./counted_runs.ts";

const ALL = { from: -Infinity, to: Infinity }, LEASE = 2_000;

/** A job whose parts wait for workers. */
async function waiting(cluster: Cluster, definition: JobDefinition): Promise<{ job: Job; parts: Parts }> {
  const jobs = new Jobs(cluster), stream = definition.settings.name;
  const job = await jobs.begin(
    definition,
    async () => ({ ...await densityOf(cluster, definition, ALL), wanted: 400 }),
  );
  const parts = new Parts(cluster, job);
  await parts.plan(ALL);
  await jobs.use({ id: job.id, stream, used: Date.now(), from: null, to: null, follows: false });
  return { job, parts };
}

/** Workers that are killed at the end. */
export class Crew implements AsyncDisposable {
  readonly #running = new Map<string, Deno.ChildProcess>();
  #hired = 0;
  kills = 0;

  constructor(readonly url: string) {}

  hire(count = 1): void {
    const script = fromFileUrl(new URL("counted_worker.ts", import.meta.url));
    const config = fromFileUrl(new URL("../deno.json", import.meta.url));
    for (let i = 0; i < count; i++) {
      const owner = `worker ${this.#hired++}`, args = [script, this.url, owner, `${LEASE}`];
      const run = ["run", "--quiet", "--no-check", "--no-prompt", "--config", config, "--allow-all", ...args];
      this.#running.set(
        owner,
        new Deno.Command("deno", { args: run, stdout: "null", stderr: "null" }).spawn(),
      );
    }
  }

  /** Kills the worker that has this part, as a power failure would; whether there was one. */
  async kill({ owner }: Part): Promise<boolean> {
    const process = this.#running.get(owner ?? "");
    if (process === undefined) return false;
    this.#running.delete(owner!);
    process.kill("SIGKILL");
    await process.status;
    this.kills++;
    return true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const owner of [...this.#running.keys()]) await this.kill({ owner } as Part);
  }
}

/** Waits until all parts are mapped; meanwhile `disturb` is asked again and again. */
async function allDone(
  parts: Parts,
  disturb: (parts: Part[]) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const planned = (await parts.plan(ALL)).map(({ from }) => from);
  for (let looks = 0;; looks++) {
    const now = await parts.find(planned);
    if (now.every(({ status }) => status === "done")) return;
    assert.ok(
      looks < 3000,
      `not all parts are mapped: ${JSON.stringify(now.filter(({ status }) => status !== "done"))}`,
    );
    await disturb(now);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What is read of a job, as it is when all its parts are mapped. */
async function found(cluster: Cluster, { job, parts }: { job: Job; parts: Parts }): Promise<MappedPart[]> {
  return await readAll(new PartReader(cluster, { job, parts }), parts);
}

/** The same lines as another stream's: the same work, done again. */
function renamed({ settings, ...rest }: JobDefinition, name: string): JobDefinition {
  return { ...rest, settings: { ...settings, name } };
}

/** Registers the tests with a server. */
export function testWorkers(server: () => ElasticsearchServer, version: string): void {
  Deno.test(`JobWorker: 1, 2 and 4 processes come to the same, also when they are killed (${version})`, async () => {
    await using cluster = await clusterAt(server());
    const documents = logDocuments(3000);
    const definition = await given(server(), { index: "shared", documents, session: "order=(\\d+)" });
    const results: MappedPart[][] = [];
    for (
      const { workers, kills } of [{ workers: 1, kills: 0 }, { workers: 2, kills: 1 }, {
        workers: 4,
        kills: 4,
      }]
    ) {
      const work = await waiting(cluster, renamed(definition, `shared by ${workers}`));
      await using crew = new Crew(server().url);
      crew.hire(workers);
      await allDone(work.parts, async (parts) => {
        for (const part of parts.filter(({ status }) => status === "taken")) {
          if (crew.kills < kills && await crew.kill(part) && crew.kills % 2 === 0) crew.hire();
        }
      });
      assert.equal(crew.kills, kills);
      results.push(await found(cluster, work));
      assert.equal(await eventCount(server(), work.job.id), documents.length);
    }
    assert.ok(results[0].length > 3);
    assert.deepEqual(results[1], results[0]);
    assert.deepEqual(results[2], results[0]);
  });

  Deno.test(`map works at what there is, with the cluster's rights alone, and says what it did (${version})`, async () => {
    await using cluster = await clusterAt(server());
    const documents = logDocuments(700);
    const definition = await given(server(), { index: "mapped", documents, session: null });
    const work = await waiting(cluster, definition);
    await withFolder(async (cwd) => {
      await Deno.writeTextFile(`${cwd}/deepscan.yaml`, `elasticsearch: {nodes: ["${server().url}"]}\n`);
      const runs = await Promise.all([1, 2].map(() => runTask("deepscan", ["map", "--json"], { cwd })));
      for (const { code, stderr } of runs) assert.equal(code, 0, stderr);
      const figures = runs.map(({ stdout }) => JSON.parse(stdout) as { parts: number; documents: number });
      assert.equal(figures.reduce((sum, { documents }) => sum + documents, 0), documents.length);
      await allDone(work.parts);
      assert.equal(await eventCount(server(), work.job.id), documents.length);
      await Deno.writeTextFile(
        `${cwd}/away.yaml`,
        `elasticsearch: {nodes: ["http://127.0.0.1:9"], timeout: 1s}\n`,
      );
      const away = await runTask("deepscan", ["map", "--config", "away.yaml"], { cwd });
      assert.equal(away.code, 1);
      assert.match(away.stderr, /^deepscan map: Cannot list jobs: no node of the cluster can be reached/m);
    });
  });
}
