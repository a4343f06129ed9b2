/**
 * An example line whose values stand out.
 *
 * @module
 */
import { parametersOf, type Reason } from "../../lib/mod.ts";
import { exampleText } from "../alert/message.ts";
import { escapeHtml } from "../alert/plain_text.ts";
import { html, Markup } from "./html.ts";

/** Values that are marked; further ones look like the rest. */
const MARKED = 40;

/**
 * The line that a reason is shown by, with the values of its template marked and named; empty without one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sampleLine } from "./sample_line.ts";
 *
 * const reason = { detector: "", kind: "template" as const, id: "T1", title: "took <*> ms", share: 1, actual: 1, expected: 0,
 *   firstSeen: null, example: "10:00 took 12 ms" };
 * assert(sampleLine(reason).text.includes('took <b title="took: duration">12</b> ms'));
 * ```
 */
export function sampleLine(reason: Reason): Markup {
  const text = exampleText(reason);
  if (text === "") return html``;
  const parts: Markup[] = [],
    plain = (from: number, to: number) => new Markup(escapeHtml(text.slice(from, to)));
  let at = 0;
  for (const { name, kind, start, end } of valuesIn(reason, text)) {
    parts.push(plain(at, start), html`<b title="${`${name}: ${kind}`}">${plain(start, end)}</b>`);
    at = end;
  }
  return html`<span class="sample">${[...parts, plain(at, text.length)]}</span>`;
}

/** A line is redacted already: what stands in it may be shown. */
function valuesIn({ kind, id, title }: Reason, text: string) {
  if (kind === "level" || kind === "other" || !title.includes("<*>")) return [];
  const asIs = (value: string) => value;
  return parametersOf({ id, text: title }, text, { anywhere: true, redact: asIs }).slice(0, MARKED);
}
