import assert from "node:assert/strict";
import { FIELDS, type Mapping } from "../../../runner/findings/fields.ts";
import { METRIC_SECTIONS, SEARCH_PANELS } from "../../../runner/panels/dashboard.ts";
import { grafanaDashboard } from "../../../runner/panels/grafana.ts";
import { savedObjects } from "../../../runner/panels/kibana.ts";
import type { Place } from "../../../runner/panels/layout.ts";
import { fieldsOf } from "../../../runner/panels/panel.ts";
import { sourcesOf } from "../../../runner/panels/sources.ts";
import { dashboardFiles } from "../../../runner/panels/write_dashboards.ts";
import { drawn } from "./kibana_request.ts";
import { usualSettings } from "./usual_settings.ts";

const DEPLOY = new URL("../../../runner/deploy/", import.meta.url);
const usual = await usualSettings();
const logFields = JSON.parse(await Deno.readTextFile(new URL("elasticsearch/server-logs.json", DEPLOY)))
  .template
  .mappings.properties as Record<string, Mapping>;

/** The mapping of a dotted name; also of a field within a field. */
function mappingOf(properties: Readonly<Record<string, Mapping>>, name: string): Mapping | undefined {
  let found: Mapping | undefined = { properties: { ...properties } };
  for (const part of name.split(".")) found = (found?.properties ?? found?.fields)?.[part];
  return found;
}

Deno.test("dashboardFiles(): what is shipped is what is made of the panels", async () => {
  for (const [path, text] of Object.entries(dashboardFiles(usual))) {
    assert.equal(
      await Deno.readTextFile(new URL(path, DEPLOY)),
      text,
      `${path}: findings dashboards writes it anew`,
    );
  }
});

Deno.test("panels: every field is in the mapping of its documents, with a type that can be counted or measured", () => {
  for (const panel of SEARCH_PANELS) {
    const fields = panel.of === "logs" ? logFields : FIELDS;
    const asked = fieldsOf(panel), own = sourcesOf(usual)[panel.of].conditions ?? [];
    for (const name of [...asked, ...own.map(({ field }) => field)]) {
      assert.ok(mappingOf(fields, name)?.type !== undefined, `${panel.id}: ${name}`);
    }
    if (panel.view === "table") continue;
    if (panel.by !== undefined) {
      assert.equal(mappingOf(fields, panel.by)!.type, "keyword", `${panel.id}: ${panel.by}`);
    }
    for (const measure of panel.view === "ranking" ? [panel.measure] : panel.measures) {
      if (measure.kind === "count") continue;
      assert.ok(
        ["long", "double"].includes(mappingOf(fields, measure.field)!.type!),
        `${panel.id}: ${measure.field}`,
      );
    }
  }
});

Deno.test("panels: each has a name of its own, and what it says", () => {
  const panels = [...SEARCH_PANELS, ...METRIC_SECTIONS.flatMap(({ panels }) => panels)];
  assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
  for (const { id, title, about } of panels) {
    assert.match(id, /^[a-z][a-z0-9-]*$/);
    assert.ok(title !== "" && about.endsWith("."), id);
  }
});

Deno.test("savedObjects(): each object has a name of its own, and needs only what comes before it", () => {
  const known = new Set<string>();
  for (const { type, id, references } of savedObjects(usual)) {
    for (const needed of references) {
      assert.ok(known.has(`${needed.type} ${needed.id}`), `${id}: ${needed.id}`);
    }
    assert.ok(!known.has(`${type} ${id}`), id);
    known.add(`${type} ${id}`);
  }
});

Deno.test("savedObjects(): the dashboard shows every panel, none over another", () => {
  const { attributes, references } = savedObjects(usual).find(({ type }) => type === "dashboard")!;
  const panels = JSON.parse(attributes.panelsJSON as string) as ShownPanel[];
  assert.equal(panels.length, SEARCH_PANELS.length);
  for (const { panelIndex, panelRefName, type } of panels) {
    const reference = references.find(({ name }) => name === `${panelIndex}:${panelRefName}`);
    assert.equal(reference?.type, type, panelIndex);
  }
  assertApart(panels.map(({ gridData }) => gridData), 48);
});

interface ShownPanel {
  panelIndex: string;
  panelRefName: string;
  type: string;
  gridData: Place;
}

function assertApart(places: readonly Place[], columns: number): void {
  for (const [i, { x, y, w, h }] of places.entries()) {
    assert.ok(x >= 0 && x + w <= columns);
    for (const other of places.slice(i + 1)) {
      const isBeside = x + w <= other.x || other.x + other.w <= x,
        isAbove = y + h <= other.y || other.y + other.h <= y;
      assert.ok(isBeside || isAbove, JSON.stringify([places[i], other]));
    }
  }
}

Deno.test("savedObjects(): a Vega panel is empty where there are no documents, and stacks bars from zero", async () => {
  const objects = savedObjects(usual).filter(({ type }) => type === "visualization");
  for (const object of objects) {
    assert.deepEqual(
      await drawn(object, { hits: { hits: [] } }).then(({ rows, complaints }) => [rows, complaints]),
      [
        [],
        [],
      ],
    );
  }
  const runs = objects.find(({ id }) => id === "deepscan-runs")!;
  const split = (key: string, doc_count: number) => ({ key, time: { buckets: [{ key: 0, doc_count }] } });
  const answer = { aggregations: { by: { buckets: [split("success", 3), split("failure", 2)] } } };
  const { rows, complaints } = await drawn(runs, answer);
  assert.deepEqual(rows.map(({ series, value_start, value_end }) => [series, value_start, value_end]), [
    ["success", 2, 5],
    ["failure", 0, 2],
  ]);
  assert.deepEqual(complaints, []);
});

Deno.test("grafanaDashboard(): panels have numbers of their own, none stands over another, and data sources are variables", () => {
  const { panels, templating } = grafanaDashboard(usual);
  assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
  assertApart(panels.map(({ gridPos }) => gridPos), 24);
  const variables = templating.list.filter(({ type }) => type === "datasource").map(({ name }) =>
    `\${${name}}`
  );
  for (const { type, title, datasource } of panels) {
    if (type === "row") continue;
    assert.ok(variables.includes((datasource as { uid: string }).uid), title);
  }
});

Deno.test("dashboardFiles() follow the names of the settings", async () => {
  const own = await usualSettings(
    "findings: {index: ours, health: index}\nship: {index: logs-shop-default, data_stream: true}",
  );
  const text = Object.values(dashboardFiles(own)).join("");
  for (const name of ["ours-alerts-*", "ours-health-*", "ours-models*", "logs-shop-default"]) {
    assert.ok(text.includes(`"${name}`) || text.includes(`\\"${name}`), name);
  }
  assert.doesNotMatch(text, /deepscan-alerts|metrics-deepscan|server-logs/);
});
