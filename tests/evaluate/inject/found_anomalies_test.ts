import assert from "node:assert/strict";
import { foundAnomalies, foundKinds } from "../../../lib/evaluate/inject/found_anomalies.ts";

const planted = (kind: string, start: number, end: number, service = "web") => {
  return { kind, key: null, service, start, end, what: "" };
};
const verdict = (start: number, anomalous = true, service = "web") => {
  return { key: `${service}@${start}`, service, start, end: start + 60, score: 0, anomalous };
};
const isFound = (one: ReturnType<typeof planted>, ...verdicts: ReturnType<typeof verdict>[]) =>
  foundAnomalies([one], verdicts, new Set(["web@600"]))[0].found;

Deno.test("foundAnomalies() counts a fresh alarm of the service, up to one window behind the end", () => {
  const burst = planted("burst", 600, 720);
  assert.equal(isFound(burst, verdict(660)), true);
  assert.equal(isFound(burst, verdict(720)), true);
  assert.equal(isFound(burst, verdict(600)), false); // was there before
  assert.equal(isFound(burst, verdict(780)), false);
  assert.equal(isFound(burst, verdict(540)), false);
  assert.equal(isFound(burst, verdict(660, false)), false);
  assert.equal(isFound(burst, verdict(660, true, "db")), false);
});

Deno.test("foundAnomalies() looks at a session's own verdict", () => {
  const session = { ...planted("early-end", NaN, NaN, ""), key: "order 7" };
  const found = (key: string) => foundAnomalies([session], [{ ...verdict(0), key }], new Set())[0];
  assert.deepEqual([found("order 7").found, found("order 7").delay, found("order 8").found], [
    true,
    null,
    false,
  ]);
});

Deno.test("foundKinds() counts kinds, with the share's interval and the middle delay", () => {
  const anomalies = foundAnomalies(
    [planted("burst", 0, 60), planted("burst", 600, 720), planted("scanner", 1200, 1260)],
    [verdict(0), verdict(660)],
    new Set(),
  );
  const [burst, scanner] = foundKinds(anomalies);
  assert.deepEqual([burst.planted, burst.found, burst.timeToDetection], [2, 2, 90]);
  assert.deepEqual([scanner.found, scanner.share.low, scanner.timeToDetection], [0, 0, null]);
  assert.ok(burst.share.low > .3 && burst.share.high === 1);
});
