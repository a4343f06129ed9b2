/**
 * How far a long run has come: one line that renews itself on a terminal, now and then a plain line elsewhere.
 *
 * @module
 */
import type { Context } from "./context.ts";

/** Time between two looks of a person at a terminal, and at a log file, ms. */
const TERMINAL_INTERVAL = 100;
const PLAIN_INTERVAL = 10_000;

/** Characters of the line on a terminal. */
const WIDTH = 118;

/** What a line of progress needs of the world. */
type ProgressWorld = Pick<Context, "isTerminal" | "columns" | "now" | "stderr">;

/** A line of progress. */
export class Progress {
  readonly #context: ProgressWorld;
  readonly #interval: number;
  #last: number;
  #shown = false;

  /** @param options `interval`: time between two looks at a terminal, ms; 0 where each step may take long. Default 100. */
  constructor(context: ProgressWorld, { interval = TERMINAL_INTERVAL }: { interval?: number } = {}) {
    this.#context = context;
    this.#interval = interval;
    this.#last = context.isTerminal ? -Infinity : context.now();
  }

  /** Shows what `textOf` gives if enough time has passed since the last one; else nobody makes it. */
  show(textOf: () => string): void {
    const { isTerminal, columns = WIDTH + 2 } = this.#context, now = this.#context.now();
    if (now - this.#last < (isTerminal ? this.#interval : PLAIN_INTERVAL)) return;
    this.#last = now;
    const text = textOf();
    this.#context.stderr(
      isTerminal ? `\r\x1b[2K${text.slice(0, Math.min(WIDTH, columns - 1))}` : `${text}\n`,
    );
    this.#shown = isTerminal;
  }

  /** Takes the line away, so that what comes next starts on a clean one. */
  clear(): void {
    if (this.#shown) this.#context.stderr("\r\x1b[2K");
    this.#shown = false;
  }
}

/** `part` of `total` as a bar of twenty signs. */
export function bar(part: number, total: number): string {
  const filled = total > 0 ? Math.min(20, Math.round(20 * part / total)) : 0;
  return `[${"█".repeat(filled)}${"░".repeat(20 - filled)}]`;
}
