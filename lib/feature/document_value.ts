/**
 * Any field of a document.
 *
 * @module
 */
import type { Page } from "../source/elasticsearch/page.ts";
import type { Cell } from "./table.ts";

/**
 * The value of a field, by its dotted name however the document nests it; of a list and an object its JSON, `null` = it has none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Page } from "../source/elasticsearch/page.ts";
 * import { USUAL_FIELDS, wantedFields } from "../source/elasticsearch/wanted_fields.ts";
 * import { valueOfField } from "./document_value.ts";
 *
 * const page = new Page(wantedFields(USUAL_FIELDS)), _source = { http: { "response.status": 503 }, tags: ["a"] };
 * page.read(new TextEncoder().encode(JSON.stringify({ hits: { hits: [{ _id: "a", _source, sort: [1] }] } })));
 * assert.deepEqual(["http.response.status", "tags", "host"].map((name) => valueOfField(page, 0, name)), [503, '["a"]', null]);
 * ```
 */
export function valueOfField(page: Page, i: number, name: string): Cell {
  const value = valueAt(JSON.parse(page.text(page.source(i))), name.split("."));
  if (value === undefined || value === null) return null;
  return typeof value === "object" ? JSON.stringify(value) : value as Cell;
}

/** Parts of the name joined or nested; the first way that leads to something. */
function valueAt(object: unknown, parts: readonly string[]): unknown {
  if (parts.length === 0) return object;
  if (typeof object !== "object" || object === null) return undefined;
  for (let joined = parts.length; joined > 0; joined--) {
    const inside = (object as Record<string, unknown>)[parts.slice(0, joined).join(".")];
    const value = inside === undefined ? undefined : valueAt(inside, parts.slice(joined));
    if (value !== undefined) return value;
  }
  return undefined;
}
