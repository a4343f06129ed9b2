import assert from "node:assert/strict";
import { DocumentRows, type DocumentRowsOptions } from "../../lib/feature/document_rows.ts";
import { Page } from "../../lib/source/elasticsearch/page.ts";
import { USUAL_FIELDS, wantedFields } from "../../lib/source/elasticsearch/wanted_fields.ts";

const TIME = Date.UTC(2026, 2, 2, 10);

/** A document as it stands in an answer. */
interface Hit {
  _index?: string;
  _id?: string;
  _source: Record<string, unknown>;
  sort?: unknown[];
}

/** Documents as rows; each has an id and a time of its own where it says none. */
function rowsOf(hits: Hit[], options: DocumentRowsOptions = {}): DocumentRows {
  const page = new Page(wantedFields(USUAL_FIELDS)), rows = new DocumentRows(options);
  const whole = hits.map((hit, i) => ({ _index: "logs", _id: `id ${i}`, sort: [TIME + i, 9], ...hit }));
  page.read(new TextEncoder().encode(JSON.stringify({ hits: { hits: whole } })));
  for (let i = 0; i < page.length; i++) rows.add(page, i);
  return rows;
}

/** What was cleaned, by what was found. */
function cleaned(rows: DocumentRows): Record<string, number> {
  const found = rows.cleaning().rows().map(([found, documents]) => [found, documents]);
  return Object.fromEntries(found.filter(([, documents]) => documents !== 0));
}

const whole = { "@timestamp": "2026-03-02T10:00:00.000Z", "log.level": "ERROR", service: { name: "shop" } };

Deno.test("DocumentRows leaves a document that is as it should be as it is", () => {
  const rows = rowsOf([{ _source: { ...whole, message: "disk full" } }]);
  assert.deepEqual(rows.events().rows(), [
    [1, "2026-03-02", "10:00:00.000", "ERROR", "shop", "disk full", null, null],
  ]);
  assert.deepEqual(rows.fields().rows(), [
    ["2026-03-02T10:00:00.000Z", "error", "shop", "disk full", "logs", "id 0"],
  ]);
  assert.deepEqual(cleaned(rows), { documents: 1 });
});

Deno.test("DocumentRows writes every time as ISO 8601 in UTC with milliseconds", () => {
  const times = [
    "2026-03-02T11:00:00+01:00",
    "2026-03-02 10:00:00Z",
    "2026-03-02T10:00:00.000123Z",
    TIME,
    "noon",
  ];
  const rows = rowsOf(times.map((time) => ({ _source: { "@timestamp": time, message: "x" }, sort: [TIME] })));
  assert.deepEqual(rows.fields().columns.get("@timestamp"), times.map(() => "2026-03-02T10:00:00.000Z"));
  assert.equal(cleaned(rows)["time in another form"], 5);
});

Deno.test("DocumentRows leaves the time empty where there is none, or the shipper inferred it", () => {
  const rows = rowsOf([
    { _source: { message: "x" }, sort: [null] },
    { _source: { ...whole, message: "y", deepscan: { time_inferred: true } } },
  ]);
  assert.deepEqual(rows.events().columns.get("Date"), [null, null]);
  assert.deepEqual(rows.events().columns.get("Time"), [null, null]);
  const { "no time": untimed, "time inferred by the shipper": inferred } = cleaned(rows);
  assert.deepEqual([untimed, inferred], [1, 1]);
});

Deno.test("DocumentRows fills level, service and message, or leaves them empty where it is told to", () => {
  const bare = [{ _source: { "@timestamp": whole["@timestamp"], message: null } }];
  const filled = rowsOf(bare, { service: "web" });
  assert.deepEqual(filled.events().rows()[0].slice(3, 6), ["INFO", "web", ""]);
  assert.deepEqual(cleaned(filled), { documents: 1, "no level": 1, "no service": 1, "no message": 1 });
  assert.deepEqual(rowsOf(bare, { level: null }).events().rows()[0].slice(3, 6), [null, null, ""]);
});

Deno.test("DocumentRows keeps a level of no known name, and takes other spellings for the same", () => {
  const levels = ["warning", "Err", "banana", "INFO2", "critical"];
  const rows = rowsOf(levels.map((loglevel) => ({ _source: { loglevel, message: "x" } })));
  assert.deepEqual(rows.events().columns.get("Level"), ["WARN", "ERROR", "BANANA", "INFO", "FATAL"]);
  assert.equal(cleaned(rows)["level of no known name"], 1);
});

Deno.test("DocumentRows takes the last message of a list, as Logstash's grok leaves them", () => {
  const lists = [["2026-03-02 10:00 WARN slow", "slow"], ["only"]];
  const rows = rowsOf([
    ...lists.map((message) => ({ _source: { ...whole, message } })),
    { _source: { tags: ["a", "b"], message: "no list", ...whole } },
  ]);
  assert.deepEqual(rows.events().columns.get("Content"), ["slow", "only", "no list"]);
  assert.equal(cleaned(rows)["several messages in a list"], 2);
});

Deno.test("DocumentRows drops a document that comes again, not others of the same id", () => {
  const hit = (index: string, time: number, message: string) => ({
    ...{ _index: index, _id: "1", sort: [time, 0] },
    _source: { ...whole, message },
  });
  const rows = rowsOf([hit("a", TIME, "one"), hit("b", TIME, "one"), hit("b", TIME + 1, "two")]);
  assert.deepEqual(rows.events().columns.get("Content"), ["one", "two"]);
  assert.deepEqual(cleaned(rows), { documents: 3, "same id and time again": 1 });
});

Deno.test("DocumentRows takes secrets out, numbers lines, and keeps whole messages beside their first lines", () => {
  const message = "login failed: password=hunter2\r\n  at connect\n  at main";
  const rows = rowsOf([{ _source: { ...whole, message } }, { _source: { ...whole, message: "x" } }], {
    more: ["service.name", "host.name", "log.file.path", "host.name"],
  });
  const { LineId, Content } = Object.fromEntries(rows.events().columns);
  assert.deepEqual(LineId, [1, 4]);
  assert.equal(Content[0], "login failed: password=<secret>");
  const fields = rows.fields();
  assert.match(String(fields.columns.get("message")![0]), /<secret>\r\n {2}at connect\n {2}at main$/);
  assert.deepEqual(fields.rows()[0].slice(6), [null, null]);
});

Deno.test("DocumentRows reads the header of the program itself where a document has no level", () => {
  const rows = rowsOf([{
    _source: { "@timestamp": whole["@timestamp"], message: "2026-03-02 09:59:59,999 WARN stock is short" },
  }]);
  assert.deepEqual(rows.events().rows()[0].slice(3, 6), ["WARN", null, "stock is short"]);
});

Deno.test("DocumentRows takes a message of any length", () => {
  const message = "x".repeat(200_000);
  assert.equal(
    String(rowsOf([{ _source: { ...whole, message } }]).events().columns.get("Content")![0]).length,
    200_000,
  );
});
