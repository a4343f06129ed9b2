/**
 * Panels as Vega-Lite, with the query that Kibana sends for them.
 *
 * @module
 */
import { aggregationsOf, queryOf } from "./kibana_search.ts";
import { coloursOf } from "./colours.ts";
import type { Measure, RankingPanel, TimePanel, Unit } from "./panel.ts";
import type { Source } from "./sources.ts";

/** A specification of Vega-Lite. */
export type Specification = Record<string, unknown>;

/** Version of the language that Kibana 8 and 9 have. */
const SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json";
/** Pixels of a label. */
const LABEL = 320;

/** The specification of a panel: an empty chart where there are no documents yet. */
export function vegaOf(panel: TimePanel | RankingPanel, source: Source): Specification {
  const body = { size: 0, query: queryOf(panel, source), aggs: aggregationsOf(panel) };
  return {
    $schema: SCHEMA,
    data: { name: "found", url: { index: source.indices, body } },
    ...panel.view === "ranking" ? ranking(panel) : overTime(panel),
    config: {
      kibana: { hideWarnings: true }, // of axes without an extent, where nothing was found
      ...{ axis: { labelLimit: LABEL, title: null }, legend: { orient: "bottom", title: null } },
    },
  };
}

/** The buckets of an aggregation; it is missing where no index is there. */
function buckets(of: string, as: string): unknown[] {
  return [
    { calculate: `datum.${of} ? datum.${of}.buckets : []`, as: `${as}s` },
    { flatten: [`${as}s`], as: [as] },
  ];
}

/** A measure of a bucket. */
function value(bucket: string, measure: Measure, index: number, unit: Unit): string {
  const read = measure.kind === "count" ? `${bucket}.doc_count` : `${bucket}.m${index}.value`;
  return unit === "nanoseconds" ? `${read} == null ? null : ${read} / 1e9` : read;
}

function ranking({ measure, unit }: RankingPanel): Specification {
  return {
    transform: [
      { calculate: "datum.aggregations ? datum.aggregations.by : null", as: "by" },
      ...buckets("by", "bucket"),
      { calculate: "datum.bucket.key", as: "name" },
      { calculate: value("datum.bucket", measure, 0, unit), as: "value" },
    ],
    mark: { type: "bar", tooltip: true },
    encoding: {
      y: { field: "name", type: "nominal", sort: "-x", title: null },
      x: { field: "value", type: "quantitative", axis: axisOf(unit), title: measure.title },
      tooltip: [{ field: "name", title: "value" }, { field: "value", title: measure.title }],
    },
  };
}

function overTime(panel: TimePanel): Specification {
  const { measures: [first, ...others], by, unit, view } = panel, isBars = view === "bars";
  const split = by !== undefined
    ? [
      { calculate: "datum.aggregations ? datum.aggregations.by : null", as: "by" },
      ...buckets("by", "split"),
      { calculate: "datum.split.key", as: "series" },
      { calculate: "datum.split.time", as: "times" },
    ]
    : [{ calculate: "datum.aggregations ? datum.aggregations.time : null", as: "times" }];
  const all = [first, ...others];
  const measured = all.map((measure, i) => ({
    title: measure.title,
    value: value("datum.bucket", measure, i, unit),
  }));
  const told = by !== undefined ? [{ calculate: measured[0].value, as: "value" }] : [
    {
      calculate: `[${
        measured.map(({ title, value }) => `{series: ${JSON.stringify(title)}, value: ${value}}`)
      }]`,
      as: "figures",
    },
    { flatten: ["figures"], as: ["figure"] },
    { calculate: "datum.figure.series", as: "series" },
    { calculate: "datum.figure.value", as: "value" },
  ];
  return {
    transform: [
      ...[...split, ...buckets("times", "bucket")],
      ...[{ calculate: "datum.bucket.key", as: "time" }, ...told],
      ...isBars ? untilNext() : [{ filter: "isValid(datum.value)" }],
    ],
    mark: isBars
      ? { type: "bar", orient: "vertical", tooltip: true }
      : { type: "line", point: true, tooltip: true },
    encoding: {
      x: { field: "time", type: "temporal", title: null },
      ...isBars ? { x2: { field: "until" } } : {},
      y: {
        field: "value",
        type: "quantitative",
        stack: isBars ? "zero" : null,
        axis: axisOf(unit),
        title: null,
      },
      color: { field: "series", type: "nominal", ...coloursOf(by) },
      tooltip: [
        { field: "time", type: "temporal", format: "%Y-%m-%d %H:%M" },
        { field: "series" },
        { field: "value", title: first.title },
      ],
    },
  };
}

/** Where the bar of a bucket ends: where the next one begins. */
function untilNext(): unknown[] {
  return [
    {
      window: [{ op: "lead", field: "time", as: "next" }, { op: "lag", field: "time", as: "before" }],
      ...{ groupby: ["series"], sort: [{ field: "time" }], frame: [null, null] },
    },
    {
      calculate:
        "isValid(datum.next) ? datum.next : isValid(datum.before) ? 2 * datum.time - datum.before : datum.time + 60000",
      as: "until",
    },
  ];
}

/** How figures are written beside an axis. */
function axisOf(unit: Unit): Specification {
  const length = [["d", 86_400], ["h", 3600], ["min", 60]] as const;
  const said = length.map(([name, seconds]) =>
    `abs(datum.value) >= ${seconds} ? format(datum.value / ${seconds}, '.3~g') + ' ${name}'`
  ).join(" : ");
  if (unit === "seconds" || unit === "nanoseconds") {
    return { labelExpr: `${said} : format(datum.value, '.3~g') + ' s'` };
  }
  return { format: unit === "share" ? ".0%" : unit === "ratio" ? ".3~g" : "~s" };
}
