import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { record } from "../../lib/detector/series/record.ts";
import type { Ensemble } from "../../lib/ensemble/ensemble.ts";
import { Raised } from "../../lib/ensemble/raised.ts";
import { SeriesEnsemble, type SeriesState } from "../../lib/ensemble/series.ts";
import { Together } from "../../lib/ensemble/together.ts";
import type { EventWindow } from "../../lib/feature/event_window.ts";
import {
  anomalousFor,
  BEGINS,
  ENDS,
  history,
  LOST,
  NAMES,
  REFRESHED,
  RENUMBERED,
  renumbered,
  WINDOW,
  windowAt,
} from "../detector/series/windows.ts";

const HISTORY = history(20), FITTED = SeriesEnsemble.fit(HISTORY, NAMES, { windowMs: WINDOW });

/** Names of the detectors that fired in any of the windows. */
function fired(ensemble: SeriesEnsemble, state: SeriesState, windows: readonly EventWindow[]): string[] {
  return [
    ...new Set(
      windows.flatMap((window) => ensemble.judge(state, window).opinions.map(({ detector }) => detector)),
    ),
  ];
}

/** Incidents among the windows: alerts with no more than two calm windows between them are one. */
function incidents(ensemble: SeriesEnsemble, state: SeriesState, windows: readonly EventWindow[]): number {
  let count = 0, last = -Infinity;
  windows.forEach((window, i) => {
    if (ensemble.judge(state, window).opinions.length === 0) return;
    if (i - last > 3) count++;
    last = i;
  });
  return count;
}

Deno.test("SeriesEnsemble keeps its budget on weeks like those of its history", () => {
  assert(incidents(FITTED, FITTED.start(), history(14, 20)) <= 14);
});

Deno.test("SeriesEnsemble finds a burst, a lost service, a new error and an odd size, and names them", () => {
  for (const name of ["record", "low", "new-error", "numeric", "heartbeat"]) {
    assert.notDeepEqual(fired(FITTED, FITTED.start(), anomalousFor(name)), [], name);
  }
  const { opinions } = FITTED.judge(FITTED.start(), anomalousFor("new-error")[0]);
  assert.deepEqual([opinions[0].detector, opinions[0].parts[0].template], ["new-error", LOST]);
});

