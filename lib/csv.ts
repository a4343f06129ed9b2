/**
 * Reads and writes comma-separated values, with the interface of `@std/csv` 1.x (the import map's `@std/csv` is this file).
 *
 * Reading follows RFC 4180 as Go's `encoding/csv` does: blank lines and (if asked for) comment lines are skipped, `\r\n` counts as
 * `\n` everywhere, a quoted field may hold separators, line breaks and doubled quotes. The sync function and the stream share one
 * core that is fed line by line, so they can't disagree.
 *
 * It is written by hand because the packages at hand differ where it matters: csv-parse can't read `lazyQuotes`
 * (`"1"2"` is `1"2`), csv-stringify leaves a field with a line feed unquoted when lines end in `\r\n`.
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

const QUOTE = '"';
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

/** Lines in, rows out: the core that {@linkcode parse} and {@linkcode CsvParseStream} share. */
class RowReader {
  #separator: string;
  #options: ParseOptions;
  #line = 0; // lines fed so far, so the current one's number
  #firstLine = 0; // where the current record began
  #fields: string[] = [];
  #open: string | null = null; // the text so far of a quoted field that goes on in the next line
  #width: number; // fields a row must have; -1 = any, 0 = not known yet
  #names: readonly string[] | null = null;
  #atFirstRow = true;

