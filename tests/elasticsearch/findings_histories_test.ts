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
const RUNS = 8;

/** Resolves when documents were taken and their sender doesn't know yet. */
function taken(cluster: FindingsCluster): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  cluster.onBulk = async () => {
    resolve();
    await new Promise((resolve) => setTimeout(resolve, 300));
  };
  return promise;
}

for (let seed = 0; seed < HISTORIES; seed++) {
  Deno.test(`findings of killed runs, with answers lost and items refused, come to what the state says (${seed})`, async () => {
    await using cluster = new FindingsCluster();
    const random = new Random(seed, "cluster"), late = seed % 2 === 1 ? .02 : 0;
    const full = { status: 429, type: "es_rejected_execution_exception", reason: "full" };
    const verdicts = seed % 4 < 2 ? "anomalous" : "all";
    const { stray, kills, documents, last } = await findingsHistory({
      ...{ seed, late, runs: RUNS },
      settings:
        `elasticsearch: {nodes: ["${cluster.url}"]}\nfindings: {patience: 0s, verdicts: ${verdicts}}\n`,
      before: (run) => {
        const isLast = run === RUNS;
        cluster.status = run === 4 ? 503 : 0;
        cluster.loseAnswer = () => !isLast && random.chance(.2);
        cluster.refuse = () => !isLast && random.chance(.3) ? full : null;
        cluster.onBulk = () => Promise.resolve();
        return Promise.resolve();
      },
      disturb: (run) => run % 3 === 0 ? taken(cluster) : null,
      documents: () => Promise.resolve([...cluster.documents.values()]),
    });
    assert.equal(last.code, 0, last.stderr);
    assert.ok(kills > 2, `only ${kills} runs were killed`);
    assert.ok(cluster.requests.length > 3, `only ${cluster.requests.length} requests came`);
    assert.deepEqual(stray, []);
    assert.deepEqual(documents.flatMap(({ source }) => strayFields(source)), []);
    assert.ok(cluster.of("deepscan-alerts").length > 3, "hardly anything was found");
  });
}
