/**
 * Names of fields in an index that aren't the usual ones.
 *
 * @module
 */
import { type FieldNames, USUAL_FIELDS } from "./wanted_fields.ts";

/** What documents call the parts of a record, dotted; a name left out or empty: as usual. */
export type OwnFields = Partial<Record<keyof FieldNames, string>>;

/**
 * Names of fields as parameters have them: a JSON object of texts.
 *
 * @param text Such as `{"time": "ts", "message": "said.text"}`; left out or empty = all as usual.
 * @throws {SyntaxError} if it is not a JSON object of texts.
 * @throws {RangeError} if it names a part that no record has.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readOwnFields } from "./own_fields.ts";
 *
 * assert.deepEqual(readOwnFields('{"time": "ts"}'), { time: "ts" });
 * assert.deepEqual(readOwnFields(""), {});
 * assert.throws(() => readOwnFields('{"host": "h"}'), /Cannot read names of fields: known are time, level, message, service, got host/);
 * ```
 */
export function readOwnFields(text = ""): OwnFields {
  if (text === "") return {};
  const own = objectOf(text), known = Object.keys(USUAL_FIELDS);
  for (const [part, name] of Object.entries(own)) {
    if (!known.includes(part)) {
      throw new RangeError(`Cannot read names of fields: known are ${known.join(", ")}, got ${part}`);
    }
    if (typeof name !== "string") {
      throw new SyntaxError(
        `Cannot read names of fields: that of ${part} must be a text, got ${JSON.stringify(name)}`,
      );
    }
  }
  return own;
}

function objectOf(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`Cannot read names of fields: they must be a JSON object, got ${text}`, { cause });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new SyntaxError(`Cannot read names of fields: they must be a JSON object, got ${text}`);
}

/**
 * The same as readers of indices take them: of each part a list.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fieldLists } from "./own_fields.ts";
 *
 * assert.deepEqual(fieldLists({ time: "ts", level: "" }), { time: ["ts"] });
 * ```
 */
export function fieldLists(own: OwnFields): Partial<FieldNames> {
  return Object.fromEntries(Object.entries(own).flatMap(([part, name]) => name ? [[part, [name]]] : []));
}
