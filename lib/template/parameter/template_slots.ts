/**
 * Aligning templates with lines and with each other.
 *
 * @module
 */
import { redact } from "../../record/redaction.ts";
import type { Lexer } from "../mask/lexer.ts";
import type { Redactor } from "../mask/masker.ts";
import { Alignment } from "./alignment.ts";
import { Pieces } from "./pieces.ts";
import { type Place, placesOf } from "./place.ts";
import { type Slot, slotsOf } from "./slot.ts";

const encoder = new TextEncoder();

/** A template's text, ready to be aligned. */
export interface SlottedText {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly slots: readonly Slot[];
}

/** A template's text with its slots. */
export function slottedText(text: string, redactor: Redactor = redact): SlottedText {
  return { text, bytes: encoder.encode(text), slots: slotsOf(text, redactor) };
}

/** Finds the slots of templates in lines; keeps what it needs for that. */
export class SlotFinder {
  readonly alignment: Alignment = new Alignment();
  /** The pieces of the line or text that was aligned last. */
  readonly pieces: Pieces = new Pieces();
  readonly #text = new Pieces();

  /**
   * Where a template's slots are in the line that `lexer` has just read.
   *
   * @param anywhere Whether the line may have more before and behind, such as a header.
   */
  places(template: SlottedText, lexer: Lexer, bytes: Uint8Array, anywhere = false): Place[] {
    this.#text.readText(template.bytes);
    this.pieces.readLine(lexer, bytes);
    this.alignment.align(this.#text, this.pieces, anywhere);
    return placesOf(this.alignment, this.pieces, lexer, bytes, template.slots);
  }

  /** Aligns a template with an earlier text of it: {@linkcode alignment} then says which pieces of that each slot holds. */
  alignTexts(template: SlottedText, earlier: Uint8Array): void {
    this.#text.readText(template.bytes);
    this.pieces.readText(earlier);
    this.alignment.align(this.#text, this.pieces);
  }
}
