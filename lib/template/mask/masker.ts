/**
 * A line, masked and redacted.
 *
 * @module
 */
import { birthText } from "../form.ts";
import { mayHoldSecret, redact } from "../../record/redaction.ts";
import { Lexer } from "./lexer.ts";
import { Rewriter } from "./rewriter.ts";
import type { TokenList } from "./token_list.ts";

/** Takes secrets and personal data out of a text; see `record/redaction.ts`. */
export type Redactor = (text: string) => string;

const encoder = new TextEncoder();

/**
 * Masks lines: what learning and matching are given. Redaction works on the masked text, so what is left of a line depends on its
 * masked sequence alone, and what is redacted is never learned, named or saved.
 */
export class Masker {
  readonly #lexer = new Lexer();
  readonly #rewriter = new Rewriter();
  /** Takes secrets out of a text. */
  readonly redact: Redactor;

  /** @param redactor Default: the built-in patterns. */
  constructor(redactor: Redactor = redact) {
    this.redact = redactor;
  }

  /** The tokens of `bytes[start, end)`, not redacted yet; valid until the next call. */
  mask(bytes: Uint8Array, start: number, end: number): TokenList {
    this.#lexer.read(bytes, start, end);
    return this.#rewriter.rewrite(this.#lexer, bytes, start, end);
  }

  /** The tokens of `bytes[start, end)`, redacted; `null` where they are what {@linkcode mask} gives; valid until the next call. */
  redacted(bytes: Uint8Array, start: number, end: number): TokenList | null {
    if (this.redact === redact && !mayHoldSecret(bytes, start, end)) return null; // most lines: no text is made
    const text = birthText(this.#rewriter.tokens), clean = this.redact(text);
    if (clean === text) return null;
    const { key } = this.#rewriter.tokens, cleanBytes = encoder.encode(clean);
    const tokens = this.mask(cleanBytes, 0, cleanBytes.length);
    if (tokens.key !== key) return tokens;
    this.mask(bytes, start, end); // the secret was masked already: as it was written
    return null;
  }
}
