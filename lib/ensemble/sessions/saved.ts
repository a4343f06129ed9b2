/**
 * Memories of sessions as plain data, templates by id.
 *
 * @module
 */
import { RecentSessions } from "../../detector/recent_sessions.ts";
import { REFERENCES, ReferenceVectors } from "../../detector/reference_vectors.ts";
import { SessionAtoms } from "../../detector/session_atoms.ts";
import type { EventCounts, TemplateNames } from "../../feature/event_window.ts";
import { type KnownSessions, RECENT, SessionMemory } from "./memory.ts";
import type { MemoryOptions } from "./training.ts";

/** Numbers of ids that no template has any more begin here and go down. */
const LOST = -1000;

/** Names of templates, and of saved ids that are not among them. */
export class SessionNames implements TemplateNames {
  readonly #lost: string[] = [];

  constructor(readonly names: TemplateNames) {}

  id(index: number): string {
    return index <= LOST ? this.#lost[LOST - index] : this.names.id(index);
  }

  text(index: number): string {
    return index < 0 ? "" : this.names.text(index);
  }

  severity(index: number): number {
    return index < 0 ? 0 : this.names.severity(index);
  }

  indexOf(id: string): number {
    return this.names.indexOf(id);
  }

  /** The number of a saved id, known or not. */
  restored(id: string): number {
    const known = this.names.indexOf(id);
    if (known >= 0) return known;
    const lost = this.#lost.indexOf(id);
    return LOST - (lost >= 0 ? lost : this.#lost.push(id) - 1);
  }
}

/** Counts of a session: place of the template's id, count, level, … */
type SavedEvents = number[];

/** What a memory has learned, training included. */
export interface SavedMemory {
  /** Ids that the rest names by their places. */
  templates: string[];
  sessions: number;
  /** By event: place of its id, then count, sessions, count, sessions … */
  atoms: number[][];
  /** Key of counts, sessions, … learned since training. */
  vectors: number[];
  /** Keys of runs learned since training. */
  runs: number[];
  /** The last sessions: counts, and places of ids in order (`null` = not kept). */
  recent: [SavedEvents, number[] | null][];
}

/** What training knew. */
export interface SavedKnown {
  templates: string[];
  scale: number;
  speaks: boolean;
  events: number[];
  vectors: number[];
  runs: number[];
  references: SavedEvents[];
}

/** Places of ids. */
class IdTable {
  readonly ids: string[] = [];
  readonly #places = new Map<number, number>();

  constructor(readonly names: TemplateNames) {}

  place(template: number): number {
    let place = this.#places.get(template);
    if (place === undefined) this.#places.set(template, place = this.ids.push(this.names.id(template)) - 1);
    return place;
  }

