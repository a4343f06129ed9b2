/**
 * `ship --follow`, as a service runs it: a long life with a cluster that comes and goes, ended by SIGTERM.
 */
import assert from "node:assert/strict";
import { startTask } from "../runner/tasks/task.ts";
import { withFolder } from "../with_folder.ts";
import { lines, text } from "../runner/ship/shipper.ts";
import { BulkCluster } from "../services/bulk_cluster.ts";
import { following } from "./following.ts";

const settings = ({ url }: BulkCluster, ship: string) =>
  `elasticsearch: {nodes: ["${url}"], compression: true}
streams: [{name: shop, inputs: ["*.log*"]}]
state: {directory: state}
ship: {${ship}}
`;

/** A folder with settings, and a cluster. */
async function withCluster(
  ship: string,
  use: (folder: string, cluster: BulkCluster) => Promise<void>,
): Promise<void> {
  await using cluster = new BulkCluster();
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/deepscan.yaml`, settings(cluster, ship));
    await use(folder, cluster);
  });
}

const append = (path: string, lines: readonly string[]) =>
  Deno.writeTextFile(path, text(lines), { append: true });

Deno.test("ship --follow sends what comes, over rotation and a cluster that is away, until it is stopped", async () => {
  await withCluster("patience: 0s", async (folder, cluster) => {
    const all = lines(0, 1000), log = `${folder}/shop.log`;
    await append(log, all.slice(0, 300));
    const run = following(folder);
    await run.until(() => cluster.documents.size === 300);
    await append(log, all.slice(300, 500));
    await Deno.rename(log, `${log}.1`);
    await append(log, all.slice(500, 600));
    await run.until(() => cluster.documents.size === 600);
    cluster.away = true;
    await append(log, all.slice(600, 800));
    await run.until(() => run.said().includes("logs wait in"));
    cluster.away = false;
    await run.until(() => cluster.documents.size === 800);
    await append(log, all.slice(800));
    await run.until(() => cluster.documents.size === 1000);
    const { code, said } = await run.end();
    assert.equal(code, 0, said);
    assert.match(said, /the cluster takes logs again/);
    assert.deepEqual(cluster.originals(), all);
    const { stdout } = await startTask("deepscan", ["ship", "--json"], { cwd: folder }).output();
    assert.equal(JSON.parse(new TextDecoder().decode(stdout)).read, 0); // it knows what was sent
  });
});

Deno.test("ship --follow goes on when its spool was full", async () => {
  await withCluster("patience: 0s, spool: 1MB, request: 200KB", async (folder, cluster) => {
    const all = lines(0, 20_000);
    cluster.away = true;
    await append(`${folder}/shop.log`, all);
    const run = following(folder);
    await run.until(() => run.said().includes("the rest stays in its files"));
    cluster.away = false;
    await run.until(() => cluster.documents.size === all.length);
    const { code, said } = await run.end();
    assert.equal(code, 0, said);
    assert.equal(said.match(/the rest stays in its files/g)!.length, 1, said);
    assert.deepEqual(cluster.originals(), all);
  });
});

Deno.test("ship --follow ends soon when it is told to, also while it waits for a cluster", async () => {
  await withCluster("patience: 10m", async (folder, cluster) => {
    const all = lines(0, 100);
    cluster.away = 429;
    cluster.retryAfter = "30";
    await append(`${folder}/shop.log`, all);
    const run = following(folder);
    await run.until(() => run.said().includes("the cluster is busy"));
    const { code, said } = await run.end();
    assert.equal(code, 1, said);
    assert.match(said, /MB wait in the spool/);
    cluster.away = false;
    const { success } = await startTask("deepscan", ["ship"], { cwd: folder }).output();
    assert.ok(success);
    assert.deepEqual(cluster.originals(), all);
  });
});
