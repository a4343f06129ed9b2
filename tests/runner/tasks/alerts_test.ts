import assert from "node:assert/strict";
import { RunLock } from "../../../lib/store/run_lock.ts";
import { startMailServer } from "../../services/mail_server.ts";
import { startWebhookReceiver } from "../../services/webhook_receiver.ts";
import { type LiveFolder, withLiveFolder } from "./live_folder.ts";
import { runHere } from "./run_here.ts";
import { calmLines, linesWithError, runTask, stamp } from "./task.ts";
import { withFolder } from "../../with_folder.ts";

/** Adds settings to a live folder's file. */
function configure(live: LiveFolder, settings: string): void {
  Deno.writeTextFileSync(`${live.path}/deepscan.yaml`, settings, { append: true });
}

/** A webhook channel whose address is in a file. */
async function addWebhook(live: LiveFolder, receiver: { address: string; host: string }): Promise<void> {
  await Deno.writeTextFile(`${live.path}/hook`, `${receiver.address}/alerts\n`);
  configure(
    live,
    `alerts: {channels: {console: false, webhook: {webhook_file: hook, host: "${receiver.host}"}}}\n`,
  );
}

const titles = (posts: { body: string }[]) => posts.map(({ body }) => JSON.parse(body).title as string);

/** A minute full of one line. */
function storm(minute: number, line: string): string[] {
  return Array.from({ length: 40 }, (_, i) => `${stamp(minute, i)} ${line}`);
}

/** Names in a live folder's folder of reports. */
function reports(live: LiveFolder): string[] {
  return [...Deno.readDirSync(`${live.path}/reports`)].map(({ name }) => name).sort();
}

