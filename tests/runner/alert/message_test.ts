import assert from "node:assert/strict";
import fc from "fast-check";
import type { Reason } from "../../../lib/explain/reason.ts";
import { messageOf, parseMessage, withMeanings } from "../../../runner/alert/message.ts";
import { summaryOf } from "../../../runner/alert/summary_message.ts";
import { raiseAlerts } from "../../../runner/alert/raise_alerts.ts";
import {
  escapeHtml,
  formatCount,
  formatRatio,
  formatTime,
  plainLine,
  shellWord,
} from "../../../runner/alert/plain_text.ts";
import {
  HOSTILE,
  hostileMessage,
  sampleAlert,
  sampleMessage,
  sampleReason,
  sampleThreat,
  sampleVerdict,
} from "./sample_alert.ts";

Deno.test("messageOf() says what, where, since when, how bad, why and how to look further", () => {
  assert.deepEqual(sampleMessage(), {
    version: 2,
    alert: sampleAlert().id,
    stream: "shop",
    isOld: false,
    ratio: 4.2,
    severity: "high",
    title:
      "[high] shop/checkout: Payment gateway <*> refused connection after <*> ms since 2026-03-02 14:00 UTC",
    facts: [
      { name: "Stream", value: "shop" },
      { name: "Service", value: "checkout" },
      { name: "Window", value: "checkout@2026-03-02T14:00:00.000Z" },
      { name: "Since", value: "2026-03-02 14:00 UTC" },
      { name: "Until", value: "2026-03-02 14:05 UTC, as far as judged" },
      { name: "Score", value: "4.2 against a threshold of 1, 4.2 times as high" },
      { name: "Records", value: "1,204" },
    ],
    reasons: [
      {
        title: "Payment gateway <*> refused connection after <*> ms",
        percent: 80,
        counts: "37 times, expected 0.2",
        firstSeen: "2026-03-02 14:03:20 UTC",
        example: "Payment gateway eu-1 refused connection after 3000 ms",
      },
      {
        title: "Records of level error",
        percent: 20,
        counts: "37 records, expected 0.2",
        firstSeen: "2026-03-02 14:03:20 UTC",
        example: "",
      },
    ],
    errors: [{
      text: "Payment gateway <*> refused connection after <*> ms",
      level: 0,
      firstSeen: Date.UTC(2026, 2, 2, 14, 3, 20),
    }],
    others: [],
    command: "deno task deepscan explain checkout@2026-03-02T14:00:00.000Z",
    report: "/srv/reports/2026-03-02.html",
  });
});

Deno.test("messageOf() says of what stays away that it is missing, and that the line is an old one", () => {
  const gone = sampleReason({ title: "request <*> served", actual: 0, expected: 350, firstSeen: null });
  assert.match(
    sampleMessage({ reasons: [gone], lines: 0 }).title,
    /: silent: request <\*> served \(0 instead of 350\)/,
  );
  const silent = sampleMessage({ reasons: [gone] });
  assert.equal(
    silent.title,
    "[medium] shop/checkout: missing: request <*> served (0 instead of 350) since 2026-03-02 14:00 UTC",
  );
  assert.match(silent.reasons[0].example, /^last seen: Payment gateway eu-1/);
  const fewer = sampleMessage({ reasons: [{ ...gone, actual: 120 }] });
  assert.match(fewer.title, /: fewer: request <\*> served \(120 instead of 350\) since/);
  assert.doesNotMatch(fewer.reasons[0].example, /last seen/);
  assert.match(sampleMessage({ reasons: [{ ...gone, example: "" }] }).title, /missing/);
});

Deno.test("messageOf() says of a line that is of another window that it is one like it", () => {
  const shown = (reason: Partial<Reason>) =>
    sampleMessage({ reasons: [sampleReason(reason)] }).reasons[0].example;
  assert.match(shown({}), /^Payment gateway eu-1/);
  assert.match(shown({ exampleElsewhere: true }), /^such as: Payment gateway eu-1/);
  assert.match(shown({ exampleElsewhere: true, actual: 0 }), /^last seen: Payment/);
  assert.equal(shown({ exampleElsewhere: true, example: "" }), "");
});

