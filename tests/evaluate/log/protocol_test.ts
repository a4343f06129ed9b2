import assert from "node:assert/strict";
import fc from "fast-check";
import { divide, type Protocol, readProtocol } from "../../../lib/evaluate/log/protocol.ts";

Deno.test("readProtocol() refuses what it doesn't know", () => {
  assert.deepEqual(readProtocol("completion:0.5"), { order: "completion", share: .005 });
  for (const text of ["random", "random:0", "random:100", "random:-5", "sorted:10", ""]) {
    assert.throws(() => readProtocol(text), SyntaxError, text);
  }
});

const things = fc.array(fc.record({ first: fc.nat(1000), length: fc.nat(100), anomalous: fc.boolean() }), {
  minLength: 2,
  maxLength: 60,
}).map((all) => all.map(({ first, length, anomalous }) => ({ first, last: first + length, anomalous })));
const protocol = fc.record({
  order: fc.constantFrom("random", "chronological", "completion"),
  share: fc.double({ min: .01, max: .99, noNaN: true }),
}) as fc.Arbitrary<Protocol>;

Deno.test("divide() trains and tests nothing twice, and trains on no anomalous one where labels are known", () => {
  fc.assert(fc.property(things, protocol, fc.boolean(), fc.nat(), (things, protocol, unlabelled, seed) => {
    const { training, testing } = divide(things, protocol, { unlabelled, seed });
    assert.equal(new Set([...training, ...testing]).size, training.length + testing.length);
    if (unlabelled) assert.equal(training.length + testing.length, things.length);
    else assert.ok(training.every((i) => !things[i].anomalous));
    assert.deepEqual({ training, testing }, divide(things, protocol, { unlabelled, seed }));
  }));
});

Deno.test("divide() tests by time only what begins, or ends, no earlier than what trains", () => {
  fc.assert(fc.property(things, fc.boolean(), (things, completion) => {
    const at = completion ? "last" : "first", order = completion ? "completion" : "chronological";
    const { training, testing } = divide(things, { order, share: .5 });
    const latest = Math.max(-1, ...training.map((i) => things[i][at]));
    assert.ok(testing.every((i) => things[i][at] >= latest));
  }));
});

Deno.test("divide() at random takes the share of the normal ones, and other ones for another seed", () => {
  const things = Array.from({ length: 100 }, (_, i) => ({ first: i, last: i, anomalous: i % 5 === 0 }));
  const of = (seed: number) => divide(things, { order: "random", share: .5 }, { seed });
  assert.equal(of(1).training.length, 40);
  assert.equal(of(1).testing.length, 60);
  assert.notDeepEqual(of(1).training, of(2).training);
});
