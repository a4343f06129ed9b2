/**
 * CSV text → rows.
 *
 * @module
 */
import { parse as readRecords } from "csv-parse/sync";
import { type ParseOptions, readingOptions, type Row, Rows } from "./rows.ts";

/** A row as an object: its keys are the column names where those are known at compile time. */
export type RecordWithColumn<C extends string> = string extends C ? Record<string, string>
  : Record<C, string>;

/** What rows become: objects where there are column names, else arrays of strings. */
export type ParseResult<Options, T> = T extends Options & { columns: readonly (infer C extends string)[] }
  ? RecordWithColumn<C>[]
  : T extends Options & { skipFirstRow: true } ? Record<string, string>[]
  : T extends Options & { columns?: undefined; skipFirstRow?: false | undefined } ? string[][]
  : Record<string, string>[] | string[][];

/**
 * The rows of a CSV text: arrays of strings, or objects where `skipFirstRow` or `columns` names the columns.
 *
 * @param input The text; a byte-order mark before it is dropped.
 * @throws {SyntaxError} if a quote stands where none may, or a row has the wrong number of fields.
 * @throws {TypeError} if the separator or comment can't be one, or the row that should name the columns is missing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parse } from "./parse.ts";
 *
 * assert.deepEqual(parse("a,b\nc,d"), [["a", "b"], ["c", "d"]]);
 * assert.deepEqual(parse("a;b\nc;d", { separator: ";", skipFirstRow: true }), [{ a: "c", b: "d" }]);
 * assert.deepEqual(parse("# x\nc,d", { comment: "#", columns: ["a", "b"] }), [{ a: "c", b: "d" }]);
 * ```
 */
export function parse(input: string): string[][];
export function parse<const T extends ParseOptions>(input: string, options: T): ParseResult<ParseOptions, T>;
export function parse(input: string, options: ParseOptions = {}): unknown {
  const rows = new Rows(options), settings = readingOptions(options);
  let records: string[][];
  try {
    records = readRecords(input, settings) as string[][];
  } catch (error) {
    throw rows.errorOf(error);
  }
  const found: Row[] = [];
  for (const record of records) {
    const row = rows.of(record);
    if (row !== undefined) found.push(row);
  }
  if (options.skipFirstRow && !rows.started) {
    throw new TypeError("Cannot parse input: headers must be defined");
  }
  return found;
}
