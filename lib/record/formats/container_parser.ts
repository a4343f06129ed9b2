/**
 * What the logs of containers have in common, whoever runs them.
 *
 * @module
 */
import { type FormatOptions, type HeaderParser, markUnparsed, type ParserState } from "../format.ts";
import type { LogBatch } from "../log_batch.ts";
import { TimestampReader } from "../timestamp_reader.ts";
import { InnerMessage } from "./inner_message.ts";
import { PartialLine } from "./partial_line.ts";

/**
 * A line of a container: the runtime's header, a piece of what the program wrote, and in that the program's own header.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ContainerParser } from "./container_parser.ts";
 * import { cri } from "./cri.ts";
 *
 * assert(cri.open() instanceof ContainerParser);
 * ```
 */
export abstract class ContainerParser implements HeaderParser {
  protected readonly times: TimestampReader;
  protected readonly inner: InnerMessage;
  protected readonly pieces: PartialLine;

  constructor(options?: FormatOptions, state?: ParserState) {
    this.times = new TimestampReader(options);
    this.inner = new InnerMessage(options);
    this.pieces = new PartialLine(state);
  }

  parse(batch: LogBatch, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const role = this.header(batch, i);
      if (role !== 1) markUnparsed(batch, i);
      batch.parsed[i] = role;
    }
  }

  state(): ParserState {
    return this.pieces.state();
  }

  /** 1 where row `i` begins a record, 2 where it goes on with one, 0 where it is no line of a container. */
  protected abstract header(batch: LogBatch, i: number): 0 | 1 | 2;
}
