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
import { parse as createReader } from "csv-parse/stream";
import { CsvError, parse as readRecords } from "csv-parse/sync";
import { stringify as writeRecords } from "csv-stringify/sync";

const BYTE_ORDER_MARK = "\ufeff";

/** Options of {@linkcode parse}. */
export interface ParseOptions {
  /** Between two values. Default `,`. */
  separator?: string;
  /** A line that begins with it is skipped; white space before it makes it part of the field. Default: no comments. */
  comment?: string;
  /** Drops white space at the start of each field. Default false. */
  trimLeadingSpace?: boolean;
  /** Accepts a quote inside an unquoted field and a single quote inside a quoted one. Default false. */
  lazyQuotes?: boolean;
  /** Fields that each row must have; 0 = as many as the first row; negative or left out = no check. */
  fieldsPerRecord?: number;
  /** Leaves out the first row, which names the columns unless `columns` does. Default false. */
  skipFirstRow?: boolean;
  /** Names of the columns: rows become objects. */
  columns?: readonly string[];
}

/** Options of {@linkcode CsvParseStream}: those of {@linkcode parse}. */
export type CsvParseStreamOptions = ParseOptions;

/** A row as an object: its keys are the column names where those are known at compile time. */
export type RecordWithColumn<C extends string> = string extends C ? Record<string, string>
  : Record<C, string>;

/** What rows become: objects where there are column names, else arrays of strings. */
export type ParseResult<Options, T> = T extends Options & { columns: readonly (infer C extends string)[] }
  ? RecordWithColumn<C>[]
  : T extends Options & { skipFirstRow: true } ? Record<string, string>[]
  : T extends Options & { columns?: undefined; skipFirstRow?: false | undefined } ? string[][]
  : Record<string, string>[] | string[][];

/** One row of {@linkcode CsvParseStream}. */
export type RowType<T> = T extends undefined ? string[] : ParseResult<CsvParseStreamOptions, T>[number];

