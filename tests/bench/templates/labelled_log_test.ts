import assert from "node:assert/strict";
import { Random } from "../../../data/shop/random.ts";
import type { Language } from "./extract/language.ts";
import { hole, type LogCall } from "./extract/log_call.ts";
import { javaCalls } from "./extract/java.ts";
import { npmCalls } from "./extract/npm.ts";
import { pythonCalls } from "./extract/python.ts";
import { eventOf, labelledLog } from "./labelled_log.ts";
import type { FieldStyle } from "./packages.ts";
import { kindOf } from "./values/kind.ts";
import { recordEvents } from "./values/records.ts";
import { makeWorld } from "./values/world.ts";

const world = (language: Language, half: 0 | 1 = 0) => makeWorld("made up", { language, half, seed: 1 });

/** The only event of a source. */
function event(source: string, language: Language, style: FieldStyle = "pairs") {
  const calls = { python: pythonCalls, java: javaCalls, npm: npmCalls }[language];
  const [call] = calls(source, new Map());
  return eventOf(call, { world: world(language), style });
}

/** Whether a line can be what a template says. */
function fits(line: string, template: string): boolean {
  // a number of the source is a value in the template; both may be glued to others
  const pattern = template.split("<*>").map((text) =>
    text.replace(/[^\w\s]/g, "\\$&").replaceAll(/\s+/g, "\\s*")
  ).join("[^]*");
  return new RegExp(`^${pattern}$`).test(line);
}

/** What a person would write for each call. */
const TRUTH: [Language, string, string, FieldStyle?][] = [
  ["python", 'log.info("took %d ms", elapsed)', "took <*> ms"],
  ["python", 'log.info("%s:%s connected", host, port)', "<*> connected"],
  ["python", 'log.info(f"{done}/{total} files copied")', "<*> files copied"],
  ["python", 'log.info("giving up after 3 attempts")', "giving up after <*> attempts"],
  ["python", 'log.info("using IPv4 and utf-8 in v2")', "using IPv4 and utf-8 in v2"],
  ["python", 'log.info("   padded   %s   ", name)', "padded <*>"],
  ["python", 'log.info("order paid", order=o.id, amount=a)', "order paid order=<*> amount=<*>"],
  ["java", 'log.warn("Cannot open [{}]: {}", path, e.getMessage())', "Cannot open [<*>]: <*>"],
  ["java", 'log.info("state=" + state + ", epoch=" + epoch)', "state=<*>, epoch=<*>"],
  ["java", 'log.info("version 1.2 of the protocol")', "version <*> of the protocol"],
  ["npm", 'logger.info(`listening on "${path}"`)', 'listening on "<*>"'],
  ["npm", "logger.info('joined', { groupSize, name })", "joined groupSize=<*> name=<*>"],
  ["npm", "logger.info('joined', { groupCount })", 'joined {"groupCount":<*>}', "json"],
];

Deno.test("eventOf() tells the template that a person would write", () => {
  for (const [language, source, template, style] of TRUTH) {
    assert.equal(event(source, language, style)?.template, template, source);
  }
});

Deno.test("eventOf() refuses texts that tell no event, or not for certain", () => {
  const refused = [
    'log.info("%s%s", a, b)',
    'log.info("%s", x)',
    'log.info("ok: %s", x)',
    'log.info("two\\nlines of text")',
  ];
  for (const source of refused) assert.equal(event(source, "python"), null, source);
});

Deno.test("eventOf() draws lines that fit their template", () => {
  for (const [language, source, template, style] of TRUTH) {
    const { draw } = event(source, language, style)!;
    for (let i = 0; i < 20; i++) {
      const line = draw().trim();
      assert.ok(fits(line, template), `${line} | ${template}`);
    }
  }
});

/** Calls with a value of every name that says something. */
function someCalls(): LogCall[] {
  const names =
    "count path url peer host user topic className state error title request_id worker items nodes config enabled elapsed size";
  return names.split(" ").map((name) => ({
    parts: [`changed ${name} of record to `, hole(name), " at once"],
    fields: [],
  }));
}

Deno.test("labelledLog() is the same for the same seed, and another for another", () => {
  const options = { name: "made up", language: "java", lines: 300 } as const;
  assert.deepEqual(labelledLog(someCalls(), options), labelledLog(someCalls(), options));
  assert.notDeepEqual(
    labelledLog(someCalls(), options).lines,
    labelledLog(someCalls(), { ...options, seed: 2 }).lines,
  );
});

Deno.test("labelledLog() gives every line a template that it fits, in every language", () => {
  for (const language of ["python", "java", "npm"] as const) {
    for (const half of [0, 1] as const) {
      const { lines, templates } = labelledLog(someCalls(), { name: "made up", language, half, lines: 1500 });
      assert.equal(lines.length, 1500);
      assert.ok(new Set(templates).size > 15);
      lines.forEach((line, i) => assert.ok(fits(line, templates[i]), `${line} | ${templates[i]}`));
      assert.ok(lines.every((line) => !/[\r\n]/.test(line)));
    }
  }
});

Deno.test("labelledLog() shares no record event and no name between the halves", () => {
  const [first, second] = ([0, 1] as const).map((half) =>
    new Set(recordEvents(world("java", half)).map(({ template }) => template))
  );
  assert.deepEqual([...first].filter((template) => second.has(template)), []);
  const words = new Set(world("java", 0).words);
  assert.deepEqual(world("java", 1).words.filter((word) => words.has(word)), []);
});

Deno.test("kindOf() reads names, calls, units and the word before", () => {
  const kind = (expression: string, before = "", after = "") =>
    kindOf({ ...hole(expression), before, after });
  assert.equal(kind("self.brokerHost"), "host");
  assert.equal(kind("len(items)"), "count");
  assert.equal(kind("e.getMessage()"), "failure");
  assert.equal(kind("', '.join(names)"), "list");
  assert.equal(kind("x", "waited ", " ms"), "duration");
  assert.equal(kind("x", "joined topic "), "identifier");
  assert.equal(kind("x", "", " files removed"), "count");
  assert.equal(kind("x"), null);
  assert.equal(kindOf({ ...hole("name", "integer"), before: "", after: "" }), "count");
});

Deno.test("makeWorld() names the same installation for the same seed", () => {
  const { hosts, identifiers } = world("python");
  assert.deepEqual(hosts, world("python").hosts);
  assert.deepEqual(identifiers, world("python").identifiers);
  assert.ok(new Random(1, "a").next() >= 0);
});
