/**
 * A catalogue's templates as detectors name them.
 *
 * @module
 */
import type { TemplateNames } from "../feature/event_window.ts";
import type { Catalogue } from "../template/catalogue.ts";

/**
 * Names of all templates of a catalogue, those born later too. Those have no severity: how severe they have been by now depends
 * on how far the logs were read, and what is decided on a window must not.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Miner } from "../template/miner.ts";
 * import { templateNames } from "./template_names.ts";
 *
 * const miner = new Miner(), line = new TextEncoder().encode("took 5 ms");
 * miner.learnLine(line, 0, line.length);
 * const names = templateNames(miner.freeze().catalogue);
 * assert.equal(names.text(0), "took <*> ms");
 * assert.equal(names.indexOf(names.id(0)), 0);
 * ```
 */
export function templateNames(catalogue: Catalogue): TemplateNames {
  return {
    id: (index) => catalogue.template(index).id,
    text: (index) => catalogue.template(index).text,
    severity: (index) => index < catalogue.frozen ? catalogue.template(index).severity : 0,
    indexOf: (id) => catalogue.indexOf(id),
  };
}
