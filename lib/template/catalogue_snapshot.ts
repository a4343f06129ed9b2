/**
 * A catalogue as plain data.
 *
 * @module
 */
import { type HandDecisions, readDecisions } from "./hand/decisions.ts";
import { type SavedHand, savedHand } from "./hand/hand.ts";
import { readName, type TemplateName } from "./name_register.ts";
import type { SavedForm } from "./saved_form.ts";
import { readForm, readTemplate, type SavedProvisional, type SavedTemplate } from "./saved_template.ts";
import { arrayOf, checkVersion, fieldsOf, integer, pairOf } from "./snapshot.ts";
import type { Template } from "./template.ts";

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
  /** What people decided since, and must be told to the next training; absent where they decided nothing. */
  decisions?: HandDecisions;
}

/** The templates of a snapshot, by their numbers. */
export function knownTemplates({ templates }: CatalogueSnapshot): Template[] {
  return templates.map(({ id, text, severity, count }) => ({
    id,
    text,
    severity,
    count,
    provisional: false,
  }));
}

/** The templates of a snapshot with a form each, where they have one, as a later catalogue adopts them. */
export function exportedTemplates({ templates, forms }: CatalogueSnapshot): SavedProvisional[] {
  const first = new Map<number, SavedForm>();
  for (const { template, form } of forms) if (!first.has(template)) first.set(template, form);
  return templates.map((template, index) => ({ ...template, form: first.get(index) ?? null }));
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
    ...(fields.decisions === undefined ? {} : { decisions: readDecisions(fields.decisions) }),
  };
}