Deno.test("messageOf() leaves out reasons of which nothing can be seen", () => {
  const reasons = [sampleReason(), sampleReason({ id: "t2", share: 0.004 })];
  assert.deepEqual(sampleMessage({ reasons }).reasons.map(({ percent }) => percent), [80]);
});

Deno.test("messageOf() says that an alert was told as less severe before", () => {
  assert.match(
    messageOf(sampleAlert(), { was: "medium" }).title,
    /^\[high, was medium\] shop\/checkout: Payment/,
  );
});

Deno.test("messageOf() names settings and stream in the command where they are needed, safely quoted", () => {
  const program = {
    command: "deno task deepscan",
    options: "--config '/srv/my logs/a.yaml'",
    namesStream: true,
  };
  assert.equal(
    messageOf(sampleAlert(), { program }).command,
    "deno task deepscan explain --config '/srv/my logs/a.yaml' --stream shop checkout@2026-03-02T14:00:00.000Z",
  );
  assert.equal(
    summaryOf([sampleMessage()], program).command,
    "deno task deepscan alerts list --config '/srv/my logs/a.yaml'",
  );
  assert.equal(messageOf(sampleAlert(), { program: null }).command, "");
});

Deno.test("messageOf() speaks of sessions without times", () => {
  const { title, facts } = sampleMessage({ kind: "session", key: "order-7", start: NaN, end: NaN });
  assert.ok(!title.includes("since"));
  assert.deepEqual(facts.slice(2, 5).map((fact) => fact.value), ["order-7", "unknown time", "unknown time"]);
  assert.equal(facts[2].name, "Session");
});

Deno.test("messageOf() survives a score without end and a window without reasons", () => {
  const { facts, title } = sampleMessage({ score: Infinity, reasons: [] });
  assert.match(facts[5].value, /, over 1,000 times as high$/);
  assert.match(title, /^\[\w+\] shop\/checkout: anomalous since/);
});

Deno.test("messageOf() lets no escape sequence, newline or direction mark of a log through", () => {
  // deno-lint-ignore no-control-regex
  const harmful = /[\x00-\x1f\x7f-\x9f\u202e]/;
  JSON.stringify(hostileMessage(), (_key, value) => {
    if (typeof value === "string") assert.doesNotMatch(value, harmful);
    return value;
  });
});

Deno.test("messageOf() gives a command that a shell reads as one word", async () => {
  const { command } = hostileMessage();
  const said = await new Deno.Command("sh", {
    args: ["-c", command.replace("deno task deepscan explain", "printf %s")],
  })
    .output();
  assert.equal(new TextDecoder().decode(said.stdout), plainLine(HOSTILE, 500));
  assert.equal(new TextDecoder().decode(said.stderr), "");
});

Deno.test("summaryOf() names every alert that was not sent one by one", () => {
  const message = summaryOf([sampleMessage(), sampleMessage({ stream: "auth" })]);
  assert.equal(message.title, "[high] 2 more alerts, not sent one by one");
  assert.equal(message.facts[0].value, "shop, auth");
  assert.equal(message.others.length, 2);
  assert.equal(message.command, "deno task deepscan alerts list");
  assert.equal(message.report, "/srv/reports/2026-03-02.html");
  assert.throws(() => summaryOf([]), RangeError);
});

Deno.test("messageOf() names the detectors that raised the alert, with their shares, and the attack", () => {
  const detectors = [{ detector: "record", share: .62 }, { detector: "order", share: .376 }, {
    detector: "total",
    share: .004,
  }];
  const facts = ({ facts }: ReturnType<typeof sampleMessage>) =>
    facts.slice(7).map(({ name, value }) => [name, value]);
  assert.deepEqual(facts(sampleMessage({ detectors })), [["Raised by", "record 62 %, order 38 %"]]);
  const threat = sampleThreat();
  assert.deepEqual(facts(sampleMessage({ reasons: [threat] })), [["Attack", "T1110.001 Password Guessing"]]);
});

