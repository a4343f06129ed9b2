import assert from "node:assert/strict";
import { ChannelError } from "../../../../runner/alert/channels/channel.ts";
import { emailChannel } from "../../../../runner/alert/channels/email.ts";
import { messageId, threadOf } from "../../../../runner/alert/channels/mail_thread.ts";
import { mailHtml, mailText } from "../../../../runner/alert/channels/mail_body.ts";
import type { Message } from "../../../../runner/alert/message.ts";
import { summaryOf } from "../../../../runner/alert/summary_message.ts";
import { makeCertificate } from "../../../services/certificate.ts";
import { type MailServer, type MailServerOptions, startMailServer } from "../../../services/mail_server.ts";
import { hostileMessage, messagesOfEachKind, sampleChart, sampleMessage } from "../sample_alert.ts";
import { worldOf } from "./stage.ts";

const PASSWORD = "hunter2 §ecret";
const LOGIN = { user: "deepscan", password: PASSWORD };

interface Account {
  security?: "none" | "starttls" | "tls";
  user?: string;
  ca_file?: string;
  to?: string[];
  host?: string;
}

async function send(
  server: MailServer,
  account: Account = {},
  options: { key?: string; timeout?: number; password?: string; message?: Message } = {},
) {
  const email = {
    ...{
      host: "localhost",
      port: server.port,
      security: "none" as const,
      from: "DeepScan <deepscan@example.com>",
    },
    ...{ to: ["ops@example.com"], ...account },
    ...(account.user !== undefined && { password_env: "SECRET" }),
  };
  const channel =
    (await emailChannel.open({ console: false, email }, worldOf(options.password ?? PASSWORD)))!;
  return await channel.send(options.message ?? sampleMessage(), {
    key: options.key ?? "0a1b.email",
    timeout: options.timeout ?? 5000,
  });
}

async function failure(
  server: MailServer,
  account: Account,
  options: { timeout?: number; password?: string } = {},
) {
  try {
    await send(server, account, options);
  } catch (error) {
    assert.ok(error instanceof ChannelError, String(error));
    const shown = Deno.inspect(error);
    for (const form of [PASSWORD, btoa("\0deepscan\0wrong-one"), "wrong-one"]) {
      assert.ok(!shown.includes(form), shown);
    }
    return error;
  }
  return assert.fail("the mail was sent");
}

/** A server with a certificate of its own authority, and that authority in a file. */
async function encrypted(options: Omit<MailServerOptions, "certificate"> = {}) {
  const certificate = await makeCertificate();
  const ca_file = await Deno.makeTempFile({ suffix: ".pem" });
  await Deno.writeTextFile(ca_file, certificate.authority);
  const server = await startMailServer({ ...options, certificate });
  return {
    server,
    ca_file,
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await Deno.remove(ca_file);
    },
  };
}

Deno.test("emailChannel sends text and HTML to everyone, from the sender, with the time of the message", async () => {
  await using server = await startMailServer();
  const { answer } = await send(server, { to: ["ops@example.com", "Chris <chris@example.com>"] });
  assert.match(answer, /queued as 1A2B/);
  const [{ parsed, recipients, secure }] = server.mails;
  assert.deepEqual(recipients, ["ops@example.com", "chris@example.com"]);
  assert.equal(parsed.from?.text, '"DeepScan" <deepscan@example.com>');
  assert.equal(parsed.subject, sampleMessage().title);
  assert.equal(parsed.text?.trim(), mailText(sampleMessage()).trim());
  assert.equal(String(parsed.html).trim(), mailHtml(sampleMessage()).trim());
  assert.equal(parsed.date?.toISOString(), "2026-03-02T14:06:00.000Z");
  assert.equal(parsed.headers.get("auto-submitted"), "auto-generated");
  assert.equal(secure, false);
});

Deno.test("emailChannel names each alert that a mail tells and how severe it is, however many there are", async () => {
  await using server = await startMailServer();
  const messages = Array.from({ length: 300 }, (_, i) => sampleMessage({ key: `${i}`, score: 1 + i }));
  await send(server, {}, { message: summaryOf(messages) });
  await send(server);
  const [summary, single] = server.mails, header = (name: string) => summary.parsed.headers.get(name);
  assert.equal(header("x-deepscan-alert"), messages.map(({ alert }) => alert).join(", "));
  assert.equal(header("x-deepscan-severity"), messages.map(({ severity }) => severity).join(", "));
  assert(summary.raw.split("\r\n").every((line) => line.length <= 998), "RFC 5322, 2.1.1");
  for (const { alert } of messages) assert(summary.parsed.text!.includes(alert));
  assert.equal(single.parsed.headers.get("x-deepscan-alert"), sampleMessage().alert);
  assert.equal(single.parsed.headers.get("x-deepscan-severity"), "high");
});

Deno.test("emailChannel gives a mail that comes again the same Message-ID", async () => {
  await using server = await startMailServer();
  await send(server, {}, { key: "0a1b.email" });
  await send(server, {}, { key: "0a1b.email" });
  await send(server, {}, { key: "ffff.email" });
  assert.deepEqual(server.mails.map((mail) => mail.parsed.messageId), [
    "<0a1b.email@example.com>",
    "<0a1b.email@example.com>",
    "<ffff.email@example.com>",
  ]);
});

