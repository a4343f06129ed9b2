import assert from "node:assert/strict";
import { sampleContext } from "./pages_context.ts";
import { everyPage, pageText, sampleData, shown } from "./pages_every.ts";
import { END, sampleOverview, sampleService, SPAN } from "./pages_sample.ts";
import { sampleAlert, sampleReason, sampleStory } from "./pages_stories.ts";

/** Asserts that a page says all of it. */
function says(page: string, parts: string[]): void {
  const text = shown(page);
  for (const part of parts) assert.ok(text.includes(part), `“${part}” is missing in ${text}`);
}

Deno.test("overview says in words how things are, and what is worst comes first", async () => {
  const page = await pageText("overview");
  says(page, [
    "7 services: 2 firing, 1 silent, 1 with anomalies that are over, 1 not judged, 2 normal. 2 open incidents.",
    "Open incidents 2 the worst high, 1 not taken yet",
    "−10 % against the span before",
    "No space left on device",
    "A service that this one needs can&#39;t be reached",
    "2 h behind",
    "high alert since 08:50",
  ]);
  assert.ok(page.indexOf(">firing<") < page.indexOf(">normal<"));
});

Deno.test("overview says what to do where nothing was read yet", async () => {
  const data = {
    ...sampleOverview(),
    ...{ services: [], delays: [], incidents: [] },
    totals: { ...sampleOverview().totals, records: 0 },
  };
  says(await pageText("overview", data), ["Nothing was read yet", "deno task detect"]);
});

Deno.test("overview folds calm services away, never those that need somebody", async () => {
  const calm = Array.from({ length: 60 }, (_, i) => sampleService({ service: `calm-${i}`, status: "ok" }));
  const loud = Array.from(
    { length: 30 },
    (_, i) => sampleService({ service: `loud-${i}`, status: "firing" }),
  );
  const page = await pageText("overview", { ...sampleOverview(), services: [...calm, ...loud] });
  says(page, ["60 more, all of them calm"]);
  assert.ok(page.indexOf("loud-29") < page.indexOf('id="more-services"'));
});

Deno.test("incidents: filters and span stay in every address", async () => {
  const query = { last: "7d", zone: "Europe/Berlin", severity: "high", text: "disk" };
  const page = await pageText("incidents", undefined, { query });
  assert.ok(
    page.includes(
      "/base/incidents?last=7d&amp;zone=Europe%2FBerlin&amp;severity=high&amp;text=disk&amp;after=n3xt",
    ),
    page,
  );
  assert.match(page, /<input type="hidden" name="zone" value="Europe\/Berlin" \/>/);
  assert.match(page, /<input type="search" name="text" value="" \/>/);
  assert.match(page, /<a href="\/base\/incidents\?last=7d&amp;zone=Europe%2FBerlin">Clear<\/a>/);
});

Deno.test("incidents: none at all and none of that kind are told apart", async () => {
  const { incidents } = sampleData(), none = { ...incidents, rows: [], next: null, total: 0 };
  says(await pageText("incidents", none), ["No incidents in this span", "30 days"]);
  says(await pageText("incidents", { ...none, query: { ...none.query, severity: "high" } }), [
    "No incident is like that",
    "Show all of this span",
  ]);
});

Deno.test("incident tells its story: meaning, reasons with shares, what changed, who was told", async () => {
  says(await pageText("incident"), [
    "Likely cause It is down, restarts, or a firewall is between them",
    "62 %",
    "37 actual 0 expected",
    "310 actual 640 expected",
    "gateway=eu-1 (92 %, never before)",
    "4.1 s, usually at most 0.3 s",
    "such as request 4711 served in 4100 ms",
    "Began 4 min after shop 2.14.0 was deployed",
    "opened to ops@example.com",
    "71 % alike",
    "deno task deepscan explain checkout@2026-03-06T09:05:00.000Z",
  ]);
});

Deno.test("incident shows no counts of what is no count, and no part without anything in it", async () => {
  const value = sampleReason({ kind: "value", counts: "4.1 s, usually at most 0.3 s" });
  const none = {
    meanings: [],
    changes: [],
    lines: [],
    notices: [],
    similar: [],
    windows: [],
    commands: [],
    deployment: "",
  };
  const page = await pageText(
    "incident",
    sampleStory({ ...none, alerts: [sampleAlert({ reasons: [value] })] }),
  );
  assert.doesNotMatch(page, /class="pair"|id="meaning"|id="changes"|id="lines"|id="told"|id="further"/);
});

