/**
 * Whether the lines of a log have another format from some line on.
 *
 * @module
 */
import { kindOfLine } from "./continuation.ts";
import { type FormatTrial, likeliest } from "./detect.ts";
import { Dictionary } from "./dictionary.ts";
import type { Format, HeaderParser } from "./format.ts";
import { FORMATS } from "./formats/mod.ts";
import { LOOSE_LINES } from "./join.ts";
import { LINE_LIMIT } from "./lines.ts";
import { LogBatch } from "./log_batch.ts";

/** Lines without a header from which a new format is told. */
const TRIAL_LINES = 50;
/** After a trial without a result the next begins at so many times as many lines. */
const PATIENCE = 4;

/** What is learned from an input's first lines can't be told from one in its middle. */
const CANDIDATES = FORMATS.filter(({ learn }) => learn === undefined);

/** Of each format: lines that it read, and lines in which it found a service. */
export interface FormatVotes {
  [format: string]: [read: number, named: number];
}

/** Lines without a header since the last one at which the trial that line `loose` belongs to began; -1 = it belongs to none. */
function trialStart(loose: number): number {
  let start = LOOSE_LINES;
  while (start + TRIAL_LINES <= loose) start *= PATIENCE;
  return loose >= start ? start : -1;
}

/**
 * Counts, over a number of lines in a row that have no header, which format would read them. The lines are told by how many
 * came since the last header (the 51st to 100th, 201st to 250th, 801st to 850th, …), so that the result depends on the lines
 * alone; what is counted is plain data that goes with a reader's state.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { FormatChange } from "./format_change.ts";
 * import { LogBatch } from "./log_batch.ts";
 *
 * const change = new FormatChange(), batch = new LogBatch();
 * const { written } = new TextEncoder().encodeInto('{"msg":"started"}', batch.bytes);
 * for (let loose = 0; loose < 100; loose++) change.see(batch, [0, written], loose);
 * assert(change.format?.name === "json");
 * ```
 */
export class FormatChange {
  #votes: FormatVotes;
  /** The new format; `null` where there is none. */
  format: Format | null = null;
  #line: LogBatch | null = null;
  #parsers: HeaderParser[] = [];

  /** @param votes What an earlier one had counted. */
  constructor(votes: FormatVotes = {}) {
    this.#votes = structuredClone(votes);
  }

  /**
   * Looks at a line without a header.
   *
   * @param bounds Its first byte in the batch's buffer, and the offset behind its last one.
   * @param loose Such lines since the last header.
   * @returns Whether the lines behind it have another format: {@linkcode format}.
   */
  see(batch: LogBatch, bounds: readonly [start: number, end: number], loose: number): boolean {
    const start = trialStart(loose);
    if (start < 0) return false;
    if (loose === start) this.#votes = {};
    this.#vote(batch, ...bounds);
    if (loose < start + TRIAL_LINES - 1) return false;
    const trials = CANDIDATES.map((format): FormatTrial => {
      const [read, named] = this.#votes[format.name] ?? [0, 0];
      return { format, share: read / TRIAL_LINES, named: named / TRIAL_LINES };
    });
    this.#votes = {};
    this.format = likeliest(trials)?.format ?? null;
    return this.format !== null;
  }

  /** Lines right before the one with this `loose` that its trial has seen: they would have to be seen again without the votes. */
  static seenBefore(loose: number): number {
    const start = trialStart(loose);
    return start < 0 ? 0 : loose - start;
  }

  /** What has been counted, between two lines of which the next has this `loose`; empty where no trial is under way. */
  votes(loose: number): FormatVotes {
    return FormatChange.seenBefore(loose) > 0 ? structuredClone(this.#votes) : {};
  }

  #vote(batch: LogBatch, start: number, end: number): void {
    if (kindOfLine(batch, start, end) === "part") return;
    const line = this.#line ??= new LogBatch(new Dictionary(), LINE_LIMIT + 16, 1);
    const length = Math.min(end - start, LINE_LIMIT);
    line.bytes.set(batch.bytes.subarray(start, start + length));
    if (this.#parsers.length === 0) this.#parsers = CANDIDATES.map((format) => format.open());
    CANDIDATES.forEach(({ name }, i) => {
      line.length = line.lines[0] = 1;
      line.start[0] = 0;
      line.recordEnd[0] = length;
      this.#parsers[i].parse(line, 0, 1);
      if (line.parsed[0] === 0) return;
      const votes = this.#votes[name] ??= [0, 0];
      votes[0]++;
      if (line.service[0] >= 0) votes[1]++;
    });
  }
}
