import assert from "node:assert/strict";
import {
  mergeSources,
  newSource,
  noLogins,
  noRequests,
  readSource,
  type SourceCounts,
} from "../../../lib/detector/threat/source_counts.ts";

/** A source whose every number is another one. */
function busySource(): SourceCounts {
  let next = 1;
  const filled = <T extends object>(counts: T): T =>
    Object.fromEntries(
      Object.entries(counts).map(([name, value]) => [
        name,
        Array.isArray(value)
          ? (value.length === 0 ? [next++] : value.map(() => next++))
          : typeof value === "number"
          ? next++
          : `t${next++}`,
      ]),
    ) as T;
  return {
    ...newSource("203.0.113.9"),
    ...{ weight: next++, reported: next++, speaking: "scan" },
    login: filled(noLogins()),
    web: filled(noRequests()),
  };
}

Deno.test("readSource() reads everything that a source counts", () => {
  const source = busySource();
  assert.deepEqual(readSource(JSON.parse(JSON.stringify(source)), "source"), source);
});

Deno.test("mergeSources() adds up every number of requests", () => {
  const one = busySource(), { web } = mergeSources(busySource(), one);
  for (const [name, value] of Object.entries(one.web!)) {
    if (typeof value === "number") assert.equal(web![name as "requests"], 2 * value, name);
  }
});
