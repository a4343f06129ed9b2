/**
 * How objects show themselves in a Jupyter notebook.
 *
 * @module
 */

/** Name of the method that Deno's kernel asks a cell's result for; it gives its forms by MIME type. */
export const JUPYTER: unique symbol = Symbol.for("Jupyter.display") as never;

/** The forms of an object by MIME type. */
export type MimeBundle = Record<string, unknown>;

/** What has a form for notebooks. */
export interface Shown {
  [JUPYTER](): MimeBundle | Promise<MimeBundle>;
}

/**
 * A plain object that shows itself in a notebook from now on, and is otherwise as it was: the method isn't counted among its
 * properties, and copies don't have it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { JUPYTER, shownAs } from "./jupyter.ts";
 *
 * const model = shownAs({ version: "v0001" }, ({ version }) => ({ "text/plain": `Model ${version}` }));
 * assert.deepEqual(model, { version: "v0001" });
 * assert.deepEqual(model[JUPYTER](), { "text/plain": "Model v0001" });
 * ```
 */
export function shownAs<T extends object>(object: T, show: (object: T) => MimeBundle): T & Shown {
  return Object.defineProperty(object, JUPYTER, {
    value: () => show(object),
    configurable: true,
  }) as T & Shown;
}
