/**
 * In the place of `lib/template/rule/known_values.ts`: that a word was a value elsewhere tells nothing.
 *
 * @module
 */
export * from "../../../../lib/template/rule/known_values.ts";
import { KnownValues as Real } from "../../../../lib/template/rule/known_values.ts";

/** Knows no value. */
export class KnownValues extends Real {
  override has(_word: string): boolean {
    return false;
  }
}
