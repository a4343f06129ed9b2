import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ChannelError } from "../../../../runner/alert/channels/channel.ts";
import { retryAfter } from "../../../../runner/alert/channels/http.ts";
import { slackChannel } from "../../../../runner/alert/channels/slack.ts";
import { webhookChannel } from "../../../../runner/alert/channels/webhook.ts";
import { type ReceiverAnswer, startWebhookReceiver } from "../../../services/webhook_receiver.ts";
import { hostileMessage, sampleMessage } from "../sample_alert.ts";
import { NOW, SECRET, worldOf } from "./stage.ts";

async function failure(answer: ReceiverAnswer, timeout = 5000): Promise<ChannelError> {
  await using receiver = await startWebhookReceiver(() => answer);
  const settings = { console: false, slack: { webhook_env: "SECRET", host: receiver.host } };
  const channel = (await slackChannel.open(settings, worldOf(`${receiver.address}/${SECRET}`)))!;
  try {
    await channel.send(sampleMessage(), { key: "k", timeout });
  } catch (error) {
    assert.ok(error instanceof ChannelError, String(error));
    assert.ok(!Deno.inspect(error).includes("T0K3N"), error.message);
    return error;
  }
  return assert.fail("the message was sent");
}

Deno.test("post() takes 429 as a request to come back after so many seconds", async () => {
  const error = await failure({ status: 429, headers: { "retry-after": "7" }, body: "rate_limited" });
  assert.deepEqual([error.message, error.retryAfter, error.permanent], [
    "Cannot send to slack: answer 429: rate_limited",
    7000,
    false,
  ]);
});

Deno.test("post() takes 500 and 404 as passing, 400 as for good", async () => {
  assert.equal((await failure({ status: 500 })).permanent, false);
  assert.equal((await failure({ status: 404, body: "no_service" })).permanent, false);
  assert.equal((await failure({ status: 400, body: "invalid_payload" })).permanent, true);
});

Deno.test("post() is in doubt where no answer comes from the other side itself, and only there", async () => {
  const doubts = await Promise.all([429, 500, 503, 502, 504].map(async (status) => {
    const { isDoubtful } = await failure({ status });
    return [status, isDoubtful];
  }));
  assert.deepEqual(doubts, [[429, false], [500, false], [503, false], [502, true], [504, true]]);
});

Deno.test("post() gives up on an answer that does not come", async () => {
  assert.equal((await failure("hang", 200)).message, "Cannot send to slack: no answer within 200 ms");
});

Deno.test("post() takes an answer that breaks off as a failure that may pass", async () => {
  assert.equal((await failure("die")).permanent, false);
});

Deno.test("post() follows no redirection", async () => {
  const error = await failure({ status: 302, headers: { location: "http://127.0.0.1:1/" } });
  assert.match(error.message, /answer 302/);
});

Deno.test("post() shows no secret that the other side repeats", async () => {
  const error = await failure({ status: 500, body: `no route for /${SECRET} at all` });
  assert.match(error.message, /\[secret\] at all/);
});

Deno.test("post() shows no part of a secret that lies where an answer is cut", async () => {
  for (const length of [150, 180, 190, 195, 199]) {
    const error = await failure({ status: 500, body: "x".repeat(length) + ` /${SECRET}` });
    assert.doesNotMatch(error.message, /hunt/);
  }
});

Deno.test("post() does not listen to an answer without end", async () => {
  const endless = createServer((_request, response) => {
    response.writeHead(200);
    const more = () => response.write("x".repeat(65_536), () => response.destroyed || more());
    more();
  });
  await new Promise<void>((resolve) => endless.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(endless.address() as AddressInfo).port}`;
  const channel =
    (await webhookChannel.open({ webhook: { webhook_env: "SECRET", host } }, worldOf(`http://${host}/`)))!;
  const { answer } = await channel.send(sampleMessage(), { key: "k", timeout: 20_000 });
  assert.equal(answer, "200 OK");
  await new Promise<void>((resolve) => {
    endless.close(() => resolve());
    endless.closeAllConnections();
  });
});

