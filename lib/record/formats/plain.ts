/**
 * Lines without a header.
 *
 * @module
 */
import { type Format, type HeaderParser, markUnparsed, type ParserState } from "../format.ts";
import type { LogBatch } from "../log_batch.ts";

class PlainParser implements HeaderParser {
  parse(batch: LogBatch, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      markUnparsed(batch, i);
      batch.parsed[i] = 1; // a line is all that there is to parse
    }
  }

  state(): ParserState {
    return {};
  }
}

/**
 * Any line that no other format reads: the line is the message, without time, level and service.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { plain } from "./plain.ts";
 *
 * assert(plain.multiline === false);
 * ```
 */
export const plain: Format = {
  name: "plain",
  title: "Any other line: the line is the message",
  examples: ["listening on port 8080", "  indented", "{not json"],
  multiline: false,
  open: () => new PlainParser(),
};

/**
 * Each line is the message itself, headers included where there are any: for messages whose headers were taken off before.
 * Never detected, only asked for.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { content } from "./plain.ts";
 *
 * assert(content.name === "content");
 * ```
 */
export const content: Format = {
  name: "content",
  title: "Each line is the message itself",
  examples: ["order 4711 paid"],
  multiline: false,
  open: () => new PlainParser(),
};
