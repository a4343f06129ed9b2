import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type DocumentName,
  eventId,
  incrementId,
  sessionsId,
  windowId,
} from "../../../lib/store/counted/event_id.ts";

const name = fc.record({
  index: fc.stringMatching(/^[a-z0-9.-]{1,12}$/),
  id: fc.string({ unit: "binary", maxLength: 512 }),
  time: fc.integer({ min: -6e13, max: 6e13 }),
});

Deno.test("eventId() is the same for the same document, another for another, and rises with time", () => {
  fc.assert(fc.property(name, name, (one: DocumentName, other: DocumentName) => {
    assert.equal(eventId(one), eventId({ ...one }));
    const isSame = one.index === other.index && one.id === other.id && one.time === other.time;
    assert.equal(eventId(one) === eventId(other), isSame);
    if (one.time < other.time) assert.ok(eventId(one) < eventId(other));
  }));
});

Deno.test("names of documents are short, whatever a service is called", () => {
  const service = "ß".repeat(5000), at = { from: -1e15, generation: 1e9, start: -1e15, service };
  const ids = [
    windowId(at),
    incrementId(at),
    sessionsId({ ...at, piece: 1e9 }),
    eventId({ index: "a", id: "b".repeat(512), time: -6e13 }),
  ];
  for (const id of ids) assert.ok(new TextEncoder().encode(id).length <= 512, id); // what an index takes
  assert.notEqual(windowId(at), windowId({ ...at, service: `${service}.` }));
});
