/**
 * Templates as plain data.
 *
 * @module
 */
import { readName, type TemplateName } from "./name_register.ts";
import { restoreForm, type SavedForm } from "./saved_form.ts";
import { amount, fieldsOf, integer, text } from "./snapshot.ts";

/** A known template as plain data. */
export interface SavedTemplate extends TemplateName {
  text: string;
  severity: number;
  count: number;
}

/** A template born while scanning, as plain data. */
export interface SavedProvisional extends SavedTemplate {
  /** The sequence that it was born from; `null` where it stands for all lines of an outline. */
  form: SavedForm | null;
}

/** Checks what was saved of a template. */
export function readTemplate(value: unknown, path: string): SavedTemplate {
  const fields = fieldsOf(value, path);
  return {
    ...readName(value, path),
    text: text(fields.text, `${path}.text`),
    severity: integer(fields.severity, `${path}.severity`, 0, 24),
    count: amount(fields.count, `${path}.count`),
  };
}

/** Checks what was saved of a form. */
export function readForm(value: unknown, path: string): SavedForm {
  restoreForm(value, path);
  return value as SavedForm;
}

/**
 * Checks what an earlier run saved of a provisional template.
 *
 * @throws {TypeError} if a field is missing or of the wrong type.
 * @throws {RangeError} if a value is out of range.
 */
export function readProvisional(value: unknown, path: string): SavedProvisional {
  const { form } = fieldsOf(value, path);
  return { ...readTemplate(value, path), form: form === null ? null : readForm(form, `${path}.form`) };
}
