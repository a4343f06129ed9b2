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

Deno.test("parametersFrom() shows values beside their defaults, and nothing of that is a parameter", () => {
  const parameters = parametersFrom({ minutes: 5 }, '{ "minutes": 15 }');
  const shown = (parameters as unknown as Record<symbol, () => Record<string, string>>)
    [Symbol.for("Jupyter.display")]();
  assert.equal(shown["text/plain"], "parameter\tvalue\tdefault\nminutes\t15\t5");
  assert.deepEqual(Object.keys(parameters), ["minutes"]);
});
