/**
 * Pages as text, made once for all who ask for the same.
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import type { Html } from "./pages/page_context.ts";

/** A page, and the data that it shows. */
interface Kept {
  data: object;
  text: string;
}

/** Characters of all pages that are kept. */
const KEPT = 16 * 1024 * 1024;

/**
 * Keeps pages as long as their data are the same. What is of a session only, the proof that its forms send along, is put in at the
 * end: what stands for it is made by chance for each process.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { html } from "hono/html";
 * import { PageTexts } from "./page_texts.ts";
 *
 * const texts = new PageTexts(), data = { records: 7 };
 * let made = 0;
 * const ask = (proof: string) => texts.get("/overview", data, proof, (stand) => (made++, html`<i data-csrf="${stand}"></i>`));
 * assert.deepEqual([await ask("a"), await ask("b"), made], ['<i data-csrf="a"></i>', '<i data-csrf="b"></i>', 1]);
 * ```
 */
export class PageTexts {
  readonly #stand = `proof-${randomBytes(16).toString("hex")}`;
  readonly #kept = new Map<string, Kept>();
  #size = 0;

  /**
   * A page.
   *
   * @param key What it depends on beside its data.
   * @param proof Of the session; base64url, or empty.
   * @param make Makes it with something that stands for the proof.
   */
  async get(key: string, data: object, proof: string, make: (stand: string) => Html): Promise<string> {
    const known = this.#kept.get(key);
    const text = known?.data === data ? known.text : String(await make(this.#stand));
    if (known?.data !== data) this.#keep(key, { data, text });
    return text.replaceAll(this.#stand, proof);
  }

  #keep(key: string, page: Kept): void {
    this.#forget(key);
    this.#kept.set(key, page);
    this.#size += page.text.length;
    for (const [oldest] of this.#kept) {
      if (this.#size <= KEPT) break;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    this.#size -= this.#kept.get(key)?.text.length ?? 0;
    this.#kept.delete(key);
  }
}
