import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Activation,
  activationsText,
  previousActivation,
  readActivations,
  settledActivations,
} from "../../lib/store/activations.ts";

const activation = fc.record({
  version: fc.integer({ min: 1, max: 4 }).map((number) => `v000${number}`),
  at: fc.oneof(fc.nat(), fc.constant(NaN)),
  how: fc.constantFrom<Activation["how"]>("trained", "activated", "rolled back"),
}, { noNullPrototype: true });

Deno.test("readActivations() reads what activationsText() writes, and as much of it as is left", () => {
  fc.assert(fc.property(fc.array(activation), fc.nat({ max: 90 }), (history, cut) => {
    const text = activationsText(history);
    assert.deepEqual(readActivations(text), history);
    const left = readActivations(text.slice(0, Math.max(0, text.length - cut)));
    assert.deepEqual(left, history.slice(0, left.length));
  }));
});

Deno.test("activationsText() forgets what is a thousand activations old", () => {
  const history: Activation[] = Array.from(
    { length: 1200 },
    (_, at) => ({ version: "v1", at, how: "trained" }),
  );
  assert.deepEqual(
    readActivations(activationsText(history)).map(({ at }) => at),
    history.slice(200).map(({ at }) => at),
  );
});

Deno.test("settledActivations() ends with what is active, and previousActivation() never names that", () => {
  fc.assert(fc.property(fc.array(activation), activation, (history, { version }) => {
    const settled = settledActivations(history, version, 0);
    assert.equal(settled.at(-1)!.version, version);
    assert.notEqual(previousActivation(settled), version);
  }));
  assert.deepEqual(settledActivations([{ version: "v0001", at: 1, how: "trained" }], null, 0), []);
});
