/**
 * What Grafana makes of a panel's target when it asks Elasticsearch.
 *
 * @see Grafana's `QueryBuilder.ts` and `data_query.go`, whose rules these are.
 *
 * @module
 */
import type { SearchTarget } from "../../../runner/panels/grafana_target.ts";
import type { ShownTime } from "./kibana_request.ts";

type Node = Record<string, unknown>;

/** The body of the request, with these streams chosen. */
export function grafanaBody(target: SearchTarget, time: ShownTime, streams: readonly string[]): Node {
  const chosen = `(${streams.map((stream) => JSON.stringify(stream)).join(" OR ")})`;
  const query = target.query.replaceAll("$stream", chosen), { timeField, metrics, bucketAggs } = target;
  const filter = [
    { range: { [timeField]: { gte: time.from, lte: time.to, format: "epoch_millis" } } },
    { query_string: { query, analyze_wildcard: true } },
  ];
  const asked = { size: 0, query: { bool: { filter } } };
  if (metrics[0].type === "raw_data") {
    const sort = [{ [timeField]: { order: "desc", unmapped_type: "boolean" } }, { _doc: { order: "desc" } }];
    return { ...asked, size: Number(metrics[0].settings!.size), sort, script_fields: {} };
  }
  const measured = metrics.filter(({ type }) => type !== "count")
    .map(({ id, type, field }) => [id, { [type]: { field } }]);
  let aggs: Node = Object.fromEntries(measured);
  for (const bucket of bucketAggs.toReversed()) aggs = { [bucket.id]: { ...bucketOf(bucket, time), aggs } };
  return { ...asked, aggs };
}

function bucketOf(
  { type, field, settings }: SearchTarget["bucketAggs"][number],
  { from, to }: ShownTime,
): Node {
  if (type === "terms") {
    const { size, min_doc_count, orderBy, order } = settings;
    return {
      terms: { field, size: Number(size), min_doc_count: Number(min_doc_count), order: { [orderBy]: order } },
    };
  }
  return {
    date_histogram: {
      ...{ field, min_doc_count: Number(settings.min_doc_count), format: "epoch_millis" },
      fixed_interval: settings.interval === "auto" ? "3600000ms" : settings.interval,
      extended_bounds: { min: from, max: to },
    },
  };
}
