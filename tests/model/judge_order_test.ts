import assert from "node:assert/strict";
import fc from "fast-check";
import type { Ensemble } from "../../lib/ensemble/ensemble.ts";
import type { Verdict } from "../../lib/explain/reason.ts";
import type { EventWindow } from "../../lib/feature/event_window.ts";
import { EventWindows } from "../../lib/model/event_windows.ts";
import { Examples } from "../../lib/model/examples.ts";
import { Judge, type JudgedWindows } from "../../lib/model/judge.ts";
import { Novelties } from "../../lib/model/novelties.ts";
import type { Scope, StreamModel } from "../../lib/model/stream_model.ts";
import { streamSettings } from "../../lib/model/stream_settings.ts";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { Miner } from "../../lib/template/miner.ts";
import type { ClosedWindows } from "../../lib/window/closed_windows.ts";
import { OpenWindows, type WindowOptions } from "../../lib/window/open_windows.ts";
import { SessionPattern } from "../../lib/window/session_pattern.ts";
import { NOTHING_WATCHED } from "../../lib/model/watched.ts";
import { row, settings, sourcesOf } from "../window/made_history.ts";
import { batchOf, type Row } from "../window/made_rows.ts";
import { madeEnsemble } from "./made_ensemble.ts";

/** A model that judges by an ensemble for all, and one for the service `db`. */
function madeModel({ session, idle, lateness, size }: WindowOptions, memory: number): StreamModel {
  const miner = new Miner(), encoder = new TextEncoder();
  for (const text of ["alpha came in", "beta went out again", "gamma", "delta failed to start at all"]) {
    miner.learnLine(encoder.encode(text), 0, text.length);
  }
  const own = { window: size, lateness, session: session ? { pattern: session.source, idle } : null };
  const scopes = ["sessions", "*", "service db"].map((name) =>
    ({ name, ensemble: madeEnsemble(memory) as Ensemble }) as unknown as Scope
  );
  const stream = { ...streamSettings({ name: "made", window: size }), ...own };
  const { catalogue } = miner.freeze(), trained = { closedTo: NaN };
  return { settings: stream, catalogue, watched: NOTHING_WATCHED, scopes, trained } as unknown as StreamModel;
}

/** What was decided on a window last. */
interface Held {
  score: number;
  anomalous: boolean;
  expected: number | null;
  fold: string;
  service: string;
  identity: string;
  window: EventWindow;
}

/** What is done after a piece of rows. */
interface Step {
  rows: number;
  close: boolean;
  save: boolean;
  settle: boolean;
  restart: boolean;
}

/** A live run in pieces: everything that holds at the end. */
class LiveRun {
  readonly held = new Map<string, Held>();
  /** Verdicts that were told again, though nothing else had been decided. */
  needless = 0;
  told = 0;
  readonly #model: StreamModel;
  readonly #options: WindowOptions;
  readonly #judging: Record<string, unknown> = {};
  #services = new Dictionary();
  #windows: OpenWindows;
  #judge: Judge;

  constructor(options: WindowOptions, memory: number) {
    this.#model = madeModel(options, memory);
    this.#options = options;
    this.#windows = new OpenWindows(options, this.#services);
    this.#judge = this.#newJudge();
  }

