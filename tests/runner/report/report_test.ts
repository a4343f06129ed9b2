import assert from "node:assert/strict";
import { html, svgMarkup } from "../../../runner/report/html.ts";
import { writeReport } from "../../../runner/report/report.ts";
import { percent } from "../../../runner/report/report_tables.ts";
import { testThatNeeds } from "../../needs.ts";
import { startBrowser } from "../../services/browser.ts";
import { HOSTILE, sampleAlert, sampleReason, sampleThreat } from "../alert/sample_alert.ts";
import { alone, CHART, sampleReport } from "./sample_report.ts";

/** What a reader sees, without tags and style. */
function shown(page: string): string {
  return page.replace(/<style>[\s\S]*?<\/style>/, "").replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
}

function hostileReport(): string {
  const alert = sampleAlert({
    key: HOSTILE,
    service: HOSTILE,
    reasons: [sampleReason({ title: HOSTILE, example: HOSTILE })],
  });
  const base = sampleReport();
  return writeReport(sampleReport({
    title: HOSTILE,
    alerts: [alert, alert],
    charts: [{ caption: HOSTILE, light: CHART }],
    streams: [{ ...base.streams[0], name: HOSTILE, format: HOSTILE }],
    parseQuality: [{ ...base.parseQuality[0], problems: [{ reason: HOSTILE, count: 1, example: HOSTILE }] }],
    notJudged: [{ stream: HOSTILE, text: HOSTILE }],
  }));
}

Deno.test("writeReport() says what happened, where, when and why", () => {
  const text = shown(writeReport(sampleReport()));
  const parts = [
    "2026-03-02 00:00 UTC – 2026-03-03 00:00 UTC. All times are UTC.",
    "2 incidents in 1 of 1 stream.",
    "Not everything could be judged",
    "Records read 182,044 99.8 % parsed",
    "Windows judged 288",
    "shop/checkout: Payment gateway &lt;*&gt; refused connection",
    "37 actual, 0.2 expected",
    "first seen 2026-03-02 14:03:20 UTC",
    "Payment gateway eu-1 refused connection after 3000 ms",
    "deno task deepscan explain checkout@2026-03-02T14:00:00.000Z",
    "no header: 2",
    "trained on 2026-03-01 00:00 UTC – 2026-03-02 00:00 UTC",
    "autoencoder quantile 0.01827 0.5 % 0.49 % 58",
    "too few windows to certify .5 %",
    "cannot judge yet: 14 more hours",
  ];
  for (const part of parts) assert.ok(text.includes(part), `${part} is missing in ${text}`);
  assert.ok(!text.includes("\\n"), "an escape is shown as text");
});

Deno.test("writeReport() names detectors and attacks, and tells what errors mean", () => {
  const alert = sampleAlert({
    reasons: [sampleThreat({ share: .6 }), sampleReason({ share: .4 })],
    detectors: [{ detector: "threat:password-guessing", share: .6 }, { detector: "record", share: .4 }],
  });
  const meaning = {
    about: "x",
    kind: "disk" as const,
    category: "Disk",
    title: "A disk is full",
    cause: "Logs grew",
    check: "Look at df",
    percent: 93,
  };
  const text = shown(
    writeReport(sampleReport({ alerts: [alert], meanings: new Map([[alert.id, [meaning]]]) })),
  );
  const parts = [
    "raised by threat:password-guessing 60 %, record 40 %",
    "T1110.001 Password Guessing",
    "Password Guessing: 192.0.2.7",
    "1,078 failed logins from 192.0.2.7",
    "A disk is full (Disk, 93 % sure)",
    "Likely cause: Logs grew",
    "Check first: Look at df",
  ];
  for (const part of parts) assert.ok(text.includes(part), `${part} is missing in ${text}`);
  assert.ok(!text.includes("1,078 actual"), "what a threat has done is no count of the window");
});