  constructor(options: ParseOptions) {
    const { separator = ",", comment, fieldsPerRecord = -1 } = options;
    const bad = [separator, comment].find((text) =>
      text !== undefined && (text === "" || /[\r\n"]/.test(text))
    );
    if (bad !== undefined || separator === comment) {
      const value = JSON.stringify(bad ?? separator);
      throw new TypeError(`Cannot parse input: invalid separator or comment, current value is ${value}`);
    }
    this.#separator = separator;
    this.#options = options;
    this.#width = fieldsPerRecord;
  }

  /** The row that `line` (without its line break) completes; undefined where it completes none. */
  feed(line: string): string[] | Record<string, string> | undefined {
    this.#line++;
    if (this.#open === null) {
      const { comment } = this.#options;
      if (line === "" || (comment !== undefined && line.startsWith(comment))) return undefined;
      this.#firstLine = this.#line;
      this.#fields = [];
    } else {
      this.#open += "\n";
    }
    return this.#scan(line) ? this.#row(this.#fields) : undefined;
  }

  /** The row that the end of the input completes, if any. */
  end(): string[] | Record<string, string> | undefined {
    if (this.#open === null) return undefined;
    if (!this.#options.lazyQuotes) throw this.#quoteError("", 0, 'extraneous or missing " in quoted-field');
    this.#fields.push(this.#open);
    this.#open = null;
    return this.#row(this.#fields);
  }

  /** Whether a first row was seen. */
  get started(): boolean {
    return !this.#atFirstRow;
  }

  /** Adds the fields of `line`; false where its last one goes on in the next line. */
  #scan(line: string): boolean {
    let at = 0;
    while (true) {
      if (this.#open === null) {
        if (this.#options.trimLeadingSpace) at = line.length - line.slice(at).trimStart().length;
        if (line[at] !== QUOTE) {
          const end = line.indexOf(this.#separator, at);
          this.#fields.push(this.#bare(line, at, end < 0 ? line.length : end));
          if (end < 0) return true;
          at = end + this.#separator.length;
          continue;
        }
        this.#open = "";
        at++;
      }
      const quote = line.indexOf(QUOTE, at);
      this.#open += quote < 0 ? line.slice(at) : line.slice(at, quote);
      if (quote < 0) return false;
      at = quote + 1;
      const closed = at === line.length || line.startsWith(this.#separator, at);
      if (line[at] === QUOTE) at++; // a doubled quote
      else if (!closed && !this.#options.lazyQuotes) {
        throw this.#quoteError(line, quote, 'extraneous or missing " in quoted-field');
      }
      if (!closed) this.#open += QUOTE;
      else {
        this.#fields.push(this.#open);
        this.#open = null;
        if (at === line.length) return true;
        at += this.#separator.length;
      }
    }
  }

  #bare(line: string, start: number, end: number): string {
    const field = line.slice(start, end);
    const quote = this.#options.lazyQuotes ? -1 : field.indexOf(QUOTE);
    if (quote >= 0) throw this.#quoteError(line, start + quote, 'bare " in non-quoted-field');
    return field;
  }

  /** Columns are counted in characters (code points), from 1. */
  #quoteError(line: string, index: number, problem: string): SyntaxError {
    const column = [...line.slice(0, index)].length + 1;
    return new SyntaxError(
      `Syntax error on line ${this.#firstLine}; parse error on line ${this.#line}, column ${column}: ${problem}`,
    );
  }

  #row(fields: string[]): string[] | Record<string, string> | undefined {
    if (this.#width === 0) this.#width = fields.length;
    const at = `Syntax error on line ${this.#firstLine}`;
    if (this.#width > 0 && fields.length !== this.#width) {
      throw new SyntaxError(`${at}: expected ${this.#width} fields but got ${fields.length}`);
    }
    const { skipFirstRow, columns } = this.#options;
    if (this.#atFirstRow) {
      this.#atFirstRow = false;
      this.#names = columns ?? (skipFirstRow ? fields : null);
      if (skipFirstRow) return undefined;
    }
    const names = this.#names;
    if (names === null) return fields;
    if (fields.length !== names.length) {
      throw new SyntaxError(
        `${at}: The record has ${fields.length} fields, but the header has ${names.length} fields`,
      );
    }
    return Object.fromEntries(names.map((name, index) => [name, fields[index]]));
  }
}

const withoutReturn = (line: string) => line.endsWith("\r") ? line.slice(0, -1) : line;

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
  const reader = new RowReader(options);
  const rows: unknown[] = [];
  const keep = (row: unknown) => {
    if (row !== undefined) rows.push(row);
  };
  let start = input.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  while (start < input.length) {
    const newline = input.indexOf("\n", start);
    const end = newline < 0 ? input.length : newline;
    keep(reader.feed(withoutReturn(input.slice(start, end))));
    start = end + 1;
  }
  keep(reader.end());
  if (options.skipFirstRow && !reader.started) {
    throw new TypeError("Cannot parse input: headers must be defined");
  }
  return rows;
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
  extends TransformStream<string, RowType<T>> {
  /** @param options As for {@linkcode parse}. */
  constructor(options?: T) {
    const reader = new RowReader(options ?? {});
    let rest = ""; // begun but not ended by a line break
    let first = true;
    type Output = TransformStreamDefaultController<RowType<T>>;
    const send = (row: unknown, output: Output) => {
      if (row !== undefined) output.enqueue(row as RowType<T>);
    };
    super({
      transform(chunk, output) {
        if (chunk === "") return;
        let start = first && chunk.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
        first = false;
        for (let end = chunk.indexOf("\n", start); end >= 0; end = chunk.indexOf("\n", start)) {
          send(reader.feed(withoutReturn(rest + chunk.slice(start, end))), output);
          rest = "";
          start = end + 1;
        }
        rest += chunk.slice(start);
      },
      flush(output) {
        if (rest !== "") send(reader.feed(withoutReturn(rest)), output);
        send(reader.end(), output);
      },
    });
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

function written(value: unknown, separator: string): string {
  if (value === undefined || value === null) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  const plain = !text.includes(separator) && !text.includes("\n") && !text.includes(QUOTE);
  return plain ? text : QUOTE + text.replaceAll(QUOTE, QUOTE + QUOTE) + QUOTE;
}

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
  if (separator === "" || separator.includes(QUOTE) || separator.includes("\r\n")) {
    const value = JSON.stringify(separator);
    throw new TypeError(
      `Cannot stringify data: separator must not be empty or hold a quotation mark or CRLF, current value is ${value}`,
    );
  }
  const wanted = columns.map(normalised);
  const line = (values: readonly unknown[]) =>
    values.map((value) => written(value, separator)).join(separator) + "\r\n";
  const lines = headers && wanted.length > 0 ? [line(wanted.map(({ header }) => header))] : [];
  for (const item of data) {
    if (wanted.length === 0 && !Array.isArray(item)) {
      throw new TypeError("Cannot stringify data: an object needs the option columns");
    }
    lines.push(line(wanted.length === 0 ? item as unknown[] : wanted.map(({ path }) => valueAt(item, path))));
  }
  return (bom ? BYTE_ORDER_MARK : "") + lines.join("");
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
