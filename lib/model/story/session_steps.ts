/**
 * The records of the session that an incident shows in at its worst.
 *
 * @module
 */
import type { Verdict } from "../../explain/reason.ts";
import type { LogBatch } from "../../record/log_batch.ts";
import { sessionKey } from "../../window/session_identity.ts";
import { namesKey } from "../examples.ts";
import { KeptRecord } from "./kept_record.ts";

/** Records that are kept. */
const MOST = 12;

/**
 * Keeps the first records of the anomalous session with the highest score.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../../record/log_batch.ts";
 * import { SessionSteps } from "./session_steps.ts";
 *
 * const verdict = { stream: "shop", key: "o7", kind: "session" as const, service: "shop", start: 0, end: 60_000, lines: 9, score: 4,
 *   threshold: 1, anomalous: true, reasons: [] };
 * const batch = new LogBatch(), text = new TextEncoder().encode("order=o7 paid");
 * batch.bytes.set(text);
 * batch.recordEnd[0] = text.length;
 * const steps = new SessionSteps([verdict]);
 * steps.see(batch, 0, 0);
 * assert.equal(steps.kept.length, 1);
 * ```
 */
export class SessionSteps {
  readonly kept: KeptRecord[] = [];
  readonly #session: Pick<Verdict, "key" | "start" | "end"> | null;
  readonly #name: string;

  /** @param verdicts Of one stream, in any order. */
  constructor(verdicts: readonly Verdict[]) {
    const ratio = ({ score, threshold }: Verdict) => score / threshold;
    const sessions = verdicts.filter(({ kind, anomalous }) => kind === "session" && anomalous);
    this.#session = sessions.sort((a, b) => ratio(b) - ratio(a) || a.start - b.start)[0] ?? null;
    this.#name = this.#session === null ? "" : sessionKey(this.#session.key, this.#session.start);
  }

  /** Looks at a row in order of time. */
  see(batch: LogBatch, row: number, source: number): void {
    const session = this.#session, time = batch.timestamp[row];
    if (session === null || time < session.start || time > session.end || this.kept.length === MOST) return;
    if (!namesKey(batch.text(batch.start[row], batch.recordEnd[row]), this.#name)) return;
    this.kept.push(new KeptRecord().take(batch, row, source));
  }
}
