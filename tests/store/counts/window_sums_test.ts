import assert from "node:assert/strict";
import { State } from "../../../lib/store/state.ts";
import type { Verdict } from "../../../lib/explain/reason.ts";

const verdict = (key: string, more: Partial<Verdict> = {}): Verdict => ({
  ...{ stream: "shop", key, kind: "window", service: "db", start: 0, end: 1, lines: 9, score: 0.5 },
  ...{ threshold: 1, anomalous: false, reasons: [], ...more },
});

/** What is counted, and what the verdicts come to: they must be equal. */
function both(state: State): [unknown, unknown] {
  const plain = (sql: string) => state.database.prepare(sql).all().map((row) => Object.values(row).join(" "));
  const counted = plain(
    `select stream, service, size, start, judged, anomalous, highest from window_count join series on number = series
    where is_all = 0 and judged > 0 order by 1, 2, 3, 4`,
  );
  const slots = [300_000, 3_600_000, 86_400_000].map((size) =>
    `select stream, service, ${size} as size, cast(start / ${size} as integer) * ${size} as slot, count(*), sum(anomalous),
    max(score / threshold) from verdict where start is not null group by 1, 2, 4`
  );
  return [counted, plain(`${slots.join(" union all ")} order by 1, 2, 3, 4`)];
}

Deno.test("State.putVerdicts() keeps the counts of windows in step with the verdicts", () => {
  const state = State.open(":memory:");
  const steps: (() => void)[] = [
    () =>
      state.putVerdicts([
        verdict("a"),
        verdict("b", { score: 4, anomalous: true }),
        verdict("u", { start: NaN }),
      ], "v1"),
    () =>
      state.putVerdicts([
        verdict("c", { service: "web", start: 7_200_000 }),
        verdict("d", { start: 400_000 }),
      ], "v1"),
    () => state.putVerdicts([verdict("b", { score: 0.2 })], "v1"), // judged again: normal now
    () =>
      state.putVerdicts([verdict("a", { service: "web", start: 300_000, score: 2, anomalous: true })], "v1"),
    () => state.putVerdicts([verdict("a"), verdict("a", { score: 9, anomalous: true })], "v1"), // twice at once
    () => state.removeVerdict("shop", "a"),
    () => state.removeVerdict("shop", "a"), // there is none any more
  ];
  for (const [i, step] of steps.entries()) {
    state.transaction(step);
    const [counted, judged] = both(state);
    assert.deepEqual(counted, judged, `step ${i}`);
  }
  const all = state.database.prepare(
    "select judged, anomalous from window_count join series on number = series where is_all = 1 and size = 86400000",
  ).get();
  assert.deepEqual({ ...all }, { judged: 3, anomalous: 0 });
  state.close();
});
