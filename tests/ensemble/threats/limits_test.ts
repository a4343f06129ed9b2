import assert from "node:assert/strict";
import { THREAT_DETECTORS } from "../../../lib/detector/threat/registry.ts";
import { TECHNIQUES } from "../../../lib/detector/threat/technique.ts";
import type { Suspect } from "../../../lib/detector/threat/threat_detector.ts";
import { DAY } from "../../../lib/ensemble/threats/episodes.ts";
import { Peaks } from "../../../lib/ensemble/threats/limits.ts";

const place = (name: string) => THREAT_DETECTORS.findIndex((detector) => detector.name === name);
const suspect = (source: string, value: number): Suspect => ({
  ...{ source, value, technique: TECHNIQUES.bruteForce, severity: "low" },
  ...{ text: () => "", actual: value, expected: 0 },
});

/** The limit of a detector behind days with these values, one source a day. */
function limitOf(name: string, values: readonly number[]): number {
  const peaks = new Peaks(), detector = THREAT_DETECTORS[place(name)];
  values.forEach((value, day) => peaks.note(detector, [suspect(`source ${day}`, value)], day * DAY));
  return peaks.limits(values.length)[place(name)];
}

Deno.test("Peaks.limits() are the floors where training was quiet", () => {
  assert.deepEqual(new Peaks().limits(10), THREAT_DETECTORS.map(({ floor }) => floor));
});

Deno.test("Peaks.limits() lie above the highest value of a short training, with room for chance", () => {
  assert.equal(limitOf("brute-force", [25]), 25 + 3 * 5);
  assert.equal(limitOf("distributed-guessing", [8]), 9);
  assert.equal(limitOf("account-change", [1]), 1);
});

Deno.test("Peaks.limits() spare as many attacks of a long training as the budget has days for", () => {
  const budget = THREAT_DETECTORS[place("brute-force")].budget, days = 8;
  const attacks = Array.from({ length: days }, (_, day) => day < budget * days ? 900 : 16);
  assert.equal(limitOf("brute-force", attacks), 16 + 4);
  assert(limitOf("brute-force", [900, ...attacks.slice(0, -1)]) > 900);
});

Deno.test("Peaks.note() takes what comes again within a day for the same attack", () => {
  const peaks = new Peaks(), detector = THREAT_DETECTORS[place("brute-force")];
  for (let hour = 0; hour < 48; hour++) peaks.note(detector, [suspect("a", 100 + hour)], hour * 3_600_000);
  peaks.note(detector, [suspect("b", 16)], 2 * DAY);
  assert.equal(peaks.limits(2)[place("brute-force")], 16 + 4); // the first is spared whole
});