Deno.test("retryAfter() reads seconds and dates", () => {
  const now = Date.parse("2026-03-02T14:00:00Z");
  const cases: [string | null, number][] = [
    ["30", 30_000],
    ["Mon, 02 Mar 2026 14:01:00 GMT", 60_000],
    ["Mon, 02 Mar 2026 13:00:00 GMT", 0],
    ["soon", 0],
    ["9".repeat(400), 86_400_000],
    ["Mon, 02 Mar 2099 13:00:00 GMT", 86_400_000],
    [null, 0],
  ];
  for (const [header, wait] of cases) assert.equal(retryAfter(header, now), wait, String(header));
});

Deno.test("webhookChannel sends JSON with a key by which a repeat is recognised", async () => {
  await using receiver = await startWebhookReceiver();
  const settings = { console: false, webhook: { webhook_env: "SECRET", host: receiver.host } };
  const channel = (await webhookChannel.open(settings, worldOf(`${receiver.address}/${SECRET}\n`)))!;
  for (let i = 0; i < 2; i++) await channel.send(sampleMessage(), { key: "0a.webhook", timeout: 5000 });
  assert.deepEqual(receiver.posts.map((post) => post.headers["idempotency-key"]), [
    "0a.webhook",
    "0a.webhook",
  ]);
  assert.deepEqual(JSON.parse(receiver.posts[0].body), sampleMessage());
  assert.equal(receiver.posts[0].path, `/${SECRET}`);
});

Deno.test("webhookChannel signs what it sends with the time of sending, where there is a secret", async () => {
  await using receiver = await startWebhookReceiver();
  const places = { SECRET: `${receiver.address}/hook`, SIGNING: "hunter2-signing" };
  const world = { ...worldOf(""), env: (name: string) => places[name as keyof typeof places] };
  const webhook = { webhook_env: "SECRET", host: receiver.host };
  const signed = (await webhookChannel.open({ webhook: { ...webhook, secret_env: "SIGNING" } }, world))!;
  const unsigned = (await webhookChannel.open({ webhook }, world))!;
  for (const channel of [signed, unsigned]) await channel.send(sampleMessage(), { key: "k", timeout: 5000 });
  const [one, other] = receiver.posts;
  const [, seconds, hex] = /^t=(\d+),v1=([\da-f]{64})$/.exec(String(one.headers["x-deepscan-signature"]))!;
  assert.equal(Number(seconds), NOW / 1000);
  const hmac = createHmac("sha256", "hunter2-signing").update(`${seconds}.`).update(one.body);
  assert.equal(hex, hmac.digest("hex"));
  assert.equal(other.headers["x-deepscan-signature"], undefined);
});

Deno.test("webhookChannel is not opened without the secret that it should sign with", async () => {
  const webhook = { webhook_env: "SECRET", host: "h.example", secret_env: "NOWHERE" };
  await assert.rejects(
    webhookChannel.open({ webhook }, worldOf("https://h.example/x"), "night.webhook"),
    /^ChannelError: Cannot open channel night\.webhook: environment variable NOWHERE is not set or empty$/,
  );
});

Deno.test("slackChannel does not take a page for Slack's answer", async () => {
  const page = await failure({ status: 200, body: "<!doctype html><title>Please log in</title>" });
  assert.match(page.message, /^Cannot send to slack: answer 200: <!doctype html>/);
  assert.equal(page.permanent, false);
});

Deno.test("webhookChannel sends a hostile line as data", async () => {
  await using receiver = await startWebhookReceiver();
  const settings = { console: false, webhook: { webhook_env: "SECRET", host: receiver.host } };
  const channel = (await webhookChannel.open(settings, worldOf(receiver.address)))!;
  await channel.send(hostileMessage(), { key: "k", timeout: 5000 });
  assert.deepEqual(JSON.parse(receiver.posts[0].body), hostileMessage());
});
