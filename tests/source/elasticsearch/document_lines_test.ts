import assert from "node:assert/strict";
import { DocumentLines } from "../../../lib/source/elasticsearch/document_lines.ts";
import { Page } from "../../../lib/source/elasticsearch/page.ts";
import { USUAL_FIELDS, wantedFields } from "../../../lib/source/elasticsearch/wanted_fields.ts";

const T = "2026-03-02T10:00:00.123Z";

/** The line that a document becomes, without its newline. */
function lineOf(source: Record<string, unknown>, fields = USUAL_FIELDS): string {
  const page = new Page(wantedFields(fields)), lines = new DocumentLines();
  const hit = { _index: "logs", _id: "a", _source: { "@timestamp": T, ...source }, sort: [Date.parse(T)] };
  page.read(new TextEncoder().encode(JSON.stringify({ hits: { hits: [hit] } })));
  lines.write(page, 0, 1);
  return new TextDecoder().decode(lines.text().subarray(0, -1));
}

Deno.test("DocumentLines puts what the original line has before its message before the message", () => {
  const header = "192.0.2.7 - - [02/Mar/2026:10:00:00 +0000] ",
    message = '"GET /a HTTP/1.1" 404 19 "-" "agent"';
  const event = { original: header + message };
  assert.equal(lineOf({ message, event }), `${T} - -\x1e${header}\x1f${message}`);
  const stack = "failed\n\tat a\\b\n\tat c", whole = { original: `Mar  2 shop app[7]: ${stack}` };
  assert.equal(lineOf({ message: stack, event: whole }), `${T} - -\x1eMar  2 shop app[7]: \x1f${stack}`);
});

Deno.test("DocumentLines leaves an original alone that is the message, is not about it, or is the message by name", () => {
  assert.equal(lineOf({ message: "a b", event: { original: "a b" } }), `${T} - -\x1fa b`);
  assert.equal(lineOf({ message: "a b", event: { original: "something else" } }), `${T} - -\x1fa b`);
  assert.equal(lineOf({ message: "a", event: { original: "a b a c" } }), `${T} - -\x1fa`);
  const object = '{"level": "x", "message": "a b"';
  assert.equal(lineOf({ message: 'a b"', event: { original: object } }), `${T} - -\x1fa b"`);
  assert.equal(lineOf({ message: "", event: { original: "something else" } }), `${T} - -\x1f`);
  assert.equal(lineOf({ event: { original: "x a b" } }), `${T} - -\x1fx a b`);
  const named = { ...USUAL_FIELDS, message: ["event.original"] };
  assert.equal(lineOf({ message: "a b", event: { original: "x a b" } }, named), `${T} - -\x1fx a b`);
});

Deno.test("DocumentLines lets no text of a document look like what stands between its parts", () => {
  const line = lineOf({ message: "a\x1fb", event: { original: "x\x1e a\x1fb" } });
  assert.equal(line, `${T} - -\x1ex\u241e \x1fa\u241fb`);
});
