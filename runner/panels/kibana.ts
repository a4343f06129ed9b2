/**
 * The dashboard as saved objects of Kibana: data views, Vega panels, searches, and the dashboard that holds them.
 *
 * Versions of the objects are those of Kibana 8.8 and 8.9; later ones bring them up to date while they import them.
 *
 * @module
 */
import { luceneOf } from "./conditions.ts";
import { DASHBOARD, SEARCH_PANELS } from "./dashboard.ts";
import { type Place, placesOf } from "./layout.ts";
import type { SearchPanel, SourceName, TablePanel } from "./panel.ts";
import { type PanelSettings, type Source, sourcesOf, TIME } from "./sources.ts";
import { vegaOf } from "./vega.ts";

/** A saved object, as exports hold one. */
export interface SavedObject {
  type: "index-pattern" | "visualization" | "search" | "dashboard";
  id: string;
  attributes: Record<string, unknown>;
  references: Reference[];
  coreMigrationVersion: string;
  typeMigrationVersion: string;
}

/** An object that another one needs. */
export interface Reference {
  type: SavedObject["type"];
  id: string;
  name: string;
}

/** Versions that objects are written in. */
const CORE = "8.8.0";
const VERSIONS: Record<SavedObject["type"], string> = {
  "index-pattern": "8.0.0",
  visualization: "8.5.0",
  search: "8.0.0",
  dashboard: "8.9.0",
};
/** What panels show that go by no time. */
const ALWAYS = { from: "now-5y", to: "now" };
/** Kibana's grid has twice the columns. */
const SCALE = 2;
const INDEX = "kibanaSavedObjectMeta.searchSourceJSON.index";

/** The dashboard as a file to import: one object a line. */
export function kibanaFile(settings: PanelSettings): string {
  return savedObjects(settings).map((object) => `${JSON.stringify(object)}\n`).join("");
}

/** All objects of the dashboard; what others need comes before them. */
export function savedObjects(settings: PanelSettings): SavedObject[] {
  const sources = sourcesOf(settings), prefix = settings.findings.index;
  const views = viewsOf(sources), idOf = (name: string) => `${prefix}-${name}`;
  const panels = SEARCH_PANELS.map((panel) => {
    const view = views.find(({ indices }) => indices === sources[panel.of].indices)!;
    return panelObject(panel, { id: idOf(panel.id), view: idOf(view.name), source: sources[panel.of] });
  });
  return [
    ...views.map(({ name, ...source }) => dataView(idOf(name), source)),
    ...panels,
    dashboard(idOf("dashboard"), panels),
  ];
}

/** One data view for each place where documents lie, called by the first source there. */
function viewsOf(sources: Record<SourceName, Source>): (Source & { name: string })[] {
  const named = Object.entries(sources).map(([name, source]) => ({ name: `view-${name}`, ...source }));
  return [...Map.groupBy(named, ({ indices }) => indices).values()].map(([first]) => first);
}

function saved(
  type: SavedObject["type"],
  id: string,
  { attributes, references = [] }: { attributes: SavedObject["attributes"]; references?: Reference[] },
): SavedObject {
  const versions = { coreMigrationVersion: CORE, typeMigrationVersion: VERSIONS[type] };
  return { type, id, attributes, references, ...versions };
}

function dataView(id: string, { indices, title }: Source): SavedObject {
  return saved("index-pattern", id, { attributes: { title: indices, name: title, timeFieldName: TIME } });
}

function panelObject(
  panel: SearchPanel,
  { id, view, source }: { id: string; view: string; source: Source },
): SavedObject {
  if (panel.view === "table") return search(panel, { id, view, source });
  const { title, about } = panel, spec = JSON.stringify(vegaOf(panel, source), null, 2);
  return saved("visualization", id, {
    attributes: {
      ...{ title: titleOf(panel), description: about, version: 1, uiStateJSON: "{}" },
      visState: JSON.stringify({ title, type: "vega", aggs: [], params: { spec } }),
      kibanaSavedObjectMeta: {
        searchSourceJSON: JSON.stringify({ query: { query: "", language: "kuery" }, filter: [] }),
      },
    },
  });
}

function search(
  panel: TablePanel,
  { id, view, source }: { id: string; view: string; source: Source },
): SavedObject {
  const query = { query: luceneOf(panel, source), language: "lucene" };
  return saved("search", id, {
    attributes: {
      ...{ title: titleOf(panel), description: panel.about },
      ...{ columns: panel.columns.map(({ field }) => field), sort: [[TIME, "desc"]], grid: {} },
      ...{ hideChart: true, isTextBasedQuery: false, timeRestore: false },
      kibanaSavedObjectMeta: {
        searchSourceJSON: JSON.stringify({ query, filter: [], indexRefName: INDEX }),
      },
    },
    references: [{ type: "index-pattern", id: view, name: INDEX }],
  });
}

/** What it is called in lists of all objects. */
function titleOf({ title }: SearchPanel): string {
  return `[${DASHBOARD.title}] ${title}`;
}

function dashboard(id: string, objects: readonly SavedObject[]): SavedObject {
  const { places } = placesOf(SEARCH_PANELS, 0);
  return saved("dashboard", id, {
    attributes: {
      ...{ title: DASHBOARD.title, description: DASHBOARD.about, version: 1 },
      panelsJSON: JSON.stringify(
        SEARCH_PANELS.map((panel, i) => dashboardPanel(panel, objects[i].type, places[i])),
      ),
      optionsJSON: JSON.stringify({
        ...{ useMargins: true, syncColors: false, syncCursor: true, syncTooltips: false },
        hidePanelTitles: false,
      }),
      ...{ timeRestore: true, timeFrom: "now-24h", timeTo: "now" },
      refreshInterval: { pause: true, value: 60_000 },
      kibanaSavedObjectMeta: {
        searchSourceJSON: JSON.stringify({ query: { query: "", language: "kuery" }, filter: [] }),
      },
    },
    references: SEARCH_PANELS.map((panel, i) => ({
      ...{ type: objects[i].type, id: objects[i].id, name: `${panel.id}:panel_${panel.id}` },
    })),
  });
}

function dashboardPanel(panel: SearchPanel, type: SavedObject["type"], { x, y, w, h }: Place) {
  const always = panel.view === "table" && panel.always === true ? { timeRange: ALWAYS } : {};
  return {
    ...{ version: CORE, type, panelIndex: panel.id, title: panel.title },
    gridData: { x: x * SCALE, y: y * SCALE, w: w * SCALE, h: h * SCALE, i: panel.id },
    embeddableConfig: { ...always, enhancements: {} },
    panelRefName: `panel_${panel.id}`,
  };
}
