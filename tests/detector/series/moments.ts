/** That a detector's state depends on its windows alone, not on when it was copied, saved, or led over them again; for each of the registry. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type {
  Outcome,
  SeriesDetector,
  SeriesDetectorKind,
} from "../../../lib/detector/series/series_detector.ts";
import type { EventWindow, TemplateNames } from "../../../lib/feature/event_window.ts";
import { WINDOW, windowAt } from "./windows.ts";

/** Any number of templates; some of their texts say that they are errors. */
const MANY: TemplateNames = {
  id: String,
  text: (index) => index % 5 === 4 ? `failed: step ${index}` : `step ${index}`,
  severity: () => 9,
  indexOf: Number,
};
const OPTIONS = { windowMs: WINDOW, names: MANY };

/** A window with what became of it, and what happens to the state behind it. */
interface Moment {
  window: EventWindow;
  outcome: Outcome;
  then: "nothing" | "copied" | "saved" | "repeated";
}

const counts = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 40 })), {
  selector: ([template]) => template,
  maxLength: 12,
});
const moments = fc.array(
  fc.record({
    counts,
    level: fc.integer({ min: 0, max: 5 }),
    bytes: fc.integer({ min: 10, max: 10_000 }),
    user: fc.constantFrom("ann", "bob", "mallory"),
    alerted: fc.boolean(),
    then: fc.constantFrom("nothing", "copied", "saved", "repeated"),
  }),
  { minLength: 3, maxLength: 60 },
).map((made): Moment[] =>
  made.map(({ counts, level, bytes, user, alerted, then }, i) => {
    const window = windowAt(i, counts, { bytes, user });
    window.events.levels.fill(level);
    return { window, outcome: { fired: alerted, alerted, line: 1 }, then };
  })
);

/** Scores on the way, and the state at the end, saved. */
function led(detector: SeriesDetector, state: unknown, moments: readonly Moment[], isDisturbed: boolean) {
  const scores = moments.map(({ window, outcome, then }) => {
    const before = isDisturbed && then === "repeated" ? detector.copy(state) : null;
    const score = detector.score(state, window);
    detector.step(state, window, outcome);
    if (before !== null) {
      assert.equal(detector.score(before, window), score);
      detector.step(before, window, outcome);
      state = before;
    } else if (isDisturbed && then === "copied") state = detector.copy(state);
    else if (isDisturbed && then === "saved") {
      state = detector.load(JSON.parse(JSON.stringify(detector.save(state))));
    }
    return score;
  });
  return { scores, saved: JSON.stringify(detector.save(state)) };
}

/** Registers the tests for one kind. */
export function testMoments(kind: SeriesDetectorKind): void {
  const detector = kind.create(OPTIONS),
    same = (start: () => unknown, all: readonly Moment[]) =>
      assert.deepEqual(led(detector, start(), all, true), led(detector, start(), all, false));
  Deno.test(`${kind.name}: its state depends on the windows alone, wherever it was copied, saved or led again`, () => {
    fc.assert(fc.property(moments, (all) => same(() => detector.start(), all)));
  });
  if (kind.pool === undefined) return;
  Deno.test(`${kind.name}: so does one that begins with what other services know`, () => {
    fc.assert(
      fc.property(fc.array(moments, { minLength: 1, maxLength: 3 }), moments, (others, all) => {
        const states = others.map((other) => {
          const state = detector.start();
          for (const { window, outcome } of other) detector.step(state, window, outcome);
          return state;
        });
        same(() => kind.pool!(states, OPTIONS), all);
      }),
    );
  });
}
