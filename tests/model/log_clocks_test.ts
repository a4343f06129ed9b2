import assert from "node:assert/strict";
import { LogClocks, UNSEEN_LIMIT } from "../../lib/model/log_clocks.ts";

const HOUR = 3_600_000;

Deno.test("LogClocks.low() is the smallest clock of ended logs that are not idle", () => {
  const clocks = new LogClocks([5, 9, 7].map((hours, i) => ({ name: `${i}.log`, clock: hours * HOUR })));
  assert.deepEqual([5, 4, 3, 2, 1, 0].map((hours) => clocks.low(hours * HOUR) / HOUR), [5, 5, 7, 7, 9, 9]);
  clocks.begin(0);
  assert.equal(clocks.low(Infinity), 7 * HOUR);
  clocks.advance(0, 8 * HOUR);
  clocks.end(0);
  assert.deepEqual([2, 1].map((hours) => clocks.low(hours * HOUR) / HOUR), [7, 8]);
});

Deno.test("LogClocks.low() lets real time go on for logs at their end", () => {
  const clocks = new LogClocks([{ name: "a.log", clock: HOUR }, { name: "b.log", clock: 2 * HOUR }]);
  assert.equal(clocks.low(HOUR, 30 * HOUR), 30 * HOUR);
});

Deno.test("LogClocks.low() does not run away from a log that can't be seen, until that has been so for a day", () => {
  const logs = [{ name: "a.log", clock: HOUR }, { name: "b.log", clock: 2 * HOUR }];
  const unseen = { names: ["a.log", "never-read.log"], lateness: HOUR };
  for (const now of [30 * 60_000 + HOUR, 3 * HOUR, UNSEEN_LIMIT + HOUR]) {
    assert.equal(new LogClocks(logs, unseen).low(HOUR, now), Math.min(now, 2 * HOUR));
  }
  assert.equal(new LogClocks(logs, unseen).low(HOUR, UNSEEN_LIMIT + HOUR + 1), UNSEEN_LIMIT + HOUR + 1);
});

Deno.test("LogClocks.low() does not run away from it where time is what the lines say, either", () => {
  const clocks = new LogClocks([{ name: "a.log", clock: HOUR }], { names: ["a.log"], lateness: HOUR });
  const log = clocks.numberOf("b.log");
  clocks.begin(log);
  clocks.advance(log, 10 * HOUR);
  clocks.end(log);
  assert.equal(clocks.low(HOUR), 2 * HOUR);
});

Deno.test("LogClocks.notes say which logs are waited for, since when and how long", () => {
  const clocks = new LogClocks([{ name: "a.log", clock: 0 }, { name: "b.log", clock: 9 * HOUR }], {
    names: ["a.log", "b.log"],
    lateness: HOUR,
  });
  clocks.low(HOUR, 20 * HOUR);
  assert.deepEqual(clocks.notes.map(({ name }) => name), ["a.log", "b.log"]);
  assert.match(
    clocks.notes[0].text,
    /^Cannot see a\.log, read up to 1970-01-01T00:00:00\.000Z: .*1970-01-02T00:/,
  );
  clocks.low(HOUR, 30 * HOUR);
  assert.deepEqual(clocks.notes.map(({ name }) => name), ["b.log"]);
});