Deno.test("emailChannel logs in over STARTTLS", async () => {
  await using stage = await encrypted({ login: LOGIN });
  await send(stage.server, { security: "starttls", user: "deepscan", ca_file: stage.ca_file });
  assert.deepEqual(stage.server.mails.map(({ secure, user }) => [secure, user]), [[true, "deepscan"]]);
});

Deno.test("emailChannel logs in over TLS from the first byte", async () => {
  await using stage = await encrypted({ login: LOGIN, implicitTls: true });
  await send(stage.server, { security: "tls", user: "deepscan", ca_file: stage.ca_file });
  assert.deepEqual(stage.server.mails.map(({ secure, user }) => [secure, user]), [[true, "deepscan"]]);
});

Deno.test("emailChannel refuses a certificate that nobody vouches for", async () => {
  await using stage = await encrypted();
  const error = await failure(stage.server, { security: "starttls" });
  assert.match(error.message, /certificate|issuer/i);
  assert.equal(stage.server.mails.length, 0);
});

Deno.test("emailChannel sends nothing in the clear when STARTTLS is not offered", async () => {
  await using server = await startMailServer();
  const error = await failure(server, { security: "starttls" });
  assert.match(error.message, /STARTTLS/i);
  assert.equal(server.mails.length, 0);
});

Deno.test("emailChannel shows no password when the login is refused", async () => {
  await using stage = await encrypted({ login: LOGIN });
  const account = { security: "starttls" as const, user: "deepscan", ca_file: stage.ca_file };
  const error = await failure(stage.server, account, { password: "wrong-one" });
  assert.match(error.message, /Invalid login/);
  assert.equal(error.permanent, false);
});

Deno.test("emailChannel shows no login that a server repeats", async () => {
  const login = btoa(`\0deepscan\0hunter2-plain`);
  await using stage = await encrypted({
    login: { user: "deepscan", password: "hunter2-plain" },
    answer: () => ({ code: 451, text: `I remember ${login} and hunter2-plain` }),
  });
  const account = { security: "starttls" as const, user: "deepscan", ca_file: stage.ca_file };
  const error = await failure(stage.server, account, { password: "hunter2-plain" });
  assert.match(error.message, /I remember \[secret\] and \[secret\]$/);
});

Deno.test("emailChannel tells a refusal for now from one for good", async () => {
  await using server = await startMailServer({
    answer: (n) => n === 0 ? { code: 451, text: "try later" } : { code: 554, text: "spam" },
  });
  assert.equal((await failure(server, {})).permanent, false);
  assert.equal((await failure(server, {})).permanent, true);
});

Deno.test("emailChannel says which recipients were refused, and why", async () => {
  await using server = await startMailServer({
    refuseRecipient: (address) =>
      address === "gone@example.com" ? { code: 550, text: "no such user" } : undefined,
  });
  const { answer, remark } = await send(server, { to: ["ops@example.com", "gone@example.com"] });
  assert.match(answer, /queued/);
  assert.match(remark, /^refused for gone@example\.com: .*550 no such user/);
  assert.deepEqual(server.mails.map(({ recipients }) => recipients), [["ops@example.com"]]);
  assert.equal((await send(server)).remark, "");
});

Deno.test("emailChannel gives up on a server that does not answer", async () => {
  await using server = await startMailServer({ answer: () => "hang" });
  assert.match((await failure(server, {}, { timeout: 300 })).message, /no answer within 300 ms/);
});

Deno.test("emailChannel reaches no other host than the one in the settings", async () => {
  const script = `
    const { emailChannel } = await import(${
    JSON.stringify(import.meta.resolve("../../../../runner/alert/channels/email.ts"))
  });
    const email = { host: "localhost", port: 1, security: "none", from: "a@b.c", to: ["a@b.c"] };
    const world = { env: () => undefined, readText: () => "", write: () => {}, colour: false, now: () => 0 };
    const channel = await emailChannel.open({ console: false, email }, world);
    const message = { title: "t", facts: [{ name: "a", value: "b" }], reasons: [], others: [], command: "", report: "", severity: "low", alert: "x" };
    await channel.send(message, { key: "k", timeout: 2000 }).catch((error) => console.log(error.message));`;
  const config = new URL("../../../deno.json", import.meta.url).pathname;
  const args = [
    "run",
    "--no-prompt",
    "--no-check",
    "--config",
    config,
    "--allow-read",
    "--allow-net=localhost:1",
    "-",
  ];
  const child = new Deno.Command("deno", { args, stdin: "piped", stdout: "piped", stderr: "piped" }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(script));
  await writer.close();
  const { stdout, stderr } = await child.output();
  assert.match(new TextDecoder().decode(stdout), /refused/i, new TextDecoder().decode(stderr));
});

