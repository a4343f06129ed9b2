import assert from "node:assert/strict";
import { State } from "../../../lib/store/state.ts";
import { testThatNeeds } from "../../needs.ts";
import { makeCertificate } from "../../services/certificate.ts";
import { startMailServer } from "../../services/mail_server.ts";
import { type LiveFolder, withLiveFolder } from "./live_folder.ts";
import { linesWithError, runTask, type TaskResult } from "./task.ts";

/** Starts `report` as the user does who stands in the folder. */
const started = (live: LiveFolder, ...args: string[]) => runTask("report", args, { cwd: live.path });

const report = (live: LiveFolder, ...args: string[]) => live.runHere("report", ...args);

/** The page that was made; its path is all that standard output says. */
async function pageOf({ code, stdout, stderr }: TaskResult, path: string): Promise<string> {
  assert.equal(code, 0, stderr);
  assert.equal(stdout, `${path}\n`);
  const page = await Deno.readTextFile(path);
  assert.doesNotMatch(page, /<script|class="output error/);
  return page.replaceAll(/base64,[A-Za-z0-9+/=]+/g, "");
}

/** Lines whose error names a secret. */
const LINES = linesWithError(240, 200).map((line) =>
  line.replace("checksum mismatch", "checksum mismatch token=s3cr3tValue99")
);

testThatNeeds(
  ["python"],
  "report makes pages of an incident, a span of time and a model",
  (t) =>
    withLiveFolder({ lines: LINES }, async (live) => {
      assert.equal((await live.runHere("detect")).code, 0);
      const [{ id }] = live.rows("select id from alert") as { id: string }[],
        reports = `${live.path}/reports`;
      await t.step("--alert tells the incident from the streams' own logs, redacted", async () => {
        const page = await pageOf(
          await started(live, "--alert", id.slice(0, 6)),
          `${reports}/incident-${id}.html`,
        );
        assert.match(page, /disk of replica failed: checksum mismatch token=&lt;secret&gt;/);
        assert.match(page, /<td[^>]*>first ever seen, worst symptom, first of the reasons</);
        assert.match(page, /<td[^>]*>[A-Z][^<]*: [^<]* \(\d+ % sure\)</);
        assert.doesNotMatch(page, /s3cr3tValue99/);
      });
      await t.step("--from and --to tell what happened in between, and nothing else", async () => {
        const span = ["--from", "2026-03-02T03:00", "--to", "2026-03-02T04:00"];
        const path = `${live.path}/elsewhere/period-2026-03-02T03-00Z_2026-03-02T04-00Z.html`;
        const page = await pageOf(await started(live, ...span, "--output", "elsewhere"), path);
        assert.match(page, /1 incident, 1 alert, 2026-03-02 03:00 to 2026-03-02 04:00 UTC/);
      });
      await t.step(
        "--from and --to tell of a span without verdicts which messages it left unsent",
        async () => {
          const [noon, midnight] = [Date.UTC(2026, 4, 1, 12), Date.UTC(2026, 4, 2)];
          queued(live, { "slack-of-then": noon, "mail-of-later": midnight });
          const path = `${reports}/period-2026-05-01_2026-05-02.html`;
          const page = await pageOf(await report(live, "--from", "2026-05-01", "--to", "2026-05-02"), path);
          assert.match(page, /0 incidents, 0 alerts, 2026-05-01 00:00 to 2026-05-02 00:00 UTC: none/);
          assert.match(page, /slack-of-then/);
          assert.doesNotMatch(page, /mail-of-later/);
        },
      );
      await t.step(
        "--last counts back from the last judged window where time is what the lines say",
        async () => {
          const result = await report(live, "--last", "30m"), path = result.stdout.trim();
          assert.match(
            path,
            /\/reports\/period-2026-03-02T03-\d\dZ_2026-03-02T0[34]-\d\dZ\.html$/,
            result.stderr,
          );
          assert.match(await pageOf(result, path), /0 incidents, 0 alerts/);
        },
      );
      await t.step("--model makes a model card", async () => {
        const page = await pageOf(await report(live, "--model", "active"), `${reports}/model-v0001.html`);
        const { streams: [{ trained }] } = JSON.parse(
          await Deno.readTextFile(`${live.path}/models/v0001/model.json`),
        );
        assert.ok(page.includes(trained.fingerprint));
        assert.match(page, /request &lt;\*&gt; served in &lt;\*&gt; ms/);
      });
      await t.step("--notify mails the page as an attachment", () => mailed(live, id));
      await t.step("a cell that fails fails the report, and the page of it is kept", async () => {
        await Deno.rename(`${live.path}/models/v0001`, `${live.path}/models/gone`);
        const { code, stdout, stderr } = await report(live, "--alert", id);
        assert.deepEqual([code, stdout], [1, ""]);
        assert.match(stderr, /^deepscan report: .*Cannot use model v0001 in .*: there is no such version/m);
        assert.match(stderr, /^see .*\/reports\/incident-\w+\.failed\.html$/m);
        assert.ok((await Deno.stat(`${reports}/incident-${id}.failed.html`)).isFile);
      });
    }),
);

/** Puts messages into the state that nobody sends: times by channel. */
function queued(live: LiveFolder, channels: Record<string, number>): void {
  const state = State.open(`${live.path}/state/state.db`);
  for (const [channel, dueAt] of Object.entries(channels)) {
    state.deliveries.enqueue({ key: channel, alert: "a1", channel, payload: "{}", dueAt });
  }
  state.close();
}

async function mailed(live: LiveFolder, id: string) {
  const certificate = await makeCertificate();
  await using server = await startMailServer({
    certificate,
    login: { user: "deepscan", password: "hunter2" },
    refuseRecipient: (address) =>
      address.startsWith("gone") ? { code: 550, text: "no such user" } : undefined,
  });
  await Deno.writeTextFile(`${live.path}/password`, "hunter2\n");
  await Deno.writeTextFile(`${live.path}/ca.pem`, certificate.authority);
  const settings = await Deno.readTextFile(`${live.path}/deepscan.yaml`);
  const email =
    `host: 127.0.0.1, port: ${server.port}, security: starttls, ca_file: ca.pem, from: deepscan@example.com, ` +
    "to: [ops@example.com, gone@example.com], user: deepscan, password_file: password";
  await Deno.writeTextFile(`${live.path}/mail.yaml`, `${settings}alerts: {channels: {email: {${email}}}}\n`);
  const result = await started(live, "--config", "mail.yaml", "--alert", id, "--notify");
  const page = await pageOf(result, `${live.path}/reports/incident-${id}.html`);
  assert.match(result.stderr, /mailed, but not to all: refused for gone@example\.com: .*no such user/);
  assert.equal(server.mails.length, 1);
  const [{ parsed, recipients }] = server.mails, [attachment] = parsed.attachments;
  assert.match(
    parsed.subject ?? "",
    /^\[\w+\] app: new: disk of replica failed.* since 2026-03-02 03:20 UTC$/,
  );
  assert.deepEqual([recipients, attachment.filename, attachment.contentType], [
    ["ops@example.com"],
    `incident-${id}.html`,
    "text/html",
  ]);
  assert.equal(attachment.content.toString().replaceAll(/base64,[A-Za-z0-9+/=]+/g, ""), page);
}

Deno.test("report says what is wrong, and makes nothing then", (t) =>
  withLiveFolder({}, async (live) => {
    const refused = async (args: string[], code: number, message: RegExp, run = report) => {
      const result = await run(live, ...args);
      assert.deepEqual([result.code, result.stdout], [code, ""], result.stderr);
      assert.match(result.stderr, message);
      assert.doesNotMatch(result.stderr, /\n\s+at /, "no stack trace");
    };
    await t.step("before there was a run", () =>
      refused(["--alert", "ab"], 1, /no run yet by the settings of/));
    assert.equal((await live.runHere("detect")).code, 0);
    const [{ id }] = live.rows("select id from alert");
    await t.step("unknown alerts, with the latest ones", () =>
      refused(
        ["--alert", "zz"],
        1,
        new RegExp(`there is no such alert; the latest are\n  ${id}  \\[\\w+\\] app: `),
      ));
    await t.step("unknown models, with those that there are", () =>
      refused(["--model", "v9"], 1, /Cannot report on model v9: .*models has v0001/));
    await t.step("mail without a channel", () =>
      refused(["--alert", String(id), "--notify"], 2, /deepscan\.yaml have no e-mail channel/));
    await t.step("no Python", () =>
      refused(
        ["--model", "active", "--python", "python-that-is-not-there"],
        1,
        /no python-that-is-not-there found/,
        started,
      ));
    for (
      const args of [[], ["--alert", "a", "--model", "b"], ["--from", "2026-03-02"], ["--last", "soon"], [
        "x",
      ]]
    ) {
      await t.step(`wrong use: ${args.join(" ")}`, () =>
        refused(args, 2, /^deepscan: Cannot /));
    }
    const reports = [...Deno.readDirSync(`${live.path}/reports`)].map(({ name }) =>
      name
    );
    assert.deepEqual(
      reports.filter((name) =>
        /^(incident|model|period)/.test(name)
      ),
      [],
    );
  }));

Deno.test("report --help explains itself", async () => {
  const { code, stdout } = await runTask("report", ["--help"]);
  assert.equal(code, 0);
  assert.match(stdout, /deno task report --alert ID/);
  const wrong = await runTask("report", []);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /See `deno task report --help`/);
});
