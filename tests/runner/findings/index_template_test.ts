import assert from "node:assert/strict";
import { isExpired } from "../../../runner/findings/expiry.ts";
import { FIELDS, type Mapping } from "../../../runner/findings/fields.ts";
import {
  type FindingsSettings,
  indexTemplates,
  lifecyclePolicy,
} from "../../../runner/findings/index_template.ts";
import { findingsOptions } from "../../../runner/findings/options.ts";

const DEPLOY = new URL("../../../runner/deploy/elasticsearch/", import.meta.url);
const DAY = 86_400_000;
const usual: FindingsSettings = {
  ...{ index: "deepscan", name: "deepscan", verdicts: "anomalous", health: "data_stream" },
  ...{ keep: 365 * DAY, patience: 20_000 },
};

Deno.test("indexTemplates() and lifecyclePolicy(): what is shipped is what is put", async () => {
  const shipped = async (name: string) => JSON.parse(await Deno.readTextFile(new URL(name, DEPLOY)));
  for (const { path, body } of indexTemplates(usual, true)) {
    assert.deepEqual(await shipped(`${path.split("/").at(-1)}.json`), JSON.parse(JSON.stringify(body)));
  }
  assert.deepEqual(await shipped("deepscan-findings-lifecycle.json"), lifecyclePolicy(usual).body);
});

Deno.test("indexTemplates() follow the names and times of the settings", () => {
  const own = { ...usual, index: "ours", keep: 36 * 3_600_000, health: "index" as const };
  const [findings, catalogue, ...others] = indexTemplates(own, true);
  assert.deepEqual([findings.path, catalogue.path, others], [
    ...["/_index_template/ours-findings", "/_index_template/ours-catalogue", []],
  ]);
  assert.deepEqual(catalogue.body.index_patterns, ["ours-templates", "ours-models"]);
  assert.match(JSON.stringify(lifecyclePolicy(own).body), /"min_age":"2d"/);
  assert.match(JSON.stringify(findings.body), /"index.lifecycle.name":"ours-findings"/);
  assert.doesNotMatch(JSON.stringify([catalogue.body, indexTemplates(own, false)]), /lifecycle/);
});

Deno.test("FIELDS: no field takes whatever comes, and no long name is refused", () => {
  const check = (mapping: Mapping, path: string): void => {
    const { type, properties, fields = {}, ...rest } = mapping;
    if (properties !== undefined) {
      assert.equal(type, undefined, path);
      for (const [name, each] of Object.entries(properties)) check(each, `${path}.${name}`);
      return;
    }
    assert.ok(["keyword", "text", "long", "double", "boolean", "date"].includes(type!), `${path}: ${type}`);
    assert.deepEqual(rest, type === "keyword" ? { ignore_above: 1024 } : {}, path);
    for (const [name, each] of Object.entries(fields)) check(each, `${path}.${name}`);
  };
  for (const [name, mapping] of Object.entries(FIELDS)) check(mapping, name);
  for (const { body } of indexTemplates(usual, false)) assert.match(JSON.stringify(body), /"dynamic":false/);
});

Deno.test("isExpired() goes by the month's end and by when an index was made", () => {
  const march = { index: "deepscan-alerts-2026.03", created: Date.UTC(2026, 2, 1) };
  assert.equal(isExpired(march, 30 * DAY, Date.UTC(2026, 4, 1)), false);
  assert.equal(isExpired(march, 30 * DAY, Date.UTC(2026, 4, 1, 0, 0, 1)), true);
  assert.equal(
    isExpired({ ...march, created: Date.UTC(2026, 3, 20) }, 30 * DAY, Date.UTC(2026, 4, 2)),
    false,
  );
  const december = { index: "deepscan-alerts-2025.12", created: 0 };
  assert.deepEqual(
    [Date.UTC(2026, 0, 30), Date.UTC(2026, 1, 1)].map((now) => isExpired(december, 30 * DAY, now)),
    [
      ...[false, true],
    ],
  );
  for (const index of ["deepscan-alerts-undated", "deepscan-models"]) {
    assert.equal(isExpired({ index, created: 0 }, 1, Date.UTC(2100, 0)), false);
  }
});

Deno.test("findingsOptions() reads what is to be done, and refuses options that have nothing to do with it", () => {
  assert.deepEqual(findingsOptions(["install", "--dry-run"], "/logs"), {
    ...{ action: "install", dryRun: true, all: false, json: false, output: "" },
  });
  assert.equal(findingsOptions(["send", "--all", "--config", "x.yaml"], "/").all, true);
  assert.equal(findingsOptions(["dashboards", "--output", "../boards"], "/logs/app").output, "/logs/boards");
  for (
    const [args, why] of [
      [[], /expected one of install, status, send, dashboards, got ""/],
      [["show"], /got "show"/],
      [["send", "now"], /got "send now"/],
      [["status", "--all"], /Cannot use --all with status: it is for send/],
      [["send", "--json"], /Cannot use --json with send/],
      [["send", "--dry-run"], /Cannot use --dry-run with send: it is for install/],
      [["send", "--output", "x"], /Cannot use --output with send: it is for dashboards/],
      [["dashboards"], /Cannot write dashboards: say into which folder/],
      [["send", "--everything"], /Cannot read the command line: Unknown option '--everything'/],
    ] as const
  ) assert.throws(() => findingsOptions([...args], "/"), why);
});