Deno.test("emailChannel puts the mails of an incident under the first one, with one subject, whatever has changed", async () => {
  await using server = await startMailServer();
  const { opened, update, worse, repeat, resolved, again, digest } = messagesOfEachKind();
  for (const message of [opened, update, worse, repeat, resolved, again]) {
    const told = { ...message, topic: "[low] shop: slow", title: `${message.number} ${message.title}` };
    await send(server, {}, { message: told, key: `k${message.number}.email` });
  }
  await send(server, {}, { message: digest, key: "summary.email" });
  const root = "<incident.0a1b2c3d4e5f6071.email@example.com>";
  const [first, ...further] = server.mails.map(({ parsed }) => parsed);
  const summary = further.pop()!;
  assert.deepEqual([first.messageId, first.inReplyTo, first.subject], [root, undefined, "[low] shop: slow"]);
  for (const [i, { inReplyTo, references, subject, messageId }] of further.entries()) {
    assert.deepEqual([inReplyTo, references, subject], [root, root, "Re: [low] shop: slow"]);
    assert.equal(messageId, `<k${i + 1}.email@example.com>`);
  }
  assert.deepEqual([summary.messageId, summary.inReplyTo], ["<summary.email@example.com>", undefined]);
  const starts = further.map(({ text }) => text!.split(":", 1)[0]);
  assert.deepEqual(starts, ["Update", "Worse", "Still going on", "Resolved", "Again"]);
  assert.deepEqual(
    further.map(({ headers }) => headers.get("x-deepscan-kind")),
    ["update", "worse", "repeat", "resolved", "again"],
  );
});

Deno.test("emailChannel opens a thread of its own for each receiver, and one identity for each mail of it", () => {
  const options = { key: "k", from: "a@b.example" }, message = { title: "t", incident: "i", number: 0 };
  const day = threadOf(message, { ...options, channel: "day.email" });
  const night = threadOf(message, { ...options, channel: "night.email" });
  assert.notEqual(day.messageId, night.messageId);
  const second = threadOf({ ...message, group: { id: "g", place: 1, title: "t" } }, {
    ...{ ...options, channel: "day.email" },
  });
  assert.deepEqual([second.messageId, second.inReplyTo], ["<k@b.example>", day.messageId]); // none is taken for the first
});

Deno.test("emailChannel marks what is high or worse as urgent, and nothing that is over", async () => {
  await using server = await startMailServer();
  const { worse, resolved } = messagesOfEachKind();
  for (const message of [worse, { ...resolved, severity: "critical" as const }]) {
    await send(server, {}, { message });
  }
  assert.deepEqual(server.mails.map(({ parsed }) => parsed.headers.get("priority")), [
    "high",
    undefined, // said by saying nothing
  ]);
});

Deno.test("emailChannel shows scores around the alert in a picture that travels in the mail", async () => {
  await using server = await startMailServer();
  await send(server, {}, { message: { ...sampleMessage(), chart: sampleChart() } });
  const [{ parsed: { attachments }, raw }] = server.mails, [chart, ...more] = attachments;
  assert.deepEqual(more, []);
  const { contentType, contentDisposition, cid, related } = chart;
  assert.deepEqual([contentType, contentDisposition, cid, related], [
    "image/png",
    "inline",
    "chart@deepscan",
    true,
  ]);
  assert.deepEqual([...chart.content.subarray(1, 4)], [..."PNG"].map((letter) => letter.charCodeAt(0)));
  const html = raw.replaceAll("=\r\n", "").replaceAll("=3D", "=");
  assert.match(
    html,
    /<img src="cid:chart@deepscan" width="\d+" height="\d+" alt="Score against its threshold/,
  );
  assert.ok(raw.length < 120_000, `${raw.length} bytes`);
});

Deno.test("emailChannel sends a mail without its chart where that can't be drawn, and says so", async () => {
  await using server = await startMailServer();
  const noted: string[] = [];
  const world = { ...worldOf("", [], noted), readBytes: () => Promise.reject(new Error("no such font")) };
  const email = {
    ...{ host: "localhost", port: server.port, security: "none" as const },
    ...{ from: "a@b.example", to: ["c@d.example"] },
  };
  const channel = (await emailChannel.open({ email }, world))!;
  const message = { ...sampleMessage(), chart: sampleChart() };
  await channel.send(message, { key: "k", timeout: 5000 });
  assert.deepEqual(server.mails.map(({ parsed }) => [parsed.subject, parsed.attachments.length]), [
    [message.title, 0],
  ]);
  assert.doesNotMatch(String(server.mails[0].parsed.html), /<img/);
  assert.deepEqual(noted, [`a mail goes out without its chart: ${message.alert}: no such font`]);
});

Deno.test("mailHtml() has no markup out of a log line and loads nothing", () => {
  const html = mailHtml(hostileMessage()) + mailHtml(messagesOfEachKind().resolved);
  assert.doesNotMatch(html, /<(?:script|img|link|iframe|a)\b/i);
  assert.doesNotMatch(html, /https?:|url\(/i);
});

Deno.test("messageId() takes the sender's domain and nothing that a header could be broken with", () => {
  assert.equal(messageId("a\r\nb<c>.email", "x@y.example"), "<a--b-c-.email@y.example>");
});
