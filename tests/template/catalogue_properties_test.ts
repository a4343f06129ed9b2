import assert from "node:assert/strict";
import fc from "fast-check";
import { Catalogue } from "../../lib/template/catalogue.ts";
import type { TemplateSettings } from "../../lib/template/hand/template_settings.ts";
import { Lexer } from "../../lib/template/mask/lexer.ts";
import { Miner } from "../../lib/template/miner.ts";
import { hands, laterLines, lines, oddLine } from "./any_lines.ts";
import { learn } from "./lines.ts";

const encoder = new TextEncoder();

/** A frozen catalogue as it lies in a file. */
function frozen(training: readonly string[], hand: TemplateSettings): string {
  const miner = new Miner({ hand });
  for (const line of training) learn(miner, line);
  return JSON.stringify(miner.freeze().catalogue);
}

const restored = (snapshot: string) => Catalogue.fromJSON(JSON.parse(snapshot));
const saved = (catalogue: Catalogue) => JSON.parse(JSON.stringify(catalogue.provisional()));
const later = fc.oneof(
  laterLines.map((lines) => lines.map((line) => encoder.encode(line))),
  fc.array(fc.oneof(oddLine, laterLines.map(([line]) => encoder.encode(line))), { maxLength: 20 }),
);

const match = (catalogue: Catalogue, bytes: Uint8Array) =>
  catalogue.matchLine(bytes, 0, bytes.length, bytes.length % 25);

/** Matched by one catalogue, line after line. */
function matched(catalogue: Catalogue, order: readonly Uint8Array[]) {
  const numbers = order.map((bytes) => match(catalogue, bytes));
  return { numbers, ids: numbers.map((number) => catalogue.template(number).id) };
}

/** The items cut into parts before the given places. */
function cut<T>(items: readonly T[], places: readonly number[]): T[][] {
  const ends = [...new Set(places.filter((at) => at < items.length)), items.length].sort((a, b) => a - b);
  return ends.map((end, i) => items.slice(ends[i - 1] ?? 0, end));
}

const places = fc.array(fc.nat(60), { maxLength: 7 });

Deno.test("Catalogue: any number of workers, whose births are adopted in order, gives what one gives", () => {
  fc.assert(
    fc.property(lines, later, places, hands, (training, order, places, hand) => {
      const snapshot = frozen(training, hand), one = restored(snapshot), all = restored(snapshot);
      const expected = matched(one, order);
      const numbers = cut(order, places).flatMap((part) => {
        const worker = restored(snapshot), found = matched(worker, part).numbers;
        const adopted = all.adopt(saved(worker));
        return found.map((number) => number < worker.frozen ? number : adopted[number - worker.frozen]);
      });
      assert.deepEqual(numbers, expected.numbers);
      assert.deepEqual(numbers.map((number) => all.template(number).id), expected.ids);
      const named = (catalogue: Catalogue) => catalogue.provisional().map(({ id, text }) => [id, text]);
      assert.deepEqual(named(all), named(one));
    }),
  );
});

Deno.test("Catalogue: lines that workers hashed, and one thread resolved in order, are what one gives", () => {
  const nobody = { masks: [], pins: [] }, workers = fc.integer({ min: 1, max: 5 });
  fc.assert(
    fc.property(lines, later, workers, (training, order, workers) => {
      const snapshot = frozen(training, nobody), one = restored(snapshot), all = restored(snapshot);
      const lexers = Array.from({ length: workers }, () => new Lexer());
      const numbers = order.map((bytes, i) => {
        const lexer = lexers[i % workers];
        lexer.hash(bytes, 0, bytes.length);
        const { firstHash, secondHash } = lexer;
        return all.resolveLexed(firstHash, secondHash, bytes, 0, bytes.length, bytes.length % 25);
      });
      assert.deepEqual(numbers, matched(one, order).numbers);
      assert.deepEqual(all.provisional(), one.provisional());
    }),
  );
});

Deno.test("Catalogue: restarts between any two lines change no number, no name and no count", () => {
  fc.assert(
    fc.property(lines, later, places, hands, (training, order, places, hand) => {
      const snapshot = frozen(training, hand), one = restored(snapshot), expected = matched(one, order);
      let catalogue = restored(snapshot);
      const found = cut(order, places).flatMap((part) => {
        const before = saved(catalogue);
        catalogue = restored(snapshot);
        assert.deepEqual(
          [...catalogue.adopt(before)],
          before.map((_: unknown, i: number) => catalogue.frozen + i),
        );
        return part.map((bytes) => match(catalogue, bytes));
      });
      assert.deepEqual(found, expected.numbers);
      assert.deepEqual(found.map((number) => catalogue.template(number).id), expected.ids);
      assert.deepEqual(catalogue.provisional(), one.provisional());
      assert.equal(JSON.stringify(catalogue), snapshot);
    }),
  );
});

Deno.test("Catalogue: whatever the bytes, they have one template, and its text is text", () => {
  fc.assert(
    fc.property(lines, fc.array(oddLine, { maxLength: 30 }), hands, (training, odd, hand) => {
      const catalogue = restored(frozen(training, hand)), { numbers } = matched(catalogue, odd);
      odd.forEach((bytes, i) => {
        const around = new Uint8Array(bytes.length + 7).fill(0x61); // what stands beside a line is none of its business
        around.set(bytes, 3);
        assert.equal(catalogue.matchLine(around, 3, 3 + bytes.length), numbers[i]);
        assert.ok(catalogue.template(numbers[i]).text.isWellFormed());
      });
      assert.equal(catalogue.adopt(saved(catalogue)).length, catalogue.size - catalogue.frozen);
    }),
  );
});
