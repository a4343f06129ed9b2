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

/** A line of progress. */
export class Progress {
  #context: Context;
  #last: number;
  #shown = false;

  constructor(context: Context) {
    this.#context = context;
    this.#last = context.isTerminal ? -Infinity : context.now();
  }

  /** Shows what `textOf` gives if enough time has passed since the last one; else nobody makes it. */
  show(textOf: () => string): void {
    const { isTerminal, columns = WIDTH + 2 } = this.#context, now = this.#context.now();
    if (now - this.#last < (isTerminal ? TERMINAL_INTERVAL : PLAIN_INTERVAL)) return;
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
