/**
 * Rows → a stream of CSV text.
 *
 * @module
 */
import { stringify } from "./stringify.ts";

/** Options of {@linkcode CsvStringifyStream}. */
export interface CsvStringifyStreamOptions {
  /** Between two values. Default `,`. */
  readonly separator?: string;
  /** Keys to write, in order; needed for objects. They are the first row. */
  readonly columns?: Array<string>;
}

/**
 * Rows in, CSV text out, one line a chunk. What it writes equals {@linkcode stringify} of all rows.
 *
 * @throws {TypeError} as {@linkcode stringify}, by ending the stream.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { CsvStringifyStream } from "./stringify_stream.ts";
 *
 * const rows = ReadableStream.from([{ id: 1, name: "one" }]);
 * const text = rows.pipeThrough(new CsvStringifyStream({ columns: ["id", "name"] }));
 * assert.equal((await Array.fromAsync(text)).join(""), "id,name\r\n1,one\r\n");
 * ```
 */
export class CsvStringifyStream<TOptions extends CsvStringifyStreamOptions> extends TransformStream<
  TOptions["columns"] extends Array<string> ? Record<string, unknown> : Array<unknown>,
  string
> {
  /** @param options Separator and columns. */
  constructor(options?: TOptions) {
    const { separator, columns = [] } = options ?? {};
    super({
      start(output) {
        if (columns.length > 0) output.enqueue(stringify([columns], { separator, headers: false }));
      },
      transform(item, output) {
        output.enqueue(stringify([item], { separator, headers: false, columns }));
      },
    });
  }
}
