/**
 * Rows → CSV text.
 *
 * @module
 */
import { stringify as writeRecords } from "csv-stringify/sync";

const BYTE_ORDER_MARK = "\ufeff";

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
 * import { stringify } from "./stringify.ts";
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
