/**
 * Windows that one model calls anomalous and another doesn't.
 *
 * @module
 */
import { reasonTitle } from "../explain/reason_title.ts";
import type { JudgedWindows } from "./judge.ts";

/** A window on which two models decide otherwise. */
export interface VerdictChange {
  key: string;
  /** ms; NaN where it has no times. */
  start: number;
  change: "added" | "taken away";
  /** Score under either model; above 1 = anomalous. */
  before: number;
  after: number;
  /** What the model that calls it anomalous says it is about. */
  about: string;
}

/**
 * The verdicts that a change of model adds and takes away, in the order of the windows.
 *
 * @param before What one model found of a log.
 * @param after What another one found of the same log: windows that only one of them has are not compared.
 *
 * @example A line that lies higher
 * ```ts
 * import assert from "node:assert/strict";
 * import { stdinInput } from "../source/stdin.ts";
 * import { fitStream } from "./fit.ts";
 * import { learn } from "./learn.ts";
 * import { scanOnce } from "./scan_once.ts";
 * import { streamSettings } from "./stream_settings.ts";
 * import { verdictChanges } from "./verdict_changes.ts";
 *
 * const log = (...lines: string[]) => [stdinInput(new Blob(lines.map((line) => `2026-03-02T${line}\n`)).stream())];
 * const settings = streamSettings({ name: "web", window: 60_000 });
 * const learned = await learn(settings, log("10:00:01 INFO request 7 served", "10:01:02 INFO request 8 served"));
 * const found = async (detectors: string[]) => {
 *   const model = await fitStream(learned, { detectors, threshold: { rule: "quantile", level: .99, k: 3 } });
 *   return await scanOnce(model, log("11:00:01 INFO request 9 served", "11:01:30 ERROR disk full"));
 * };
 *
 * const [{ change, before, about }] = verdictChanges(await found([]), await found(["new-template"]));
 * assert.deepEqual([change, before, about], ["added", 0, "disk full"]);
 * ```
 */
export function verdictChanges(before: JudgedWindows, after: JudgedWindows): VerdictChange[] {
  const places = new Map(
    Array.from({ length: before.windows.length }, (_, i) => [before.windows.identity(i), i]),
  );
  const changes: VerdictChange[] = [];
  for (let i = 0; i < after.windows.length; i++) {
    const key = after.windows.identity(i), place = places.get(key);
    if (place === undefined) continue;
    const [then, now] = [before.anomalous.get(place), after.anomalous.get(i)];
    if ((then === undefined) === (now === undefined)) continue;
    const [reason] = (now ?? then)!.reasons;
    changes.push({
      ...{ key, start: after.windows.start[i], change: now === undefined ? "taken away" : "added" },
      ...{ before: before.score[place], after: after.score[i] },
      about: reason === undefined ? "" : reasonTitle(reason),
    });
  }
  return changes;
}
