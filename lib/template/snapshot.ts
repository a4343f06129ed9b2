/**
 * Checks of the fields of saved templates.
 *
 * @module
 */
import { savedFields } from "../record/saved_fields.ts";

/** Version of everything that `lib/template` saves; a change of masks or hashes makes a new one. */
export const TEMPLATE_VERSION = 2;

/** See {@linkcode savedFields}. */
export const { refuse, amount, arrayOf, fieldsOf, flag, integer, pairOf, text } = savedFields("templates");

/** Refuses data of another kind or version. */
export function checkVersion(fields: Record<string, unknown>, kind: string): void {
  if (fields.kind !== kind) refuse("kind", `"${kind}"`, fields.kind);
  if (fields.version !== TEMPLATE_VERSION) refuse("version", `${TEMPLATE_VERSION}`, fields.version);
}
