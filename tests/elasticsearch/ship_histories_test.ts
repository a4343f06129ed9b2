/**
 * Shipping that is killed at any moment loses nothing and doubles nothing.
 *
 * `DEEPSCAN_HISTORIES=50` makes it fifty histories.
 */
import assert from "node:assert/strict";
import { Random } from "../../data/shop/random.ts";
import { BulkCluster } from "../services/bulk_cluster.ts";
import { shipHistory } from "./ship_history.ts";

const HISTORIES = Number(Deno.env.get("DEEPSCAN_HISTORIES") ?? 3);

for (let seed = 0; seed < HISTORIES; seed++) {
  Deno.test(`ship, killed with SIGKILL while answers get lost and items are refused, comes to every line once (${seed})`, async () => {
    await using cluster = new BulkCluster();
    const random = new Random(seed, "cluster");
    cluster.loseAnswer = () => random.chance(.1);
    cluster.refuse = () =>
      random.chance(.02) ? { status: 429, type: "es_rejected_execution_exception", reason: "full" } : null;
    const { written, kills, code, said } = await shipHistory({
      ...{ seed, url: cluster.url, index: "server-logs", runs: 8 },
      disturb: async (run) => {
        cluster.away = run % 3 === 2;
        await Promise.resolve();
        if (run === 7) {
          cluster.away = false;
          cluster.loseAnswer = () => false;
          cluster.refuse = () => null;
        }
      },
    });
    const shipped = cluster.originals().flatMap((original) => original.split("\n")).sort();
    assert.equal(code, 0, said);
    assert.ok(kills > 0, "no run was killed");
    assert.deepEqual(shipped, written);
  });
}
