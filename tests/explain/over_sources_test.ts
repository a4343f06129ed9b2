import assert from "node:assert/strict";
import { noLogins, noRequests } from "../../lib/detector/threat/source_counts.ts";
import { SourceFact } from "../../lib/detector/threat/source_fact.ts";
import { overSource, usualSources } from "../../lib/explain/over_sources.ts";

/** A window in which each source sent so many requests. */
function window(...sent: number[]): SourceFact {
  const fact = new SourceFact();
  sent.forEach((requests, i) => fact.source(`203.0.113.${i}`).web = { ...noRequests(), requests });
  return fact;
}

const EVEN = Array.from({ length: 100 }, () => window(5, 4, 4, 4, 3, 3, 2));

Deno.test("usualSources() is the part that the busiest source of nearly no window exceeded", () => {
  assert.deepEqual(usualSources(EVEN), { requests: .2, logins: 1 });
  assert.deepEqual(usualSources([...EVEN, window(90, 10)]).requests, .2);
  assert.deepEqual(usualSources(EVEN.slice(0, 29)).requests, 1, "too few windows");
  assert.deepEqual(usualSources(EVEN.map(() => window(1, 1))).requests, 1, "too few requests in each");
});

Deno.test("overSource() names the client that sent most of a window", () => {
  const usual = usualSources(EVEN);
  assert.deepEqual(overSource(window(5, 85, 10), usual), {
    ...{ source: "203.0.113.1", count: 85, share: .85, usual: .2 },
  });
  assert.equal(overSource(window(5, 4, 4, 4, 3), usual), null);
  assert.equal(overSource(window(12, 2), usual), null, "few requests");
  assert.equal(overSource(window(85, 15), { requests: 1, logins: 1 }), null, "nobody knows what is usual");
});

Deno.test("overSource() counts attempts to log in, and no user for a source", () => {
  const fact = new SourceFact();
  fact.source("203.0.113.9").login = { ...noLogins(), failed: [40, 40, 0, 0] };
  fact.source("user root").login = { ...noLogins(), failed: [90, 0, 0, 0] };
  assert.deepEqual(overSource(fact, { requests: 1, logins: .1 }), {
    ...{ source: "203.0.113.9", count: 40, share: 1, usual: .1 },
  });
});
