import assert from "node:assert/strict";
import { ANSWER_SCHEMAS } from "../../runner/dashboard/api/answer_schemas.ts";
import { openApi } from "../../runner/dashboard/api/openapi.ts";
import { VIEW_QUERIES, type ViewName } from "../../runner/dashboard/view_query.ts";
import { VIEWS } from "../../runner/dashboard/views.ts";
import { HOSTILE } from "../runner/alert/sample_alert.ts";
import { madeSite, NOW } from "./made_site.ts";

/** A path of each view that shows something, with parameters. */
function pathsOf(incident: string): Record<ViewName, string[]> {
  return {
    overview: ["/overview", "/overview?last=7d&stream=shop&zone=Europe/Berlin", "/overview?last=90d"],
    service: ["/services/shop/checkout", "/services/shop/db?last=1h"],
    incidents: [
      "/incidents",
      "/incidents?status=open&severity=low&stream=shop&service=checkout&text=payment&limit=1",
    ],
    incident: [`/incidents/${incident}`],
    templates: [
      "/templates",
      "/templates?state=error&order=text&text=failed&limit=1",
      "/templates?order=last&stream=shop",
    ],
    template: ["/templates/shop/bbbbbbbbbb"],
    models: ["/models"],
    model: ["/models/v0002"],
    health: ["/health?last=7d"],
    search: ["/search?text=checkout", "/search?text=v000", `/search?text=${incident.slice(0, 6)}`, "/search"],
  };
}

Deno.test("GET /api/v1: every view answers as its schema says", async () => {
  await using made = await madeSite();
  for (const [name, paths] of Object.entries(pathsOf(made.incidents.firing)) as [ViewName, string[]][]) {
    for (const path of paths) {
      const answer = await made.ask(`/api/v1${path}`);
      assert.equal(answer.status, 200, path);
      const parsed = ANSWER_SCHEMAS[name].safeParse(await answer.json());
      assert.ok(parsed.success, `${path}: ${parsed.error}`);
    }
  }
  assert.deepEqual(made.logged, []);
});

Deno.test("GET /api/v1: every view answers where there is no state yet", async () => {
  await using made = await madeSite({ hasState: false });
  const missing: ViewName[] = ["service", "incident", "template"];
  for (const [name, [path]] of Object.entries(pathsOf("0a1b")) as [ViewName, string[]][]) {
    const answer = await made.ask(`/api/v1${path}`), body = await answer.json();
    assert.equal(answer.status, missing.includes(name) ? 404 : 200, path);
    if (answer.status === 200) assert.ok(ANSWER_SCHEMAS[name].safeParse(body).success, path);
  }
  assert.equal((await made.ask("/readyz")).status, 503);
});

Deno.test("GET /api/v1: what can't be understood is said with status 400", async () => {
  await using made = await madeSite();
  const wrong: [string, RegExp][] = [
    ["/overview?last=forever", /Cannot show the last forever: expected a length of time such as 24h/],
    ["/overview?from=monday", /Cannot read from: expected a time/],
    ["/overview?from=2026-03-02&to=2026-03-01", /it ends before it begins/],
    ["/overview?last=9999d", /ten years are the most/],
    ["/overview?zone=Mars/North", /no such time zone/],
    ["/incidents?limit=0", /limit: /],
    ["/incidents?limit=201", /limit: /],
    ["/incidents?severity=worst", /severity: /],
    ["/incidents?after=here", /`after` is no place in it/],
    ["/templates?after=-1", /`after` is no place in it/],
    ["/templates?order=random", /order: /],
    [`/search?text=${"x".repeat(201)}`, /text: /],
    [`/search?text=${"x".repeat(5000)}`, /the address is too long/],
  ];
  for (const [path, why] of wrong) {
    const answer = await made.ask(`/api/v1${path}`);
    assert.deepEqual([answer.status, path], [400, path]);
    assert.match((await answer.json()).error, why);
  }
  for (
    const path of ["/incidents/nope", "/templates/shop/nope", "/models/v9999", "/services/shop/nope", "/nope"]
  ) {
    assert.equal((await made.ask(`/api/v1${path}`)).status, 404, path);
  }
});

Deno.test("GET /api/v1/openapi.json describes every view and change, and refers to nothing that is not there", async () => {
  const document = openApi() as {
    paths: Record<string, Record<string, unknown>>;
    components: { schemas: object };
  };
  const views = Object.values(VIEWS).map(({ path }) => `/api/v1${path.replace(/:(\w+)/g, "{$1}")}`);
  for (const path of views) assert.ok("get" in document.paths[path], path);
  const { parameters } = document.paths["/api/v1/incidents"].get as {
    parameters: { name: string; in: string }[];
  };
  const named = parameters.filter((one) => one.in === "query").map(({ name }) => name);
  assert.deepEqual(named, Object.keys(VIEW_QUERIES.incidents.shape));
  const text = JSON.stringify(document), references = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)];
  assert.ok(references.length > 5);
  for (const [, name] of references) assert.ok(name in document.components.schemas, name);
  assert.ok(!text.includes("#/$defs"));
  await using made = await madeSite();
  assert.deepEqual(await made.json("/api/v1/openapi.json"), JSON.parse(text));
});

