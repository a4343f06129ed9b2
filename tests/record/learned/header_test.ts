import assert from "node:assert/strict";
import { learned } from "../../../lib/record/formats/learned_header.ts";
import { type Header, learnHeader, parseHeader } from "../../../lib/record/learned/header.ts";
import { findLines } from "../../../lib/record/lines.ts";
import { LogBatch } from "../../../lib/record/log_batch.ts";
import { describeHeader } from "./described_header.ts";
import { type Layout, LAYOUTS } from "./layouts.ts";
import { headers } from "./line.ts";
import { Dice, type MadeLine, madeLines } from "./made_lines.ts";

const DAY = 86_400_000;

function batchOf(lines: readonly string[]): LogBatch {
  const text = lines.join("\n") + "\n", batch = new LogBatch(undefined, 3 * text.length);
  findLines(batch, new TextEncoder().encodeInto(text, batch.bytes).written);
  return batch;
}

/** The lines read by what is learned from the first `sample` of them. */
function read(lines: readonly string[], sample = 500): { header: Header; batch: LogBatch } {
  const batch = batchOf(lines), header = learnHeader(batch, 0, Math.min(batch.length, sample));
  const state = { header: JSON.stringify(header), lastTime: null };
  learned.open({ referenceTime: Date.UTC(2026, 11, 31) }, state).parse(batch, 0, batch.length);
  return { header, batch };
}

function describe(...lines: string[]): string[] {
  return describeHeader(learnHeader(batchOf(lines), 0, lines.length)).split("\n");
}

/** Shares of records whose message, time and level are found, and of continuing lines that are left alone. */
function shares(made: readonly MadeLine[], batch: LogBatch) {
  const right = { start: 0, time: 0, level: 0, continued: 0 },
    of = { start: 0, time: 0, level: 0, continued: 0 };
  made.forEach(({ start, time, severity }, i) => {
    const count = (name: keyof typeof of, yes: boolean) => {
      of[name]++;
      if (yes) right[name]++;
    };
    if (start < 0) return count("continued", batch.parsed[i] === 0);
    count("start", batch.contentStart[i] - batch.start[i] === start);
    if (time === time) count("time", (batch.timestamp[i] - time) % DAY === 0 && batch.timestamp[i] >= 0);
    if (severity > 0) count("level", batch.severity[i] === severity);
  });
  const share = (name: keyof typeof of) => of[name] === 0 ? 1 : right[name] / of[name];
  return { start: share("start"), time: share("time"), level: share("level"), continued: share("continued") };
}

for (const [place, layout] of LAYOUTS.entries()) {
  const untouched = place % 3 === 0 ? ", untouched" : "";
  Deno.test(`learnHeader() finds message, time and level behind the header "${layout.name}"${untouched}`, () => {
    for (const [seed, count] of [[1, 300], [2, 2000]]) {
      const made = madeLines(layout, count, 1000 * seed + place);
      const { header, batch } = read(made.map(({ text }) => text));
      const found = shares(made, batch);
      assert.ok(found.start >= 0.95, `${found.start} of the messages: ${describeHeader(header)}`);
      assert.ok(
        found.time >= 0.95 && found.level >= 0.95,
        `${JSON.stringify(found)}: ${describeHeader(header)}`,
      );
      assert.equal(found.continued, 1);
    }
  });
}

Deno.test("learnHeader() learns both layouts where lines of two are mixed", () => {
  const timed = LAYOUTS.filter(({ unit }) => unit > 0);
  for (const [k, layout] of timed.entries()) {
    if (k % 4 !== 0) continue;
    const other = timed[(k * 7 + 5) % timed.length], dice = new Dice(k);
    const [more, less] = [layout, other].map((one) => madeLines({ ...one, continued: false }, 400, k));
    const made = more.map((line, i) => dice.next() < 0.35 ? less[i] : line);
    const { header, batch } = read(made.map(({ text }) => text));
    const { start } = shares(made, batch);
    assert.ok(start >= 0.95, `${layout.name} and ${other.name}: ${start}\n${describeHeader(header)}`);
  }
});

/** Logs whose messages begin like headers, or are nearly all one. */
const HARD: Record<string, (dice: Dice) => string> = {
  "are of one event": (d) => `Processing request [id=${d.digits(5)}] took ${d.digits(3)} ms`,
  "mostly begin with an address": (d) =>
    d.next() < 0.9 ? `${d.address()} ${d.pick(["joined", "left"])}` : "cache flushed",
  "mostly begin with a number": (d) =>
    d.next() < 0.9 ? `${d.digits(3)} ${d.pick(["jobs done", "rows read"])}` : "idle",
  "mostly begin with a name": (d) =>
    d.next() < 0.8 ? `${d.pick(["stock", "basket"])}: is ${d.pick(["low", "full"])}` : "all good now",
  "are in capitals": (d) => `${d.pick(["LINK DOWN ON PORT", "DISK FULL", "POWER LOST AT"])} ${d.digits(2)}`,
  "begin with a call": (d) =>
    `${d.pick(["setLightsOn", "getView", "onPause"])}(true) ${d.pick(["by user", "again"])}`,
  "often begin with a level": (d) =>
    d.next() < 0.3 ? `Error: no file ${d.digits(2)}` : d.pick(["opened door", "lost key"]),
  "have a dash": (d) =>
    `${d.pick(["job", "task", "step"])} ${d.digits(2)} - ${d.pick(["finished", "was skipped"])}`,
};

for (const [name, message] of Object.entries(HARD)) {
  Deno.test(`learnHeader() leaves messages whole that ${name}`, () => {
    const right = LAYOUTS.map((layout, place) => startShare(layout, message, place + 7) >= 0.95);
    const missed = LAYOUTS.filter((_, place) => !right[place]).map((layout) => layout.name);
    assert.ok(missed.length <= 0.1 * LAYOUTS.length, missed.join(", "));
  });
}

