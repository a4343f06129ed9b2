/**
 * Texts as they are shown: what comes from log lines is made harmless here, once for pages and for the JSON interface.
 *
 * @module
 */
import { visibleLine } from "./visible_text.ts";

/** Characters of a line, a template and a name that are shown. */
const LINE = 1000, TEMPLATE = 500, NAME = 200;

/** A line of a log: on one line, control characters and marks that turn the direction of reading made visible. */
export function shownLine(text: unknown): string {
  return visibleLine(String(text), LINE);
}

/** The text of a template, the same way. */
export function shownTemplate(text: unknown): string {
  return visibleLine(String(text), TEMPLATE);
}

/** A name that a log line may have given, such as a service, the same way; it is no key any more. */
export function shownName(text: unknown): string {
  return visibleLine(String(text), NAME);
}

/** A time of the database, ms; `null` = there is none. */
export function timeOf(value: unknown): number | null {
  return value === null || value === undefined || Number.isNaN(value) ? null : Number(value);
}
