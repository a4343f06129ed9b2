import assert from "node:assert/strict";
import { startMailServer } from "../../services/mail_server.ts";
import { startWebhookReceiver } from "../../services/webhook_receiver.ts";
import { runTask } from "./task.ts";
import { withFolder } from "../../with_folder.ts";

const mail = (port: number, to: string) =>
  `email: {host: 127.0.0.1, port: ${port}, security: none, from: deepscan@example.com, to: [${to}]}`;

/** Runs `alerts test` in a folder with these settings of alerts. */
function withAlerts(
  alerts: string,
  test: (run: (...args: string[]) => ReturnType<typeof runTask>, path: string) => Promise<void>,
): Promise<void> {
  return withFolder(async (path) => {
    await Deno.writeTextFile(`${path}/deepscan.yaml`, `alerts: ${alerts}\n`);
    await Deno.writeTextFile(`${path}/hook`, "http://127.0.0.1:2/hunter2-T0K3N\n");
    await test((...args) => runTask("deepscan", ["alerts", "test", ...args], { cwd: path }), path);
  });
}

Deno.test("alerts test sends a marked sample to every channel and says what came back, with the rights to those alone", async () => {
  await using mails = await startMailServer();
  await using hooks = await startWebhookReceiver();
  const receivers = `{night: {webhook: {webhook_file: good, host: "${hooks.host}"}, file: {path: a.jsonl}}}`;
  await withAlerts(
    `{channels: {${mail(mails.port, "ops@example.com")}}, receivers: ${receivers}}`,
    async (run, path) => {
      await Deno.writeTextFile(`${path}/good`, `${hooks.address}/x\n`);
      const { code, stdout, stderr } = await run();
      assert.equal(code, 0, stderr);
      assert.match(stdout, /^\[test\] DeepScan can reach you: nothing is wrong$/m);
      const outcomes = [...stdout.matchAll(/^([\w.]+) +accepted after \d+\.\d s: (.+)$/gm)].map((row) =>
        row.slice(1)
      );
      assert.deepEqual(outcomes, [
        ["console", "printed"],
        ["email", "250 queued as 1A2B"],
        ["night.webhook", "200 OK"],
        ["night.file", `written to ${path}/a.jsonl`],
      ]);
      const [{ parsed }] = mails.mails;
      assert.equal(parsed.subject, "[test] DeepScan can reach you: nothing is wrong");
      assert.deepEqual(parsed.attachments.map(({ contentType }) => contentType), ["image/png"]);
      assert.equal(JSON.parse(hooks.posts[0].body).isTest, true);
      assert.equal(JSON.parse(await Deno.readTextFile(`${path}/a.jsonl`)).isTest, true);
      const names = [...Deno.readDirSync(path)].map(({ name }) => name).sort();
      assert.deepEqual(names, ["a.jsonl", "deepscan.yaml", "good", "hook"], "nothing else is written");
    },
  );
});

Deno.test("alerts test says who did not take the sample and why, tries the others, and fails", async () => {
  await using mails = await startMailServer({
    refuseRecipient: (address) =>
      address.startsWith("gone") ? { code: 550, text: "no such user" } : undefined,
  });
  const webhook = `webhook: {webhook_file: hook, host: "127.0.0.1:2"}`;
  const slack = `slack: {webhook_file: absent, host: "127.0.0.1:2"}`;
  const channels = `{console: false, ${
    mail(mails.port, "ops@example.com, gone@example.com")
  }, ${slack}, ${webhook}}`;
  await withAlerts(`{channels: ${channels}}`, async (run) => {
    const { code, stdout } = await run("--json");
    assert.equal(code, 1);
    const trials = JSON.parse(stdout) as { channel: string; outcome: string; answer: string; took: number }[];
    assert.deepEqual(trials.map(({ channel, outcome }) => [channel, outcome]), [
      ["email", "partly"],
      ["slack", "failed"],
      ["webhook", "failed"],
    ]);
    assert.match(trials[0].answer, /queued.*refused for gone@example\.com: .*no such user/);
    assert.match(trials[1].answer, /Cannot open channel slack: file .*absent can't be read/);
    assert.match(trials[2].answer, /Cannot send to webhook: .*refused/);
    assert.ok(!stdout.includes("T0K3N"));
  });
});

Deno.test("alerts test tries the channels of one receiver, and refuses one that is not there", () =>
  withAlerts(
    `{receivers: {audit: {file: {path: a.jsonl}}, night: {file: {path: b.jsonl}}}}`,
    async (run, path) => {
      const { code, stdout } = await run("--receiver", "audit");
      assert.equal(code, 0);
      assert.match(stdout, /^audit\.file +accepted/);
      assert.throws(() => Deno.statSync(`${path}/b.jsonl`), Deno.errors.NotFound);
      const nobody = await run("--receiver", "nobody");
      assert.equal(nobody.code, 2);
      assert.match(nobody.stderr, /there is no receiver "nobody", known are audit, night/);
    },
  ));
