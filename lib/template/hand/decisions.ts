/**
 * What people decide about templates that are there.
 *
 * Decisions travel in the catalogue. Pins hold from the next training on; a merge holds at once in what a template is called,
 * and for one that was born while scanning in how it is counted, and from the next training on in everything. Numbers and
 * columns of a model never change under it.
 *
 * @module
 */
import { readProvisional, type SavedProvisional } from "../saved_template.ts";
import { amount, arrayOf, fieldsOf, text } from "../snapshot.ts";

/** Something that people did to a template: what `LineageEvent` is to mining. */
export interface HandEvent {
  /** `merge`: it is part of `other` from here on; `split`: it is not any more, or was taken out of it; `pin`, `unpin`. */
  kind: "merge" | "split" | "pin" | "unpin";
  id: string;
  other: string | null;
  /** Milliseconds since the epoch. */
  at: number;
}

/** A text that is one template. */
export interface PinDecision {
  /** As `pinText` keeps it. */
  text: string;
  /** Id of the template that its lines were taken out of; `null` = of whatever they were. */
  of: string | null;
}

/** A template that is part of another; both whole, so that a later training finds them again. */
export interface MergeDecision {
  from: SavedProvisional;
  into: SavedProvisional;
}

/** All that people decided and did not take back, and everything that they did. */
export interface HandDecisions {
  /** Latest first: a later pin comes before an earlier one, and all of them before those of the settings. */
  pins: readonly PinDecision[];
  /** Earliest first. */
  merges: readonly MergeDecision[];
  events: readonly HandEvent[];
}

/** Nobody decided anything. */
export const NO_DECISIONS: HandDecisions = { pins: [], merges: [], events: [] };

/**
 * Checks what was saved; nothing saved is no decision.
 *
 * @throws {TypeError} if a field is missing or of the wrong type.
 * @throws {RangeError} if a value is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { NO_DECISIONS, readDecisions, withPin } from "./decisions.ts";
 *
 * const decisions = withPin(NO_DECISIONS, { text: "job <*>", of: null }, "1234567890", 0);
 * assert.deepEqual(readDecisions(JSON.parse(JSON.stringify(decisions))), decisions);
 * assert.deepEqual(readDecisions(undefined), NO_DECISIONS);
 * ```
 */
export function readDecisions(value: unknown): HandDecisions {
  if (value === undefined) return NO_DECISIONS;
  const { pins, merges, events } = fieldsOf(value, "decisions");
  const textOrNull = (each: unknown, path: string) => each === null ? null : text(each, path);
  return {
    pins: arrayOf(pins, "decisions.pins", (each, path) => {
      const { text: pinned, of } = fieldsOf(each, path);
      return { text: text(pinned, `${path}.text`), of: textOrNull(of, `${path}.of`) };
    }),
    merges: arrayOf(merges, "decisions.merges", (each, path) => {
      const { from, into } = fieldsOf(each, path);
      return { from: readProvisional(from, `${path}.from`), into: readProvisional(into, `${path}.into`) };
    }),
    events: arrayOf(events, "decisions.events", (each, path) => {
      const { kind, id, other, at } = fieldsOf(each, path);
      return {
        kind: readKind(kind, `${path}.kind`),
        id: text(id, `${path}.id`),
        other: textOrNull(other, `${path}.other`),
        at: amount(at, `${path}.at`),
      };
    }),
  };
}

function readKind(value: unknown, path: string): HandEvent["kind"] {
  const kinds: HandEvent["kind"][] = ["merge", "split", "pin", "unpin"];
  const kind = kinds.find((each) => each === value);
  if (kind !== undefined) return kind;
  throw new TypeError(
    `Cannot restore templates: ${path} must be one of ${kinds.join(", ")}, current value is ${value}`,
  );
}

/**
 * Which ids lead to which other ones, as text: equal where equal lines are counted alike.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mergesText, NO_DECISIONS } from "./decisions.ts";
 *
 * assert.equal(mergesText(NO_DECISIONS), "[]");
 * ```
 */
export function mergesText({ merges }: HandDecisions): string {
  return JSON.stringify(merges.map(({ from, into }) => [from.id, into.id]));
}

/**
 * The template that an id leads to by merges; `null` where it is part of no other.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mergedInto, NO_DECISIONS, withMerge } from "./decisions.ts";
 *
 * const template = (id: string) => ({ id, hash: id, text: id, severity: 0, count: 1, form: null });
 * const decisions = withMerge(NO_DECISIONS, template("b"), template("a"), 0);
 * assert.equal(mergedInto(decisions, "b")?.id, "a");
 * assert.equal(mergedInto(decisions, "a"), null);
 * ```
 */
export function mergedInto({ merges }: HandDecisions, id: string): SavedProvisional | null {
  let found: SavedProvisional | null = null;
  for (let step = 0; step <= merges.length; step++) { // a merge that closes a circle is never made: this is a bound all the same
    const next = merges.find(({ from }) => from.id === (found?.id ?? id));
    if (next === undefined) break;
    found = next.into;
  }
  return found;
}

