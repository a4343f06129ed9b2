import assert from "node:assert/strict";
import fc from "fast-check";
import { skipString, skipValue } from "../../../lib/source/elasticsearch/json_bytes.ts";
import { Page } from "../../../lib/source/elasticsearch/page.ts";
import {
  LEVEL,
  MESSAGE,
  SERVICE,
  TIME,
  USUAL_FIELDS,
  wantedFields,
} from "../../../lib/source/elasticsearch/wanted_fields.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function pageOf(sources: unknown[], more: Record<string, unknown> = {}): Page {
  const hits = sources.map((_source, i) => ({ _id: `id ${i} "`, _source, sort: [i, null] }));
  const page = new Page(wantedFields(USUAL_FIELDS));
  page.read(encode(JSON.stringify({ ...more, hits: { hits } })));
  return page;
}

const fieldText = (page: Page, i: number, column: number) => {
  const range = page.field(i, column);
  return range === null ? null : page.text(range);
};

Deno.test("skipValue() ends where JSON.parse() would", () => {
  fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
    const first = JSON.stringify(a), bytes = encode(`${first},${JSON.stringify(b)}]`);
    assert.equal(decode(bytes.subarray(0, skipValue(bytes, 0))), first);
  }));
});

Deno.test("skipValue() refuses what is cut off", () => {
  for (const text of ['"abc', '{"a":1', "[1,2", '{"a":"b\\"}']) {
    assert.throws(() => skipValue(encode(text), 0), { name: "SyntaxError", message: /cut off/ });
  }
});

Deno.test("Page finds fields dotted, nested and mixed, and prefers the first name", () => {
  const page = pageOf([
    { message: "a", "log.level": "WARN", "@timestamp": 5, service: { name: "s", version: "2" } },
    { msg: "b", log: { level: "INFO", file: { path: "x" } }, timestamp: "t", service: "t" },
    { kubernetes: { "container.name": "c" }, level: "debug", log: "d" },
    { log: { level: "INFO" }, level: "debug", host: { name: "h" }, process: { name: "p" } },
    { level: "debug", log: { level: "INFO" } },
  ]);
  const fields = Array.from(
    { length: page.length },
    (_, i) => [TIME, LEVEL, MESSAGE, SERVICE].map((column) => fieldText(page, i, column)),
  );
  assert.deepEqual(fields, [
    ["5", "WARN", "a", "s"],
    ["t", "INFO", "b", "t"],
    [null, "debug", "d", "c"],
    [null, "INFO", null, "p"],
    [null, "INFO", null, null],
  ]);
});

Deno.test("Page takes the last text of an array, and nothing of null, objects and arrays without texts", () => {
  const messages = [["raw", "parsed"], ["only"], [], [1, 2], null, { a: 1 }, "", ["a", ["b"]]];
  const page = pageOf(messages.map((message) => ({ message })));
  assert.deepEqual(messages.map((_, i) => fieldText(page, i, MESSAGE)), [
    "parsed",
    "only",
    null,
    null,
    null,
    null,
    "",
    "a",
  ]);
});

Deno.test("Page names ids, sort values, the point in time, and what failed", () => {
  const page = pageOf([{ a: 1 }, { b: 2 }], {
    pit_id: "p1",
    timed_out: true,
    _shards: { failures: [{ shard: 0 }] },
  });
  assert.deepEqual([page.id(1), page.sort(1), page.time(1)], ['id 1 "', [1, null], 1]);
  assert.deepEqual([page.pitId, page.timedOut, page.failures], ["p1", true, '[{"shard":0}]']);
  assert.equal(page.text(page.source(1)), '{"b":2}');
  page.read(encode("{}"));
  assert.deepEqual([page.length, page.pitId, page.timedOut, page.failures], [0, "", false, ""]);
});

Deno.test("Page.time() reads nanoseconds, and none where there is no time", () => {
  const page = new Page(wantedFields(USUAL_FIELDS)),
    sorts = [[1772442000123], [1772442000123456789n], [-9223372036854775808n], [null]];
  const hits = sorts.map(([sort]) => `{"_id":"a","_source":{},"sort":[${sort}]}`);
  page.read(encode(`{"hits":{"hits":[${hits.join(",")}]}}`));
  assert.deepEqual(sorts.map((_, i) => page.time(i)), [1772442000123, 1772442000123, null, null]);
});

Deno.test("Page refuses an answer that is cut off anywhere", () => {
  const whole = encode(
    JSON.stringify({ pit_id: "p", hits: { hits: [{ _id: "a", _source: { message: "é" }, sort: [1] }] } }),
  );
  const page = new Page(wantedFields(USUAL_FIELDS));
  for (let length = 0; length < whole.length; length++) {
    assert.throws(() => page.read(whole.subarray(0, length)), SyntaxError, decode(whole.subarray(0, length)));
  }
});

Deno.test("Page reads random documents as JSON.parse() would", () => {
  const keys = fc.constantFrom(
    "message",
    "msg",
    "log",
    "level",
    "service",
    "name",
    "log.level",
    "service.name",
    "x",
  );
  const { document } = fc.letrec((tie) => ({
    document: fc.dictionary(
      keys,
      fc.oneof({ depthSize: "small" }, fc.string(), tie("document"), fc.integer()),
      { maxKeys: 5 },
    ),
  }));
  fc.assert(fc.property(fc.array(document, { maxLength: 4 }), (sources) => {
    const page = pageOf(sources);
    assert.equal(page.length, sources.length);
    sources.forEach((source, i) => {
      assert.deepEqual(JSON.parse(page.text(page.source(i))), JSON.parse(JSON.stringify(source)));
      const { message } = source as { message?: unknown };
      if (typeof message === "string") {
        assert.equal(fieldText(page, i, MESSAGE), JSON.stringify(message).slice(1, -1));
      }
    });
  }));
});

Deno.test("skipString() ends where JSON.parse() would, also in long strings full of quotes and backslashes", () => {
  const text = fc.array(fc.constantFrom('"', "\\", "a", "ä", "\n"), { maxLength: 80 }).map((parts) =>
    parts.join("")
  );
  fc.assert(fc.property(text, text, (one, other) => {
    const string = JSON.stringify(one),
      bytes = new TextEncoder().encode(`${string}:${JSON.stringify(other)}`);
    assert.equal(skipString(bytes, 0), new TextEncoder().encode(string).length);
  }));
});
