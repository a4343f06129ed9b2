/**
 * Numbers of templates behind their ids.
 *
 * @module
 */
import type { SavedProvisional } from "../../template/saved_template.ts";

/**
 * The numbers that a part has for templates: those of the frozen catalogue, then its births.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { TemplateNumbers } from "./template_numbers.ts";
 *
 * const birth = { id: "c", hash: "c", text: "late <*>", severity: 0, count: 1, form: null };
 * assert.deepEqual(["a", "b", "c"].map(new TemplateNumbers(["a", "b"]).with([birth])), [0, 1, 2]);
 * ```
 */
export class TemplateNumbers {
  readonly #frozen: Map<string, number>;

  /** @param frozen Ids by number. */
  constructor(frozen: readonly string[]) {
    this.#frozen = new Map(frozen.map((id, number) => [id, number]));
  }

  /**
   * The number of an id in a part with these births.
   *
   * @throws {RangeError} from what is returned, if there is no such template.
   */
  with(births: readonly SavedProvisional[]): (id: string) => number {
    const frozen = this.#frozen, born = new Map(births.map(({ id }, i) => [id, frozen.size + i]));
    return (id) => {
      const number = frozen.get(id) ?? born.get(id);
      if (number !== undefined) return number;
      throw new RangeError(`Cannot read a mapped part: nobody knows template ${id}`);
    };
  }
}
