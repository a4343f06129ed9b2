/**
 * Names of templates, each given once.
 *
 * @module
 */
import { fieldsOf, text } from "./snapshot.ts";
import { templateId } from "./template.ts";

/** Digits of a short id, as `templateId` gives it. */
const SHORT = 10;

/** A name and the whole hash that it is the beginning of. */
export interface TemplateName {
  id: string;
  /** 16 hexadecimal digits: what tells two texts apart whose short ids are equal. */
  hash: string;
}

/** Which number each name belongs to. Several names may belong to one number, no name to two. */
export class NameRegister {
  readonly #byHash = new Map<string, number>();
  readonly #byId = new Map<string, number>();

  /** The number of the template that was born as `text`, or -1. */
  find(text: string): number {
    return this.#byHash.get(templateId(text, true)) ?? -1;
  }

  /** The number that an id belongs to, or -1. */
  indexOf(id: string): number {
    return this.#byId.get(id) ?? -1;
  }

  /** Gives a name to what is born as `text`: short, or in full where the short one belongs to another text. */
  give(text: string, index: number): TemplateName {
    const hash = templateId(text, true), short = hash.slice(0, SHORT);
    const name = { id: this.#byId.has(short) ? hash : short, hash };
    this.restore(name, index);
    return name;
  }

  /** Enters a name that was given before. */
  restore({ id, hash }: TemplateName, index: number): void {
    this.#byHash.set(hash, index);
    this.#byId.set(id, index);
  }
}

/** A template's name. */
export function readName(value: unknown, path: string): TemplateName {
  const fields = fieldsOf(value, path),
    id = text(fields.id, `${path}.id`),
    hash = text(fields.hash, `${path}.hash`);
  if (/^[0-9a-f]{16}$/.test(hash) && id.length >= 8 && hash.startsWith(id)) return { id, hash };
  throw new RangeError(
    `Cannot restore templates: ${path} must be a hash of 16 hexadecimal digits and its beginning, current value is ${hash}, ${id}`,
  );
}
