/**
 * Forms as plain data.
 *
 * @module
 */
import { Form } from "./form.ts";
import { PLACEHOLDER } from "./mask/token.ts";
import { arrayOf, fieldsOf, flag, integer, text } from "./snapshot.ts";

/** A {@linkcode Form} as plain data: parallel columns, one entry a token. */
export interface SavedForm {
  /** The number that its owner gave it. */
  index: number;
  general: boolean;
  words: string[];
  kinds: number[];
  hashes: number[];
  blanks: number[];
  spans: number[];
  repeats: number[];
  /** Position and words, where there are any. */
  polar: [number, string[]][];
}

/** A form as plain data. */
export function saveForm(form: Form): SavedForm {
  const { index, general } = form;
  return {
    index,
    general,
    words: [...form.words],
    kinds: [...form.kinds],
    hashes: [...form.hashes],
    blanks: [...form.blanks],
    spans: [...form.spans],
    repeats: [...form.repeats],
    polar: form.polar.flatMap((words, i): [number, string[]][] => words.length > 0 ? [[i, [...words]]] : []),
  };
}

/**
 * The form behind plain data of unknown origin.
 *
 * @throws {TypeError} if a field is missing or of the wrong type.
 * @throws {RangeError} if a value is out of range.
 */
export function restoreForm(value: unknown, path: string): Form {
  const fields = fieldsOf(value, path);
  const words = arrayOf(fields.words, `${path}.words`, text), length = words.length;
  const column = (name: string, least: number, most: number) => {
    const values = arrayOf(fields[name], `${path}.${name}`, (each, at) => integer(each, at, least, most));
    if (values.length === length) return values;
    throw new RangeError(
      `Cannot restore templates: ${path}.${name} must have ${length} entries, it has ${values.length}`,
    );
  };
  const polar: (readonly string[])[] = Array.from({ length }, () => []);
  for (
    const entry of arrayOf(fields.polar, `${path}.polar`, (each, at) => arrayOf(each, at, (item) => item))
  ) {
    const position = integer(entry[0], `${path}.polar[0]`, 0, length - 1);
    polar[position] = arrayOf(entry[1], `${path}.polar[1]`, text);
  }
  return new Form(integer(fields.index, `${path}.index`, 0), {
    words,
    kinds: Uint8Array.from(column("kinds", 0, PLACEHOLDER)),
    hashes: Int32Array.from(column("hashes", -0x80000000, 0x7fffffff)),
    blanks: Uint8Array.from(column("blanks", 0, 2)),
    spans: Uint8Array.from(column("spans", 0, 1)),
    repeats: Int32Array.from(column("repeats", 0, 0x7fffffff)),
    polar,
    general: flag(fields.general, `${path}.general`),
  });
}
