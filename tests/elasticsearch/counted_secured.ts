/**
 * Work at counted streams with the rights of the roles that are shipped.
 *
 * @module
 */
import assert from "node:assert/strict";
import { failureOf } from "../../lib/source/elasticsearch/failure.ts";
import { Cluster } from "../../lib/store/counted/cluster.ts";
import { JobWorker } from "../../lib/store/counted/job_worker.ts";
import { Jobs } from "../../lib/store/counted/jobs.ts";
import { Parts } from "../../lib/store/counted/parts.ts";
import { jobOver, surroundings } from "./counted_jobs.ts";
import { KNOWN_LINES, logDocuments } from "./counted_log.ts";
import { readStream } from "./counted_runs.ts";
import { ask, type SecuredServer } from "./secured.ts";

const INDEX = "server-logs-counted", ALL = { from: -Infinity, to: Infinity };

/** Registers steps that show who may do what. */
export async function countedRoles(secured: SecuredServer, t: Deno.TestContext): Promise<void> {
  const admin = await secured.as("admin"), definition = jobOver(INDEX, KNOWN_LINES);
  const lines = logDocuments(300).flatMap((
    { id, source },
  ) => [{ create: { _index: INDEX, _id: id } }, source]);
  await ask(admin, "POST /_bulk?refresh=true", lines);

  await t.step("the mapper maps what there is, and deletes nothing", async () => {
    const reducer = new Cluster(await secured.as("reducer"), surroundings()), jobs = new Jobs(reducer);
    const job = await jobs.begin(
      definition,
      () => Promise.resolve({ documents: 300, span: 210_000, wanted: 100 }),
    );
    await jobs.use({ id: job.id, stream: INDEX, used: Date.now(), from: null, to: null, follows: false });
    await new Parts(reducer, job).plan(ALL);
    const mapper = await secured.as("mapper"),
      worker = new JobWorker(mapper, { ...surroundings(), owner: "m", lease: 60_000 });
    assert.ok((await worker.round()).parts > 1);
    for (
      const request of [`DELETE /deepscan-jobs/_doc/${job.id}`, `DELETE /${(await jobs.indices(job.id))[0]}`]
    ) {
      const failure = await ask(mapper, request).then(() => null, (error) => failureOf("do it", error));
      assert.equal(failure?.kind, "privilege", request);
    }
  });

  await t.step("the reducer reads it, and takes away what nobody needs", async () => {
    const cluster = new Cluster(await secured.as("reducer"), surroundings());
    const { read, stream } = await readStream(cluster, definition);
    assert.equal(read.reduce((sum, { records }) => sum + records, 0), 300);
    await new Jobs(cluster).end(stream.job.id);
    const reader = new Cluster(await secured.as("reader"), surroundings());
    await assert.rejects(readStream(reader, definition), /the privilege "\w+" is missing/);
  });
}
