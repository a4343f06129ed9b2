/**
 * Which templates are about security at all, so that the lines of all others cost one look at a table.
 *
 * @module
 */
import { statementOf } from "./statement.ts";

/** A template's lines say nothing, are requests of an access log, or may say something of logins, rights and accounts. */
export const UNCONCERNED = 0, REQUEST = 1, STATEMENT = 2;

/** Behind the request of an access log stands its status. */
const STATUS = /^" (?:\d{3}|<\*>)(?: |$)/;

/** A request may hold quotes itself. */
const METHOD = /^"(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT|PROPFIND) /;

/** Whether a text begins with something in quotes and a status, or has a protocol in quotes. */
function isAccess(text: string): boolean {
  const quote = text.indexOf('"');
  if (quote < 0) return false;
  if (text.indexOf(" HTTP/", quote) > 0 || METHOD.test(text)) return true;
  const close = quote === 0 ? text.indexOf('" ', 1) : -1;
  return close > 0 && STATUS.test(text.slice(close, close + 6));
}

/**
 * What the lines of a template may be, from its text: a value may be any word, so a template is only left out where no word in place
 * of its values would make it telling.
 *
 * @param text A template's text with `<*>` for its values, or a line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { concernOf, REQUEST, STATEMENT, UNCONCERNED } from "./concern.ts";
 *
 * assert.equal(concernOf('"GET <*> HTTP/<*>" 200 <*>'), REQUEST);
 * assert.equal(concernOf("<*> password for <*> from <*> port <*> ssh2"), STATEMENT);
 * assert.equal(concernOf("Received block <*> of size <*>"), UNCONCERNED);
 * ```
 */
export function concernOf(text: string): number {
  if (isAccess(text)) return REQUEST;
  if (statementOf(text) !== null) return STATEMENT;
  const named = text.replaceAll("<*>", "name");
  if (statementOf(named) !== null) return STATEMENT;
  if (!text.includes("<*>")) return UNCONCERNED;
  const telling = ["failed", "accepted", "stopped", "su"].some((word) =>
    statementOf(text.replaceAll("<*>", word)) !== null
  );
  return telling ? STATEMENT : UNCONCERNED;
}