Deno.test("messageOf() is titled by who was at work where the worst window says only how much there was", () => {
  const total = sampleReason({ kind: "total", id: "", title: "all events", share: .8 });
  const context = { lineage: "m1", window: 300_000, retention: 0, watermark: 0 };
  const first = sampleVerdict({ score: 2, reasons: [sampleThreat({ share: 1 })] });
  const second = sampleVerdict({ key: "later", score: 12, reasons: [total] });
  const [alert] = raiseAlerts([first, second], [], context).opened;
  assert.equal(alert.worstKey, "later");
  assert.match(
    messageOf(alert).title,
    /: 1,078 failed logins from 192\.0\.2\.7 \(T1110\.001 Password Guessing\) since/,
  );
});

Deno.test("withMeanings() tells what failed, in plain words, and keeps nothing to be read", async () => {
  const full = sampleReason({ title: 'could not extend file "<*>": No space left on device', level: 17 });
  const { meanings, errors, ...message } = await withMeanings(sampleMessage({ reasons: [full] }));
  assert.deepEqual(meanings!.map(({ category }) => category), ["Disk"]);
  assert.equal(errors, undefined);
  assert.equal(message.title, sampleMessage({ reasons: [full] }).title);
  assert.deepEqual((await withMeanings(sampleMessage({ reasons: [] }))).meanings, []);
});

Deno.test("parseMessage() reads what was saved and refuses anything else", () => {
  const message = messageOf(sampleAlert());
  assert.deepEqual(parseMessage(JSON.stringify(message)), message);
  assert.throws(() => parseMessage("{}"), /expected version 2, got undefined/);
  assert.throws(() => parseMessage(JSON.stringify({ ...message, facts: 1 })), TypeError);
});

Deno.test("plainLine() keeps to its limit, to one line and to well-formed text", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 40 }), (text, limit) => {
    const line = plainLine(text, limit);
    assert.ok([...line].length <= limit);
    assert.ok(line.isWellFormed() && ![..."\r\n\u001b"].some((control) => line.includes(control)));
  }));
  assert.equal(plainLine("  Zürich ✓ 日本 \t x\n", 80), "Zürich ✓ 日本   x");
});

Deno.test("shellWord() leaves a plain key alone and quotes an option", () => {
  assert.equal(shellWord("shop@2026-03-02T14:00:00.000Z"), "shop@2026-03-02T14:00:00.000Z");
  assert.equal(shellWord("-rf"), "'-rf'");
});

Deno.test("formatTime() says UTC and shows seconds only where there are some", () => {
  assert.deepEqual([formatTime(0), formatTime(61_500), formatTime(NaN)], [
    "1970-01-01 00:00 UTC",
    "1970-01-01 00:01:01 UTC",
    "unknown time",
  ]);
});

Deno.test("formatCount() shows as many digits as matter", () => {
  assert.deepEqual([4.8e-9, 0, 0.0312, 4.25, 37, 99.9, 1204.4].map(formatCount), [
    "0",
    "0",
    "0.031",
    "4.3",
    "37",
    "100",
    "1,204",
  ]);
});

Deno.test("formatRatio() says of very large ones only that they are", () => {
  assert.deepEqual([1.24, 120, 1000, 1001, Infinity].map(formatRatio), [
    "1.2",
    "120",
    "1,000",
    "over 1,000",
    "over 1,000",
  ]);
});

Deno.test("escapeHtml() leaves nothing that a page could take for markup", () => {
  assert.equal(escapeHtml(`<a b='"'>&`), "&lt;a b=&#39;&quot;&#39;&gt;&amp;");
});