Deno.test("SeriesEnsemble judge() has a score above 1 exactly where a detector fired, opinions strongest first", () => {
  const state = FITTED.start();
  for (const window of [...history(2, 20), ...anomalousFor("record"), ...anomalousFor("total")]) {
    const { score, opinions } = FITTED.judge(state, window);
    assert.equal(score > 1, opinions.length > 0);
    opinions.forEach(({ evidence, parts }, i) => {
      assert(evidence > 1 && evidence <= (opinions[i - 1]?.evidence ?? score));
      assert(Math.abs(parts.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9);
    });
  }
});

Deno.test("SeriesEnsemble finds that a service of its history fell silent", () => {
  const silent = Array.from({ length: 48 }, (_, i) => windowAt(20 * 48 + i, []));
  assert.notDeepEqual(fired(FITTED, FITTED.start(), silent), []);
});

Deno.test("SeriesEnsemble learns a day of silence and no more, but for what is overdue", () => {
  const state = FITTED.start(), saved: Record<string, unknown>[] = [];
  const listen = (from: number, to: number) => {
    for (let i = from; i < to; i++) FITTED.judge(state, windowAt(20 * 48 + i, []));
    saved.push((structuredClone(FITTED.save(state)) as { channels: Record<string, unknown> }).channels);
  };
  listen(0, 47);
  listen(47, 48);
  listen(48, 200);
  const [almost, day, days] = saved;
  assert.notDeepEqual(almost.record, day.record);
  for (const name of ["record", "low", "total", "cusum"]) {
    assert(isDeepStrictEqual(days[name], day[name]), name);
  }
  assert.equal(state.silent, 200);
  FITTED.judge(state, history(1, 24)[30]);
  assert.equal(state.silent, 0);
});

Deno.test("SeriesEnsemble takes twice the visitors for three hours as no more than one incident", () => {
  const campaign = history(1, 20).map((window, i) => {
    if (i < 20 || i >= 26) return window;
    return windowAt(20 * 48 + i, [
      [BEGINS, 2 * window.events.counts[0]],
      [ENDS, 2 * window.events.counts[1]],
      [REFRESHED, 2],
    ]);
  });
  assert(incidents(FITTED, FITTED.start(), campaign) <= 1);
});

Deno.test("SeriesEnsemble fit() of windows with an incident in them still finds the next one", () => {
  const spoiled = HISTORY.slice();
  for (let i = 500; i < 506; i++) {
    spoiled[i] = windowAt(i, [[BEGINS, 20], [ENDS, 20], [REFRESHED, 80], [LOST, 30]]);
  }
  const ensemble = SeriesEnsemble.fit(spoiled, NAMES, { windowMs: WINDOW });
  assert(fired(ensemble, ensemble.start(), anomalousFor("record")).includes("record"));
});

Deno.test("SeriesEnsemble fit() of no history judges nothing, and says when it will", () => {
  const ensemble = SeriesEnsemble.fit([], NAMES, { windowMs: WINDOW }), state = ensemble.start();
  assert(ensemble.notes.some((note) => note.startsWith("Cannot judge ")));
  const first = ensemble.judge(state, HISTORY[0]);
  assert.deepEqual(first.opinions, []);
  assert.match(first.note ?? "", /^Cannot judge .*new-error.* yet: \d+ more windows? \(/);
});

Deno.test("SeriesEnsemble is useful within its first hours, and calm through its first days", () => {
  const ensemble = SeriesEnsemble.fit(HISTORY.slice(0, 6), NAMES, { windowMs: WINDOW });
  assert.deepEqual(fired(ensemble, ensemble.start(), [windowAt(6, [[BEGINS, 20], [ENDS, 20], [LOST, 1]])]), [
    "new-error",
  ]);
  assert(incidents(ensemble, ensemble.start(), HISTORY.slice(6, 48 * 7)) <= 7);
});

Deno.test("SeriesEnsemble pooled() knows what other services know, and has lines from their tails", () => {
  const pooled = SeriesEnsemble.pooled([HISTORY, history(20, 0, 6)], NAMES, { windowMs: WINDOW });
  const state = pooled.start();
  assert.deepEqual(fired(pooled, state, [windowAt(0, [[BEGINS, 3], [ENDS, 3]])]), []);
  assert.deepEqual(fired(pooled, state, [windowAt(1, [[BEGINS, 3], [ENDS, 3], [LOST, 1]])]), ["new-error"]);
  const { channels } = pooled.toJSON() as unknown as { channels: { name: string; prior: number }[] };
  const { prior } = channels.find(({ name }) => name === "record")!;
  assert(prior < record.cautious && prior >= record.least);
});

Deno.test("SeriesEnsemble fromJSON() judges as the one that was saved, also where templates are renumbered", () => {
  const restored = SeriesEnsemble.fromJSON(JSON.parse(JSON.stringify(FITTED)), RENUMBERED);
  const [a, b] = [FITTED.start(), restored.start()];
  for (const window of [...history(2, 20), ...anomalousFor("record")]) {
    assert.equal(restored.judge(b, renumbered(window)).score, FITTED.judge(a, window).score);
  }
  assert.deepEqual(restored.notes, FITTED.notes);
  assert.deepEqual(restored.lines(), FITTED.lines());
  assert.deepEqual(JSON.parse(JSON.stringify(restored)), JSON.parse(JSON.stringify(FITTED)));
});

Deno.test("SeriesEnsemble load() goes on where save() was, and copy() changes apart", () => {
  const state = FITTED.start();
  for (const window of history(1, 20)) FITTED.judge(state, window);
  const saved = JSON.stringify(FITTED.save(state)),
    copy = FITTED.copy(state),
    restored = FITTED.load(JSON.parse(saved));
  for (const window of history(1, 21)) {
    assert.deepEqual(FITTED.judge(restored, window), FITTED.judge(copy, window));
  }
  assert.equal(JSON.stringify(FITTED.save(state)), saved);
  assert.equal(JSON.stringify(FITTED.save(restored)), JSON.stringify(FITTED.save(copy)));
});

Deno.test("SeriesEnsemble load() keeps under another budget what was learned, and draws the lines anew", () => {
  const strict = SeriesEnsemble.fit(HISTORY, NAMES, { windowMs: WINDOW, alertsPerDay: .1 });
  const state = FITTED.start();
  for (const window of history(2, 20)) FITTED.judge(state, window);
  const saved = JSON.parse(JSON.stringify(FITTED.save(state))), moved = strict.load(saved);

  type Saved = { channels: Record<string, { detector: unknown; rolling: { scores: string } | null }> };
  const learned = (saved: unknown) =>
    Object.values((saved as Saved).channels).map(({ detector, rolling }) => [detector, rolling?.scores]);
  assert.deepEqual(learned(strict.save(moved)), learned(saved));
  const [before, after] = [FITTED.lines(state), strict.lines(moved)].map((lines) =>
    lines.map(({ value }) => value)
  );
  assert(after.every((value, i) => value >= before[i]) && after.some((value, i) => value > 1.1 * before[i]));
  const again = FITTED.load(JSON.parse(JSON.stringify(strict.save(moved)))); // and back
  assert.deepEqual(
    FITTED.lines(again).map(({ nominal }) => nominal),
    FITTED.lines().map(({ nominal }) => nominal),
  );
  assert(FITTED.lines(again).every(({ value }, i) => value <= after[i]));
});

Deno.test("SeriesEnsemble fromJSON() refuses what it doesn't know", () => {
  const saved = JSON.parse(JSON.stringify(FITTED));
  for (
    const change of [{ kind: "oracle" }, { version: 99 }, { colour: "red" }, { windowMs: 0 }, {
      channels: [{}],
    }, { state: {} }]
  ) {
    assert.throws(
      () => SeriesEnsemble.fromJSON({ ...saved, ...change }, NAMES),
      TypeError,
      JSON.stringify(change),
    );
  }
  for (const field of Object.keys(saved)) {
    const { [field]: _, ...without } = saved;
    assert.throws(() => SeriesEnsemble.fromJSON(without, NAMES), TypeError, field);
  }
});

Deno.test("SeriesEnsemble lets a scorer of single windows join, and asks for it again when restored", () => {
  const scorer = {
    name: "busiest",
    score: ({ lines }: EventWindow) => lines,
    parts: ({ lines }: EventWindow) => [
      { kind: "total" as const, template: -1, detail: "", text: "", share: 1, actual: lines, expected: 40 },
    ],
  };
  const options = { windowMs: WINDOW, kinds: undefined, scorers: [scorer] };
  const ensemble = SeriesEnsemble.fit(HISTORY, NAMES, options);
  assert(fired(ensemble, ensemble.start(), anomalousFor("total")).includes("busiest"));
  const saved = JSON.parse(JSON.stringify(ensemble));
  assert.throws(
    () => SeriesEnsemble.fromJSON(saved, NAMES),
    /^TypeError: Cannot restore series: it knows no channel busiest/,
  );
  assert(
    fired(SeriesEnsemble.fromJSON(saved, NAMES, options), ensemble.start(), anomalousFor("total")).includes(
      "busiest",
    ),
  );
});

Deno.test("SeriesEnsemble fit() refuses windows or a budget of nothing", () => {
  for (const wrong of [{ windowMs: 0 }, { windowMs: NaN }, { windowMs: WINDOW, alertsPerDay: 0 }]) {
    assert.throws(() => SeriesEnsemble.fit([], NAMES, wrong), RangeError);
  }
});

Deno.test("SeriesEnsemble waiting() counts the windows down that detectors still have to see, for those that time alone helps", () => {
  const windows = history(4),
    young = SeriesEnsemble.fit([], NAMES, { windowMs: WINDOW }),
    state = young.start();
  let before = young.waiting(state);
  assert.ok(before.length > 0);
  const untimed = ["numeric", "new-value", "order", "heartbeat", "vanished"];
  assert.ok(before.flatMap(({ detectors }) => detectors).every((name) => !untimed.includes(name)));
  for (const window of windows) {
    young.judge(state, window);
    const after = young.waiting(state),
      most = (all: typeof after) => Math.max(0, ...all.map(({ windows }) => windows));
    assert.ok(most(after) <= most(before));
    before = after;
  }
  assert.deepEqual(young.waiting(state), []);
  assert.deepEqual(FITTED.waiting(FITTED.start()), []);
});

Deno.test("Together and Raised wait for what their members wait for", () => {
  const young = SeriesEnsemble.fit([], NAMES, { windowMs: WINDOW }) as Ensemble,
    raised = new Raised(young, { low: 2 });
  const both = new Together([raised, FITTED as Ensemble]);
  assert.deepEqual(both.waiting(both.start()), young.waiting!(young.start()));
});

Deno.test("SeriesEnsemble waiting() names no detector that can't ever judge by so small a budget", () => {
  const waiting = (alertsPerDay: number) => {
    const young = SeriesEnsemble.fit([], NAMES, { windowMs: WINDOW, alertsPerDay });
    return young.waiting(young.start()).flatMap(({ detectors }) => detectors).includes("new-template");
  };
  assert.deepEqual([waiting(1), waiting(0.01)], [true, false]);
});