Deno.test("incident: what is changed is sent with the token and the way back", async () => {
  const page = await pageText("incident", undefined, { query: { last: "7d" } });
  for (const change of ["acknowledge", "silence", "end-silence", "feedback"]) {
    const form = page.slice(page.indexOf(`action="/base/changes/${change}?last=7d"`)).split("</form>")[0];
    assert.match(form, /name="csrf" value="c5rf"/, change);
    assert.match(form, /name="back" value="\/base\/incident\?last=7d"/, change);
  }
});

Deno.test("pages: who may change nothing is offered nothing", async () => {
  for (const [name, page] of await everyPage(undefined, { canChange: false })) {
    if (name !== "login") {
      assert.doesNotMatch(page.replace(/<form[^>]*logout[^>]*>/, ""), /method="post"/, name);
    }
  }
});

Deno.test("pages: what came of a change stands above everything, a failure as an alert", async () => {
  const page = await pageText("overview", undefined, {
    notice: { kind: "failed", text: "Somebody else was faster" },
  });
  assert.match(page, /role="alert"[^>]*>\s*<p>Somebody else was faster/);
  assert.ok(page.indexOf("Somebody else") < page.indexOf("<main"));
});

Deno.test("pages: the span can be changed by links and fields that mean the same in any zone", async () => {
  const query = { severity: "high", after: "n3xt" };
  const span = { ...SPAN, zone: "Europe/Berlin" };
  const page = await pageText("incidents", undefined, { query, span });
  assert.ok(
    page.includes('href="/base/incidents?severity=high&amp;last=1h"'),
    "a list begins anew in another span",
  );
  assert.match(page, /name="from" required value="2026-03-05T13:00\+01:00"/);
  says(page, ["Last 24 hours", "24 h back", "Twice as long"]);
});

Deno.test("pages: a fixed span is named by its ends", async () => {
  const span = { ...SPAN, last: null, isLive: false };
  says(await pageText("overview", undefined, { span }), ["2026-03-05 12:00 – 2026-03-06 12:00"]);
});

Deno.test("pages: charts have their figures as a table, all of them where they are asked for", async () => {
  const page = await pageText("overview");
  assert.equal(page.match(/<caption class="hidden">Anomalous windows, sum of 60 min each/g)?.length, 1);
  assert.match(page, /figures=all#anomalies">A row for each 5 min/);
  const whole = await pageText("overview", undefined, { query: { figures: "all" } });
  assert.match(whole, /<details class="figures"\s+open/);
  assert.ok(whole.length > page.length + 10_000);
});

Deno.test("login has neither navigation nor figures, and says what was wrong", async () => {
  const page = await pageText("login");
  assert.doesNotMatch(page, /<nav|id="search"|data-events="\//);
  says(page, ["That token is wrong", "dashboard.token_env"]);
});

Deno.test("error says where to go on", async () => {
  says(await pageText("error"), ["There is no such thing", "state.keep"]);
  says(await pageText("error", { status: 500, title: "Failed", text: "The state can't be read" }), [
    "Try again",
  ]);
});

Deno.test("templates: tabs keep the words that were searched for", async () => {
  const { templates } = sampleData();
  const page = await pageText("templates", { ...templates, query: { ...templates.query, state: "new" } }, {
    query: { text: "disk", state: "new" },
  });
  assert.match(page, /templates\?text=disk&amp;state=vanished"/);
  assert.match(page, /<input type="hidden" name="state" value="new" \/>/);
});

Deno.test("models: only versions that can judge can be activated, a candidate is promoted", async () => {
  const page = await pageText("models");
  assert.equal(page.match(/\/base\/changes\/promote"/g)?.length, 1);
  assert.doesNotMatch(page, /\/base\/changes\/activate"/);
  says(page, [
    "2026-03-04T00-00-00Z judges.",
    "made by an older version",
    "drifted",
    "It has judged 12 h of 1 d.",
  ]);
});

Deno.test("health: what needs a look is said first, and shares are of what was read", async () => {
  says(await pageText("health"), [
    "2 checks of 3 need a look.",
    "0.2 % not understood",
    "12 % not understood",
    "much was not understood",
    "117 KiB not read yet",
    "404 no such channel",
  ]);
});

Deno.test("timeTag() and its like never show a time that is not known", async () => {
  const { spanTags, timeTag } = await import("../../runner/dashboard/pages/times.ts");
  const ctx = sampleContext();
  assert.match(String(await timeTag(null, ctx)), /–/);
  assert.equal(
    shown(String(await spanTags(END, END + 60_000, ctx))),
    " 2026-03-06 12:00:00 – 12:01:00 (60 s)",
  );
});
