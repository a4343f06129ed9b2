import assert from "node:assert/strict";
import { parametersFrom } from "../../lib/feature/parameters.ts";

Deno.test("parametersFrom() takes what a run says, and keeps the defaults of the rest", () => {
  const defaults = { files: ["a.log"], minutes: 5, format: "auto", log: false, levels: [1, 2] };
  const parameters = parametersFrom(defaults, '{ "files": ["b.log", "c.log"], "log": true, "levels": [] }');
  assert.deepEqual({ ...parameters }, {
    files: ["b.log", "c.log"],
    minutes: 5,
    format: "auto",
    log: true,
    levels: [],
  });
  assert.deepEqual({ ...parametersFrom(defaults, undefined) }, defaults);
  assert.ok(Object.isFrozen(parameters));
});

Deno.test("parametersFrom() refuses unknown names, other types and what is no JSON object", () => {
  const defaults = { files: ["a.log"], minutes: 5 };
  const cases: [string, string, RegExp][] = [
    ['{ "hours": 1 }', "RangeError", /^Cannot take parameter hours: known are files, minutes$/],
    ['{ "toString": 1 }', "RangeError", /^Cannot take parameter toString/],
    ['{ "minutes": "5" }', "TypeError", /minutes: it must be a number, current value is "5"$/],
    ['{ "minutes": null }', "TypeError", /minutes: it must be a number/],
    ['{ "files": "a.log" }', "TypeError", /files: it must be a list of strings, current value is "a.log"$/],
    ['{ "files": [1] }', "TypeError", /files: it must be a list of strings/],
    ["[1]", "SyntaxError", /they must be a JSON object/],
    ["{", "SyntaxError", /^Cannot take parameters: /],
  ];
  for (const [given, name, message] of cases) {
    assert.throws(() => parametersFrom(defaults, given), { name, message }, given);
  }
});

Deno.test("parametersFrom() shows no secret that stands in a value, and keeps it for use", () => {
  const nodes = ["https://elastic:hunter2@es1.example.com:9200"];
  const parameters = parametersFrom(
    { nodes: [""], query: "", limit: 1 },
    JSON.stringify({ nodes, query: '{"api_key": "c2VjcmV0"}', limit: 2 }),
  );
  const shown = JSON.stringify(
    (parameters as unknown as Record<symbol, () => unknown>)[Symbol.for("Jupyter.display")](),
  );
  assert(!/hunter2|c2VjcmV0/.test(shown), shown);
  assert.match(shown, /es1\.example\.com:9200/);
  assert.deepEqual(parameters.nodes, nodes);
});

Deno.test("parametersFrom() shows values beside their defaults, and nothing of that is a parameter", () => {
  const parameters = parametersFrom({ minutes: 5 }, '{ "minutes": 15 }');
  const shown = (parameters as unknown as Record<symbol, () => Record<string, string>>)
    [Symbol.for("Jupyter.display")]();
  assert.equal(shown["text/plain"], "parameter\tvalue\tdefault\nminutes\t15\t5");
  assert.deepEqual(Object.keys(parameters), ["minutes"]);
});

Deno.test("parametersFrom() says which differ from their defaults, for the head of a page, and shows every one", () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`p${i}`, i]));
  const parameters = parametersFrom(
    { ...many, group: { a: "", b: [1] } },
    '{ "p3": 4, "p5": 5, "group": { "b": [2] } }',
  );
  const shown = (parameters as unknown as Record<symbol, () => Record<string, unknown>>)
    [Symbol.for("Jupyter.display")]();
  assert.deepEqual(shown["application/vnd.deepscan.changed-parameters+json"], { p3: 4, "group.b": [2] });
  assert.match(String(shown["text/html"]), /<td[^>]*>group\.b<\/td>/);
});

Deno.test("parametersFrom() takes what a run says of a group, and keeps the rest of it", () => {
  const defaults = { minutes: 5, elasticsearch: { nodes: ["http://a"], index: "" } };
  const { elasticsearch } = parametersFrom(defaults, '{ "elasticsearch": { "index": "logs" } }');
  assert.deepEqual(elasticsearch, { nodes: ["http://a"], index: "logs" });
  assert.equal(defaults.elasticsearch.index, "");
  const cases: [string, RegExp][] = [
    [
      '{ "elasticsearch": { "password": "x" } }',
      /Cannot take parameter elasticsearch\.password: known are elasticsearch\.nodes, /,
    ],
    ['{ "elasticsearch": { "index": 3 } }', /elasticsearch\.index: it must be a string, current value is 3$/],
    ['{ "elasticsearch": "logs" }', /elasticsearch: it must be a group/],
    ['{ "minutes": {} }', /minutes: it must be a number/],
  ];
  for (const [given, message] of cases) assert.throws(() => parametersFrom(defaults, given), message, given);
});

Deno.test("parametersFrom() shows groups by dotted names", () => {
  const parameters = parametersFrom({ a: { b: 1, c: "x" } }, '{ "a": { "b": 2 } }');
  const shown = (parameters as unknown as Record<symbol, () => Record<string, string>>)
    [Symbol.for("Jupyter.display")]();
  assert.equal(shown["text/plain"], "parameter\tvalue\tdefault\na.b\t2\t1\na.c\tx\tx");
});

Deno.test("parametersFrom() takes a list of one type in place of an empty one, and nothing else", () => {
  const defaults = { alerts: [] as string[] };
  assert.deepEqual(parametersFrom(defaults, '{ "alerts": ["a1", "b2"] }').alerts, ["a1", "b2"]);
  assert.throws(
    () => parametersFrom(defaults, '{ "alerts": "a1" }'),
    /Cannot take parameter alerts: it must be a list, current value is "a1"/,
  );
  assert.throws(() => parametersFrom(defaults, '{ "alerts": [1, "a"] }'), /it must be a list/);
});
