import assert from "node:assert/strict";
import { Miner, ParameterCollector, ParseQuality } from "../../../lib/mod.ts";
import type { ParsedLogs } from "../../../runner/parse/parsed_logs.ts";
import { tableText } from "../../../runner/parse/table_text.ts";
import { batchOf } from "../../template/parameter/batch.ts";

function logsOf(lines: readonly string[], more: Partial<ParsedLogs> = {}): ParsedLogs {
  const miner = new Miner(), collector = new ParameterCollector(miner), quality = new ParseQuality();
  const batch = batchOf(lines);
  miner.learn(batch);
  collector.add(batch);
  quality.addRecords(batch, "plain");
  const file = { name: "app.log", format: "plain", error: "", quality };
  return {
    files: [file],
    quality,
    templates: collector.finish(),
    warnings: [],
    unkept: 0,
    unread: 0,
    ...more,
  };
}

const LINES = [
  ...Array.from(
    { length: 30 },
    (_, i) => `request /cart of user ann served in ${i + 1} ms with token=abcdefgh${i}`,
  ),
  "disk is full",
];
const PLAIN = { columns: null, colours: false, templates: null };
// deno-lint-ignore no-control-regex
const ESCAPES = /\u001b\[\d*m/g;

Deno.test("tableText() shows formats, templates with share and example, and values with what is worth knowing", () => {
  const text = tableText(logsOf(LINES), PLAIN);
  assert.match(text, /^app\.log: plain, 31 lines, 31 records, 100 % parsed\n/);
  assert.match(text, /\n31 records, 2 templates\n/);
  assert.match(
    text,
    / 30 {4}97 % {2}info {2}request <\*> of user ann served in <\*> ms with token=<\*> {2}[0-9a-f]{10}\n/,
  );
  assert.match(text, /\n +request /);
  assert.match(text, /path {8}always \/cart\n/);
  assert.match(text, /duration {4}1 ms to 30 ms, median 15 ms, p99 29 ms; 30 different\n/);
  assert.match(text, /token +secret\n/);
  assert.doesNotMatch(text, /abcdefgh/);
});

Deno.test("tableText() keeps to the width of the terminal, with and without colours", () => {
  for (const columns of [60, 80, 133, 500]) {
    for (const colours of [true, false]) {
      const text = tableText(logsOf(LINES), { columns, colours, templates: null });
      assert.equal(text.includes("\u001b"), colours);
      for (const line of text.replaceAll(ESCAPES, "").split("\n")) {
        assert.ok(line.length <= Math.min(200, columns), `${line.length} of ${columns}: ${line}`);
      }
    }
  }
});

Deno.test("tableText() shows as many templates as are wanted, and says what is left", () => {
  const text = tableText(logsOf(LINES), { ...PLAIN, templates: 1 });
  assert.doesNotMatch(text, /disk is full/);
  assert.match(text, /… and 1 template more: --templates 2\n/);
  assert.doesNotMatch(tableText(logsOf(LINES), { ...PLAIN, templates: 2 }), /more:/);
});

Deno.test("tableText() warns with advice, and lets no escape sequence of a log through", () => {
  const warning = {
    kind: "nothing repeats" as const,
    text: "all is new",
    advice: "look at the format",
    figures: {},
  };
  const text = tableText(logsOf(["\u001b[31mred\u001b[0m 7"], { warnings: [warning], unkept: 3 }), PLAIN);
  assert.match(text, /\nwarning: all is new\n {2}look at the format\n/);
  assert.match(text, /The values of 3 records were not kept/);
  assert.ok(!text.includes("\u001b"));
});

Deno.test("tableText() gives the text a line of its own on a narrow terminal", () => {
  const narrow = tableText(logsOf(LINES), { ...PLAIN, columns: 40 }).split("\n").slice(1);
  for (const line of narrow) assert.ok([...line].length <= 40, line);
  const text = tableText(logsOf(LINES), { ...PLAIN, columns: 50 });
  assert.match(
    text,
    /97 % {2}info {3}[0-9a-f]{10}\n {4}request <\*> of user ann served in <\*> ms with…\n {4}request/,
  );
});
