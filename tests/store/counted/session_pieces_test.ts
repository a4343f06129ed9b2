import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type PlacedEvent,
  type SessionPiece,
  SessionPieces,
} from "../../../lib/store/counted/session_pieces.ts";

const WINDOW = 10;
/** Documents as they are read: in order of time, those of one time in any. */
const documents = fc.uniqueArray(
  fc.record({
    at: fc.integer({ min: -25, max: 40 }),
    sequence: fc.option(fc.integer({ min: 0, max: 5 })),
    id: fc.stringMatching(/^[a-z]{1,3}$/),
    key: fc.stringMatching(/^k{1,200}$/),
    hasFacts: fc.boolean(),
  }),
  { selector: ({ id }) => id, maxLength: 80 },
).map((all) => all.sort((a, b) => a.at - b.at));

/** @param most Characters of a piece. */
function cut(found: readonly PlacedEvent[], most: number): SessionPiece[] {
  const cut: SessionPiece[] = [], pieces = new SessionPieces(WINDOW, (piece) => cut.push(piece), most);
  for (const one of found) pieces.add(one);
  pieces.finish();
  return cut;
}

const placed = documents.map((all) =>
  all.map(({ at, sequence, id, key, hasFacts }): PlacedEvent => ({
    ...{ at, sequence, id },
    event: {
      ...{ time: null, service: id, template: "a", severity: 9, keys: [key] },
      ...(hasFacts ? { facts: { one: key } } : {}),
    },
  }))
);

Deno.test("SessionPieces gives windows in their order, each by time, sequence and name", () => {
  fc.assert(fc.property(placed, fc.integer({ min: 1, max: 1000 }), (found, most) => {
    const pieces = cut(found, most), rank = ({ sequence }: PlacedEvent) => sequence ?? Infinity;
    const expected = found.toSorted((a, b) =>
      a.at - b.at || (rank(a) === rank(b) ? (a.id < b.id ? -1 : 1) : rank(a) - rank(b))
    );
    assert.deepEqual(
      pieces.flatMap(({ window, events }) => events.map(({ service }) => [window, service])),
      expected.map(({ at, id }) => [Math.floor(at / WINDOW) * WINDOW, id]),
    );
    for (const [i, { window, piece, events }] of pieces.entries()) {
      assert.equal(piece, i > 0 && pieces[i - 1].window === window ? pieces[i - 1].piece + 1 : 0);
      assert.ok(events.length > 0);
    }
  }));
});

Deno.test("SessionPieces names as many pieces or more where there are more events", () => {
  const chosen = fc.tuple(placed, fc.infiniteStream(fc.boolean()), fc.integer({ min: 1, max: 1000 }));
  fc.assert(fc.property(chosen, ([found, isEarly, most]) => {
    const names = (pieces: SessionPiece[]) => pieces.map(({ window, piece }) => `${window} ${piece}`);
    const early = found.filter(() => isEarly.next().value), all = new Set(names(cut(found, most)));
    for (const name of names(cut(early, most))) assert.ok(all.has(name), name);
  }));
});

Deno.test("SessionPieces cuts a window before its end, and one with many events of one time", () => {
  const event = { time: null, service: "a", template: "a", severity: 9, keys: ["k".repeat(60)] };
  const found = Array.from(
    { length: 45 },
    (_, i): PlacedEvent => ({ at: i < 30 ? 1 : 2, sequence: i, id: `${i}`, event }),
  );
  const made: number[] = [],
    pieces = new SessionPieces(WINDOW, ({ events }) => made.push(events.length), 1000);
  for (const one of found) pieces.add(one);
  assert.deepEqual(made, [10, 10, 10]);
  pieces.finish();
  assert.deepEqual(made, [10, 10, 10, 10, 5]);
});

Deno.test("SessionPieces leaves nothing out where times fall", () => {
  const event = { time: null, service: "a", template: "a", severity: 9, keys: ["k"] };
  const times = [1, 5, 12, 25, 2, 14, 13, 3], made: [number, number, number][] = [];
  const pieces = new SessionPieces(
    WINDOW,
    ({ window, piece, events }) => made.push([window, piece, events.length]),
  );
  for (const at of times) pieces.add({ at, sequence: null, id: `${at}`, event });
  pieces.finish();
  assert.deepEqual(made, [[0, 0, 2], [10, 0, 1], [20, 0, 1], [0, 1, 1], [10, 1, 2], [0, 2, 1]]);
});