Deno.test("writeReport() needs nothing else: no script, no link outside, no source", () => {
  const page = writeReport(sampleReport());
  assert.doesNotMatch(page, /<(?:script|link|iframe|object|embed|img|base|form)\b/i);
  assert.doesNotMatch(
    page.replaceAll('xmlns="http://www.w3.org/2000/svg"', ""),
    /https?:|@import|url\((?!#)/,
  );
  assert.match(page, /Content-Security-Policy" content="default-src 'none';/);
});

Deno.test("writeReport() makes hostile log text harmless", () => {
  const page = hostileReport();
  assert.ok(page.includes("&lt;script&gt;alert(1)&lt;/script&gt;"));
  assert.doesNotMatch(page, /<script/i);
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(page, /[\x00-\x08\x0b-\x1f\u202e]/);
});

Deno.test("writeReport() says of what stays away that it is missing, with an old line", () => {
  const gone = sampleReason({
    title: "request <*> served",
    actual: 0,
    expected: 350,
    example: "request 7 served",
  });
  const text = shown(writeReport(sampleReport({ alerts: [sampleAlert({ reasons: [gone], score: 1e9 })] })));
  assert.ok(text.includes("shop/checkout: missing: request &lt;*&gt; served (0 instead of 350)"), text);
  assert.ok(text.includes("last seen: request 7 served"));
  assert.ok(text.includes("score over 1,000 × threshold"));
});

Deno.test("writeReport() names the settings in the command, and no command where nothing is kept", () => {
  const program = { command: "deno task deepscan", options: "--config /srv/a.yaml", namesStream: true };
  assert.ok(
    shown(writeReport(sampleReport({ program }))).includes(
      "deepscan explain --config /srv/a.yaml --stream shop checkout@",
    ),
  );
  assert.ok(!shown(writeReport(sampleReport({ program: null }))).includes("deepscan explain"));
});

Deno.test("writeReport() tells nothing anomalous from nothing judged", () => {
  const [stream] = sampleReport().streams;
  const quiet = { alerts: [], notJudged: [], charts: [] };
  assert.ok(shown(writeReport(sampleReport(quiet))).includes("Nothing anomalous."));
  const idle = { ...quiet, streams: [{ ...stream, windows: 0, anomalous: 0 }] };
  assert.ok(shown(writeReport(sampleReport(idle))).includes("Nothing was judged."));
});

Deno.test("writeReport() writes equal data as equal bytes", () => {
  assert.equal(writeReport(sampleReport()), writeReport(structuredClone(sampleReport())));
});

Deno.test("writeReport() keeps the charts' ids apart and shows one theme at a time", () => {
  const page = writeReport(sampleReport());
  assert.equal(page.match(/class="(?:dark|light)"/g)?.length, 2);
  assert.ok(page.includes("url(#a-0)") && page.includes("url(#a-1)"));
});

Deno.test("svgMarkup() takes shapes and text", () => {
  assert.equal(svgMarkup(CHART).text, CHART);
});

Deno.test("svgMarkup() refuses whatever could run or fetch", () => {
  const inside = [
    "<script>1</script>",
    "<foreignObject></foreignObject>",
    "<a href='x'></a>",
    '<path onclick="x"/>',
    "<path d='' onload=x>",
    '<rect href="https://a.example/"/>',
    "<style>@import</style>",
    "<image/>",
    "<!--",
    "<sCRIPT/x",
  ];
  for (const part of inside) assert.throws(() => svgMarkup(`<svg>${part}</svg>`), TypeError, part);
  assert.throws(() => svgMarkup("<p>"), TypeError);
});

Deno.test("html`` escapes texts, keeps markup and joins lists", () => {
  assert.equal(html`<p>${"<"}${1}${null}${[html`<b>x</b>`, "&"]}</p>`.text, "<p>&lt;1<b>x</b>&amp;</p>");
});

Deno.test("percent() rounds nothing up to all", () => {
  assert.deepEqual([0, 0.005, 0.123, 0.99999, 1].map(percent), [
    "0 %",
    "0.5 %",
    "12.3 %",
    "99.99 %",
    "100 %",
  ]);
});

testThatNeeds(
  ["chromium"],
  "writeReport() opens in a browser that asks for nothing and complains of nothing",
  async () => {
    const file = await Deno.makeTempFile({ suffix: ".html" });
    await Deno.writeTextFile(file, hostileReport());
    await using browser = await startBrowser();
    for (const [width, colourScheme, page] of [[1200, "light", "244"], [390, "dark", "13"]] as const) {
      const { evaluate, complaints, close } = await browser.open(`file://${file}`, { width, colourScheme });
      const root = "document.documentElement";
      assert.equal(
        await evaluate(`${root}.scrollWidth - ${root}.clientWidth`),
        0,
        `it scrolls sideways at ${width}`,
      );
      assert.equal(await evaluate("document.querySelectorAll('details.alert[open]').length"), 2);
      assert.match(
        String(await evaluate("getComputedStyle(document.body).backgroundColor")),
        new RegExp(`\\(${page},`),
      );
      assert.deepEqual(complaints, []);
      await close();
    }
    await Deno.remove(file);
  },
);

Deno.test("writeReport() shows the alerts of an incident together, with what they have in common above them", () => {
  const db = sampleAlert({ service: "db", key: "db@1" }), web = sampleAlert({ service: "web", key: "web@1" });
  const incident = { ...alone(db), alerts: [db, web] };
  const page = writeReport(sampleReport({ incidents: [incident, alone(sampleAlert({ key: "later" }))] }));
  const text = shown(page);
  const parts = [
    "2 incidents, 3 alerts, in 1 of 1 stream.",
    "One incident, 2 alerts , likely causes first; shop/web affected",
    "with it shop/web: Payment gateway",
  ];
  for (const part of parts) assert.ok(text.includes(part), `${part} is missing in ${text}`);
  assert.equal(page.match(/<section class="incident">/g)?.length, 1);
  for (const alert of [db, web]) assert.equal(page.split(`id="alert-${alert.id}"`).length, 2);
});

Deno.test("writeReport() shows the values that stand out, and over which time was counted", () => {
  const mostly = [{ name: "source", value: "203.0.113.9", share: .85, usual: .05, atMost: true }];
  const reason = sampleReason({ mostly, span: 1_800_000 });
  const text = shown(writeReport(sampleReport({ alerts: [sampleAlert({ reasons: [reason] })] })));
  assert.ok(text.includes("mostly source=203.0.113.9 (85 %, usually at most 5 %)"), text);
  assert.ok(text.includes("expected in 30 min"), text);
});