/** What csv-parse is told. */
function readingOptions(options: ParseOptions) {
  const { separator = ",", comment, trimLeadingSpace = false, lazyQuotes = false } = options;
  const bad = [separator, comment].find((text) =>
    text !== undefined && (text === "" || /[\r\n"]/.test(text))
  );
  if (bad !== undefined || separator === comment) {
    const value = JSON.stringify(bad ?? separator);
    throw new TypeError(`Cannot parse input: invalid separator or comment, current value is ${value}`);
  }
  const { fieldsPerRecord = -1, skipFirstRow = false, columns } = options;
  return {
    delimiter: separator,
    ...(comment === undefined ? {} : { comment, comment_no_infix: true }),
    ltrim: trimLeadingSpace,
    relax_quotes: lazyQuotes,
    record_delimiter: ["\r\n", "\n"],
    relax_column_count: fieldsPerRecord < 0 && !skipFirstRow && columns === undefined, // else all are as wide as the first
    skip_empty_lines: true,
    bom: true,
  };
}

type Row = string[] | Record<string, string>;

/** Records in, rows out: what {@linkcode parse} and {@linkcode CsvParseStream} make of what csv-parse finds. */
class Rows {
  #options: ParseOptions;
  #names: readonly string[] | null;
  /** Whether a first row was seen. */
  started = false;

  constructor(options: ParseOptions) {
    this.#options = options;
    this.#names = options.columns ?? null;
  }

  /** The row that a record is; undefined for the one that is left out. */
  of(record: string[]): Row | undefined {
    for (let i = 0; i < record.length; i++) {
      if (record[i].includes("\r\n")) record[i] = record[i].replaceAll("\r\n", "\n");
    }
    if (!this.started) {
      this.started = true;
      const { fieldsPerRecord = 0, skipFirstRow = false } = this.#options;
      if (skipFirstRow) this.#names ??= record;
      const width = fieldsPerRecord > 0 ? fieldsPerRecord : this.#names?.length ?? record.length;
      if (record.length !== width) throw this.#wrongWidth("in the first row", width, record.length);
      if (skipFirstRow) return undefined;
    }
    const names = this.#names;
    return names === null ? record : Object.fromEntries(record.map((field, i) => [names[i], field]));
  }

  /** An error of csv-parse in the words of `@std/csv`; any other one as it is. */
  errorOf(error: unknown): unknown {
    if (!(error instanceof CsvError)) return error;
    const { code, message, lines, record } = error;
    const expected = /expect (\d+),/.exec(message); // as many as the first row
    if (expected !== null) {
      return this.#wrongWidth(`on line ${lines}`, Number(expected[1]), (record as string[]).length);
    }
    return new SyntaxError(`Syntax error on line ${lines}: ${QUOTE_PROBLEMS[code] ?? message}`, {
      cause: error,
    });
  }

  #wrongWidth(where: string, expected: number, fields: number): SyntaxError {
    const problem = (this.#options.fieldsPerRecord ?? -1) >= 0
      ? `expected ${expected} fields but got ${fields}`
      : `The record has ${fields} fields, but the header has ${expected} fields`;
    return new SyntaxError(`Syntax error ${where}: ${problem}`);
  }
}

const QUOTE_PROBLEMS: Record<string, string> = {
  INVALID_OPENING_QUOTE: 'bare " in non-quoted-field',
  CSV_INVALID_CLOSING_QUOTE: 'extraneous or missing " in quoted-field',
  CSV_QUOTE_NOT_CLOSED: 'extraneous or missing " in quoted-field',
};

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
 * import { parse } from "./csv.ts";
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

/**
 * Rows from a stream of CSV text, wherever its chunks are cut.
 *
 * @throws {TypeError} if the separator or comment can't be one. Errors in the text end the stream with a `SyntaxError`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { CsvParseStream } from "./csv.ts";
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

  /** @param options As for {@linkcode parse}. */
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

/** Key of an object or index of an array. */
export type PropertyAccessor = number | string;

/** A column: where its values are found, and its header (default: the last accessor). */
export type ColumnDetails = { header?: string; prop: PropertyAccessor | PropertyAccessor[] };

/** A column by its accessor, by the way to a nested value, or with its own header. */
export type Column = ColumnDetails | PropertyAccessor | PropertyAccessor[];

/** What a row is made of. */
export type DataItem = Readonly<Record<string, unknown> | unknown[]>;

/** Options of {@linkcode stringify}. */
export type StringifyOptions = {
  /** Whether the first row names the columns (where there are `columns`). Default true. */
  headers?: boolean;
  /** Between two values. Default `,`. */
  separator?: string;
  /** Columns in order. Needed for objects. */
  columns?: readonly Column[];
  /** Whether a byte-order mark comes first, which Excel needs to show Unicode. Default false. */
  bom?: boolean;
};

function normalised(column: Column): { header: string; path: readonly PropertyAccessor[] } {
  const { prop, header } = typeof column === "object" && !Array.isArray(column)
    ? column
    : { prop: column, header: undefined };
  const path = Array.isArray(prop) ? prop : [prop];
  return { header: header ?? String(path.at(-1)), path };
}

function valueAt(item: DataItem, path: readonly PropertyAccessor[]): unknown {
  let value: unknown = item;
  for (const accessor of path) {
    if (typeof value !== "object" || value === null) break;
    if (Array.isArray(value) && typeof accessor !== "number") {
      throw new TypeError(`Cannot stringify data: property accessor is not of type "number": ${accessor}`);
    }
    value = (value as Record<PropertyAccessor, unknown>)[accessor];
  }
  return value;
}

/**
 * CSV text of rows: lines end in `\r\n`, values are quoted where they must be, `null` and `undefined` are empty, objects are JSON.
 *
 * What a spreadsheet would take for a formula (`=…`) is written as it is: whoever writes text from logs must guard it.
 *
 * @param data Arrays, or objects (then `columns` must name what to write).
 * @throws {TypeError} if the separator holds a quote or `\r\n`, an object has no columns, or an array is accessed by name.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stringify } from "./csv.ts";
 *
 * assert.equal(stringify([["Ann", 34]]), "Ann,34\r\n");
 * const columns = [{ prop: ["name", "first"], header: "first name" }, "age"];
 * assert.equal(stringify([{ age: 34, name: { first: "Ann" } }], { columns }), "first name,age\r\nAnn,34\r\n");
 * ```
 */
export function stringify(data: readonly DataItem[], options: StringifyOptions = {}): string {
  const { headers = true, separator = ",", columns = [], bom = false } = options;
  if (separator === "" || separator.includes('"') || separator.includes("\r\n")) {
    const value = JSON.stringify(separator);
    throw new TypeError(
      `Cannot stringify data: separator must not be empty or hold a quotation mark or CRLF, current value is ${value}`,
    );
  }
  const wanted = columns.map(normalised);
  const rows = data.map((item) => cellsOf(item, wanted));
  if (headers && wanted.length > 0) rows.unshift(wanted.map(({ header }) => header));
  return (bom ? BYTE_ORDER_MARK : "") + writeRecords(rows, { ...WRITING, delimiter: separator });
}

const WRITING = {
  record_delimiter: "\r\n",
  quoted_match: /[\r\n]/,
  cast: {
    boolean: String,
    object: (value: unknown) => JSON.stringify(value),
    date: (value: Date) => JSON.stringify(value),
  },
};

function cellsOf(item: DataItem, wanted: readonly { path: readonly PropertyAccessor[] }[]): unknown[] {
  if (wanted.length > 0) return wanted.map(({ path }) => valueAt(item, path));
  if (!Array.isArray(item)) throw new TypeError("Cannot stringify data: an object needs the option columns");
  return item;
}

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
 * import { CsvStringifyStream } from "./csv.ts";
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
