/**
 * What people say about templates in their settings.
 *
 * @module
 */
import { arrayOf, fieldsOf, text } from "../snapshot.ts";

/** What is always a value, wherever it stands in a line. */
export interface UserMask {
  /** RE2 syntax; the whole match is the value. */
  pattern: string;
  /** What kind of value it is, for people; empty = not said. */
  name: string;
}

/** What people say about templates before anything is learned. */
export interface TemplateSettings {
  /** From left to right in a line; of several that match in one place the first. */
  masks: readonly UserMask[];
  /** Texts of templates, values written `<*>`; a line belongs to the first that it matches. */
  pins: readonly string[];
}

/** Nobody said anything. */
export const NO_TEMPLATE_SETTINGS: TemplateSettings = { masks: [], pins: [] };

/**
 * Checks what was saved.
 *
 * @throws {TypeError} if a field is missing or of the wrong type.
 */
export function readTemplateSettings(value: unknown, path: string): TemplateSettings {
  const { masks, pins } = fieldsOf(value, path);
  return {
    masks: arrayOf(masks, `${path}.masks`, (each, at) => {
      const { pattern, name } = fieldsOf(each, at);
      return { pattern: text(pattern, `${at}.pattern`), name: text(name, `${at}.name`) };
    }),
    pins: arrayOf(pins, `${path}.pins`, text),
  };
}
