import assert from "node:assert/strict";
import { testThatNeeds } from "../../needs.ts";
import { hdfsSessions, randomHalf } from "./neural_sessions.ts";

Deno.test("randomHalf() trains on normal sessions only, holds back a fifth of them, and tests all others", () => {
  const anomalous = Array.from({ length: 110 }, (_, i) => i % 11 === 0);
  const sessions = { anomalous, sequences: anomalous.map(() => Int32Array.of(0)), templates: 1 };
  const { train, heldBack, test } = randomHalf(sessions, 1);
  assert.deepEqual([train.length, heldBack.length, test.length], [40, 10, 60]);
  assert.deepEqual([...train, ...heldBack, ...test].sort((a, b) => a - b), [...anomalous.keys()]);
  assert([...train, ...heldBack].every((row) => !anomalous[row]));
  assert.deepEqual(randomHalf(sessions, 1), { train, heldBack, test });
  assert.notDeepEqual(randomHalf(sessions, 2).train, train);
});

testThatNeeds(["realLogs"], "hdfsSessions() reads every block of HDFS_2pct with its label", async () => {
  const { sequences, anomalous, templates } = (await hdfsSessions())!;
  assert.equal(sequences.length, 11_501);
  assert.equal(anomalous.filter(Boolean).length, 350);
  assert(
    templates > 20 && sequences.every((events) => events.every((event) => event >= 0 && event < templates)),
  );
});
