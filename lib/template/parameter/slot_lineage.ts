/**
 * Which slot of a template is which one of an earlier text.
 *
 * @module
 */
import { SLOT } from "./pieces.ts";
import { SlotFinder, slottedText } from "./template_slots.ts";

/**
 * For each slot of an earlier text of a template, or of a template that became part of it, the slot of the text now: what is
 * known of its values belongs there. -1 where that is not well defined: the slot has become a part of a longer value, or is gone.
 * A slot that is new has no earlier one: until then the same word stood there in every line.
 *
 * @param earlier The text that the slots were counted in.
 * @param now The text that they are wanted for; with `template.id` it names them.
 * @returns Shape [slots of the earlier text].
 *
 * @example A name has turned out to vary, a part has become a value of several words
 * ```ts
 * import assert from "node:assert/strict";
 * import { slotLineage } from "./slot_lineage.ts";
 *
 * assert.deepEqual([...slotLineage("user ann took <*> ms", "user <*> took <*> ms")], [1]);
 * assert.deepEqual([...slotLineage("failed: disk <*> is full", "failed: <*>")], [-1]);
 * ```
 */
export function slotLineage(earlier: string, now: string): Int32Array {
  const finder = new SlotFinder(), template = slottedText(now);
  finder.alignTexts(template, new TextEncoder().encode(earlier));
  const { alignment, pieces } = finder, ordinals = new Map<number, number>();
  for (let i = 0; i < pieces.length; i++) if (pieces.roles[i] === SLOT) ordinals.set(i, ordinals.size);
  const lineage = new Int32Array(ordinals.size).fill(-1);
  for (let slot = 0; slot < alignment.slots; slot++) {
    const piece = alignment.first[slot], ordinal = ordinals.get(piece);
    if (ordinal !== undefined && alignment.last[slot] === piece) lineage[ordinal] = slot;
  }
  return lineage;
}
