/**
 * In the place of `lib/template/rule/normal_key.ts`: an optional part or a unit makes another template.
 *
 * @module
 */
export * from "../../../../lib/template/rule/normal_key.ts";
import type { Form } from "../../../../lib/template/form.ts";

/** A key that no other form has. */
export const normalKey = (form: Form): string => `only ${form.index} ${form.key}`;
