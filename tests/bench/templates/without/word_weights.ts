/**
 * In the place of `lib/template/rule/word_weights.ts`: every word is as telling as any other.
 *
 * @module
 */
export * from "../../../../lib/template/rule/word_weights.ts";
import { WordWeights as Real } from "../../../../lib/template/rule/word_weights.ts";

/** Weighs every word 1. */
export class WordWeights extends Real {
  override weight(_hash: number): number {
    return 1;
  }
}
