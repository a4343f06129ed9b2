/**
 * Lines of several formats in one file, such as a container's standard output.
 *
 * @module
 */
import { kindOfLine } from "../continuation.ts";
import type { Format, FormatOptions, HeaderParser, ParserState } from "../format.ts";
import type { LogBatch } from "../log_batch.ts";

/** What a mixture's name begins with, and what divides the names of its formats. */
const PREFIX = "mixed:", DIVIDER = "+";

class MixedParser implements HeaderParser {
  readonly #formats: readonly Format[];
  readonly #parsers: HeaderParser[];
  #lastTime: number; // of the last line that has one, NaN before the first

  constructor(formats: readonly Format[], options?: FormatOptions, state?: ParserState) {
    const lastTime = state?.lastTime;
    this.#formats = formats;
    this.#lastTime = typeof lastTime === "number" ? lastTime : NaN;
    this.#parsers = formats.map((format) =>
      format.open(options, state && { ...partOf(state, format.name), lastTime: lastTime ?? null })
    );
  }

  parse(batch: LogBatch, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      this.#read(batch, i);
      const { parsed, timestamp } = batch;
      if (parsed[i] === 0 && isOwn(batch, i)) {
        parsed[i] = 1;
        timestamp[i] = this.#lastTime;
      } else if (parsed[i] === 1 && timestamp[i] !== timestamp[i]) timestamp[i] = this.#lastTime;
      else if (parsed[i] === 1) this.#lastTime = timestamp[i];
    }
  }

  state(): ParserState {
    const state: ParserState = { lastTime: Number.isNaN(this.#lastTime) ? null : this.#lastTime };
    this.#parsers.forEach((parser, k) => {
      const { lastTime: _, ...rest } = parser.state();
      for (const [name, value] of Object.entries(rest)) state[`${this.#formats[k].name}.${name}`] = value;
    });
    return state;
  }

  /** The first format that reads line `i` has it. */
  #read(batch: LogBatch, i: number): void {
    for (const parser of this.#parsers) {
      parser.parse(batch, i, i + 1);
      if (batch.parsed[i] !== 0) return;
    }
  }
}

/** The fields of a state that belong to one format's parser. */
function partOf(state: ParserState, name: string): ParserState {
  const prefix = `${name}.`;
  return Object.fromEntries(
    Object.entries(state).filter(([key]) => key.startsWith(prefix)).map(([key, value]) => [
      key.slice(prefix.length),
      value,
    ]),
  );
}

/** Whether a line without a header is a record of its own, not a part of the one before. */
function isOwn(batch: LogBatch, i: number): boolean {
  return kindOfLine(batch, batch.start[i], batch.recordEnd[i]) === "other";
}

/**
 * A format for files whose lines have several: each line is read by the first of them that can. A line that none reads is a message
 * of its own with the time of the line before, unless it is part of a stack trace; so it counts in the window in which it was
 * written. Which format reads a line depends on the line alone.
 *
 * @param formats Two or more, the most exacting first; not `plain`, which is in every mixture, and none with
 * {@linkcode Format.block} or {@linkcode Format.learn}.
 * @throws {RangeError} when there are fewer than two, or one of them reads no lines by themselves.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { golang } from "./golang.ts";
 * import { json } from "./json.ts";
 * import { mixedFormat } from "./mixed.ts";
 *
 * assert(mixedFormat([json, golang]).name === "mixed:json+golang");
 * ```
 */
export function mixedFormat(formats: readonly Format[]): Format {
  const names = formats.map(({ name }) => name), name = PREFIX + names.join(DIVIDER);
  const wrong = formats.find(({ name, block, learn }) =>
    name === "plain" || block !== undefined || learn !== undefined
  );
  if (formats.length < 2 || wrong !== undefined || new Set(names).size < names.length) {
    throw new RangeError(
      `Cannot mix formats: there must be two or more different ones that read each line by itself, current value is ${name}`,
    );
  }
  return {
    name,
    names: formats.every(({ names }) => names === "loggers") ? "loggers" : "services",
    title: `Lines of several formats: ${names.join(", ")}, and any other`,
    examples: [...formats.flatMap(({ examples }) => examples), "listening on port 8080"],
    multiline: true,
    open: (options, state) => new MixedParser(formats, options, state),
  };
}

/**
 * The mixture that a name like `mixed:json+golang` means; `null` where the name is no mixture's.
 *
 * @param name As `--format` takes it.
 * @param find Finds a format by its name, or throws.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mixtureByName } from "./mixed.ts";
 * import { formatByName } from "./mod.ts";
 *
 * assert(mixtureByName("mixed:json+golang", formatByName)?.examples.length);
 * assert(mixtureByName("json", formatByName) === null);
 * ```
 */
export function mixtureByName(name: string, find: (name: string) => Format): Format | null {
  return name.startsWith(PREFIX) ? mixedFormat(name.slice(PREFIX.length).split(DIVIDER).map(find)) : null;
}
