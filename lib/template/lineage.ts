/**
 * What became of every template.
 *
 * @module
 */
import { NameRegister, type TemplateName } from "./name_register.ts";

/** Something that happened to a template. */
export interface LineageEvent {
  /** `birth`: the template is new; `merge`: it is part of another from here on; `split`: it was taken out of another. */
  kind: "birth" | "merge" | "split";
  /** The template. */
  id: string;
  /** The other template, for a birth `null`. */
  other: string | null;
  /** Lines learned when it happened, counting the one that made it happen. */
  line: number;
  /** Why: the rule that found it, `new` for a birth, `pinned` for one that people asked for. */
  reason: string;
}

/** {@linkcode Lineage} as plain data. */
export interface LineageSnapshot {
  /** Names by index. */
  names: TemplateName[];
  /** Pairs: an index and the smaller one it went into. */
  into: [number, number][];
  /** Events: kind, index, other index or -1, line, reason. */
  events: [LineageEvent["kind"], number, number, number, string][];
}

/**
 * The names of templates by index, and which of them have become one. An id once given stays: it is looked up by it whatever
 * it has become part of. Pointers only lead from younger to older.
 */
export class Lineage {
  readonly #names: TemplateName[] = [];
  readonly #register = new NameRegister();
  readonly #into: number[] = []; // -1 = still itself
  readonly #events: LineageSnapshot["events"] = [];

  /** Ids ever given. */
  get size(): number {
    return this.#names.length;
  }

  /** Templates that are still themselves. */
  get roots(): number {
    return this.#into.reduce((count, into) => into < 0 ? count + 1 : count, 0);
  }

  /** Everything that happened, in order. */
  get events(): readonly LineageEvent[] {
    return this.#events.map(([kind, index, other, line, reason]) => ({
      kind,
      id: this.#names[index].id,
      other: other < 0 ? null : this.#names[other].id,
      line,
      reason,
    }));
  }

  /** The name of an index. */
  name(index: number): TemplateName {
    return this.#names[index];
  }

  /** The index of the template that was born as `text`, or -1. */
  find(text: string): number {
    return this.#register.find(text);
  }

  /** What an index is part of now. */
  root(index: number): number {
    const into = this.#into;
    while (into[index] >= 0) index = into[index];
    return index;
  }

  /** Gives the next index to the template that is born as `text`, which has none yet. */
  birth(text: string, line: number, reason = "new"): number {
    const index = this.#names.length;
    this.#names.push(this.#register.give(text, index));
    this.#into.push(-1);
    this.#events.push(["birth", index, -1, line, reason]);
    return index;
  }

  /** Makes the templates of two indices one, the older. */
  merge(a: number, b: number, line: number, reason: string): void {
    const older = Math.min(this.root(a), this.root(b)), younger = Math.max(this.root(a), this.root(b));
    if (older === younger) return;
    this.#into[younger] = older;
    this.#events.push(["merge", younger, older, line, reason]);
  }

  toJSON(): LineageSnapshot {
    const into = this.#into.flatMap((to, from): [number, number][] => to < 0 ? [] : [[from, to]]);
    return { names: [...this.#names], into, events: [...this.#events] };
  }

  /** The lineage of a checked snapshot. */
  static fromJSON(snapshot: LineageSnapshot): Lineage {
    const lineage = new Lineage();
    for (const name of snapshot.names) {
      lineage.#register.restore(name, lineage.#names.length);
      lineage.#names.push(name);
      lineage.#into.push(-1);
    }
    for (const [from, to] of snapshot.into) lineage.#into[from] = to;
    lineage.#events.push(...snapshot.events);
    return lineage;
  }
}
