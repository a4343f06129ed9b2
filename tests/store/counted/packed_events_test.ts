import assert from "node:assert/strict";
import fc from "fast-check";
import { type NamedEvent, packEvents, unpackEvents } from "../../../lib/store/counted/packed_events.ts";

const few = (letters: string) => fc.stringMatching(new RegExp(`^[${letters}]{1,2}$`));
const event: fc.Arbitrary<NamedEvent> = fc.record({
  time: fc.oneof(
    ...[fc.integer({ min: 1_700_000_000_000, max: 1_700_000_060_000 }), fc.constant(null)],
    fc.double({ min: -8.64e15, max: 8.64e15, noNaN: true }).filter((time) => !Object.is(time, -0)),
  ),
  service: fc.oneof(few("ab"), fc.string({ unit: "binary" })),
  template: few("xyz"),
  severity: fc.integer({ min: 0, max: 24 }),
  keys: fc.array(fc.oneof(few("kl"), fc.string({ unit: "binary", maxLength: 3000 })), {
    minLength: 1,
    maxLength: 3,
  }),
  facts: fc.dictionary(few("fg"), fc.jsonValue({ noUnicodeString: false })),
}, { requiredKeys: ["time", "service", "template", "severity", "keys"] });

Deno.test("unpackEvents() gives back what packEvents() took, through JSON", () => {
  fc.assert(fc.property(fc.array(event), (events) => {
    const plain = JSON.parse(JSON.stringify(events)) as NamedEvent[], ids = ["x", "y", "z"];
    const numberOf = (id: string) => ids.indexOf(id[0]) * 4 + ids.indexOf(id[1] ?? "") + 1;
    const read = unpackEvents(JSON.parse(JSON.stringify(packEvents(plain))), numberOf);
    assert.deepEqual(read, plain.map((event) => ({ ...event, template: numberOf(event.template) })));
  }));
});

Deno.test("packEvents() needs few characters for what events have in common", () => {
  const events = Array.from({ length: 1000 }, (_, i): NamedEvent => ({
    ...{
      time: 1_700_000_000_000 + 5 * i,
      service: "a service with a long name",
      template: `${"f".repeat(20)}${i % 5}`,
    },
    ...{ severity: 9, keys: [`session ${i >> 3}`] },
  }));
  const length = JSON.stringify(packEvents(events)).length;
  assert.ok(length < 20 * events.length, `${length}`);
});

Deno.test("unpackEvents() refuses a template that nobody knows", () => {
  const packed = packEvents([{ time: 5, service: "a", template: "x", severity: 9, keys: ["k"] }]);
  const unknown = (id: string): number => {
    throw new RangeError(`nobody knows ${id}`);
  };
  assert.throws(() => unpackEvents(packed, unknown), /nobody knows x/);
});
