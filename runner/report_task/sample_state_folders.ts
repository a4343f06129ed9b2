/**
 * Where the models and the state of the bundled sample lie, and which notebooks look at them.
 *
 * @module
 */
import { dirname } from "node:path";

/**
 * The folder of the sample's models and that of its state.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sampleStateFolders } from "./sample_state_folders.ts";
 *
 * assert.deepEqual(sampleStateFolders("/srv"), ["/srv/data/models/sample", "/srv/data/state/sample"]);
 * ```
 */
export function sampleStateFolders(root: string): [models: string, state: string] {
  return [`${root}/data/models/sample`, `${root}/data/state/sample`];
}

/**
 * Whether a notebook of the project looks at the sample's state where its parameters name no other.
 *
 * @param notebook Its path, absolute.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { looksAtState } from "./sample_state_folders.ts";
 *
 * assert(looksAtState("/srv/notebooks/reports/period.ipynb", "/srv"));
 * assert(!looksAtState("/srv/notebooks/03-train.ipynb", "/srv"));
 * ```
 */
export function looksAtState(notebook: string, root: string): boolean {
  return notebook === `${root}/notebooks/06-incident.ipynb` ||
    dirname(notebook) === `${root}/notebooks/reports`;
}
