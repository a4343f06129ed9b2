import assert from "node:assert/strict";
import { pause } from "../../runner/pause.ts";

Deno.test("pause() waits until its time is over, and leaves no listener behind", async () => {
  const stop = new AbortController();
  let over = false;
  const waited = pause(20, stop.signal).then(() => over = true);
  await Promise.resolve();
  assert.equal(over, false);
  await waited;
  stop.abort(); // nobody listens any more
});

Deno.test("pause() ends with its signal", async () => {
  const stop = new AbortController(), waited = pause(3_600_000, stop.signal);
  stop.abort();
  await waited; // an open timer would fail the test
  await pause(3_600_000, stop.signal);
});
