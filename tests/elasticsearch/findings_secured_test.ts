import assert from "node:assert/strict";
import { connect } from "../../lib/source/elasticsearch/connection.ts";
import { putSetup } from "../../runner/findings/cluster_setup.ts";
import { deleteExpired } from "../../runner/findings/expiry.ts";
import type { FindingsSettings } from "../../runner/findings/index_template.ts";
import { liveSettings, withLiveFolder } from "../runner/tasks/live_folder.ts";
import { runTask } from "../runner/tasks/task.ts";
import { testThatNeeds } from "../needs.ts";
import { elasticsearchNeed, NEWEST } from "../services/with_elasticsearch.ts";
import { ask, passwordOf, type SecuredServer, type SecuredUser, startSecured } from "./secured.ts";

const settings: FindingsSettings = {
  ...{ index: "deepscan", name: "deepscan", verdicts: "anomalous", health: "data_stream" },
  ...{ keep: 30 * 86_400_000, patience: 0 },
};

/** A folder whose settings log in as that user. */
async function withUser(
  { server, certificate }: SecuredServer,
  use: (
    run: (user: SecuredUser, task: string, ...args: string[]) => ReturnType<typeof runTask>,
  ) => Promise<void>,
): Promise<void> {
  await withLiveFolder({}, async ({ path: cwd }) => {
    await Deno.writeTextFile(`${cwd}/ca.pem`, certificate.authority);
    await use(async (user, task, ...args) => {
      const cluster = `{nodes: ["${server.url}"], ca_file: ca.pem, user: ${user}, password_file: password}`;
      await Deno.writeTextFile(`${cwd}/password`, passwordOf(user));
      await Deno.writeTextFile(
        `${cwd}/deepscan.yaml`,
        `${liveSettings()}elasticsearch: ${cluster}\nfindings: {patience: 0s, keep: 30d}\n`,
      );
      return await runTask(task, args, { cwd });
    });
  });
}

testThatNeeds(
  [elasticsearchNeed(NEWEST)],
  "findings on a secured server: the installer puts templates, the writer writes, the keeper deletes, and nobody more",
  async (t) => {
    await using secured = await startSecured(NEWEST);
    await withUser(secured, async (run) => {
      await t.step(
        "the writer sends nothing before the templates are there, and says who can put them",
        async () => {
          const { code, stderr } = await run("writer", "detect");
          assert.equal(code, 1);
          assert.match(
            stderr,
            /documents wait for the next run: .*no index template deepscan-findings, .*findings install/,
          );
        },
      );
      await t.step("the installer puts the templates, and writes nothing", async () => {
        const { code, stderr } = await run("installer", "deepscan", "findings", "install");
        assert.equal(code, 0, stderr);
        const sent = await run("installer", "deepscan", "findings", "send");
        assert.equal(sent.code, 1);
        assert.match(sent.stderr, /the privilege "\w+" is missing/);
      });
      await t.step("the writer sends what has waited, and has no right to delete", async () => {
        const { code, stdout, stderr } = await run("writer", "deepscan", "findings", "send");
        assert.equal(code, 0, stderr);
        assert.match(stdout, /^\d+ documents sent, 0 were there already, 0 wait/);
        assert.equal((await run("writer", "detect")).code, 0);
        const admin = await secured.as("admin");
        await ask(admin, "POST /deepscan-*/_refresh");
        const { hits } = await ask(admin, "POST /deepscan-alerts-*/_search", {}) as {
          hits: { hits: unknown[] };
        };
        assert.equal(hits.hits.length, 1);
      });
    });
    await t.step("the keeper deletes what is old, and can't write", async () => {
      const keeper = await connect(secured.settings("keeper")), later = Date.now() + 31 * 86_400_000;
      assert.deepEqual(await deleteExpired(keeper, settings, Date.now()), []);
      const deleted = await deleteExpired(keeper, settings, later);
      assert.ok(deleted.includes("deepscan-alerts-2026.03"), deleted.join());
      await assert.rejects(putSetup(keeper, settings), /the privilege "\w+" is missing/);
      await keeper.close();
      const writer = await connect(secured.settings("writer"));
      await assert.rejects(deleteExpired(writer, settings, later), /the role deepscan_keeper may/);
      await writer.close();
    });
  },
);
