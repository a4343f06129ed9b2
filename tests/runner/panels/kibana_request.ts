/**
 * What Kibana makes of saved objects when it shows them, as far as that is a request to Elasticsearch and a drawing of the answer.
 *
 * @see Kibana's `es_query_parser.ts`, whose rules these are.
 *
 * @module
 */
import * as vega from "vega";
import * as vegaLite from "vega-lite";
import type { SavedObject } from "../../../runner/panels/kibana.ts";

/** A time that is shown, ms since the epoch. */
export interface ShownTime {
  from: number;
  to: number;
}

/** A request. */
export interface SearchRequest {
  index: string;
  body: Record<string, unknown>;
}

/** What stands for the time, or the filters of a dashboard. */
type Node = Record<string, unknown>;

/** The specification of a Vega panel. */
export function specOf({ attributes }: SavedObject): Node & { data: { url: SearchRequest } } {
  return JSON.parse(JSON.parse(attributes.visState as string).params.spec);
}

/** The request of a Vega panel. */
export function vegaRequest(object: SavedObject, time: ShownTime): SearchRequest {
  const { index, body } = specOf(object).data.url;
  return { index, body: resolved(body, time) as Node };
}

function resolved(node: unknown, time: ShownTime): unknown {
  if (Array.isArray(node)) {
    return node.filter((each) => !`${each}`.startsWith("%dashboard_context-")) // it filters by nothing more
      .map((each) => resolved(each, time));
  }
  if (typeof node !== "object" || node === null) return node;
  const { "%timefilter%": filter } = node as Node;
  if (filter === "min") return time.from;
  if (filter === "max") return time.to;
  if (filter === true) {
    const text = (at: number) => new Date(at).toISOString();
    return { gte: text(time.from), lte: text(time.to), format: "strict_date_optional_time" };
  }
  const entries = Object.entries(node).map(([name, value]) =>
    name === "interval" ? ["fixed_interval", "1h"] : [name, resolved(value, time)]
  );
  return Object.fromEntries(entries);
}

/** The request of a search that is shown in a dashboard. */
export function searchRequest(object: SavedObject, indices: string, time: ShownTime | null): SearchRequest {
  const meta = object.attributes.kibanaSavedObjectMeta as { searchSourceJSON: string };
  const { query: { query, language } } = JSON.parse(meta.searchSourceJSON);
  if (language !== "lucene") throw new Error(`Cannot ask in ${language}`);
  const range = time === null ? [] : [{ range: { "@timestamp": resolved({ "%timefilter%": true }, time) } }];
  const columns = object.attributes.columns as string[];
  const sort = (object.attributes.sort as [string, string][]).map(([field, order]) => ({
    [field]: { order, unmapped_type: "boolean" },
  }));
  const must = [{ query_string: { query, analyze_wildcard: true } }];
  const fields = columns.map((field) => ({ field }));
  return { index: indices, body: { size: 500, sort, fields, query: { bool: { must, filter: range } } } };
}

/** What a Vega panel draws of an answer: its marks' rows, and what Vega complains about, beside axes without an extent. */
export async function drawn(
  object: SavedObject,
  answer: unknown,
): Promise<{ rows: Node[]; svg: string; complaints: string[] }> {
  const { $schema: _, ...spec } = specOf(object), complaints: string[] = [];
  const keep = (...messages: unknown[]) => {
    if (!/^Infinite extent/.test(`${messages[0]}`)) complaints.push(messages.join(" "));
    return logger;
  };
  const logger = { level: () => logger, error: keep, warn: keep, info: () => logger, debug: () => logger };
  const lite = { ...spec, width: 400, height: 200, data: { name: "found", values: structuredClone(answer) } };
  const compiled = vegaLite.compile(lite as never, { logger: logger as never }).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: "none", logger: logger as never });
  const svg = await view.toSVG(), last = compiled.data!.at(-1)!.name;
  const rows = view.data(last);
  view.finalize();
  return { rows, svg, complaints };
}
