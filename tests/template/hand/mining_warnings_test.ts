import assert from "node:assert/strict";
import {
  type MiningFigures,
  miningWarnings,
  scanWarnings,
} from "../../../lib/template/hand/mining_warnings.ts";
import { Miner } from "../../../lib/template/miner.ts";

const template = (text: string, count: number) => ({
  id: text,
  text,
  count,
  severity: 0,
  provisional: false,
});
const quality = (lines: number, outlined = 0) => ({ lines, outlined });
const births = (...lines: number[]) =>
  lines.map((line) => ({ kind: "birth" as const, id: `${line}`, other: null, line, reason: "new" }));
const kinds = (figures: MiningFigures) => miningWarnings(figures).map(({ kind }) => kind);
const EVENTS = Array.from({ length: 40 }, (_, i) => template(`event of kind ${i} took <*> ms`, 250));

function mined(lines: Iterable<string>): MiningFigures {
  const miner = new Miner();
  for (const line of lines) {
    const bytes = new TextEncoder().encode(line);
    miner.learnLine(bytes, 0, bytes.length);
  }
  return { quality: miner.quality, lineage: miner.lineage, templates: miner.templates().values() };
}

Deno.test("miningWarnings() is silent where all is well", () => {
  assert.deepEqual(kinds({ quality: quality(10_000), templates: EVENTS, lineage: births(1, 2, 900) }), []);
  assert.deepEqual(kinds(mined(Array.from({ length: 5000 }, (_, i) => `request ${i} took ${i % 9} ms`))), []);
});

Deno.test("miningWarnings() does not blame an event of several words for having nearly all lines", () => {
  for (
    const text of ["Receiving block <*> src: <*> dest: <*>", "POST <*> (<*>) <*>", '"GET <*> <*>" <*> <*>']
  ) {
    const templates = [template(text, 99_000), ...EVENTS];
    assert.deepEqual(kinds({ quality: quality(109_000), templates }), []);
  }
});

Deno.test("miningWarnings() tells a template that swallows most lines and has hardly a word", () => {
  const templates = [template("<*> <*>: <*> at <*>", 6_000), ...EVENTS];
  const [warning, ...more] = miningWarnings({ quality: quality(16_000), templates });
  assert.equal(warning.kind, "one template for most lines");
  assert.match(warning.text, /^38 % of the lines .*`<\*> <\*>: <\*> at <\*>`$/);
  assert.deepEqual(warning.figures, { lines: 16_000, swallowed: 6_000 });
  assert.deepEqual(more, []);
});

Deno.test("miningWarnings() takes no label for what happened", () => {
  for (
    const text of [
      "sshd: <*> <*> <*> <*>",
      "[app] <*> <*> <*> <*>",
      "id=<*> <*> <*> <*>",
      "<*> <*> <*> <*> ok",
    ]
  ) {
    const templates = [template(text, 6_000), ...EVENTS];
    assert.deepEqual(kinds({ quality: quality(16_000), templates }), ["one template for most lines"], text);
  }
});

Deno.test("miningWarnings() tells too many templates for the lines", () => {
  const templates = Array.from({ length: 900 }, (_, i) => template(`word ${i}`, 11));
  const [warning] = miningWarnings({ quality: quality(10_000), templates });
  assert.deepEqual(warning.figures, { lines: 10_000, templates: 900, usual: 800 });
  assert.match(warning.advice, /masks:/);
  assert.deepEqual(kinds({ quality: quality(10_000), templates: templates.slice(100) }), []);
});

Deno.test("miningWarnings() tells when new templates do not stop, not when they slow down", () => {
  const steady = births(...Array.from({ length: 800 }, (_, i) => 1 + i * 12.5));
  assert.deepEqual(kinds({ quality: quality(10_000), templates: EVENTS, lineage: steady }), [
    "new templates do not stop",
  ]);
  const falling = births(...Array.from({ length: 800 }, (_, i) => 1 + Math.floor((i / 800) ** 4 * 10_000)));
  assert.deepEqual(kinds({ quality: quality(10_000), templates: EVENTS, lineage: falling }), []);
});

Deno.test("miningWarnings() tells templates of one line, where they are most of them", () => {
  const single = Array.from({ length: 350 }, (_, i) => template(`only once ${"x".repeat(i)}`, 1));
  assert.deepEqual(kinds({ quality: quality(10_000), templates: [...EVENTS, ...single] }), [
    "too many templates of one line",
  ]);
  assert.deepEqual(kinds({ quality: quality(10_000), templates: [...EVENTS, ...single.slice(100)] }), []);
});

Deno.test("miningWarnings() tells lines that were cut, of any number of lines", () => {
  assert.deepEqual(kinds({ quality: quality(20), templates: [], cutLines: 3 }), ["lines over the limit"]);
  assert.deepEqual(kinds({ quality: quality(20_000), templates: EVENTS, cutLines: 3 }), []);
});

Deno.test("miningWarnings() tells a log in which nothing repeats", () => {
  let seed = 7;
  const word = () => {
    let text = "";
    for (let i = 0; i < 7; i++) {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
      text += String.fromCharCode(97 + (seed >>> 16) % 26);
    }
    return text;
  };
  const noise = Array.from({ length: 20_000 }, () => `${word()} ${word()} ${word()} ${word()}`);
  assert.ok(kinds(mined(noise)).includes("nothing repeats"));
});

Deno.test("miningWarnings() says nothing about a few lines", () => {
  const templates = Array.from({ length: 400 }, (_, i) => template(`word ${i}`, 1));
  assert.deepEqual(kinds({ quality: quality(999), templates }), []);
});

Deno.test("scanWarnings() tells of a model that meets new templates again and again", () => {
  assert.deepEqual(scanWarnings({ records: 900, births: 800 }), []);
  assert.deepEqual(scanWarnings({ records: 2_000, births: 49 }), []);
  assert.deepEqual(scanWarnings({ records: 100_000, births: 999 }), []);
  const [{ figures, advice }] = scanWarnings({ records: 100_000, births: 1000 });
  assert.deepEqual(figures, { records: 100_000, births: 1000 });
  assert.match(advice, /deno task train/);
});
