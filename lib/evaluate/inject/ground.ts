/**
 * The part of a log that anomalies are planted into, and what is usual there.
 *
 * @module
 */
import type { RecordedSession } from "../log/divided_log.ts";
import type { RecordedLog } from "../log/recorded_log.ts";
import { RecordWriter } from "./record_writer.ts";

/** How often a template is usual on a service: its records in the training part. */
export interface TemplateUse {
  template: number;
  /** Records. */
  count: number;
  /** Windows that have it. */
  windows: number;
  /** Times of its records, ascending, ms. */
  times: number[];
  /** Its records. */
  records: number[];
}

/** Time windows of one service. */
export interface ServiceGround {
  log: RecordedLog;
  writer: RecordWriter;
  /** Index into the services, and its name. */
  service: number;
  name: string;
  /** Length of a window, ms. */
  size: number;
  /** Records of each window (by number: start / size), ascending in time. */
  windows: ReadonlyMap<number, number[]>;
  /** Windows of the training part, and of the tested one behind it: `from <= number < to`. */
  trained: { from: number; to: number };
  tested: { from: number; to: number };
  /** What is usual, by template, most frequent first. */
  uses: TemplateUse[];
}

/** Sessions that are tested. */
export interface SessionGround {
  log: RecordedLog;
  writer: RecordWriter;
  trained: RecordedSession[];
  tested: RecordedSession[];
  /** Share of the sessions in training that have a template, by template. */
  shares: ReadonlyMap<number, number>;
  /** Largest gap (ms) that a session's own records leave. */
  idle: number;
}

/**
 * What is known of every service's time windows: those before a cut are usual, those behind are planted into.
 *
 * @param cut ms; a border of windows.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { memoryInput } from "../log/memory_input.ts";
 * import { recordLog } from "../log/recorded_log.ts";
 * import { serviceGrounds } from "./ground.ts";
 *
 * const lines = Array.from({ length: 9 }, (_, i) => `1970-01-01T00:0${i}:30Z INFO up\n`).join("");
 * const log = await recordLog([memoryInput(new TextEncoder().encode(lines), { name: "app.log" })], {
 *   ...{ format: "auto", service: "field", session: null, window: 60_000, utcOffset: 0 },
 * });
 * const [ground] = serviceGrounds(log, 5 * 60_000);
 * assert.deepEqual([ground.trained, ground.tested], [{ from: 0, to: 5 }, { from: 5, to: 9 }]);
 * assert.equal(ground.uses[0].count, 5);
 * ```
 */
export function serviceGrounds(log: RecordedLog, cut: number): ServiceGround[] {
  const size = log.settings.window, writer = new RecordWriter(log), border = Math.floor(cut / size);
  const byService = Map.groupBy(timedRecords(log), (record) => log.records[record].service);
  return [...byService].map(([service, records]) => {
    records.sort((a, b) => log.records[a].time - log.records[b].time);
    const windowOf = (record: number) => Math.floor(log.records[record].time / size);
    const windows = Map.groupBy(records, windowOf);
    const [from, to] = [windowOf(records[0]), windowOf(records.at(-1)!) + 1];
    const training = records.filter((record) => windowOf(record) < border);
    return {
      ...{ log, writer, service, name: log.services.text(service), size, windows },
      trained: { from, to: Math.max(from, Math.min(border, to)) },
      tested: { from: Math.max(border, from), to },
      uses: usesOf(log, training),
    };
  });
}

/** Records with a time and without a session. */
function timedRecords({ records }: RecordedLog): number[] {
  const timed: number[] = [];
  records.forEach(({ time, keys }, i) => {
    if (!Number.isNaN(time) && keys.length === 0) timed.push(i);
  });
  return timed;
}

function usesOf(
  { records: all, settings: { window: size } }: RecordedLog,
  training: readonly number[],
): TemplateUse[] {
  return [...Map.groupBy(training, (record) => all[record].template)].map(([template, records]) => {
    const times = records.map((record) => all[record].time);
    return {
      template,
      count: records.length,
      windows: new Set(times.map((time) => Math.floor(time / size))).size,
      times,
      records,
    };
  }).sort((a, b) => b.count - a.count || a.template - b.template);
}

/**
 * What is known of sessions: those that train, and those that are tested.
 *
 * @param idle Largest gap within a session, ms.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sessionsOf } from "../log/divided_log.ts";
 * import { memoryInput } from "../log/memory_input.ts";
 * import { recordLog } from "../log/recorded_log.ts";
 * import { sessionGround } from "./ground.ts";
 *
 * const log = await recordLog([memoryInput(new TextEncoder().encode("t=1 began\nt=2 began\nt=2 ended\n"), { name: "t" })], {
 *   ...{ format: "content", service: "field", session: { pattern: "t=(\\d+)" }, window: 60_000, utcOffset: 0 },
 * });
 * const { shares } = sessionGround(log, sessionsOf(log), [], 60_000);
 * assert.deepEqual([...shares.values()].sort(), [.5, 1]);
 * ```
 */
export function sessionGround(
  log: RecordedLog,
  trained: RecordedSession[],
  tested: RecordedSession[],
  idle: number,
): SessionGround {
  const counts = new Map<number, number>();
  for (const { records } of trained) {
    for (const template of new Set(records.map((record) => log.records[record].template))) {
      counts.set(template, (counts.get(template) ?? 0) + 1);
    }
  }
  const shares = new Map([...counts].map(([template, count]) => [template, count / trained.length]));
  return { log, writer: new RecordWriter(log), trained, tested, shares, idle };
}
