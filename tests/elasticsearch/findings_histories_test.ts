/**
 * Findings of runs that are killed at any moment, with a cluster that refuses, forgets to answer and goes away: nothing is lost,
 * nothing doubled.
 *
 * `DEEPSCAN_HISTORIES=50` makes it fifty histories.
 */
import assert from "node:assert/strict";
import { Random } from "../../data/shop/random.ts";
import { FindingsCluster } from "../services/findings_cluster.ts";
import { strayFields } from "../runner/findings/document_fields.ts";
import { findingsHistory } from "./findings_history.ts";

const HISTORIES = Number(Deno.env.get("DEEPSCAN_HISTORIES") ?? 2);
const RUNS = 7;

/** What a cluster does while a run goes on; resolves when documents were taken and their sender doesn't know yet. */
function disturb(cluster: FindingsCluster, run: number): Promise<void> {
  cluster.status = run % 4 === 3 ? 503 : 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  cluster.onBulk = async () => {
    if (run % 2 === 1) return;
    resolve();
    await new Promise((resolve) => setTimeout(resolve, 300));
  };
  return promise;
}

for (let seed = 0; seed < HISTORIES; seed++) {
  Deno.test(`findings of killed runs, with answers lost and items refused, come to what the state says (${seed})`, async () => {
    await using cluster = new FindingsCluster();
    const random = new Random(seed, "cluster"), late = seed % 2 === 1 ? .02 : 0;
    cluster.loseAnswer = () => random.chance(.1);
    const full = { status: 429, type: "es_rejected_execution_exception", reason: "full" };
    cluster.refuse = () => random.chance(.05) ? full : null;
    const { stray, kills, documents, last } = await findingsHistory({
      ...{ seed, late, runs: RUNS },
      settings: `elasticsearch: {nodes: ["${cluster.url}"]}\nfindings: {patience: 1s, verdicts: ${
        seed % 4 < 2 ? "anomalous" : "all"
      }}\n`,
      disturb: (run) => {
        if (run === RUNS) Object.assign(cluster, { loseAnswer: () => false, refuse: () => null });
        return disturb(cluster, run === RUNS ? 1 : run);
      },
      documents: () => Promise.resolve([...cluster.documents.values()]),
    });
    assert.equal(last.code, 0, last.stderr);
    assert.ok(kills > 0, "no run was killed");
    assert.deepEqual(stray, []);
    assert.deepEqual(documents.flatMap(({ source }) => strayFields(source)), []);
    assert.ok(cluster.of("deepscan-alerts").length > 3, "hardly anything was found");
  });
}
