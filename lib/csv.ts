/**
 * Reads and writes comma-separated values with the interface of `@std/csv` 1.x, over csv-parse and csv-stringify (the import map's
 * `@std/csv` is this file).
 *
 * Reading follows RFC 4180 as `@std/csv` (and Go's `encoding/csv`) does: blank lines and, if asked for, comment lines are skipped,
 * `\r\n` counts as `\n` everywhere, a quoted field may hold separators, line breaks and doubled quotes. The sync function and the
 * stream share their options and what they make of a record, so they can't disagree.
 *
 * Where the packages differ from `@std/csv`, and it is left so:
 * - an error names the line on which reading stopped, not the column and not the line where the record began, and a first row of
 *   the wrong width just that;
 * - a lone `\r` at the very end of the text is kept as part of the last field;
 * - `lazyQuotes` keeps the outer quotes of a quoted field with a single quote in it (`"1"2"` stays `"1"2"`), and still wants the
 *   end of a quoted field;
 * - text after a closing quote that begins with the comment sign is taken for part of the field;
 * - with `trimLeadingSpace` a line of white space is a blank line, and an indented comment is a comment;
 * - the stream hands a row out when a few more characters are in; a field with a lone `\r` is written in quotes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parse, stringify } from "./csv.ts";
 *
 * const text = stringify([{ id: 1, name: "a, b" }], { columns: ["id", "name"] });
 * assert.equal(text, 'id,name\r\n1,"a, b"\r\n');
 * assert.deepEqual(parse(text, { skipFirstRow: true }), [{ id: "1", name: "a, b" }]);
 * ```
 *
 * @module
 */
export { parse, type ParseResult, type RecordWithColumn } from "./csv/parse.ts";
export { CsvParseStream, type CsvParseStreamOptions, type RowType } from "./csv/parse_stream.ts";
export type { ParseOptions } from "./csv/rows.ts";
export {
  type Column,
  type ColumnDetails,
  type DataItem,
  type PropertyAccessor,
  stringify,
  type StringifyOptions,
} from "./csv/stringify.ts";
export { CsvStringifyStream, type CsvStringifyStreamOptions } from "./csv/stringify_stream.ts";