  #newJudge(): Judge {
    const model = this.#model, { catalogue } = model;
    return new Judge({ model, catalogue, services: this.#services, novelties: new Novelties() });
  }

  run(rows: Row[], steps: Step[]): void {
    for (let at = 0, step = 0; at < rows.length; step++) {
      const { rows: count, close, save, settle, restart } = steps[step % steps.length];
      for (const run of sourcesOf(rows.slice(at, at += count))) {
        this.#windows.add(batchOf(run, this.#services), 0, run.length, run[0].source);
      }
      const watermark = Math.min(...rows.map(({ source }) => this.#windows.latest(source)));
      if (close && Number.isFinite(watermark)) this.close(watermark);
      if (save || restart) {
        for (const [key, state] of this.#judge.save(this.#windows)) this.#judging[key] = state;
      } else if (settle) this.#judge.settle(this.#windows);
      if (restart) this.#restart();
    }
    this.close(20_000);
  }

  close(watermark: number): void {
    const closed = this.#windows.close(watermark), made = new EventWindows();
    const judged = this.#judge.judge(closed, this.#windows, new Examples());
    this.#takeAgain(judged);
    for (let i = 0; i < closed.length; i++) {
      const identity = `${closed.kind[i]} ${closed.identity(i)}`;
      if (closed.isWithdrawn(i)) this.held.delete(identity);
      else this.held.set(identity, this.#heldOf(closed, i, judged, made.at(closed, i, this.#windows)));
    }
  }

  #takeAgain({ again }: JudgedWindows): void {
    for (const { kind, key, score, anomalous, reasons } of again) {
      const held = this.held.get(`${kind === "session" ? 0 : 1} ${key}`);
      assert.ok(held, `${key} was told again, but has never come`);
      const expected = reasons[0]?.expected ?? null;
      if (held.score === score && held.expected === expected) this.needless++;
      this.told++;
      Object.assign(held, { score, anomalous, expected });
    }
  }

  #heldOf(closed: ClosedWindows, i: number, judged: JudgedWindows, window: EventWindow): Held {
    const service = this.#services.text(closed.service[i]),
      verdict: Verdict | undefined = judged.anomalous.get(i);
    return {
      score: judged.score[i],
      anomalous: verdict !== undefined,
      expected: verdict?.reasons[0].expected ?? null,
      fold: closed.isSession(i) ? "sessions" : service,
      service,
      identity: closed.identity(i),
      window,
    };
  }

  #restart(): void {
    const bytes = this.#windows.save(), saved = JSON.parse(JSON.stringify(this.#judging));
    this.#services = new Dictionary();
    this.#services.internText("another first service");
    this.#windows = OpenWindows.restore(bytes, this.#options, this.#services);
    this.#judge = this.#newJudge();
    this.#judge.resume(saved, this.#windows.retained(), this.#windows);
  }
}

/** What one undisturbed pass in order of end decides on the windows that hold. */
function assertUndisturbed(held: Held[], memory: number): void {
  const later = (end: number) => Number.isNaN(end) ? Infinity : end;
  const compare = (a: string, b: string) => a < b ? -1 : a > b ? 1 : 0;
  for (const own of Map.groupBy(held, ({ fold }) => fold).values()) {
    own.sort((a, b) =>
      later(a.window.end) - later(b.window.end) || compare(a.service, b.service) ||
      compare(a.identity, b.identity)
    );
    const ensemble = madeEnsemble(memory), state = ensemble.start();
    for (const { window, score, anomalous, expected, identity } of own) {
      const decision = ensemble.judge(state, window);
      assert.deepEqual([score, anomalous, expected], [
        decision.score,
        decision.score > 1,
        decision.opinions[0]?.parts[0].expected ?? null,
      ], identity);
    }
  }
}

const step = fc.record({
  rows: fc.integer({ min: 1, max: 9 }),
  close: fc.boolean(),
  save: fc.boolean(),
  settle: fc.boolean(),
  restart: fc.boolean(),
});
const live = settings.map((options) => ({
  ...options,
  keepSessions: false,
  lateness: Math.min(options.lateness, 300),
}));
const cases = [
  fc.array(row, { maxLength: 80, size: "max" }),
  live,
  fc.array(step, { minLength: 1, maxLength: 30, size: "max" }),
  fc.integer({ min: 1, max: 4 }),
] as const;

Deno.test("Judge decides in the end as one undisturbed pass, however lines come and wherever a run stops", () => {
  let told = 0;
  fc.assert(
    fc.property(...cases, (rows, options, steps, memory) => {
      const run = new LiveRun(options, memory);
      run.run(rows, steps);
      assertUndisturbed([...run.held.values()], memory);
      told += run.told;
    }),
    { numRuns: 300 },
  );
  assert.ok(told > 100, `only ${told} verdicts were told again`);
});

Deno.test("Judge comes to the same verdicts wherever checkpoints fall and runs begin", () => {
  fc.assert(
    fc.property(...cases, cases[2], (rows, options, steps, memory, others) => {
      const plain = (run: LiveRun) =>
        [...run.held].map(([identity, { score, expected }]) => [identity, score, expected]).sort();
      const [once, often] = [new LiveRun(options, memory), new LiveRun(options, memory)];
      once.run(rows, steps.map((step) => ({ ...step, save: false, settle: false, restart: false })));
      often.run(
        rows,
        steps.map((step, i) => ({ ...others[i % others.length], rows: step.rows, close: step.close })),
      );
      assert.deepEqual(plain(often), plain(once));
    }),
    { numRuns: 200 },
  );
});

Deno.test("Judge tells again only what it has changed its mind about, within a run", () => {
  fc.assert(
    fc.property(...cases, (rows, options, steps, memory) => {
      const run = new LiveRun(options, memory);
      run.run(rows, steps.map((step) => ({ ...step, restart: false })));
      assert.equal(run.needless, 0);
    }),
    { numRuns: 100 },
  );
});

Deno.test("Judge leaves out a session that a late line has opened again, until it is over", () => {
  const options = { session: SessionPattern.compile("k=(\\w+)"), size: 60, idle: 30, lateness: 10 };
  const rows = [["a", 0], ["b", 31], ["a", 30], ["b", 50], ["b", 70], ["c", 90]].map(([key, time]) => ({
    time: Number(time),
    keys: [String(key)],
    source: 0,
  }));
  for (const memory of [1, 2, 3, 4]) {
    const run = new LiveRun(options, memory);
    run.run(rows, [{ rows: 1, close: true, save: true, settle: false, restart: memory % 2 === 0 }]);
    assertUndisturbed([...run.held.values()], memory);
  }
});
