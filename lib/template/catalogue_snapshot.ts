/**
 * A catalogue as plain data.
 *
 * @module
 */
import { type SavedHand, savedHand } from "./hand/hand.ts";
import { readName } from "./miner_snapshot.ts";
import type { TemplateName } from "./name_register.ts";
import { restoreForm, type SavedForm } from "./saved_form.ts";
import { amount, arrayOf, checkVersion, fieldsOf, integer, pairOf, text } from "./snapshot.ts";

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

/** Everything that frozen matching needs, as plain data. Templates are named by their number. */
export interface CatalogueSnapshot {
  kind: "catalogue";
  version: number;
  templates: SavedTemplate[];
  /** Names that became part of a template. */
  merged: [TemplateName, number][];
  forms: { template: number; form: SavedForm }[];
  /** Keys of sequences that training met, and their templates. */
  sequences: [number, number][];
  /** Keys of outlines, and their templates. */
  outlines: [number, number][];
  /** What people said about templates before they were learned; absent where they said nothing. */
  hand?: SavedHand;
}

function readTemplate(value: unknown, path: string): SavedTemplate {
  const fields = fieldsOf(value, path);
  return {
    ...readName(value, path),
    text: text(fields.text, `${path}.text`),
    severity: integer(fields.severity, `${path}.severity`, 0, 24),
    count: amount(fields.count, `${path}.count`),
  };
}

function readForm(value: unknown, path: string): SavedForm {
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

/**
 * Checks a snapshot field by field.
 *
 * @throws {TypeError} if a field is missing, of the wrong type, or of another version.
 * @throws {RangeError} if a value is out of range.
 */
export function readCatalogueSnapshot(value: unknown): CatalogueSnapshot {
  const fields = fieldsOf(value, "snapshot");
  checkVersion(fields, "catalogue");
  const templates = arrayOf(fields.templates, "templates", readTemplate);
  const number = (each: unknown, path: string) => integer(each, path, 0, templates.length - 1);
  const key = (each: unknown, path: string) => integer(each, path, -0x80000000);
  const pairs = (name: string) =>
    arrayOf(fields[name], name, (each, path) => pairOf(each, path, key, number));
  return {
    kind: "catalogue",
    version: fields.version as number,
    templates,
    merged: arrayOf(fields.merged, "merged", (each, path) => pairOf(each, path, readName, number)),
    forms: arrayOf(fields.forms, "forms", (each, path) => {
      const { template, form } = fieldsOf(each, path);
      return { template: number(template, `${path}.template`), form: readForm(form, `${path}.form`) };
    }),
    sequences: pairs("sequences"),
    outlines: pairs("outlines"),
    ...savedHand(fields.hand, templates.length),
  };
}
