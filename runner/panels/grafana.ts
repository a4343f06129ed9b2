/**
 * The dashboard as Grafana imports it, on data sources that its variables choose.
 *
 * @module
 */
import { coloursFor } from "./colours.ts";
import { DASHBOARD, METRIC_SECTIONS, SEARCH_SECTIONS } from "./dashboard.ts";
import { DATA_SOURCES, dataSourceOf, metricTargets, searchTargets } from "./grafana_target.ts";
import { grafanaVariables } from "./grafana_variables.ts";
import { type Place, placesOf } from "./layout.ts";
import type { MetricPanel, Panel, SearchPanel, Section, TablePanel, Unit } from "./panel.ts";
import { type PanelSettings, sourcesOf, TIME } from "./sources.ts";

/** Version of the format: Grafana 10.4 and later read it. */
const SCHEMA = 39;
/** What panels show that go by no time. */
const ALWAYS = "5y";
/** Grafana's names of units. */
const UNITS: Record<Unit, string> = {
  ...{
    count: "short",
    ratio: "short",
    share: "percentunit",
    seconds: "s",
    nanoseconds: "ns",
    bytes: "bytes",
  },
};

/** A panel, as dashboards hold it. */
export interface GrafanaPanel {
  id: number;
  type: string;
  title: string;
  gridPos: Place;
  targets?: Record<string, unknown>[];
  [other: string]: unknown;
}

/** The dashboard as a file to import. */
export function grafanaFile(settings: PanelSettings): string {
  return JSON.stringify(grafanaDashboard(settings), null, 2) + "\n";
}

/** The dashboard. */
export function grafanaDashboard(settings: PanelSettings) {
  const sources = sourcesOf(settings), [now, ...metrics] = METRIC_SECTIONS;
  const draw = (panel: Panel) =>
    panel.view === "metrics" ? metricBody(panel) : searchBody(panel, sources[panel.of]);
  return {
    annotations: { list: [] },
    ...{ description: DASHBOARD.about, editable: true, fiscalYearStartMonth: 0, graphTooltip: 1, id: null },
    links: [],
    panels: panelsOf([now, ...SEARCH_SECTIONS, ...metrics], draw),
    ...{ refresh: "", schemaVersion: SCHEMA, tags: ["deepscan", "logs"] },
    templating: { list: grafanaVariables() },
    time: { from: "now-24h", to: "now" },
    ...{ timepicker: {}, timezone: "", title: DASHBOARD.title, uid: settings.findings.index, version: 1 },
    weekStart: "",
  };
}

/** The panels of all sections, each below its heading. */
function panelsOf(
  sections: readonly Section[],
  draw: (panel: Panel) => Pick<GrafanaPanel, "type">,
): GrafanaPanel[] {
  const all: GrafanaPanel[] = [];
  let top = 0;
  for (const { title, panels } of sections) {
    const id = all.length + 1, { places, below } = placesOf(panels, top + 1);
    all.push({
      id,
      type: "row",
      title,
      collapsed: false,
      gridPos: { x: 0, y: top, w: 24, h: 1 },
      panels: [],
    });
    panels.forEach((panel, i) => {
      const told = { title: panel.title, description: panel.about, gridPos: places[i] };
      all.push({ id: id + 1 + i, ...told, ...draw(panel) });
    });
    top = below;
  }
  return all;
}

function searchBody(panel: SearchPanel, source: Parameters<typeof searchTargets>[1]) {
  const always = "always" in panel && panel.always === true;
  const common = {
    ...{ datasource: dataSourceOf(panel), targets: searchTargets(panel, source).map((one) => ({ ...one })) },
    ...always ? { timeFrom: ALWAYS } : {},
  };
  if (panel.view === "table") return { type: "table", ...common, ...tableOf(panel) };
  if (panel.view === "ranking") return { type: "barchart", ...common, ...rankingOf(panel) };
  return { type: "timeseries", ...common, ...seriesOf(panel.view, panel.unit, panel.by) };
}

function metricBody(panel: MetricPanel) {
  const { shows, unit } = panel, common = { datasource: DATA_SOURCES.metrics, targets: metricTargets(panel) };
  if (shows !== "figures") return { type: "timeseries", ...common, ...seriesOf(shows, unit) };
  return {
    type: "stat",
    ...common,
    fieldConfig: { defaults: { unit: UNITS[unit] }, overrides: [] },
    options: {
      ...{ colorMode: "none", graphMode: "none", justifyMode: "auto", orientation: "auto", textMode: "auto" },
      reduceOptions: { calcs: ["lastNotNull"], fields: "", values: false },
    },
  };
}

/** Series over time; those with a colour of their own have it. */
function seriesOf(view: "bars" | "lines", unit: Unit, by?: string) {
  const isBars = view === "bars",
    overrides = coloursFor(by).map(([value, fixedColor]) => ({
      matcher: { id: "byName", options: value },
      properties: [{ id: "color", value: { mode: "fixed", fixedColor } }],
    }));
  const custom = {
    ...{
      drawStyle: isBars ? "bars" : "line",
      fillOpacity: isBars ? 70 : 0,
      lineWidth: 1,
      spanNulls: !isBars,
    },
    ...{ showPoints: "auto", stacking: { group: "A", mode: isBars ? "normal" : "none" } },
  };
  return {
    fieldConfig: { defaults: { unit: UNITS[unit], min: 0, custom }, overrides },
    options: {
      legend: { calcs: [], displayMode: "list", placement: "bottom", showLegend: true },
      tooltip: { mode: "multi", sort: "desc" },
    },
  };
}

function rankingOf({ by, unit }: { by: string; unit: Unit }) {
  return {
    fieldConfig: { defaults: { unit: UNITS[unit], min: 0 }, overrides: [] },
    options: {
      ...{ orientation: "horizontal", xField: by, showValue: "auto", stacking: "none", barWidth: 0.8 },
      ...{ groupWidth: 0.7, fullHighlight: false, xTickLabelRotation: 0, xTickLabelMaxLength: 60 },
      legend: { calcs: [], displayMode: "list", placement: "bottom", showLegend: false },
      tooltip: { mode: "single", sort: "none" },
    },
  };
}

/** Of each document only the columns, in their order, with their titles. */
function tableOf({ columns }: TablePanel) {
  const fields = [TIME, ...columns.map(({ field }) => field)];
  return {
    fieldConfig: { defaults: { custom: { filterable: true, inspect: true } }, overrides: [] },
    options: { showHeader: true, cellHeight: "sm", footer: { show: false, reducer: [], fields: "" } },
    transformations: [
      { id: "filterFieldsByName", options: { include: { names: fields } } },
      {
        id: "organize",
        options: {
          excludeByName: {},
          indexByName: Object.fromEntries(fields.map((field, i) => [field, i])),
          renameByName: Object.fromEntries([
            [TIME, "Time"],
            ...columns.map(({ field, title }) => [field, title]),
          ]),
        },
      },
    ],
  };
}
