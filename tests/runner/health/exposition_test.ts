import assert from "node:assert/strict";
import fc from "fast-check";
import { expositionOf } from "../../../runner/health/exposition.ts";
import { parseExposition, valueOf } from "./exposition_parser.ts";

Deno.test("expositionOf() can be read back, whatever labels and help say", () => {
  const text = fc.string({ unit: fc.constantFrom(...'ab"\\\n{},= é') });
  fc.assert(
    fc.property(
      text,
      text.filter((one) => !one.includes("\n")),
      fc.double({ noNaN: true }),
      (label, help, value) => {
        const page = expositionOf([{
          name: "a_b",
          type: "gauge",
          help,
          samples: [{ labels: { of: label }, value }],
        }]);
        assert.equal(valueOf(parseExposition(page), "a_b", { of: label }), value === 0 ? 0 : value);
      },
    ),
  );
});

Deno.test("expositionOf() leaves out what has no value, and families without any", () => {
  const family = { name: "a", type: "gauge" as const, help: "A", samples: [{ value: NaN }] };
  assert.equal(expositionOf([family]), "");
  assert.equal(
    expositionOf([{ ...family, samples: [{ value: NaN }, { value: 1 }] }]),
    "# HELP a A\n# TYPE a gauge\na 1\n",
  );
});

Deno.test("expositionOf() refuses names that are none", () => {
  const family = { name: "a", type: "counter" as const, help: "A", samples: [{ value: 1 }] };
  assert.throws(() => expositionOf([family]), /"a" is no name of a counter/);
  assert.throws(() => expositionOf([{ ...family, type: "gauge", name: "a-b" }]), /"a-b" is no name/);
  assert.throws(
    () => expositionOf([{ ...family, type: "gauge", samples: [{ labels: { "a b": "" }, value: 1 }] }]),
    /"a b" is no name of a label/,
  );
});