Deno.test("GET /api/v1: what log lines say comes as one harmless line, and pages escape it", async () => {
  await using made = await madeSite();
  const paths = Object.values(pathsOf(made.incidents.firing)).flat();
  for (const path of paths) {
    const json = await (await made.ask(`/api/v1${path}`)).text();
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(JSON.parse(`[${json}]`) && json, /\\u001b|\u202e|\\r|\\u0007|[\u0000-\u001f]/, path);
    const page = await (await made.ask(path, { headers: { accept: "text/html" } })).text();
    assert.ok(!page.includes("<script>alert"), path);
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(page, /\u202e|\u001b|\u0007/, path);
  }
  assert.ok(HOSTILE.includes("<script>"));
});

Deno.test("GET /api/v1/overview counts what was read and judged", async () => {
  await using made = await madeSite();
  const { totals, services, errorTypes, incidents, delays } = await made.json("/api/v1/overview?last=1d");
  const { records, errors, windows, anomalous, openIncidents } = totals as Record<string, number>;
  assert.deepEqual({ records, errors, windows, anomalous, openIncidents }, {
    ...{ records: 1440, errors: 29, windows: 14, anomalous: 2, openIncidents: 1 },
  });
  const rows = (services as Record<string, unknown>[]).map((
    { service, status, openIncidents },
  ) => [service, status, openIncidents]);
  assert.deepEqual(rows, [["checkout", "firing", 1], ["db", "unknown", 0]]);
  assert.deepEqual(
    (errorTypes as Record<string, unknown>[]).map(({ template, count }) => [template, count]),
    [["bbbbbbbbbb", 29]],
  );
  assert.deepEqual((incidents as { id: string }[]).map(({ id }) => id), [made.incidents.firing]);
  assert.deepEqual((delays as { stream: string; delay: number }[])[0].delay, 60_000);
});

Deno.test("GET /api/v1/overview calls a service silent by its last record, however long the slots are", async () => {
  await using made = await madeSite();
  for (const last of ["1d", "3d", "30d"]) {
    const { services, recent } = await made.json(`/api/v1/overview?last=${last}`);
    const rows = (services as { service: string; status: string; since: number | null }[]).map((row) =>
      [row.service, row.status === "silent"] as const
    );
    assert.deepEqual(rows.toSorted(), [["checkout", false], ["db", false]], last);
    assert.deepEqual((recent as { id: string }[]).map(({ id }) => id), [made.incidents.over]);
  }
});

Deno.test("GET /health has the facts of `deepscan health`, and /healthz its answer", async () => {
  await using made = await madeSite();
  const checks = async () => {
    const { checks } = await made.json("/api/v1/health");
    return (checks as { name: string; status: string; text: string }[]).map(({ name, status, text }) =>
      `${status} ${name}: ${text}`
    );
  };
  assert.deepEqual(await checks(), [
    "warning stream web: not read yet",
    "ok runs: last run: 0 s ago, took 60 s, nothing failed".replace("0 s ago", "1 ms ago"),
    "ok stream shop: read, newest record 60 s ago, model v0002 learned up to 2026-03-01 15:00 UTC, 2 windows open",
    "ok messages: slack: 1 message waiting, the oldest from 0 ms ago",
    "ok model: v0002 is active",
    "ok room: the state holds 0 % of state.max_size",
  ]);
  const well = await made.ask("/healthz"), { run } = await well.json();
  assert.deepEqual([well.status, run.failures], [200, []]);
  made.clock.now += 3_600_000;
  const stale = await made.ask("/healthz"), { healthy, reasons } = await stale.json();
  assert.deepEqual([stale.status, healthy], [503, false]);
  assert.deepEqual((await checks())[0], `failed runs: ${reasons[0]}`);
  const metrics = await (await made.ask("/metrics")).text();
  assert.match(metrics, /^deepscan_stream_up\{stream="shop"\} 1$/m);
  assert.match(metrics, /^deepscan_dashboard_requests_total \d+$/m);
});

Deno.test("GET /api/v1/incidents goes page by page, and filters", async () => {
  await using made = await madeSite();
  const ids = async (query: string) => {
    const { rows, next, total } = await made.json(`/api/v1/incidents?${query}`);
    return { ids: (rows as { id: string }[]).map(({ id }) => id), next: next as string | null, total };
  };
  const { firing, over } = made.incidents, first = await ids("limit=1");
  assert.deepEqual([first.ids, first.total], [[firing], 2]);
  const second = await ids(`limit=1&after=${first.next}`);
  assert.deepEqual([second.ids, second.next], [[over], null]);
  for (
    const [query, expected] of [
      ...[["status=open", [firing]], ["status=over", [over]], ["severity=critical", []], ["stream=web", []]],
      ...[["service=checkout", [firing, over]], ["text=PAYMENT%20failed", [firing, over]], [
        "text=nothing",
        [],
      ]],
      ...[["last=1h", [firing]], [`from=${NOW - 6 * 3_600_000}&to=${NOW - 4 * 3_600_000}`, [over]]],
    ] as [string, string[]][]
  ) assert.deepEqual((await ids(query)).ids, expected, query);
});
