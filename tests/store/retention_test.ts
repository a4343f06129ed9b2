import assert from "node:assert/strict";
import { shrinkTo } from "../../lib/store/retention.ts";
import { State } from "../../lib/store/state.ts";
import { verdict } from "./made_verdict.ts";

/** A state with two streams, a window each at every time from 0 to 4999, every hundredth of `a` anomalous and in an alert. */
function filled(): State {
  const state = State.open(":memory:");
  const rows = Array.from({ length: 10_000 }, (_, i) => {
    const start = i >> 1, stream = i & 1 ? "b" : "a", anomalous = stream === "a" && start % 100 === 0;
    return { ...verdict, stream, key: `web@${start}`, start, end: start + 1, anomalous };
  });
  state.putVerdicts(rows, "v0001");
  for (const { key, start, end } of rows.filter(({ anomalous }) => anomalous)) {
    state.putAlert({
      id: key,
      stream: "a",
      status: start < 4000 ? "closed" : "firing",
      start,
      end,
      body: "{}",
    });
    state.putAlertsOf("a", new Map([[key, key]]));
  }
  return state;
}

const count = (state: State, what: string) =>
  Number(state.database.prepare(`select count(*) as n from ${what}`).get()!.n);

Deno.test("shrinkTo() forgets the oldest of all streams first, and stops as soon as it may", () => {
  const state = filled(), limit = 0.7 * state.space.used;
  const { verdicts, alerts, until } = shrinkTo(state, limit, { settledBefore: () => Infinity, step: 200 });
  assert.ok(state.space.used <= limit && state.space.used > 0.6 * limit);
  assert.equal(count(state, "verdict"), 10_000 - verdicts);
  assert.equal(count(state, "alert"), 50 - alerts);
  for (const stream of ["a", "b"]) {
    const [first] = state.verdicts({ stream });
    assert.equal(first.end, until);
  }
  assert.equal(state.alerts()[0].end >= until, true);
  state.close();
});

Deno.test("shrinkTo() forgets nothing that may still change, nothing people spoke of, and no alert that is open", () => {
  const state = filled();
  state.feedback.put({ alert: "web@100", stream: "a", said: "true", note: "", at: 0 });
  const settled = (stream: string) => stream === "a" ? Infinity : 500;
  shrinkTo(state, 1, { settledBefore: settled });
  assert.deepEqual(state.verdicts({ stream: "a" }).map(({ key }) => key), ["web@100"]);
  assert.deepEqual(state.verdicts({ stream: "b" })[0].start, 499);
  assert.deepEqual(state.alerts().map(({ id }) => id), [
    "web@100",
    ...Array.from({ length: 10 }, (_, i) => `web@${4000 + 100 * i}`),
  ]);
  state.close();
});

Deno.test("shrinkTo() takes no more steps than it is allowed", () => {
  const state = filled();
  assert.equal(
    shrinkTo(state, 1, { settledBefore: () => Infinity, step: 100, steps: 2 }).verdicts <= 400,
    true,
  );
  assert.deepEqual(shrinkTo(state, Infinity, { settledBefore: () => Infinity }), {
    verdicts: 0,
    alerts: 0,
    until: NaN,
  });
  state.close();
});