function startShare(layout: Layout, message: (dice: Dice) => string, seed: number): number {
  const dice = new Dice(seed), header = headers(layout, dice);
  const made = Array.from({ length: 300 }, () => {
    const { text } = header();
    return { text: text + message(dice), start: text.length, time: NaN, severity: 0 };
  });
  return shares(made, read(made.map(({ text }) => text)).batch).start;
}

Deno.test("learnHeader() takes the more precise of two times, and not one that never changes", () => {
  const [first] = describe(
    "api.log.2026-03-02_09:00:00.000 1772445600 2026-03-02 10:00:00.125 up",
    "api.log.2026-03-02_09:00:00.000 1772445607 2026-03-02 10:00:07.875 down again",
    "api.log.2026-03-02_09:00:00.000 1772445609 2026-03-02 10:00:09.250 up once more",
  );
  assert.match(first, /\{%s unused\} \{%Y-%m-%d %H:%M:%S\.%f\} \{message\}$/);
});

Deno.test("learnHeader() puts a date and a time of day together that stand apart", () => {
  const { batch } = read([
    "02.03.2026 db1 10:00:00 up",
    "02.03.2026 db1 10:00:07 down",
    "03.03.2026 db2 00:00:01 up",
  ]);
  assert.deepEqual([...batch.timestamp.subarray(0, 3)], [
    Date.UTC(2026, 2, 2, 10),
    Date.UTC(2026, 2, 2, 10, 0, 7),
    Date.UTC(2026, 2, 3, 0, 0, 1),
  ]);
});

Deno.test("learnHeader() tells the order of day and month from numbers over twelve", () => {
  const { batch } = read(["3/2/26 10:00:00 up", "3/25/26 10:00:00 up", "4/2/26 10:00:00 down"]);
  assert.equal(batch.timestamp[0], Date.UTC(2026, 2, 2, 10));
  const day = read(["3.2.26 10:00:00 up", "25.3.26 10:00:00 up"]).batch;
  assert.equal(day.timestamp[0], Date.UTC(2026, 1, 3, 10));
});

Deno.test("learnHeader() gives every line with the header's time a header, whatever follows it", () => {
  const lines = Array.from(
    { length: 60 },
    (_, i) => `2026.03.02 10:00:${10 + i % 50} [info] web: request ${i} served`,
  );
  const { batch } = read([...lines, "2026.03.02 10:01:00 panic", "2026.03.02 10:01:00 [warn] stopped"], 60);
  assert.equal(batch.record(60).content, "panic");
  assert.deepEqual([batch.record(61).content, batch.record(61).severity], ["stopped", 13]);
});

const NO_LOGS: Record<string, string[]> = {
  prose: [
    "It was a bright cold day in April,",
    "and the clocks were striking thirteen.",
    "Nobody at all looked up.",
  ],
  CSV: [
    "1772445600,Login of ann,10.0.0.1,mail",
    "1772445607,Login of bob,10.0.0.7,web",
    "1772445609,Late,10.0.0.3,db",
  ],
  "a table of ids": ["E1,order <*> paid", "E2,order <*> sent", "E3,link is up", "E10,link is down"],
  "JSON lines": [
    '{"time":"10:00:00","msg":"up"}',
    '{"time":"10:00:01","msg":"down"}',
    '{"time":"10:00:02","msg":"up"}',
  ],
  "a JSON list": ["[", '  {"a": 1},', '  {"a": 2}', "]"],
  "source code": [
    'import a from "a";',
    'import b from "b";',
    "export function f() {",
    "  return 1;",
    "}",
    "// end",
  ],
  XML: ["<log>", "<entry>up</entry>", "<entry>down</entry>", "</log>"],
  Markdown: ["# Title", "- one thing", "- another thing", "- a third", "", "Text."],
  numbers: ["1 2 3", "4 5 6", "7 8 9", "10 11 12"],
};

Deno.test("learnHeader() finds none in what is no log", () => {
  for (const [name, lines] of Object.entries(NO_LOGS)) {
    const many = Array.from({ length: 10 }, () => lines).flat();
    assert.deepEqual(read(many).header, [], name);
  }
  const binary = new LogBatch();
  binary.bytes.set(Array.from({ length: 4000 }, (_, i) => i * 37 % 256));
  findLines(binary, 4000);
  assert.deepEqual(learnHeader(binary, 0, binary.length), []);
  assert.deepEqual(learnHeader(new LogBatch(), 0, 0), []);
});

Deno.test("parseHeader() gives back what was learned, and refuses anything else", () => {
  for (const layout of LAYOUTS) {
    const { header } = read(madeLines(layout, 100, 3).map(({ text }) => text));
    assert.deepEqual(parseHeader(JSON.stringify(header)), header);
  }
  for (
    const wrong of [
      "",
      "{",
      "{}",
      "[1]",
      '[[{"kind":"text"}]]',
      '[[{"kind":"toString","text":"a"}]]',
      '[[{"kind":"optional"}]]',
    ]
  ) {
    assert.throws(() => parseHeader(wrong), /^TypeError: Cannot read a header: it must be /, wrong);
  }
});

Deno.test("learnHeader() takes a dash at the beginning for a column that is empty", () => {
  const layout = LAYOUTS.find(({ name }) => name === "RAS")!, made = madeLines(layout, 200, 9);
  const lines = made.map(({ text }, i) => i % 60 === 7 ? text.replace("-", "KERNMEM") : text);
  const { batch } = read(lines);
  assert.ok(batch.parsed.subarray(0, 200).every((parsed) => parsed === 1));
  assert.equal(batch.record(7).content, made[7].text.slice(made[7].start));
});
