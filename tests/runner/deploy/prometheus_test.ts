import assert from "node:assert/strict";
import { parse } from "yaml";
import { metricFamilies } from "../../../runner/health/metrics.ts";
import { NO_SNAPSHOT } from "../../../runner/health/snapshot.ts";

const DEPLOY = new URL("../../../runner/deploy/prometheus/", import.meta.url);

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string };
}

async function rules(): Promise<Rule[]> {
  const { groups } = parse(await Deno.readTextFile(new URL("alerts.yml", DEPLOY)));
  return groups.flatMap((group: { rules: Rule[] }) => group.rules);
}

Deno.test("alerts.yml asks for metrics that there are, and says what is the matter", async () => {
  const process = { startedAt: 0, cpu: 0, memory: 0, heap: 0, descriptor: 0 };
  const names = new Set(metricFamilies(NO_SNAPSHOT, { now: 0, process }).map(({ name }) => name));
  for (const { alert, expr, labels, annotations } of await rules()) {
    const asked = expr.match(/deepscan_\w+/g) ?? [];
    assert.ok(asked.length > 0 && asked.every((name) => names.has(name)), `${alert}: ${asked}`);
    assert.ok(["low", "medium", "high", "critical"].includes(labels.severity), alert);
    assert.notEqual(annotations.summary, "");
  }
});

Deno.test("prometheus.yml names the rules and where watch answers by the example of the settings", async () => {
  const { rule_files: [file], scrape_configs: [{ static_configs: [{ targets: [target] }] }] } = parse(
    await Deno.readTextFile(new URL("prometheus.yml", DEPLOY)),
  );
  assert.ok((await Deno.stat(new URL(file, DEPLOY))).isFile);
  assert.match(
    await Deno.readTextFile(new URL("../../deepscan.yaml", DEPLOY)),
    new RegExp(`listen: ${target}`),
  );
});
