import assert from "node:assert/strict";
import fc from "fast-check";
import { Catalogue } from "../../../lib/template/catalogue.ts";
import type { TemplateSettings } from "../../../lib/template/hand/template_settings.ts";
import { Miner } from "../../../lib/template/miner.ts";
import { templateId } from "../../../lib/template/template.ts";

const encoder = new TextEncoder();
const again = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const hand = (pins: string[], ...masks: string[]): TemplateSettings => ({
  pins,
  masks: masks.map((pattern) => ({ pattern, name: "" })),
});

function learn(miner: Miner, lines: readonly string[]): number[] {
  return lines.map((line) => {
    const bytes = encoder.encode(line);
    return miner.learnLine(bytes, 0, bytes.length);
  });
}

function match(catalogue: Catalogue, line: string): string {
  const bytes = encoder.encode(line);
  return catalogue.template(catalogue.matchLine(bytes, 0, bytes.length)).text;
}

const texts = (miner: Miner) => [...miner.templates().values()].map(({ text, count }) => `${count} ${text}`);

Deno.test("Miner takes what a mask matches for a value, from the first line on", () => {
  const lines = ["ship order-ABC to x", "ship order-DEF to x"];
  const plain = new Miner(), masked = new Miner({ hand: hand([], "order-[A-Z]+") });
  learn(plain, lines);
  learn(masked, lines);
  assert.deepEqual(texts(plain), ["1 ship order-ABC to x", "1 ship order-DEF to x"]);
  assert.deepEqual(texts(masked), ["2 ship <*> to x"]);
  const { catalogue } = masked.freeze();
  assert.equal(match(catalogue, "ship order-QQ to x"), "ship <*> to x");
  assert.equal(match(Catalogue.fromJSON(again(catalogue)), "ship order-QQ to x"), "ship <*> to x");
});

Deno.test("Miner gives a pinned line to its pin, whatever mining would think, under an id made from the text", () => {
  const pins = ["session opened for <*>", "session <*> for root"];
  const lines = ["opened", "closed", "broken", "torn"].flatMap((what) =>
    ["ann", "bob", "root"].map((who) => `session ${what} for ${who}`)
  );
  const miner = new Miner({ hand: hand(pins) });
  const first = learn(miner, lines);
  learn(miner, lines);
  const { catalogue, map } = miner.freeze();
  assert.deepEqual(pins.map((text) => catalogue.indexOf(templateId(text))), [0, 1]);
  assert.deepEqual([0, 1].map((index) => catalogue.template(index).text), pins);
  assert.deepEqual([0, 1].map((index) => catalogue.template(index).count), [6, 6]);
  lines.forEach((line, i) => {
    const pin = line.includes("opened") ? 0 : line.endsWith("root") ? 1 : -1;
    if (pin >= 0) assert.deepEqual([map[first[i]], match(catalogue, line)], [pin, pins[pin]]);
    else assert.ok(map[first[i]] > 1, line);
  });
  assert.equal(match(catalogue, "session   smoked for root"), pins[1]);
});

Deno.test("Miner redacts the texts of pins", () => {
  const miner = new Miner({ hand: hand(["login of ann@shop.example from <*>"]) });
  learn(miner, ["login of ann@shop.example from here"]);
  assert.deepEqual(texts(miner), ["1 login of <email> from <*>"]);
});

Deno.test("Miner.fromJSON() and Catalogue.fromJSON() keep masks and pins", () => {
  const miner = new Miner({ hand: hand(["job <*> failed"], "u_[a-z]+") });
  learn(miner, ["job 7 failed", "hello u_ann"]);
  const restored = Miner.fromJSON(again(miner));
  assert.deepEqual(again(restored), again(miner));
  assert.deepEqual(learn(restored, ["job 8 failed", "hello u_bob"]), [0, 1]);
  assert.deepEqual(
    again(Catalogue.fromJSON(again(miner.freeze().catalogue))),
    again(miner.freeze().catalogue),
  );
});

Deno.test("Catalogue.fromJSON() refuses a hand that it can't use", () => {
  const miner = new Miner({ hand: hand(["job <*> failed"]) });
  learn(miner, ["job 7 failed"]);
  const good = again(miner.freeze().catalogue.toJSON()) as unknown as { hand: Record<string, unknown> };
  for (const wrong of [{ numbers: [1] }, { numbers: [] }, { pins: ["<*>"] }, { masks: [{ pattern: 1 }] }]) {
    assert.throws(
      () => Catalogue.fromJSON({ ...good, hand: { ...good.hand, ...wrong } }),
      JSON.stringify(wrong),
    );
  }
  assert.throws(() => Miner.fromJSON({ ...again(miner), hand: 7 }), TypeError);
});

const word = fc.constantFrom(
  "job",
  "started",
  "stopped",
  "order-A1",
  "order-B22",
  "7",
  "host",
  "a=order-C3",
  "(x)",
);
const line = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(" "));

Deno.test("Miner never puts a pinned line elsewhere, nor another line into a pin; matching agrees", () => {
  const pins = ["job <*> stopped <*>", "started <*>"];
  const isPinned = (text: string) => /^job .* ?stopped /.test(text) ? 0 : /^started /.test(text) ? 1 : -1;
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), fc.array(line, { maxLength: 10 }), (lines, others) => {
      const miner = new Miner({ hand: hand(pins) }), given = learn(miner, lines);
      const { catalogue, map } = miner.freeze();
      const strict = (text: string) => /^job .+ stopped ./.test(text);
      lines.forEach((text, i) => {
        const pin = isPinned(text), number = map[given[i]];
        if (pin === 1 || strict(text)) assert.equal(number, pin, text);
        if (pin < 0) assert.ok(number > 1, text);
      });
      for (const text of [...lines, ...others]) {
        const bytes = encoder.encode(text), number = catalogue.matchLine(bytes, 0, bytes.length);
        if (isPinned(text) === 1 || strict(text)) assert.equal(number, isPinned(text), text);
        if (isPinned(text) < 0) assert.ok(number > 1, text);
      }
    }),
  );
});

Deno.test("Miner shows nothing of what a mask matches, in any template", () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), fc.array(line, { maxLength: 10 }), (lines, others) => {
      const miner = new Miner({ hand: hand([], "order-[A-Z]\\d+") });
      learn(miner, lines);
      const { catalogue } = miner.freeze();
      for (const text of [...lines, ...others]) assert.doesNotMatch(match(catalogue, text), /order/);
      for (const { text } of miner.templates().values()) assert.doesNotMatch(text, /order/);
    }),
  );
});
