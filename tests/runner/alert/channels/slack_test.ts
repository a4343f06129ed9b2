import assert from "node:assert/strict";
import fc from "fast-check";
import { escapeMrkdwn, type SlackBlock, slackPayload } from "../../../../runner/alert/channels/slack.ts";
import type { Message } from "../../../../runner/alert/message.ts";
import { hostileMessage, messagesOfEachKind, sampleMessage } from "../sample_alert.ts";

function textsOf(blocks: SlackBlock[]): string[] {
  const texts: string[] = [];
  JSON.stringify(blocks, (key, value) => {
    if (key === "text" && typeof value === "string") texts.push(value);
    return value;
  });
  return texts;
}

Deno.test("slackPayload() has a headline, facts, a section a reason, and where to look further", () => {
  const { text, blocks } = slackPayload(sampleMessage());
  assert.deepEqual(blocks.map((block) => block.type), [
    "header",
    "section",
    "divider",
    "section",
    "section",
    "context",
  ]);
  assert.match(text, /^\[high\] shop\/checkout: Payment gateway &lt;\*&gt; refused/);
});

Deno.test("slackPayload() holds no markup of Slack out of a log line", () => {
  const { blocks } = slackPayload(hostileMessage());
  const [header, ...rest] = textsOf(blocks);
  assert.ok(!/:(?!large_yellow_circle:)\w+:/.test(header), header);
  for (const text of rest) {
    assert.doesNotMatch(text, /<|(?!^>)>/m, text);
    assert.equal(text.split("`").length % 2, 1, `an open code span in ${text}`);
  }
});

Deno.test("slackPayload() makes nothing bold, struck out, slanted or code that stands in a log line", () => {
  const value = "<*> of <*> ~done~ _x_ `id` my_service";
  const message = { ...sampleMessage(), facts: [{ name: "Stream", value }], reasons: [], others: [value] };
  const [, facts, others] = textsOf(slackPayload(message).blocks);
  const shown = "&lt;\u2217&gt; of &lt;\u2217&gt; \u223cdone\u223c \u02cdx\u02cd \u02cbid\u02cb my_service";
  assert.deepEqual([facts, others], [`*Stream*  ${shown}`, `• ${shown}`]);
});

Deno.test("slackPayload() keeps to Slack's limits, whatever the message holds", () => {
  const texts = fc.string({ maxLength: 500, unit: fc.constantFrom("a", "&", "<", "`", "é", "😀", " ") });
  const message: fc.Arbitrary<Message> = fc.record({
    version: fc.constant(2),
    alert: fc.constant("0a"),
    stream: texts,
    isOld: fc.boolean(),
    ratio: fc.constant(4.2),
    severity: fc.constantFrom("low" as const, "critical" as const),
    title: texts,
    facts: fc.array(fc.record({ name: fc.constant("Stream"), value: texts }), { maxLength: 10 }),
    reasons: fc.array(
      fc.record({ title: texts, percent: fc.nat(100), counts: texts, firstSeen: texts, example: texts }),
      { maxLength: 5 },
    ),
    others: fc.array(texts, { maxLength: 40 }),
    command: texts,
    report: texts,
    topic: texts,
    incident: fc.option(fc.constant("0a1b"), { nil: undefined }),
    number: fc.nat(5),
    kind: fc.constantFrom("opened" as const, "update" as const, "resolved" as const, "digest" as const),
    silence: texts,
    acknowledge: texts,
    alerts: fc.option(fc.nat(300), { nil: undefined }).map((n) =>
      n === undefined ? undefined : Array.from({ length: n + 1 }, (_, i) => ({
        ...{ alert: `0a1b2c3d4e5f${i}`, stream: "shop", severity: "low" as const, ratio: 2, title: "t" },
      }))
    ),
  });
  fc.assert(fc.property(message, (message) => {
    const { blocks } = slackPayload(message);
    assert.ok(blocks.length <= 50);
    const [header, ...rest] = textsOf(blocks);
    assert.ok(header.length <= 150 && header.isWellFormed());
    for (const text of rest) {
      assert.ok(text.length > 0 || message.facts.length === 0);
      assert.ok(text.length <= 3000 && text.isWellFormed());
      assert.doesNotMatch(text, /&(?!amp;|lt;|gt;)/, "an entity was cut");
    }
  }));
});

Deno.test("slackPayload() says which incident a later message goes on with, and that it is over", () => {
  const { opened, worse, resolved } = messagesOfEachKind();
  const said = ({ ...message }: Message) => {
    const { text, blocks } = slackPayload({
      ...message,
      topic: "[low] shop: *slow*",
      title: "[high] shop: slow",
    });
    return { text, types: blocks.slice(0, 3).map(({ type }) => type), texts: textsOf(blocks).slice(0, 2) };
  };
  assert.deepEqual(said(opened).types, ["header", "section", "section"]);
  assert.equal(said(opened).texts[0], ":large_yellow_circle: [high] shop\u2236 slow");
  assert.deepEqual(said(resolved), {
    text: "Resolved: [high] shop: slow",
    types: ["header", "context", "section"],
    texts: [
      ":white_check_mark: Resolved\u2236 [high] shop\u2236 slow",
      "Update 4 to *[low] shop: \u2217slow\u2217* (0a1b2c3d4e5f6071)",
    ],
  });
  assert.match(said(worse).texts[0], /^:rotating_light: Worse/);
});

Deno.test("slackPayload() has its key as the header's block_id, no longer than Slack takes", () => {
  const idOf = (key?: string) => slackPayload(sampleMessage(), key).blocks[0].block_id;
  assert.deepEqual([idOf(), idOf("a.slack"), String(idOf("k".repeat(300))).length], [
    undefined,
    "a.slack",
    255,
  ]);
});

Deno.test("slackPayload() names the alerts that it tells, the first hundred of them", () => {
  const alerts = Array.from({ length: 120 }, (_, i) => ({ ...sampleMessage(), alert: `a${i}` }));
  const [last] = textsOf(slackPayload({ ...sampleMessage(), alerts }).blocks.slice(-1));
  assert.match(last, /\nAlerts: a0, a1, .*, a99 and 20 more$/);
  const [single] = textsOf(slackPayload(sampleMessage()).blocks.slice(-1));
  assert.match(single, new RegExp(`\nAlert: ${sampleMessage().alert}$`));
});

Deno.test("escapeMrkdwn() replaces the three characters that Slack reads", () => {
  assert.equal(escapeMrkdwn("<!here> & <http://x|y>"), "&lt;!here&gt; &amp; &lt;http://x|y&gt;");
});