/**
 * What a template is one with by people's merges.
 *
 * @param all Templates that are known beside it.
 * @returns `root`, which the others are part of, as it is among `all`, else as it was when it was merged; of `all` its `parts`; and
 * all that was ever `merged` into it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mergedFamily, NO_DECISIONS, withMerge } from "./decisions.ts";
 *
 * const [a, b] = ["a", "b"].map((id) => ({ id, hash: id, text: id, severity: 0, count: 1, form: null }));
 * const { root, parts } = mergedFamily(withMerge(NO_DECISIONS, b, a, 0), b, [b]);
 * assert.deepEqual([root.id, parts], ["a", [b]]);
 * ```
 */
export function mergedFamily(
  decisions: HandDecisions,
  saved: SavedProvisional,
  all: readonly SavedProvisional[],
): { root: SavedProvisional; parts: SavedProvisional[]; merged: SavedProvisional[] } {
  const into = mergedInto(decisions, saved.id);
  const root = into === null ? saved : all.find(({ id }) => id === into.id) ?? into;
  const isPart = ({ id }: SavedProvisional) => mergedInto(decisions, id)?.id === root.id;
  return { root, parts: all.filter(isPart), merged: decisions.merges.map(({ from }) => from).filter(isPart) };
}

/**
 * `decisions` and that `from` is part of `into`.
 *
 * @param at Milliseconds since the epoch.
 * @throws {RangeError} if they are one template already.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { NO_DECISIONS, withMerge } from "./decisions.ts";
 *
 * const template = (id: string) => ({ id, hash: id, text: id, severity: 0, count: 1, form: null });
 * const decisions = withMerge(NO_DECISIONS, template("b"), template("a"), 0);
 * assert.deepEqual(decisions.events, [{ kind: "merge", id: "b", other: "a", at: 0 }]);
 * ```
 */
export function withMerge(
  decisions: HandDecisions,
  from: SavedProvisional,
  into: SavedProvisional,
  at: number,
): HandDecisions {
  const root = mergedInto(decisions, into.id) ?? into;
  const moved = mergedInto(decisions, from.id) ?? from;
  if (root.id === moved.id) {
    throw new RangeError(`Cannot merge templates: ${from.id} and ${into.id} are one already`);
  }
  return {
    ...decisions,
    merges: [...decisions.merges, { from: moved, into: root }],
    events: [...decisions.events, { kind: "merge", id: moved.id, other: root.id, at }],
  };
}

/**
 * `decisions` without that `id` is part of another.
 *
 * @param at Milliseconds since the epoch.
 * @throws {RangeError} if it is part of none by decision.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { NO_DECISIONS, withMerge, withoutMerge } from "./decisions.ts";
 *
 * const template = (id: string) => ({ id, hash: id, text: id, severity: 0, count: 1, form: null });
 * const decisions = withMerge(NO_DECISIONS, template("b"), template("a"), 0);
 * assert.deepEqual(withoutMerge(decisions, "b", 1).merges, []);
 * ```
 */
export function withoutMerge(decisions: HandDecisions, id: string, at: number): HandDecisions {
  const undone = decisions.merges.find(({ from }) => from.id === id);
  if (undone === undefined) {
    throw new RangeError(`Cannot split ${id}: nobody made it part of another template`);
  }
  return {
    ...decisions,
    merges: decisions.merges.filter((merge) => merge !== undone),
    events: [...decisions.events, { kind: "split", id, other: undone.into.id, at }],
  };
}

/**
 * `decisions` and that `pin.text` is a template.
 *
 * @param id The template's id.
 * @param at Milliseconds since the epoch.
 * @throws {RangeError} if it is pinned already.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { NO_DECISIONS, withPin } from "./decisions.ts";
 *
 * const decisions = withPin(NO_DECISIONS, { text: "job <*>", of: null }, "1234567890", 0);
 * assert.deepEqual(decisions.events, [{ kind: "pin", id: "1234567890", other: null, at: 0 }]);
 * ```
 */
export function withPin(decisions: HandDecisions, pin: PinDecision, id: string, at: number): HandDecisions {
  if (decisions.pins.some(({ text }) => text === pin.text)) {
    throw new RangeError(`Cannot pin \`${pin.text}\`: it is pinned already`);
  }
  return {
    ...decisions,
    pins: [pin, ...decisions.pins],
    events: [...decisions.events, { kind: pin.of === null ? "pin" : "split", id, other: pin.of, at }],
  };
}

/**
 * `decisions` without that `text` is a template.
 *
 * @param id The template's id.
 * @param at Milliseconds since the epoch.
 * @throws {RangeError} if it is not pinned by decision.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { NO_DECISIONS, withoutPin, withPin } from "./decisions.ts";
 *
 * const decisions = withPin(NO_DECISIONS, { text: "job <*>", of: null }, "1234567890", 0);
 * assert.deepEqual(withoutPin(decisions, "job <*>", "1234567890", 1).pins, []);
 * ```
 */
export function withoutPin(decisions: HandDecisions, text: string, id: string, at: number): HandDecisions {
  if (!decisions.pins.some((pin) => pin.text === text)) {
    throw new RangeError(`Cannot unpin ${id}: nobody pinned it by command`);
  }
  return {
    ...decisions,
    pins: decisions.pins.filter((pin) => pin.text !== text),
    events: [...decisions.events, { kind: "unpin", id, other: null, at }],
  };
}
