/**
 * How much a word tells about the event.
 *
 * @module
 */
import type { Form } from "../form.ts";
import { messageStart } from "./cues.ts";
import { LEARNED, MARK, PLACEHOLDER, VARIABLE } from "../mask/token.ts";

/** Below this many forms no word is called frequent. */
const FORMS_NEEDED = 8;
/** A word that stands in fewer forms than this is telling. */
const FREQUENT = 4;
/** A word that stands in every form weighs nothing, one in a quarter of them or less weighs 1. */
const BASE = Math.log(4);

/**
 * Words weigh by how rare they are among the live forms (inverse document frequency, Spärck Jones 1972): a host name or a
 * level stands in most of them and so proves nothing about the event.
 */
export class WordWeights {
  readonly #forms = new Map<number, number>(); // by token hash: live forms that hold it
  #total = 0;

  /** Counts the words of a form that came (`1`) or went (`-1`). */
  count(form: Form, change: 1 | -1): void {
    this.#total += change;
    const { hashes, kinds } = form;
    for (let i = 0; i < hashes.length; i++) {
      const hash = hashes[i], kind = kinds[i];
      if (kind === MARK || kind === VARIABLE || kind === LEARNED || hashes.indexOf(hash) < i) continue;
      const forms = (this.#forms.get(hash) ?? 0) + change;
      if (forms > 0) this.#forms.set(hash, forms);
      else this.#forms.delete(hash);
    }
  }

  /** Weight of a word by its token hash, 0–1. */
  weight(hash: number): number {
    if (this.#total < FORMS_NEEDED) return 1;
    const forms = this.#forms.get(hash) ?? 0;
    return forms < FREQUENT ? 1 : Math.min(1, Math.log(this.#total / forms) / BASE);
  }

  /** Weight of every token of a form, shape [form.length]; 0 for marks, values and placeholders. */
  weights(form: Form): Float64Array {
    const weights = new Float64Array(form.length);
    for (let i = 0; i < form.length; i++) {
      const kind = form.kinds[i];
      if (kind === VARIABLE || kind === LEARNED || kind === MARK || kind === PLACEHOLDER) continue;
      weights[i] = this.weight(form.hashes[i]);
    }
    return weights;
  }

  /** The positions of the words that weigh something and that another live form holds too: only there can two forms agree. */
  shared({ hashes }: Form, weights: Float64Array): number[] {
    const positions: number[] = [];
    for (let i = 0; i < weights.length; i++) {
      if (weights[i] > 0 && (this.#forms.get(hashes[i]) ?? 0) >= 2) positions.push(i);
    }
    return positions;
  }

  /**
   * Whether nothing before position `i` tells which event it is (frequent words do not, nor does what a line has in brackets at its
   * beginning): the word there is protected like a line's first.
   */
  leads(form: Form, i: number): boolean {
    for (let at = messageStart(form); at < i; at++) {
      const kind = form.kinds[at];
      if (kind === MARK || kind === PLACEHOLDER || form.varies(at)) continue;
      if (this.weight(form.hashes[at]) >= 0.34) return false;
    }
    return true;
  }
}
