/**
 * Any field of a document.
 *
 * @module
 */
import type { Page } from "./page.ts";

/**
 * The value of a field, by its dotted name however the document nests it; of a list and an object its JSON, `null` = it has none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Page } from "./page.ts";
 * import { USUAL_FIELDS, wantedFields } from "./wanted_fields.ts";
 * import { valueOfField } from "./document_value.ts";
 *
 * const page = new Page(wantedFields(USUAL_FIELDS)), _source = { http: { "response.status": 503 }, tags: ["a"] };
 * page.read(new TextEncoder().encode(JSON.stringify({ hits: { hits: [{ _id: "a", _source, sort: [1] }] } })));
 * assert.deepEqual(["http.response.status", "tags", "host"].map((name) => valueOfField(page, 0, name)), [503, '["a"]', null]);
 * ```
 */
export function valueOfField(page: Page, i: number, name: string): string | number | boolean | null {
  const value = valueAt(JSON.parse(page.text(page.source(i))), name);
  if (value === undefined || value === null) return null;
  return typeof value === "object" ? JSON.stringify(value) : value as string | number | boolean;
}

/**
 * What stands in a document under a dotted name, however the document nests it; `undefined` = nothing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { valueAt } from "./document_value.ts";
 *
 * assert.equal(valueAt({ "log.level": "WARN" }, "log.level"), valueAt({ log: { level: "WARN" } }, "log.level"));
 * ```
 */
export function valueAt(document: unknown, name: string): unknown {
  return follow(document, name.split("."));
}

/** Parts of the name joined or nested; the first way that leads to something. */
function follow(object: unknown, parts: readonly string[]): unknown {
  if (parts.length === 0) return object;
  if (typeof object !== "object" || object === null) return undefined;
  for (let joined = parts.length; joined > 0; joined--) {
    const inside = (object as Record<string, unknown>)[parts.slice(0, joined).join(".")];
    const value = inside === undefined ? undefined : follow(inside, parts.slice(joined));
    if (value !== undefined) return value;
  }
  return undefined;
}
