/**
 * Templates that are born while scanning.
 *
 * @module
 */
import { birthText, Form, formText, outlineText } from "./form.ts";
import type { TokenList } from "./mask/token_list.ts";
import { WILDCARD } from "./mask/token.ts";
import type { NameRegister } from "./name_register.ts";
import { type SavedForm, saveForm } from "./saved_form.ts";
import type { SavedProvisional } from "./saved_template.ts";
import type { Template } from "./template.ts";

/** Provisional templates of a catalogue, numbered in the order of their birth. */
export class Provisionals {
  readonly #first: number;
  readonly #names: NameRegister;
  readonly #templates: Template[] = [];
  readonly #saved: SavedProvisional[] = []; // without what the template says

  /**
   * @param first The number of the first.
   * @param names Of all templates of the catalogue.
   * @param limit Births at most; further lines are told apart by length and punctuation.
   * @throws {RangeError} if the limit is no positive whole number.
   */
  constructor(first: number, names: NameRegister, readonly limit: number = 20_000) {
    if (!Number.isInteger(limit) || limit < 1) {
      throw new RangeError(
        `Cannot restore templates: provisionalLimit must be a positive whole number, current value is ${limit}`,
      );
    }
    this.#first = first;
    this.#names = names;
  }

  /** How many there are. */
  get length(): number {
    return this.#templates.length;
  }

  /** The template with this number, itself; `undefined` where it is none of these. */
  template(index: number): Template | undefined {
    return this.#templates[index - this.#first];
  }

  /** One more record of the template with this number, or so many. */
  count(index: number, severity: number, records = 1): void {
    const template = this.#templates[index - this.#first];
    template.count += records;
    if (severity > template.severity) template.severity = severity;
  }

  /** The number of the template of a sequence that nothing covers; past the limit that of its outline. */
  of(tokens: TokenList): number {
    const text = birthText(tokens), known = this.#names.find(text);
    if (known >= 0) return known;
    if (this.length < this.limit) {
      const form = Form.of(this.#first + this.length, tokens);
      return this.#birth(text, { text: formText(form), form: saveForm(form) });
    }
    const outline = outlineText(tokens), same = this.#names.find(outline);
    if (same >= 0) return same;
    const last = this.length < this.limit * 2 ? outline : WILDCARD, rest = this.#names.find(last);
    return rest >= 0 ? rest : this.#birth(last, { text: last, form: null });
  }

  /** Takes in one that was born in an earlier run, with what was counted as others that are part of it now; its number. */
  adopt(saved: SavedProvisional, parts: readonly SavedProvisional[] = []): number {
    const index = this.#first + this.length, { form } = saved;
    this.#names.restore(saved, index);
    const count = parts.reduce((sum, part) => sum + part.count, saved.count);
    return this.#begin({
      ...saved,
      form: form && { ...form, index },
      count,
      severity: Math.max(saved.severity, ...parts.map((p) => p.severity)),
    });
  }

  /** All of them, in order of birth, with what was counted since. */
  saved(): SavedProvisional[] {
    return this.#saved.map((saved, i) => {
      const { severity, count } = this.#templates[i];
      return { ...saved, severity, count };
    });
  }

  #birth(text: string, { text: shown, form }: { text: string; form: SavedForm | null }): number {
    const name = this.#names.give(text, this.#first + this.length);
    return this.#begin({ ...name, text: shown, severity: 0, count: 0, form });
  }

  #begin(saved: SavedProvisional): number {
    const { id, text, severity, count } = saved;
    this.#saved.push(saved);
    this.#templates.push({ id, text, severity, count, provisional: true });
    return this.#first + this.length - 1;
  }
}
