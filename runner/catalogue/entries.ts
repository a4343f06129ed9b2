/**
 * The templates of a stream as people are shown them.
 *
 * @module
 */
import {
  type Catalogue,
  mergedInto,
  type SavedProvisional,
  type StreamModel,
  templateId,
} from "../../lib/mod.ts";

/** A template under the name that people know it by. */
export interface Entry {
  id: string;
  text: string;
  /** Records in training; of one that was born since, those since. */
  records: number;
  /** Most severe OpenTelemetry `SeverityNumber`; 0 = none. */
  severity: number;
  /** `known` to training, `new` = born while scanning. */
  state: "known" | "new";
  pinned: boolean;
  /** Other ids that lead to it: by mining, and by decision. */
  others: string[];
}

/** A stream's part of the active model, with what was born since. */
export interface OpenCatalogue {
  stream: StreamModel;
  version: string;
  catalogue: Catalogue;
}

/** The templates of a stream, the one with most records first. */
export function entriesOf({ catalogue }: OpenCatalogue): Entry[] {
  const entries = new Map<string, Entry>();
  for (let index = 0; index < catalogue.size; index++) {
    const { id, text, count, severity, provisional } = catalogue.template(index);
    const named = catalogue.resolve(id, text);
    let entry = entries.get(named.id);
    if (entry === undefined) {
      entry = { ...named, records: 0, severity: 0, state: "new", pinned: false, others: [] };
      entries.set(named.id, entry);
    }
    entry.records += count;
    entry.severity = Math.max(entry.severity, severity);
    if (!provisional) entry.state = "known";
    entry.pinned ||= catalogue.isPinned(index);
  }
  for (const [id, other] of othersOf(catalogue)) entries.get(id)?.others.push(other);
  return [...entries.values()].sort((a, b) => b.records - a.records || (a.id < b.id ? -1 : 1));
}

/** Pairs: the id that people know, and one that leads to it. */
function othersOf(catalogue: Catalogue): [string, string][] {
  const { merged } = catalogue.toJSON(), { decisions } = catalogue;
  const mined = merged.map(([{ id }, index]): [string, string] => {
    const { id: own, text } = catalogue.template(index);
    return [catalogue.resolve(own, text).id, id];
  });
  const decided = decisions.merges.map(({ from }): [string, string] => [
    mergedInto(decisions, from.id)!.id,
    from.id,
  ]);
  const seen = new Set<string>();
  return [...decided, ...mined].filter(([id, other]) => id !== other && !seen.has(other) && seen.add(other));
}

/**
 * The number of the template that an id, or its first characters, names.
 *
 * @throws {Error} if there is none, or more than one.
 */
export function indexOf(catalogue: Catalogue, id: string): number {
  const exact = catalogue.indexOf(id);
  if (exact >= 0) return exact;
  const ids = Array.from({ length: catalogue.size }, (_, index) => catalogue.template(index).id);
  const full = fullId(id, ids);
  if (full !== null) return catalogue.indexOf(full);
  throw new Error(
    `Cannot find template ${id}: there is none of this id; \`deno task deepscan templates list\` shows them`,
  );
}

/** Characters that an id may be shortened to. */
const LEAST = 4;

/**
 * The one of `ids` that `id`, or its first characters, names; `null` = none.
 *
 * @throws {Error} if it is the beginning of several.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fullId } from "./entries.ts";
 *
 * assert.equal(fullId("72ff", ["72ff28ecf5", "72ee28ecf5"]), "72ff28ecf5");
 * assert.equal(fullId("72", ["72ff28ecf5"]), null); // too short
 * ```
 */
export function fullId(id: string, ids: readonly string[]): string | null {
  if (ids.includes(id)) return id;
  const [found = null, ...more] = new Set(ids.filter((each) => id.length >= LEAST && each.startsWith(id)));
  if (more.length === 0) return found;
  throw new Error(
    `Cannot find template ${id}: several ids begin like this; \`deno task deepscan templates list\` shows them`,
  );
}

/** A template whole, as decisions keep it. */
export function savedOf(catalogue: Catalogue, index: number): SavedProvisional {
  return index < catalogue.frozen
    ? catalogue.exported()[index]
    : catalogue.provisional()[index - catalogue.frozen];
}

/** Pins that hold from the next training on: those that the catalogue was not trained with. */
export function pendingPins({ catalogue }: OpenCatalogue): { id: string; text: string; of: string | null }[] {
  return catalogue.decisions.pins.map(({ text, of }) => ({ id: templateId(text), text, of }))
    .filter(({ id }) => catalogue.indexOf(id) < 0 || !catalogue.isPinned(catalogue.indexOf(id)));
}
