import assert from "node:assert/strict";
import { startMailServer } from "../../services/mail_server.ts";
import { type LiveFolder, liveSettings, withLiveFolder } from "./live_folder.ts";
import { calmLines, stamp } from "./task.ts";

/** A port of this machine that no server listens on. */
const NOBODY = 1;

/** Mails alerts to a server on this machine. */
function mailTo(live: LiveFolder, port: number): void {
  const email =
    `{host: 127.0.0.1, port: ${port}, security: none, from: deepscan@example.com, to: [ops@example.com]}`;
  Deno.writeTextFileSync(
    `${live.path}/deepscan.yaml`,
    `${liveSettings()}alerts: {channels: {console: false, email: ${email}, file: {path: alerts.jsonl}}}\n`,
  );
}

const storm = (minute: number) =>
  Array.from({ length: 40 }, (_, i) => `${stamp(minute, i)} ERROR disk of replica <db-1> failed`);

Deno.test("detect mails an incident and its end into one thread, with a chart, and writes both as lines, by its own rights", () =>
  withLiveFolder({ lines: calmLines(200) }, async (live) => {
    await using server = await startMailServer();
    mailTo(live, server.port);
    assert.equal((await live.runHere("detect")).code, 0); // learns
    live.append(...storm(206), ...calmLines(10, 207));
    const first = await live.detect();
    live.append(...calmLines(120, 220));
    const second = await live.runHere("detect");
    assert.deepEqual([first.code, second.code], [0, 0], first.stderr + second.stderr);
    const mails = server.mails.map(({ parsed }) => parsed);
    assert.deepEqual(mails.map(({ headers }) => headers.get("x-deepscan-kind")), ["opened", "resolved"]);
    const [opened, resolved] = mails;
    assert.equal(resolved.inReplyTo, opened.messageId);
    assert.equal(resolved.subject, `Re: ${opened.subject}`);
    for (const { attachments, html } of mails) {
      assert.deepEqual(attachments.map(({ contentType, related }) => [contentType, related]), [[
        "image/png",
        true,
      ]]);
      assert.match(String(html), /<img src="(?:cid:|data:image\/png)/);
    }
    assert.doesNotMatch(first.stderr + second.stderr, /chart/);
    const lines = Deno.readTextFileSync(`${live.path}/alerts.jsonl`).trimEnd().split("\n").map((line) =>
      JSON.parse(line)
    );
    assert.deepEqual(lines.map(({ kind, number }) => [kind, number]), [["opened", 0], ["resolved", 1]]);
    assert.equal(new Set(lines.map(({ incident }) => incident)).size, 1);
  }));

Deno.test("detect tells an incident that began and ended while the mail server was down in one mail, as over", () =>
  withLiveFolder({ lines: calmLines(200) }, async (live) => {
    mailTo(live, NOBODY);
    assert.equal((await live.runHere("detect")).code, 0);
    live.append(...storm(206), ...calmLines(10, 207));
    const down = await live.runHere("detect");
    assert.match(down.stderr, /not sent yet: \S+\.email: Cannot send to email: .*refused/i);
    live.append(...calmLines(120, 220));
    await live.runHere("detect");
    await using server = await startMailServer();
    mailTo(live, server.port);
    await live.runHere("deepscan", "alerts", "retry");
    assert.equal((await live.runHere("detect")).code, 0);
    assert.deepEqual(server.mails.map(({ parsed }) => [parsed.inReplyTo, parsed.text!.split(":", 1)[0]]), [
      [undefined, "Over already"],
    ]);
    assert.equal((await live.runHere("detect")).code, 0);
    assert.equal(server.mails.length, 1);
  }));
