import assert from "node:assert/strict";

const DASHBOARD = new URL("../../../runner/deploy/grafana/deepscan.json", import.meta.url);
const RULES = new URL("../../../runner/deploy/prometheus/", import.meta.url);
const METRICS = new URL("../../../runner/health/", import.meta.url);

/** The metrics that a text names, without what they all begin with. */
function namesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\bdeepscan_([a-z_]+[a-z])\b/g)].map(([, name]) => name))];
}

async function textOf(folder: URL, ends: string): Promise<string> {
  const texts: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (name.endsWith(ends)) texts.push(await Deno.readTextFile(new URL(name, folder)));
  }
  return texts.join("\n");
}

Deno.test("Grafana's panels and the Prometheus rules ask for metrics that there are", async () => {
  const known = await textOf(METRICS, ".ts");
  const asked = namesIn(await Deno.readTextFile(DASHBOARD) + await textOf(RULES, ".yml"));
  assert.ok(asked.length > 15, `only ${asked.length}`);
  assert.deepEqual(
    asked.filter((name) => !new RegExp(`\\b${name.replace(/_total$/, "")}\\b`).test(known)),
    [],
  );
});
