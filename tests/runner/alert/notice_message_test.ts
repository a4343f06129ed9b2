import assert from "node:assert/strict";
import { incidentFrom } from "../../../runner/alert/incidents.ts";
import type { Notice } from "../../../runner/alert/life.ts";
import { LOOK_FURTHER } from "../../../runner/alert/message.ts";
import { noticeMessage } from "../../../runner/alert/notice_message.ts";
import { sampleAlert } from "./sample_alert.ts";

const NOTICE: Notice = {
  kind: "opened",
  number: 0,
  severity: "high",
  was: null,
  isOver: false,
  isFlapping: false,
  news: [],
};

function told(some: Partial<Notice> = {}, services = ["checkout"]) {
  const alerts = services.map((service) => sampleAlert({ service, key: service }));
  const notice = { ...NOTICE, news: alerts.slice(1).map(({ id }) => id), ...some };
  return noticeMessage(incidentFrom(alerts[0].id, alerts), notice, {
    program: LOOK_FURTHER,
    topic: some.number ? "first" : "",
  });
}

Deno.test("noticeMessage() says in one line what it is, since when, how severe it was, and until when", () => {
  const what =
    "shop/checkout: Payment gateway <*> refused connection after <*> ms since 2026-03-02 14:00 UTC";
  assert.equal(told().title, `[high] ${what}`);
  assert.equal(
    told({ kind: "worse", number: 1, severity: "critical", was: "high" }).title,
    `[critical, was high] ${what}`,
  );
  assert.equal(
    told({ kind: "resolved", number: 1, isOver: true }).title,
    `[high] ${what} until 2026-03-02 14:05 UTC`,
  );
  assert.equal(
    told({ kind: "again", number: 4, isFlapping: true }).title,
    `[high] ${what}; it comes and goes`,
  );
  assert.match(
    told({}, ["checkout", "web"]).title,
    /^\[high\] shop\/(?:checkout|web): .*; (?:web|checkout) affected since /,
  );
});

Deno.test("noticeMessage() names the incident, the thread, and how it stands", () => {
  const first = told({ kind: "resolved", isOver: true }),
    later = told({ kind: "resolved", number: 3, isOver: true });
  assert.deepEqual([first.kind, first.status, first.number, first.topic], [
    "opened",
    "resolved",
    0,
    first.title,
  ]);
  assert.deepEqual([later.kind, later.status, later.number, later.topic], [
    "resolved",
    "resolved",
    3,
    "first",
  ]);
  assert.equal(later.incident, sampleAlert({ key: "checkout" }).id);
});

Deno.test("noticeMessage() tells what is new whole, and of the rest that it is there", () => {
  const services = ["a", "b", "c"],
    first = told({}, services),
    update = told({ kind: "update", number: 1 }, services);
  assert.deepEqual(
    [first, update].map(({ alerts }) => alerts!.filter(({ facts }) => facts !== undefined).length),
    [3, 2],
  );
  assert.ok(first.others.every((title) => title.startsWith("with it: ")));
  assert.deepEqual(update.others.map((title) => title.split(":", 1)[0]), ["new", "with it"]);
  const many = told({ kind: "repeat", number: 1, news: [] }, Array.from({ length: 30 }, (_, i) => `s${i}`));
  assert.deepEqual([many.others.length, many.others.at(-1)], [21, "and 9 more"]);
  assert.equal(many.alerts!.filter(({ facts }) => facts !== undefined).length, 1);
});

Deno.test("noticeMessage() says of an incident that late lines took away that it is normal", () => {
  const alert = { ...sampleAlert(), windows: 0 }, incident = incidentFrom(alert.id, [alert]);
  const { title } = noticeMessage(incident, { ...NOTICE, kind: "resolved", number: 1, isOver: true }, {
    program: null,
  });
  assert.equal(title, "[high] shop/checkout: late lines have made it normal");
});

Deno.test("noticeMessage() leads with what is new and worst", () => {
  const [warning, fatal] = [
    sampleAlert({ service: "db", key: "a" }),
    sampleAlert({ service: "db", key: "b", score: 40 }),
  ];
  const later = { ...fatal, severity: "critical" as const, start: fatal.start! + 300_000 };
  const incident = incidentFrom(warning.id, [warning, later]);
  const notice = {
    ...NOTICE,
    kind: "worse" as const,
    number: 1,
    severity: "critical" as const,
    was: "high" as const,
  };
  const { title, alert, others } = noticeMessage(incident, { ...notice, news: [later.id] }, {
    program: null,
  });
  assert.match(title, /^\[critical, was high\] shop\/db: .* since 2026-03-02 14:05 UTC$/);
  assert.deepEqual([alert, others.length], [later.id, 1]);
  assert.match(others[0], /^with it: /);
});

Deno.test("noticeMessage() leads to the incident's page of a dashboard, of every kind, and to none where there is none", () => {
  const alert = sampleAlert(), incident = incidentFrom(alert.id, [alert]);
  for (const pages of ["https://logs.example.com/deepscan", "https://logs.example.com/deepscan/"]) {
    for (const notice of [NOTICE, { ...NOTICE, kind: "resolved" as const, number: 1, isOver: true }]) {
      const { page } = noticeMessage(incident, notice, { program: null, pages });
      assert.equal(page, `https://logs.example.com/deepscan/incidents/${alert.id}`);
    }
  }
  assert.ok(!("page" in told()));
});
