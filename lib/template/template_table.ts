/**
 * Templates as people look at them.
 *
 * @module
 */
import { countText } from "../table/figures.ts";
import type { MimeBundle } from "../table/jupyter.ts";
import { Table } from "../table/table.ts";
import type { Template } from "./template.ts";

/**
 * Templates as a table, the most frequent first: `id, count, severity, template`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { templateTable } from "./template_table.ts";
 *
 * const template = { id: "E1", text: "took <*> ms", severity: 9, count: 12, provisional: false };
 * assert.deepEqual(templateTable([template]).rows(), [["E1", 12, 9, "took <*> ms"]]);
 * ```
 */
export function templateTable(templates: Iterable<Template>): Table {
  const sorted = [...templates].sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
  return new Table({
    id: sorted.map(({ id }) => id),
    count: sorted.map(({ count }) => count),
    severity: sorted.map(({ severity }) => severity),
    template: sorted.map(({ text }) => text),
  });
}

/** The templates of a catalogue as a notebook shows them. */
export function catalogueView(templates: readonly Template[]): MimeBundle {
  return templateTable(templates).toMimeBundle(`A catalogue of ${countText(templates.length, "template")}`);
}
