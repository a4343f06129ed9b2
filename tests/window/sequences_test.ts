import assert from "node:assert/strict";
import fc from "fast-check";
import { CountVectors } from "../../lib/window/count_vectors.ts";
import { NO_SEQUENCE, Sequences } from "../../lib/window/sequences.ts";
import { symbolOf } from "../../lib/window/symbol.ts";

const templates = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 12 });

/** A sequence with one more event of a template. */
function step(sequences: Sequences, sequence: number, template: number): number {
  return sequences.step(sequence, symbolOf(template, 9));
}

/** The number of a sequence, made event by event. */
function numberOf(sequences: Sequences, events: readonly number[]): number {
  return events.reduce((sequence, template) => step(sequences, sequence, template), 0);
}

/** The events behind a number, as a plain array. */
function eventsOf(sequences: Sequences, sequence: number): number[] | null {
  const events = sequences.read(sequence);
  return events && [...events];
}

Deno.test("Sequences.step() gives equal orders one number and others another, and read() gives them back", () => {
  fc.assert(fc.property(fc.array(templates, { maxLength: 40 }), (all) => {
    const sequences = new Sequences(), numbers = new Map<string, number>();
    for (const events of all) {
      const number = numberOf(sequences, events), name = events.join(" ");
      assert.equal(numbers.get(name) ?? number, number);
      numbers.set(name, number);
    }
    assert.equal(new Set(numbers.values()).size, numbers.size);
    for (const [name, number] of numbers) assert.equal(eventsOf(sequences, number)!.join(" "), name);
  }));
});

Deno.test("Sequences hold equal beginnings once", () => {
  const sequences = new Sequences();
  numberOf(sequences, [1, 2, 3]);
  numberOf(sequences, [1, 2, 4]);
  assert.equal(sequences.size, 5); // none, 1, 12, 123, 124
});

Deno.test("Sequences.read() gives the same array each time", () => {
  const sequences = new Sequences(), number = numberOf(sequences, [5, 5]);
  assert.equal(sequences.read(number), sequences.read(numberOf(sequences, [5, 5])));
  assert.deepEqual(eventsOf(sequences, 0), []);
  assert.equal(sequences.read(NO_SEQUENCE), null);
});

Deno.test("Sequences.pairs() counts as count vectors do, each level of a template for itself", () => {
  const symbols = fc.array(fc.tuple(fc.nat(3), fc.constantFrom(0, 9, 17)).map(([t, s]) => symbolOf(t, s)));
  fc.assert(fc.property(symbols, (events) => {
    const sequences = new Sequences(), vectors = new CountVectors();
    const sequence = events.reduce((sequence, symbol) => sequences.step(sequence, symbol), 0);
    const vector = events.reduce((vector, symbol) => vectors.step(vector, symbol), 0);
    assert.deepEqual(sequences.pairs(sequence), vectors.pairs(vector).slice());
  }));
});

Deno.test("Sequences.merge() puts one order behind the other, and none where one of them is not kept", () => {
  fc.assert(fc.property(templates, templates, (earlier, later) => {
    const sequences = new Sequences();
    const merged = sequences.merge(numberOf(sequences, earlier), numberOf(sequences, later));
    assert.equal(merged, numberOf(sequences, [...earlier, ...later]));
  }));
  const sequences = new Sequences(), one = step(sequences, 0, 1);
  assert.equal(sequences.merge(one, NO_SEQUENCE), NO_SEQUENCE);
  assert.equal(sequences.merge(NO_SEQUENCE, one), NO_SEQUENCE);
});

Deno.test("Sequences keep no order that is longer than the longest, and none that grows from it", () => {
  const sequences = new Sequences({ longest: 2 }), two = numberOf(sequences, [1, 2]);
  assert.equal(step(sequences, two, 3), NO_SEQUENCE);
  assert.equal(step(sequences, NO_SEQUENCE, 3), NO_SEQUENCE);
  assert.equal(sequences.merge(two, step(sequences, 0, 1)), NO_SEQUENCE);
  assert.deepEqual(eventsOf(sequences, two), [1, 2]);
});

Deno.test("Sequences make no more numbers than their limit; those that there are go on", () => {
  const sequences = new Sequences({ limit: 3 }), two = numberOf(sequences, [1, 2]);
  assert.equal(sequences.size, 3);
  assert.equal(step(sequences, 0, 2), NO_SEQUENCE);
  assert.equal(numberOf(sequences, [1, 2]), two);
});

Deno.test("Sequences.keep() forgets what is not marked, renames templates, and lets equal orders become one", () => {
  const names = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 });
  const marked = fc.array(fc.tuple(templates, fc.boolean()), { maxLength: 20 });
  fc.assert(fc.property(marked, fc.option(names), (all, map) => {
    const sequences = new Sequences(), numbers = all.map(([events]) => numberOf(sequences, events));
    const used = new Uint8Array(sequences.size), before = sequences.size;
    all.forEach(([, keep], i) => keep ? used[numbers[i]] = 1 : undefined);
    const renumbered = sequences.keep(used, map === null ? undefined : Int32Array.from(map));
    assert.equal(renumbered.length, before);
    all.forEach(([events], i) => {
      const renamed = events.map((template) => map?.[template] ?? template), number = renumbered[numbers[i]];
      if (used[numbers[i]] === 0 && events.length > 0) return assert.equal(number, NO_SEQUENCE);
      assert.deepEqual(eventsOf(sequences, number), renamed);
      assert.equal(numberOf(sequences, renamed), number);
    });
    assert.ok(sequences.size <= before);
  }));
});

Deno.test("Sequences.keep() makes room again where the limit was reached", () => {
  const sequences = new Sequences({ limit: 3 }), two = numberOf(sequences, [1, 2]);
  const used = new Uint8Array(3);
  assert.equal(step(sequences, 0, 7), NO_SEQUENCE);
  assert.equal(sequences.keep(used)[two], NO_SEQUENCE);
  assert.deepEqual(eventsOf(sequences, step(sequences, 0, 7)), [7]);
});

Deno.test("Sequences number more than they made room for at first", () => {
  const sequences = new Sequences(), events = Array.from({ length: 5000 }, (_, i) => i % 7);
  assert.deepEqual(eventsOf(sequences, numberOf(sequences, events)), events);
  assert.equal(sequences.size, 5001);
});