Deno.test("detect tells of a storm of fatal errors although a stray warning has opened an alert", () =>
  withLiveFolder(
    { lines: [...calmLines(200), `${stamp(200)} WARN quota of tenant nearly used up`] },
    async (live) => {
      await live.runHere("detect");
      live.append(...calmLines(6, 200));
      const first = await live.runHere("detect");
      assert.match(first.stdout, /^\[medium\] app: new: quota of tenant nearly used up since/m);
      live.append(...calmLines(4, 206), ...storm(206, "FATAL out of memory"), ...calmLines(2, 210));
      const second = await live.runHere("detect");
      assert.match(second.stdout, /^\[critical, was medium\] app: new: out of memory since/m);
      assert.match(second.stdout, /1 anomalous, 1 new alert,/);
      live.append(...calmLines(2, 212), ...storm(213, "FATAL out of memory"), ...calmLines(8, 214));
      const third = await live.runHere("detect");
      assert.doesNotMatch(third.stdout, /^\[/m);
      assert.match(third.stdout, /1 anomalous, 0 new alerts, 1 alert went on/);
    },
  ));

Deno.test("detect titles silence as such", () =>
  withLiveFolder({ lines: calmLines(200) }, async (live) => {
    await live.runHere("detect");
    live.append(...calmLines(20, 230));
    const { stdout } = await live.runHere("detect");
    assert.match(
      stdout,
      /^Over already: \[\w+\] app: silent: .* \(0 instead of \d+\) since 2026-03-02 03:20 UTC/m,
    );
  }));

Deno.test("detect lets a channel without its secret silence nothing else, fails, and the message can be sent later", () =>
  withLiveFolder({}, async (live) => {
    await using receiver = await startWebhookReceiver();
    const host = `host: "${receiver.host}"`;
    configure(live, `alerts: {channels: {webhook: {webhook_env: HOOK, ${host}}}}\n`);
    const { code, stdout, stderr } = await live.detect(["--exit-code"]);
    assert.equal(code, 1);
    assert.match(stdout, /^Over already: \[\w+\] app: new: disk of replica failed/m);
    assert.match(stdout, /^app: 241 new records/m);
    assert.match(stderr, /Cannot open channel webhook: environment variable HOOK is not set or empty/);
    assert.match(stderr, /not sent yet: \w+\.\w+\.webhook/);
    assert.ok(reports(live).includes("report.html"));
    const listed = await live.runHere("deepscan", "alerts", "list");
    assert.match(
      listed.stdout,
      /waiting {3}\w+\.\w+\.webhook {2}since .*, tried once: Cannot open channel webhook/,
    );
    const retried = await live.runHere("deepscan", "alerts", "retry");
    assert.match(retried.stdout, /^1 message due again/);
    const again = await live.detect([], { env: { HOOK: `${receiver.address}/x` } });
    assert.equal(again.code, 0, again.stderr);
    assert.equal(receiver.posts.length, 1);
    assert.deepEqual(statuses(live), ["sent", "sent"]);
  }));

function statuses(live: LiveFolder): unknown[] {
  return live.rows("select status from delivery").map(({ status }) => status);
}

Deno.test("alerts retry sends what was given up, once, and refuses a key that nobody waits for", () =>
  withLiveFolder({}, async (live) => {
    await using receiver = await startWebhookReceiver((n) => ({ status: n === 0 ? 400 : 200 }));
    await addWebhook(live, receiver);
    const first = await live.detect();
    assert.equal(first.code, 1);
    assert.match(first.stderr, /given up: \w+\.\w+\.webhook: Cannot send to webhook: answer 400/);
    assert.equal((await live.runHere("detect")).code, 0);
    const retry = (...keys: string[]) => live.runHere("deepscan", "alerts", "retry", ...keys);
    const unknown = await retry("nothing");
    assert.equal(unknown.code, 1);
    assert.match(unknown.stderr, /no message that waits or was given up has the key nothing/);
    const [{ key }] = live.rows("select key from delivery");
    assert.equal((await runTask("deepscan", ["alerts", "retry", String(key)], { cwd: live.path })).code, 0);
    assert.equal((await live.runHere("detect")).code, 0);
    assert.equal(receiver.posts.length, 2);
    assert.match((await retry()).stdout, /^0 messages due again/);
  }));

Deno.test("detect says which recipients a mail did not reach, and alerts list keeps it", () =>
  withLiveFolder({}, async (live) => {
    await using server = await startMailServer({
      refuseRecipient: (address) =>
        address.startsWith("gone") ? { code: 550, text: "no such user" } : undefined,
    });
    const email = `host: 127.0.0.1, port: ${server.port}, security: none, from: deepscan@example.com`;
    const to = "to: [ops@example.com, gone@example.com]";
    configure(live, `alerts: {channels: {console: false, email: {${email}, ${to}}}}\n`);
    const { code, stderr } = await live.runHere("detect");
    assert.equal(code, 0);
    assert.match(
      stderr,
      /sent, but not to all: \w+\.\w+\.email: refused for gone@example\.com: .*no such user/,
    );
    assert.equal(server.mails.length, 1);
    const { stdout } = await runTask("deepscan", ["alerts", "list"], { cwd: live.path });
    assert.match(stdout, /sent {6}\w+\.\w+\.email .*refused for gone@example\.com/);
  }));

Deno.test("detect --json prints one JSON object, alerts to the console go elsewhere", () =>
  withLiveFolder({}, async (live) => {
    const { stdout, stderr } = await live.runHere("detect", "--json");
    const { streams: [stream] } = JSON.parse(stdout);
    assert.equal(stream.alerts.length, 1);
    assert.match(stderr, /^Over already: \[\w+\] app: new: disk of replica failed/m);
    const lock = RunLock.take(`${live.path}/state/run.lock`, { pid: 4711, since: 0 });
    const busy = await live.runHere("detect", "--json");
    if (lock instanceof RunLock) lock.release();
    assert.equal(JSON.parse(busy.stdout).busy, true);
    assert.match(JSON.parse(busy.stdout).reason, /process 4711/);
  }));

Deno.test("detect --input --notify prints every alert once and sends it once", () =>
  withLiveFolder({}, async (live) => {
    await using receiver = await startWebhookReceiver();
    await Deno.writeTextFile(`${live.path}/hook`, `${receiver.address}/alerts\n`);
    configure(live, `alerts: {channels: {webhook: {webhook_file: hook, host: "${receiver.host}"}}}\n`);
    const args = ["--config", "deepscan.yaml", "--input", "logs/app.log", "--notify"];
    const { code, stdout, stderr } = await live.detect(args);
    assert.equal(code, 0, stderr);
    assert.equal(`${stdout}${stderr}`.match(/^\[\w+\] .*disk of replica failed/gm)?.length, 1);
    assert.deepEqual(titles(receiver.posts).length, 1);
  }));

Deno.test("detect names the settings in the command that looks further, and that command finds the window", () =>
  withLiveFolder({}, async (live) => {
    await Deno.mkdir(`${live.path}/my settings`);
    const settings = await Deno.readTextFile(`${live.path}/deepscan.yaml`);
    const [one] = settings.split("\n");
    const more = one.replace("}]", '}, {name: other, inputs: ["other/*.log"], clock: data}]');
    const moved = `${settings.replace(one, more)}`.replace(
      /\[?"?(logs|other)\//g,
      (path) => path.replace(/(logs|other)/, "../$1"),
    )
      .replace(/directory: (\w+)/g, "directory: ../$1");
    await Deno.writeTextFile(`${live.path}/my settings/a.yaml`, moved);
    await Deno.remove(`${live.path}/deepscan.yaml`);
    const { stdout, stderr } = await live.runHere("detect", "--config", "my settings/a.yaml");
    const command = /Look further: deno task deepscan (.*)/.exec(stdout)?.[1];
    assert.ok(command, stdout + stderr);
    assert.ok(command.includes(`--config '${live.path}/my settings/a.yaml' --stream app app@`), command);
    const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
    const shown = await runTask("deepscan", words, { cwd: "/" });
    assert.match(shown.stdout, /^app@2026-03-02T03:20:00\.000Z: anomalous/, shown.stderr);
    const page = await Deno.readTextFile(`${live.path}/reports/report.html`);
    assert.ok(page.includes("my settings/a.yaml"));
  }));

Deno.test("detect has written the report when the message arrives that points to it", () =>
  withLiveFolder({}, async (live) => {
    const seen: boolean[] = [];
    await using receiver = await startWebhookReceiver((_, body) => {
      const { report } = JSON.parse(body);
      seen.push(
        /reports\/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.html$/.test(report) && Deno.statSync(report).isFile,
      );
      return { status: 200 };
    });
    await addWebhook(live, receiver);
    await runHere("detect", [], { cwd: live.path, now: () => Date.UTC(2026, 2, 3) });
    live.append(`${stamp(241)} FATAL engine stopped`, ...calmLines(7, 241));
    await runHere("detect", [], { cwd: live.path, now: () => Date.UTC(2026, 2, 3, 1) });
    assert.deepEqual(seen, [true, true]);
    assert.deepEqual(reports(live).length, 3);
  }));

Deno.test("detect keeps the newest hundred reports of runs and every other file", () =>
  withLiveFolder({}, async (live) => {
    await Deno.mkdir(`${live.path}/reports`);
    for (let i = 0; i < 105; i++) {
      const name = new Date(Date.UTC(2026, 0, 1, 0, i)).toISOString().slice(0, 19).replaceAll(":", "-");
      await Deno.writeTextFile(`${live.path}/reports/${name}Z.html`, "");
    }
    await Deno.writeTextFile(`${live.path}/reports/notes.html`, "");
    await live.detect();
    const names = reports(live);
    assert.equal(names.length, 102);
    assert.equal(names[0], "2026-01-01T00-06-00Z.html");
    assert.ok(names.includes("notes.html") && names.includes("report.html"));
  }));

Deno.test("detect counts max_per_run over all streams and sends one summary", () =>
  withLiveFolder({}, async (live) => {
    await using receiver = await startWebhookReceiver();
    await addWebhook(live, receiver);
    const settings = await Deno.readTextFile(`${live.path}/deepscan.yaml`);
    const [first] = settings.split("\n"), entry = /\{name: app[^}]*\}/.exec(first)![0];
    const streams = ["app", "b", "c", "d"].map((name, i) => {
      Deno.mkdirSync(`${live.path}/${name}`);
      const lines = linesWithError(240, 150 + 25 * i); // apart: an incident each
      Deno.writeTextFileSync(`${live.path}/${name}/${name}.log`, lines.join("\n") + "\n");
      return entry.replace("name: app", `name: ${name}`).replace("logs/", `${name}/`);
    });
    await Deno.writeTextFile(
      `${live.path}/deepscan.yaml`,
      settings.replace(entry, streams.join(", ")).replace("alerts: {", "alerts: {max_per_run: 2, "),
    );
    const { code, stderr } = await live.runHere("detect");
    assert.equal(code, 0, stderr);
    assert.equal(receiver.posts.length, 3);
    assert.match(titles(receiver.posts)[2], /^\[\w+\] 2 more alerts, not sent one by one$/);
  }));

for (const args of [["alerts", "list"], ["alerts", "retry"], ["explain", "app@2026-03-02T03:20:00.000Z"]]) {
  Deno.test(`${args.slice(0, 2).join(" ")} says that there was no run yet, and makes nothing`, () =>
    withLiveFolder({}, async (live) => {
      const { code, stderr } = await runTask("deepscan", args, { cwd: live.path });
      assert.equal(code, 1);
      assert.match(stderr, /no run yet by the settings of .*deepscan\.yaml: there is no .*state\/state\.db/);
      assert.deepEqual([...Deno.readDirSync(live.path)].map(({ name }) => name).sort(), [
        "deepscan.yaml",
        "logs",
      ]);
    }));
}

Deno.test("explain finds a session by its key alone", () =>
  withFolder(async (path) => {
    const lines = Array.from({ length: 240 }, (_, i) => [
      `${stamp(i)} INFO order=${i} created`,
      ...(i === 200 ? [`${stamp(i, 6)} ERROR order=${i} charged again: no such payment`] : []),
      `${stamp(i, 9)} INFO order=${i} shipped`,
    ]).flat();
    await Deno.mkdir(`${path}/logs`);
    await Deno.writeTextFile(`${path}/logs/app.log`, lines.join("\n") + "\n");
    await Deno.writeTextFile(
      `${path}/deepscan.yaml`,
      `streams: [{name: app, inputs: ["logs/*.log"], session: {pattern: 'order=(\\d+)', idle: 5m}, clock: data, min_history: 2h}]
model: {directory: models, detectors: [new-template, unseen-vector], threshold: {rule: quantile}}
state: {directory: state}
reports: {directory: reports}
`,
    );
    await runHere("detect", [], { cwd: path });
    const { code, stdout, stderr } = await runTask("deepscan", ["explain", "200"], { cwd: path });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^200\S*: anomalous[\s\S]*charged again/);
    assert.match(stdout, /│ 2026-\S+ ERROR order=200 charged again.*\n +order = 200 \(id\)\n/); // its own line
    assert.match(stdout, /\n {2}raised by unseen-vector \d+ %, new-template \d+ %/);
    const asJson = await runHere("deepscan", ["explain", "200", "--json"], { cwd: path });
    const verdict = JSON.parse(asJson.stdout);
    assert.equal(verdict.reasons[0].level, 17);
    assert.ok(Array.isArray(verdict.meanings) && verdict.detectors.length > 0);
  }));
