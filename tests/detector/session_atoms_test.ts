import assert from "node:assert/strict";
import fc from "fast-check";
import { SessionAtoms } from "../../lib/detector/session_atoms.ts";

const events = (...counts: number[]) => ({
  templates: Int32Array.from(counts, (_, i) => i),
  counts: Int32Array.from(counts),
  levels: new Uint8Array(counts.length),
});

Deno.test("SessionAtoms.learn() counts sessions by count, and remembers the usual and the largest", () => {
  const atoms = new SessionAtoms();
  for (const count of [3, 3, 5]) atoms.learn(events(count));
  const { present, mode, usual, largest } = atoms.of(0)!;
  assert.deepEqual([atoms.sessions, present, mode, usual, largest], [3, 3, 2, 3, 5]);
});

Deno.test("SessionAtoms.learn() of a weight is that many sessions", () => {
  const once = new SessionAtoms(), often = new SessionAtoms();
  once.learn(events(2, 1), 4);
  for (let i = 0; i < 4; i++) often.learn(events(2, 1));
  assert.deepEqual([...once.events()], [...often.events()]);
});

Deno.test("SessionAtoms.copy() and the memory it is of change apart", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), (counts) => {
    const atoms = new SessionAtoms();
    atoms.learn(events(1));
    const copy = atoms.copy();
    for (const count of counts) copy.learn(events(count));
    assert.equal(atoms.of(0)!.present, 1);
    assert.equal(copy.of(0)!.present, 1 + counts.length);
    atoms.learn(events(9));
    assert.notEqual(copy.of(0)!.largest, 9);
  }));
});

Deno.test("SessionAtoms.common() names events of more than nine in ten sessions", () => {
  const atoms = new SessionAtoms();
  atoms.learn(events(1, 1), 90);
  atoms.learn(events(1), 10);
  assert.deepEqual(atoms.common(), [0]);
});

Deno.test("SessionAtoms.restore() gives back what was learned", () => {
  const atoms = new SessionAtoms(), restored = new SessionAtoms();
  for (const count of [3, 3, 5]) atoms.learn(events(count, 1));
  restored.restore(atoms.sessions, [...atoms.events()].map(([template, { counts }]) => [template, counts]));
  assert.deepEqual([...restored.events()], [...atoms.events()]);
  assert.equal(restored.sessions, 3);
});
