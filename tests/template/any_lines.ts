/**
 * Lines of all looks for property tests of templates, and what people may say about them.
 *
 * @module
 */
import fc from "fast-check";
import type { TemplateSettings } from "../../lib/template/hand/template_settings.ts";

/** Values of all looks: numbers, names, addresses, quoted, missing, lists, texts, states with an opposite. */
const value = fc.oneof(
  fc.constantFrom("ann", "bob", "cid", "orders", "billing", "node7", "node12", "worker-3", "blk_12345"),
  fc.constantFrom(
    "7",
    "42",
    "0x1f",
    "10.0.0.7:80",
    "cache:80",
    "/srv/a.db",
    "true",
    "false",
    "null",
    "(null)",
  ),
  fc.constantFrom(
    "?",
    "-",
    "'ann'",
    '"two words"',
    "[a, b]",
    "[]",
    "{k=1, j=x}",
    "f(1), f(2)",
    "org.example.Main",
  ),
  fc.constantFrom(
    "disk is full",
    "no route to host",
    "started",
    "stopped",
    "enabled",
    "disabled",
    "up",
    "down",
  ),
);

const FRAMES: [string, string, string][] = [
  ["session of user ", " was moved to shelf ", " for good"],
  ["cannot replicate topic ", " to broker: ", ""],
  ["link=", " state=", " after check"],
  ["[manager ", "]: ", " done"],
  ["the billing service is ", " now, said ", ""],
  ["", " ", ""],
];

/** Frames that {@linkcode lines} has not. */
const OTHER_FRAMES: [string, string, string][] = [
  ["a new thing called ", " met ", ""],
  ["password=", " was refused to user ", ""],
  ["link=", " speed=", " after check"],
  ["session of user ", " ended: ", " for good"],
];

const lineOf = (frames: [string, string, string][]) =>
  fc.tuple(fc.constantFrom(...frames), value, value).map(([[a, b, c], x, y]) => `${a}${x}${b}${y}${c}`);

/** Lines of a few events. */
export const lines: fc.Arbitrary<string[]> = fc.array(lineOf(FRAMES), { minLength: 1, maxLength: 80 });

/** Lines of the same events, and of some more; most come again. */
export const laterLines: fc.Arbitrary<string[]> = fc.tuple(
  fc.array(lineOf([...FRAMES, ...OTHER_FRAMES, ...OTHER_FRAMES]), { minLength: 1, maxLength: 30 }),
  fc.array(fc.nat(29), { minLength: 1, maxLength: 60 }),
).map(([distinct, order]) => order.map((i) => distinct[i % distinct.length]));

const MASKS = [{ pattern: "node[0-9]+", name: "node" }, { pattern: "[a-z]+:[0-9]+", name: "" }];
const PINS = ["session of user <*> was moved to shelf <*> for good", "link=<*> state=up after check"];

/** Nothing, masks, pins or both. */
export const hands: fc.Arbitrary<TemplateSettings> = fc.constantFrom(
  { masks: [], pins: [] },
  { masks: MASKS, pins: [] },
  { masks: [], pins: PINS },
  { masks: MASKS, pins: PINS },
);

const encoder = new TextEncoder();

/** A line's bytes, and some more of them, up to the length at which a line is cut when it is read. */
const repeated = fc.tuple(
  fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 8 }), fc.string({ unit: "binary", minLength: 1 })),
  fc.integer({ min: 1, max: 65_536 }),
).map(([unit, length]) => {
  const bytes = typeof unit === "string" ? encoder.encode(unit) : unit;
  return Uint8Array.from({ length }, (_, i) => bytes[i % bytes.length]);
});

/** What is hardly a line: any bytes, NUL, text cut inside a character, punctuation only, one thing over and over. */
export const oddLine: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 4, arbitrary: fc.uint8Array({ maxLength: 80 }) },
  {
    weight: 4,
    arbitrary: fc.string({
      unit: fc.constantFrom(..."()[]{}<>\"'=:;,|#&?!*`\\/@.-_+$%~^ \t\0"),
      maxLength: 60,
    })
      .map((text) => encoder.encode(text)),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.string({ unit: "binary", maxLength: 40 }), fc.nat(3), fc.nat(3))
      .map(([text, front, back]) => {
        const bytes = encoder.encode(text);
        return bytes.subarray(front, Math.max(front, bytes.length - back));
      }),
  },
  { weight: 2, arbitrary: fc.nat(40).map((length) => new Uint8Array(length)) },
  { weight: 1, arbitrary: repeated },
);
