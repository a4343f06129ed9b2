/**
 * Records that csv-parse finds, and the rows that `@std/csv` makes of them.
 *
 * @module
 */
import { CsvError } from "csv-parse/sync";

/** Options of `parse`. */
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

/** What csv-parse is told. */
export function readingOptions(options: ParseOptions) {
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

/** A row without or with column names. */
export type Row = string[] | Record<string, string>;

/** Records in, rows out: what `parse` and `CsvParseStream` make of what csv-parse finds. */
export class Rows {
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
