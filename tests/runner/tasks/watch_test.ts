import assert from "node:assert/strict";
import { startWebhookReceiver } from "../../services/webhook_receiver.ts";
import { calmLines, runTask, stamp, startTask } from "./task.ts";
import { withFolder } from "../../with_folder.ts";

/** How long something may take to come about, ms. */
const PATIENCE = 120_000;

/** A `watch` that goes on while a test does something else. */
function watching(folder: string) {
  const child = startTask("watch", [], { cwd: folder }, { stdout: "null" }), decoder = new TextDecoder();
  let said = "", ended = false;
  const read = (async () => {
    for await (const bytes of child.stderr) said += decoder.decode(bytes, { stream: true });
    ended = true;
  })();
  return {
    child,
    until: async (isSo: (said: string) => boolean) => {
      for (const deadline = Date.now() + PATIENCE; !isSo(said);) {
        if (ended || Date.now() > deadline) throw new Error(`Cannot go on: it never came to that: ${said}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    end: async () => {
      child.kill("SIGTERM");
      const { code } = await child.status;
      await read;
      return { code, said };
    },
  };
}

function settings(host = ""): string {
  return `streams: [{name: app, inputs: ["logs/*.log"], clock: data, min_history: 2h}]
state: {directory: state}\nmodel: {directory: models}\nreports: {directory: reports}
watch: {interval: 100ms, poll: 1s}
alerts:\n  group_wait: 100ms\n  channels: {console: false${
    host === "" ? "" : `, webhook: {webhook_file: hook, host: "${host}"}`
  }}\n`;
}

Deno.test("watch tells what comes, takes new settings, lets no other run in, and ends with nothing lost", () =>
  withFolder(async (folder) => {
    await using receiver = await startWebhookReceiver();
    const write = (lines: string[]) =>
      Deno.writeTextFile(`${folder}/logs/app.log`, lines.join("\n") + "\n", { append: true });
    await Deno.mkdir(`${folder}/logs`);
    await Deno.writeTextFile(`${folder}/hook`, `${receiver.address}/alerts\n`);
    await write(calmLines(240));
    await Deno.writeTextFile(`${folder}/deepscan.yaml`, settings());
    const watch = watching(folder);
    await watch.until((said) => /app: trained \(model v0001\)/.test(said));

    const beside = await runTask("detect", [], { cwd: folder });
    assert.equal(beside.code, 0);
    assert.match(
      beside.stderr,
      /`deno task watch` is at work \(process \d+ since .*\); this run has nothing to do/,
    );
    const second = await runTask("watch", [], { cwd: folder });
    assert.equal(second.code, 0);
    assert.match(second.stderr, /deepscan watch: `deno task watch` is at work/);
    await assert.rejects(Deno.stat(`${folder}/state/skipped`), Deno.errors.NotFound);

    await Deno.writeTextFile(`${folder}/deepscan.yaml`, "streams: [\n");
    watch.child.kill("SIGHUP");
    await watch.until((said) => said.includes("the settings are not read anew: Cannot use settings"));
    await Deno.writeTextFile(`${folder}/deepscan.yaml`, settings(receiver.host)); // a host that it may not reach yet
    watch.child.kill("SIGHUP");
    await watch.until((said) => said.split("watching app").length === 3);

    await write([`${stamp(241)} FATAL engine stopped`, ...calmLines(30, 241)]);
    await watch.until(() => receiver.posts.length > 0);
    const { code, said } = await watch.end();
    assert.equal(code, 0, said);
    assert.match(said, /stopped; in .*: \d+ lines/);
    assert.match(receiver.posts[0].body, /engine stopped/);
    const keys = receiver.posts.map(({ headers }) => headers["idempotency-key"]);
    assert.deepEqual(keys, [...new Set(keys)]);

    await write(calmLines(3, 271));
    const next = await runTask("detect", [], { cwd: folder });
    assert.match(next.stdout, /^app: 6 new records/m, next.stderr);
  }));