  events({ templates, counts, levels }: EventCounts): SavedEvents {
    return [...templates].flatMap((template, i) => [this.place(template), counts[i], levels[i]]);
  }
}

/** Plain data of {@linkcode restoreMemory}. */
export function saveMemory(memory: SessionMemory, names: SessionNames): SavedMemory {
  const table = new IdTable(names);
  const atoms = [...memory.atoms.events()].map(([template, { counts }]) => [
    table.place(template),
    ...[...counts].flat(),
  ]);
  const recent = memory.recent.sessions().map(({ events, sequence }): SavedMemory["recent"][number] => [
    table.events(events),
    sequence && [...sequence].map((template) => table.place(template)),
  ]);
  const vectors = [...memory.vectors].flat(), runs = [...memory.runs];
  return { templates: table.ids, sessions: memory.atoms.sessions, atoms, vectors, runs, recent };
}

/** Plain data of {@linkcode restoreKnown}. */
export function saveKnown(known: KnownSessions, names: SessionNames): SavedKnown {
  const table = new IdTable(names);
  return {
    scale: known.scale,
    speaks: known.speaks,
    events: [...known.events].map((template) => table.place(template)),
    vectors: [...known.vectors].flat(),
    runs: [...known.runs],
    references: known.references.vectors.map((events) => table.events(events)),
    templates: table.ids,
  };
}

/** @throws {TypeError} if a field is missing or of the wrong type. */
export function restoreKnown(saved: unknown, names: SessionNames): KnownSessions {
  const { templates, scale, speaks, events, vectors, runs, references } = fields<SavedKnown>(saved, {
    templates: isTexts,
    scale: isNumber,
    speaks: (value) => typeof value === "boolean",
    events: isNumbers,
    vectors: isNumbers,
    runs: isNumbers,
    references: (value) => Array.isArray(value) && value.length <= REFERENCES && value.every(isNumbers),
  });
  const indices = templates.map((id) => names.restored(id));
  return {
    scale,
    speaks,
    events: new Set(events.map((place) => at(indices, place))),
    vectors: paired(vectors),
    runs: new Set(runs),
    references: new ReferenceVectors(references.map((events) => restoreEvents(events, indices))),
  };
}

/** @throws {TypeError} if a field is missing or of the wrong type. */
export function restoreMemory(
  saved: unknown,
  { known, names, options }: { known: KnownSessions; names: SessionNames; options: MemoryOptions },
): SessionMemory {
  const { templates, sessions, atoms, vectors, runs, recent } = fields<SavedMemory>(saved, {
    templates: isTexts,
    sessions: isNumber,
    atoms: (value) => Array.isArray(value) && value.every(isNumbers),
    vectors: isNumbers,
    runs: isNumbers,
    recent: (value) => Array.isArray(value) && value.every(isRecent),
  });
  const memory = new SessionMemory(known, options.keys, options.isSevere);
  const indices = templates.map((id) => names.restored(id));
  memory.atoms = new SessionAtoms();
  memory.atoms.restore(sessions, atoms.map(([place, ...counts]) => [at(indices, place), paired(counts)]));
  memory.vectors = paired(vectors);
  memory.runs = new Set(runs);
  memory.recent = new RecentSessions(RECENT);
  for (const [events, order] of recent) {
    const sequence = order && Int32Array.from(order, (place) => at(indices, place));
    memory.slide({ events: restoreEvents(events, indices), sequence });
  }
  return memory;
}

function restoreEvents(saved: SavedEvents, indices: readonly number[]): EventCounts {
  const rows = Array.from({ length: saved.length / 3 }, (_, i) => saved.slice(3 * i, 3 * i + 3));
  const renamed = rows.map(([place, count, level]) => [at(indices, place), count, level]);
  renamed.sort((a, b) => a[0] - b[0]);
  return {
    templates: Int32Array.from(renamed, ([template]) => template),
    counts: Int32Array.from(renamed, ([, count]) => count),
    levels: Uint8Array.from(renamed, ([, , level]) => level),
  };
}

function at(indices: readonly number[], place: number): number {
  if (place in indices) return indices[place];
  throw new TypeError(`Cannot restore sessions: there is no template ${place}`);
}

function paired(flat: readonly number[]): Map<number, number> {
  const pairs = new Map<number, number>();
  for (let i = 0; i < flat.length; i += 2) pairs.set(flat[i], flat[i + 1]);
  return pairs;
}

/** The fields of an object, each checked. @throws {TypeError} if one isn't what was saved. */
export function fields<T>(saved: unknown, checks: Record<keyof T, (value: unknown) => boolean>): T {
  if (saved === null || typeof saved !== "object") {
    throw new TypeError(`Cannot restore sessions: the saved data is ${saved}`);
  }
  for (const [name, check] of Object.entries<(value: unknown) => boolean>(checks)) {
    if (!check((saved as Record<string, unknown>)[name])) {
      throw new TypeError(`Cannot restore sessions: the field ${name} is not what was saved`);
    }
  }
  return saved as T;
}

export const isNumber = (value: unknown): value is number => Number.isFinite(value);
export const isNumbers = (value: unknown): value is number[] => Array.isArray(value) && value.every(isNumber);
export const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((text) => typeof text === "string");

const isRecent = (value: unknown): boolean =>
  Array.isArray(value) && isNumbers(value[0]) && (value[1] === null || isNumbers(value[1]));
