/**
 * A stream of CSV text → rows.
 *
 * @module
 */
import { parse as createReader } from "csv-parse/stream";
import type { ParseResult } from "./parse.ts";
import { type ParseOptions, readingOptions, Rows } from "./rows.ts";

/** Options of {@linkcode CsvParseStream}: those of `parse`. */
export type CsvParseStreamOptions = ParseOptions;

/** One row of {@linkcode CsvParseStream}. */
export type RowType<T> = T extends undefined ? string[] : ParseResult<CsvParseStreamOptions, T>[number];

/**
 * Rows from a stream of CSV text, wherever its chunks are cut.
 *
 * @throws {TypeError} if the separator or comment can't be one. Errors in the text end the stream with a `SyntaxError`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { CsvParseStream } from "./parse_stream.ts";
 *
 * const rows = ReadableStream.from(["name,a", "ge\nAnn,34\n"]).pipeThrough(new CsvParseStream({ skipFirstRow: true }));
 * assert.deepEqual(await Array.fromAsync(rows), [{ name: "Ann", age: "34" }]);
 * ```
 */
export class CsvParseStream<const T extends CsvParseStreamOptions | undefined = undefined>
  implements TransformStream<string, RowType<T>> {
  /** Rows come out here. */
  readonly readable: ReadableStream<RowType<T>>;
  /** Text goes in here. */
  readonly writable: WritableStream<string>;

  /** @param options As for `parse`. */
  constructor(options?: T) {
    const text = new TextEncoderStream();
    const reader = createReader(readingOptions(options ?? {})) as unknown as TransformStream<
      Uint8Array,
      string[]
    >;
    this.writable = text.writable;
    this.readable = ReadableStream.from(
      rowsOf<T>(text.readable.pipeThrough(reader), new Rows(options ?? {})),
    );
  }
}

async function* rowsOf<T>(records: ReadableStream<string[]>, rows: Rows): AsyncGenerator<RowType<T>> {
  try {
    for await (const record of records) {
      const row = rows.of(record);
      if (row !== undefined) yield row as RowType<T>;
    }
  } catch (error) {
    throw rows.errorOf(error);
  }
}
