/**
 * Conditions of panels in the languages that take them.
 *
 * @module
 */
import type { Condition, SearchPanel } from "./panel.ts";
import type { Source } from "./sources.ts";

/** A clause of Elasticsearch's query language. */
export type Clause = Record<string, unknown>;

/** What findings say of themselves, and logs don't. */
const OURS: Condition = { field: "event.module", is: "deepscan" };

/**
 * The clauses that documents of a panel must meet.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { clauseOf } from "./conditions.ts";
 *
 * assert.deepEqual(clauseOf({ field: "a", is: ["x", "y"] }), { terms: { a: ["x", "y"] } });
 * assert.deepEqual(clauseOf({ field: "a", exists: true }), { exists: { field: "a" } });
 * ```
 */
export function clauseOf(condition: Condition): Clause {
  const { field } = condition;
  if ("exists" in condition) return { exists: { field } };
  return Array.isArray(condition.is)
    ? { terms: { [field]: condition.is } }
    : { term: { [field]: condition.is } };
}

/** What a panel's documents must meet, `filter` and `must_not` of a `bool` query. */
export function clausesOf(
  { where = [] }: Pick<SearchPanel, "where">,
  { conditions }: Source,
): { filter: Clause[]; must_not: Clause[] } {
  return {
    filter: [...conditions ?? [], ...where].map(clauseOf),
    must_not: conditions === null ? [clauseOf(OURS)] : [],
  };
}

/**
 * The same in Lucene's query language, which Kibana's search bar and Grafana take.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { luceneOf } from "./conditions.ts";
 *
 * const source = { title: "logs", indices: "logs-*", conditions: null, hasStream: false };
 * const where = [{ field: "log.level", is: ["ERROR", "FATAL"] }];
 * assert.equal(luceneOf({ where }, source), 'NOT event.module:"deepscan" AND log.level:("ERROR" OR "FATAL")');
 * ```
 */
export function luceneOf({ where = [] }: Pick<SearchPanel, "where">, { conditions }: Source): string {
  const own = conditions === null ? [`NOT ${phrase(OURS)}`] : conditions.map(phrase);
  return [...own, ...where.map(phrase)].join(" AND ");
}

function phrase(condition: Condition): string {
  const { field } = condition;
  if ("exists" in condition) return `_exists_:${field}`;
  const values = [condition.is].flat().map((value) => JSON.stringify(`${value}`));
  return `${field}:${values.length === 1 ? values[0] : `(${values.join(" OR ")})`}`;
}
