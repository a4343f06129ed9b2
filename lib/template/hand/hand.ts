/**
 * People's hand on templates: what they say before anything is mined.
 *
 * @module
 */
import { arrayOf, integer } from "../snapshot.ts";
import { Lexer } from "../mask/lexer.ts";
import { LineMasks } from "./line_masks.ts";
import { linesLike } from "./lines_like.ts";
import { PinnedTexts, pinText } from "./pinned_texts.ts";
import { readTemplateSettings, type TemplateSettings } from "./template_settings.ts";

/** {@linkcode Hand} as plain data, with the number of each pin's template. */
export interface SavedHand extends TemplateSettings {
  /** The number of the template of each pin. */
  numbers: number[];
}

/** Pins and masks of a miner or a catalogue, ready for lines. */
export class Hand {
  /** Texts of the pins, as they are kept, and no text twice. */
  readonly pins: readonly string[];
  /** The number of the template of each pin, filled in by its owner. */
  readonly numbers: Int32Array;
  /** Reads masked lines, and remembers them apart from all others. */
  readonly lexer: Lexer = new Lexer();
  readonly #settings: TemplateSettings;
  readonly #texts: PinnedTexts | null;
  readonly #masks: LineMasks | null;

  private constructor(settings: TemplateSettings) {
    this.#settings = settings;
    this.pins = [...new Set(settings.pins.map(pinText))];
    this.numbers = new Int32Array(this.pins.length);
    this.#texts = this.pins.length === 0 ? null : new PinnedTexts(this.pins);
    this.#masks = settings.masks.length === 0 ? null : new LineMasks(settings.masks);
  }

  /**
   * What settings come to; `null` where they say nothing, so that nothing is done for them.
   *
   * @throws {SyntaxError} if a mask is no pattern in RE2's syntax or matches the empty text, or a pin would take every line.
   */
  static of(settings: TemplateSettings | undefined): Hand | null {
    return settings === undefined || settings.masks.length + settings.pins.length === 0
      ? null
      : new Hand(settings);
  }

  /** The hand that was saved; `null` where nobody said anything. */
  static restore(saved: SavedHand | undefined): Hand | null {
    const hand = Hand.of(saved);
    hand?.numbers.set(saved!.numbers);
    return hand;
  }

  toJSON(): SavedHand {
    return { masks: this.#settings.masks, pins: this.pins, numbers: [...this.numbers] };
  }

  /** The number of the template that `bytes[start, end)` is pinned to; -1 = none. */
  pinned(bytes: Uint8Array, start: number, end: number): number {
    const pin = this.#texts === null ? -1 : this.#texts.find(bytes, start, end);
    return pin < 0 ? -1 : this.numbers[pin];
  }

  /** Masks `bytes[start, end)`; `null` where no mask matches, else where the masked line is: `bytes[0, length)`. */
  masked(bytes: Uint8Array, start: number, end: number): LineMasks | null {
    return this.#masks !== null && this.#masks.apply(bytes, start, end) ? this.#masks : null;
  }

  /**
   * The number of the template that lines which look like a text are led to; -1 = none.
   *
   * @param matched The number that a masked line, `bytes[0, length)`, has; -1 = none.
   */
  numberOf(text: string, matched: (bytes: Uint8Array, length: number) => number): number {
    for (const bytes of linesLike(text)) {
      const pinned = this.pinned(bytes, 0, bytes.length);
      if (pinned >= 0) return pinned;
      const masked = this.masked(bytes, 0, bytes.length);
      const number = masked === null ? -1 : matched(masked.bytes, masked.length);
      if (number >= 0) return number;
    }
    return -1;
  }
}

/**
 * Checks what was saved: no field where nothing was.
 *
 * @throws {TypeError} if a field is missing or of the wrong type.
 * @throws {RangeError} if a number is out of range.
 */
export function savedHand(value: unknown, templates: number): { hand?: SavedHand } {
  if (value === undefined) return {};
  const settings = readTemplateSettings(value, "hand");
  const numbers = arrayOf(
    (value as SavedHand).numbers,
    "hand.numbers",
    (each, path) => integer(each, path, 0, templates - 1),
  );
  if (numbers.length === settings.pins.length) return { hand: { ...settings, numbers } };
  throw new RangeError(
    `Cannot restore templates: hand.numbers must have ${settings.pins.length} entries, it has ${numbers.length}`,
  );
}
