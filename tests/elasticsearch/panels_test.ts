/**
 * The dashboards' panels, asked of a real Elasticsearch that `ship` and `detect` have filled: what Kibana and Grafana would ask.
 */
import assert from "node:assert/strict";
import { SEARCH_PANELS } from "../../runner/panels/dashboard.ts";
import { grafanaDashboard } from "../../runner/panels/grafana.ts";
import type { SearchTarget } from "../../runner/panels/grafana_target.ts";
import { type SavedObject, savedObjects } from "../../runner/panels/kibana.ts";
import { fieldsOf, type SearchPanel } from "../../runner/panels/panel.ts";
import { sourcesOf, TIME } from "../../runner/panels/sources.ts";
import { grafanaBody } from "../runner/panels/grafana_request.ts";
import { drawn, searchRequest, vegaRequest } from "../runner/panels/kibana_request.ts";
import { usualSettings } from "../runner/panels/usual_settings.ts";
import { Shipper, text } from "../runner/ship/shipper.ts";
import { Stage } from "../runner/stage.ts";
import { linesWithError } from "../runner/tasks/task.ts";
import { NEWEST, withElasticsearch } from "../services/with_elasticsearch.ts";
import { ask } from "./indexed.ts";

const HOUR = 3_600_000;
/** What is shown: the day of the log and of the run. */
const time = { from: Date.UTC(2026, 2, 1, 12), to: Date.UTC(2026, 2, 3, 12) };
const settings = await usualSettings(), sources = sourcesOf(settings);
const objects = savedObjects(settings), dashboard = grafanaDashboard(settings);
/** Indices of logs and findings, as data sources of Grafana name them. */
const GRAFANA_INDICES: Record<string, string> = {
  "${logs}": "server-logs-*",
  "${findings}": "*deepscan*",
};

interface Answer {
  hits: { hits: unknown[] };
  aggregations?: Record<string, Aggregation>;
}

interface Aggregation {
  buckets?: Record<string, unknown>[];
  value?: number | null;
}

/** Rows that an answer comes to: documents, buckets with something in them, or the figures of such. */
function rowsOf({ hits, aggregations = {} }: Answer): number {
  return hits.hits.length + rowsIn(Object.values(aggregations));
}

function rowsIn(aggregations: readonly Aggregation[]): number {
  const rows = aggregations.map(({ buckets, value }) =>
    buckets === undefined
      ? Number(value != null)
      : buckets.reduce((sum, bucket) => sum + rowsOfBucket(bucket), 0)
  );
  return rows.reduce((sum, count) => sum + count, 0);
}

function rowsOfBucket({ doc_count, ...more }: Record<string, unknown>): number {
  const inner = Object.values(more).filter((each): each is Aggregation =>
    typeof each === "object" && each !== null
  );
  if (doc_count === 0) return 0;
  return inner.length === 0 ? 1 : rowsIn(inner);
}

const objectOf = ({ id }: SearchPanel): SavedObject =>
  objects.find((object) => object.id === `deepscan-${id}`)!;

withElasticsearch(NEWEST, "panels of dashboards", (server, version) => {
  const search = async (index: string, body: unknown) =>
    await ask(server().url, "POST", `/${index}/_search?ignore_unavailable=true`, body) as Answer;

  Deno.test(`panels: ship and detect fill the indices that they are made for (${version})`, async () => {
    const { url } = server(), lines = linesWithError(240, 232);
    await using shipper = await Shipper.make({ url });
    shipper.append(text(lines));
    assert.equal((await shipper.ship()).code, 0);
    const app = "{name: app, inputs: [app.log], clock: data, min_history: 2h}";
    await using stage = await Stage.make(
      `streams: [${app}, {name: gone, inputs: [gone.log]}]\nelasticsearch: {nodes: ["${url}"]}\n` +
        "findings: {verdicts: all, patience: 0s}\nalerts: {channels: {console: false}}\n",
    );
    stage.append("app.log", ...lines);
    const { code, stderr } = await stage.run("detect");
    assert.equal(code, 1, stderr); // one log is not there: a failure to be shown
    await ask(url, "POST", "/_refresh");
  });

  Deno.test(`panels: every field is one of the indices that its panel asks (${version})`, async () => {
    for (const panel of SEARCH_PANELS) {
      const { indices } = sources[panel.of], fields = [TIME, ...fieldsOf(panel)];
      const found = await ask(server().url, "GET", `/${indices}/_field_caps?fields=${fields.join(",")}`) as {
        fields: Record<string, Record<string, { aggregatable: boolean }>>;
      };
      for (const field of fields) {
        assert.ok(field in found.fields, `${panel.id}: ${field} is no field of ${indices}`);
        if (panel.view === "table" || field !== panel.by) continue;
        const isCounted = Object.values(found.fields[field]).every(({ aggregatable }) => aggregatable);
        assert.ok(isCounted, `${panel.id}: ${field} can't be counted`);
      }
    }
  });

  for (const panel of SEARCH_PANELS) {
    Deno.test(`panels: Kibana shows something in "${panel.title}" (${version})`, async () => {
      const object = objectOf(panel), { indices } = sources[panel.of];
      if (panel.view === "table") {
        const request = searchRequest(object, indices, panel.always === true ? null : time);
        const rows = rowsOf(await search(request.index, request.body));
        assert.ok(rows > 0, panel.id);
        return;
      }
      const request = vegaRequest(object, time), answer = await search(request.index, request.body);
      const { rows, complaints } = await drawn(object, answer);
      assert.ok(rowsOf(answer) > 0, panel.id);
      assert.ok(rows.length > 0, panel.id);
      assert.deepEqual(complaints, [], panel.id);
      const nothing = await drawn(object, await search("no-such-index-*", request.body));
      assert.deepEqual([nothing.rows, nothing.complaints], [[], []], panel.id);
    });
  }

  for (const { title, datasource, targets = [], timeFrom } of dashboard.panels) {
    const { type, uid } = (datasource ?? {}) as { type?: string; uid: string };
    if (type !== "elasticsearch") continue;
    Deno.test(`panels: Grafana shows something in "${title}" (${version})`, async () => {
      const shown = timeFrom === undefined ? time : { ...time, from: time.to - 5 * 365 * 24 * HOUR };
      for (const target of targets as unknown as SearchTarget[]) {
        const answer = await search(GRAFANA_INDICES[uid], grafanaBody(target, shown, ["app", "gone"]));
        assert.ok(rowsOf(answer) > 0, target.query);
      }
    });
  }
});
