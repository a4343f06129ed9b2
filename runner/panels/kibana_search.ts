/**
 * What Kibana asks Elasticsearch for a Vega panel. Names between percent signs are Kibana's own: it puts the time that is shown,
 * and the filters of the dashboard, in their place.
 *
 * @see Kibana's `es_query_parser.ts`.
 *
 * @module
 */
import { type Clause, clausesOf } from "./conditions.ts";
import { type Measure, MOST_VALUES, type RankingPanel, type TimePanel } from "./panel.ts";
import { type Source, TIME } from "./sources.ts";

/** The query: what the dashboard filters by, the time that is shown, and what the panel is about. */
export function queryOf(panel: TimePanel | RankingPanel, source: Source): Clause {
  const { filter, must_not } = clausesOf(panel, source);
  const isTimed = panel.view !== "ranking" || panel.always !== true;
  const range = { range: { [TIME]: { "%timefilter%": true } } };
  return {
    bool: {
      must: ["%dashboard_context-must_clause%"],
      filter: ["%dashboard_context-filter_clause%", ...isTimed ? [range] : [], ...filter],
      must_not: ["%dashboard_context-must_not_clause%", ...must_not],
    },
  };
}

/** The aggregations: `by`, `time` within it or alone, `m0`, `m1` … within them. */
export function aggregationsOf(panel: TimePanel | RankingPanel): Clause {
  if (panel.view === "ranking") {
    return { by: { ...terms(panel.by, panel.measure), ...figures([panel.measure]) } };
  }
  const time = { time: { date_histogram: histogram(panel.step), ...figures(panel.measures) } };
  return panel.by === undefined ? time : { by: { ...terms(panel.by), aggs: time } };
}

function histogram(step: TimePanel["step"]): Clause {
  return {
    field: TIME,
    ...step === "day" ? { calendar_interval: "day" } : { interval: { "%autointerval%": true } },
    extended_bounds: { min: { "%timefilter%": "min" }, max: { "%timefilter%": "max" } },
    min_doc_count: 0,
  };
}

function terms(field: string, measure?: Measure): Clause {
  const isCount = measure === undefined || measure.kind === "count";
  return { terms: { field, size: MOST_VALUES, ...isCount ? {} : { order: { m0: "desc" } } } };
}

function figures(measures: readonly Measure[]): Clause {
  const named = measures.flatMap((measure, i) =>
    measure.kind === "count" ? [] : [[`m${i}`, { [measure.kind]: { field: measure.field } }] as const]
  );
  return named.length === 0 ? {} : { aggs: Object.fromEntries(named) };
}
