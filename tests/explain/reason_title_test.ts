import assert from "node:assert/strict";
import { isLengthOfTime, reasonTitle, shortQuotes, techniqueText } from "../../lib/explain/reason_title.ts";

const LONG = "x".repeat(200);

Deno.test("reasonTitle() words each kind for people", () => {
  const title = "Request served in <*>";
  assert.deepEqual([
    reasonTitle({ title }),
    reasonTitle({ kind: "unseen", title }),
    reasonTitle({ kind: "level", title: "error" }),
    reasonTitle({ kind: "total", title: "all events" }),
    reasonTitle({ kind: "other", title: "other known templates" }),
    reasonTitle({ kind: "value", id: "T1 took", title }),
    reasonTitle({ kind: "source", title: "192.0.2.7" }),
    reasonTitle({
      kind: "source",
      title: "192.0.2.7",
      technique: { id: "T1110.001", name: "Brute Force: Password Guessing" },
    }),
  ], [
    ...[title, title, "Records of level error", "All records", "Other known templates"],
    ...["`took` of `Request served in <*>`", "192.0.2.7", "Password Guessing: 192.0.2.7"],
  ]);
});

Deno.test("reasonTitle() names lengths of time within sessions, and isLengthOfTime() tells them", () => {
  const title = "order paid", step = { kind: "value", id: "T1 time before", title } as const;
  const whole = { kind: "value", id: "whole session", title: "whole session" } as const;
  assert.deepEqual([reasonTitle(step), reasonTitle(whole)], [
    "Time before `order paid`",
    "Duration of the session",
  ]);
  assert(isLengthOfTime(step) && isLengthOfTime(whole));
  assert(
    !isLengthOfTime({ kind: "value", id: "T1 took" }) &&
      !isLengthOfTime({ kind: "order", id: "T1 time before" }),
  );
});

Deno.test("reasonTitle() words an order alike, whoever says it", () => {
  const order = (note: string) => reasonTitle({ kind: "order", id: "T1 T2", title: "login", note });
  assert.deepEqual([
    order("followed by: logout"),
    order("`login` directly before `logout`, never so in training"),
    order("`login` at the end, never so in training"),
    order("`login` directly before `pay` directly before `logout`, never so in training"),
    order("came first, which it hardly ever does"),
    order("nothing followed, which hardly ever happens"),
    order(""),
  ], [
    "`login` directly before `logout`",
    "`login` directly before `logout`",
    "`login` at the end",
    "`login`, then `pay`, then `logout`",
    "`login` at the beginning",
    "`login` at the end",
    "The order of `login`",
  ]);
});

Deno.test("reasonTitle() cuts long templates within a sentence, and only there", () => {
  assert.equal(reasonTitle({ kind: "template", title: LONG }), LONG);
  for (
    const note of [`followed by: ${LONG}`, `\`${LONG}\` directly before \`${LONG}\`, never so in training`]
  ) {
    const text = reasonTitle({ kind: "order", title: LONG, note });
    assert.ok(text.length < 170 && text.includes("…` directly before `x"), text);
  }
  assert.equal(shortQuotes("no quotes"), "no quotes");
});

Deno.test("techniqueText() leaves out what a technique is a kind of", () => {
  assert.equal(
    techniqueText({ id: "T1190", name: "Exploit Public-Facing Application" }),
    "T1190 Exploit Public-Facing Application",
  );
  assert.equal(
    techniqueText({ id: "T1595.002", name: "Active Scanning: Vulnerability Scanning" }),
    "T1595.002 Vulnerability Scanning",
  );
});

Deno.test("reasonTitle() takes no parameter that is called duration for how long a session was", () => {
  const title = "listed <*> in <*>";
  assert.equal(reasonTitle({ kind: "value", id: "whole session", title: "" }), "Duration of the session");
  assert.equal(reasonTitle({ kind: "value", id: "T7 duration", title }), "`duration` of `listed <*> in <*>`");
});
