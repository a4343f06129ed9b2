import assert from "node:assert/strict";
import fc from "fast-check";
import type { Opinion, Part } from "../../lib/ensemble/ensemble.ts";
import { detectorShares, explain } from "../../lib/explain/explain.ts";

const NAMES = {
  id: (index: number) => `T${index}`,
  text: (index: number) => `text ${index}`,
  severity: () => 9,
  indexOf: (id: string) => Number(id.slice(1)),
};

function part(template: number, share: number, more: Partial<Part> = {}): Part {
  return { kind: "template", template, detail: "", text: "", share, actual: 5, expected: 1, ...more };
}

function opinion(detector: string, evidence: number, ...parts: Part[]): Opinion {
  return { detector, evidence, parts };
}

Deno.test("explain() weighs what detectors say by their evidence", () => {
  const reasons = explain([opinion("a", 3, part(1, 1)), opinion("b", 1, part(1, .5), part(2, .5))], NAMES);
  assert.deepEqual(reasons.map(({ id, share }) => [id, share]), [["T1", .875], ["T2", .125]]);
});

Deno.test("explain() lets the detector that says most tell the counts", () => {
  const opinions = [
    opinion("a", 1, part(1, 1, { actual: 9, expected: 2 })),
    opinion("b", 4, part(1, 1, { actual: 9, expected: 0, text: "more than ever" })),
  ];
  for (const given of [opinions, opinions.toReversed()]) {
    const [reason] = explain(given, NAMES);
    assert.deepEqual([reason.detector, reason.expected, reason.note], ["b", 0, "more than ever"]);
  }
});

Deno.test("explain() adds up counts of templates that people call the same", () => {
  const resolve = () => ({ id: "M", text: "disk full" });
  const parts = [part(1, .5, { kind: "unseen", actual: 1 }), part(2, .5, { kind: "unseen", actual: 1 })];
  const [reason, ...others] = explain([opinion("new-template", 2, ...parts)], NAMES, { resolve });
  assert.deepEqual([reason.id, reason.title, reason.actual, others.length], ["M", "disk full", 2, 0]);
});

Deno.test("explain() names what is about no single template", () => {
  const parts = [
    part(-1, .4, { kind: "level", detail: "error" }),
    part(-1, .3, { kind: "total" }),
    part(-1, .2, { kind: "source", detail: "192.0.2.7" }),
    part(-1, .1, { kind: "other", detail: "other" }),
  ];
  const reasons = explain([opinion("x", 2, ...parts)], NAMES);
  assert.deepEqual(reasons.map(({ title }) => title), [
    "error",
    "all events",
    "192.0.2.7",
    "other known templates",
  ]);
});

Deno.test("explain() keeps an order, a value and a count of one template apart", () => {
  const parts = [
    part(1, .5),
    part(1, .3, { kind: "order", detail: "T2" }),
    part(1, .2, { kind: "value", detail: "ms" }),
  ];
  const reasons = explain([opinion("x", 2, ...parts)], NAMES);
  assert.deepEqual(reasons.map(({ kind, id }) => `${kind} ${id}`), [
    "template T1",
    "order T1 T2",
    "value T1 ms",
  ]);
});

Deno.test("explain() says when a template that training did not know was first seen", () => {
  const [reason] = explain([opinion("x", 2, part(7, 1, { kind: "unseen" }))], NAMES, {
    firstSeen: (template) => template === 7 ? 60_000 : null,
  });
  assert.equal(reason.firstSeen, 60_000);
});

Deno.test("explain() gives at most as many reasons as asked for, whose shares sum to 1", () => {
  fc.assert(fc.property(
    fc.array(
      fc.record({
        evidence: fc.double({ min: 1, max: 1e6, noNaN: true }),
        width: fc.integer({ min: 1, max: 9 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    fc.integer({ min: 1, max: 7 }),
    (given, limit) => {
      const opinions = given.map(({ evidence, width }, detector) =>
        opinion(`d${detector}`, evidence, ...Array.from({ length: width }, (_, i) => part(i, 1 / width)))
      );
      const reasons = explain(opinions, NAMES, { limit });
      assert(reasons.length <= limit && reasons.length > 0);
      assert(Math.abs(reasons.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9);
      reasons.slice(1).forEach(({ share }, i) => assert(share <= reasons[i].share));
    },
  ));
});

Deno.test("explain() gives no reasons without opinions, and refuses a limit that is no positive whole number", () => {
  assert.deepEqual(explain([], NAMES), []);
  for (const limit of [0, -1, 1.5, NaN]) assert.throws(() => explain([], NAMES, { limit }), RangeError);
});

Deno.test("detectorShares() sums to 1, most first", () => {
  const shares = detectorShares([opinion("a", 1, part(1, 1)), opinion("b", 3, part(1, 1))]);
  assert.deepEqual(shares, [{ detector: "b", share: .75 }, { detector: "a", share: .25 }]);
});

/** What the detectors of threats say of a source. */
function threat(detail: string, share: number, severity: "low" | "critical"): Part {
  const technique = { id: "T1110.001", name: "Brute Force: Password Guessing" };
  const text = `40 failed logins from ${detail} [${severity}; ${technique.id} ${technique.name}]`;
  const more = { kind: "source" as const, detail, text, technique, severity, since: 60_000 };
  return part(-1, share, more);
}

Deno.test("explain() names a threat by its detector and source, and tells technique, severity and beginning apart from the note", () => {
  const reasons = explain([
    opinion("threat:password-guessing", 3, threat("192.0.2.7", 1, "low")),
    opinion("threat:guessed-password", 2, threat("192.0.2.7", 1, "critical")),
  ], NAMES);
  assert.deepEqual(
    reasons.map(({ id, title, note, severity, since }) => [id, title, note, severity, since]),
    [
      ["password-guessing 192.0.2.7", "192.0.2.7", "40 failed logins from 192.0.2.7", "low", 60_000],
      ["guessed-password 192.0.2.7", "192.0.2.7", "40 failed logins from 192.0.2.7", "critical", 60_000],
    ],
  );
  assert.equal(reasons[0].technique?.id, "T1110.001");
});

Deno.test("explain() keeps a threat that does harm, however little its share", () => {
  const parts = [1, 2, 3, 4, 5, 6].map((template) => part(template, 1 / 6));
  const reasons = explain([
    opinion("record", 90, ...parts),
    opinion("threat:guessed-password", 1, threat("192.0.2.7", 1, "critical")),
  ], NAMES);
  assert.equal(reasons.length, 5);
  assert.equal(reasons.at(-1)!.severity, "critical");
  assert(Math.abs(reasons.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9);
});

Deno.test("explain() takes events of a template for one reason, known or not", () => {
  const reasons = explain([
    opinion("record", 3, part(1, 1, { actual: 9, expected: 2 })),
    opinion("new-error", 1, part(1, 1, { kind: "unseen", actual: 9, expected: 0 })),
  ], NAMES);
  assert.deepEqual(reasons.map(({ kind, id, share, expected }) => [kind, id, share, expected]), [
    ["unseen", "T1", 1, 2],
  ]);
});

Deno.test("explain() says how severe the template's events are where that is known", () => {
  const [reason] = explain([opinion("x", 2, part(7, 1))], NAMES, { level: (template) => 10 + template });
  assert.equal(reason.level, 17);
  assert.equal(explain([opinion("x", 2, part(7, 1))], NAMES)[0].level, undefined);
});
