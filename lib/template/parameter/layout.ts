/**
 * The slots of one template as its text was at some time, and what is known of their values.
 *
 * @module
 */
import type { Lexer } from "../mask/lexer.ts";
import type { Redactor } from "../mask/masker.ts";
import { WILDCARD } from "../mask/token.ts";
import type { FrequentValue } from "./frequent_values.ts";
import { endOf, type Place, startOf } from "./place.ts";
import { SLOT } from "./pieces.ts";
import { SECRET_ROLE } from "./role.ts";
import type { ShapeStatistics } from "./shape_statistics.ts";
import { shownValue, type Slot, slotId } from "./slot.ts";
import { SlotStatistics } from "./slot_statistics.ts";
import type { SlotFinder } from "./template_slots.ts";
import { type SlottedText, slottedText } from "./template_slots.ts";
import { ValueReader } from "./value_reader.ts";

/** A slot and what is known of its values. */
export interface SlotSummary {
  /** Template id and ordinal: `91bd3d1c52#0`. */
  readonly id: string;
  readonly slot: Slot;
  readonly statistics: SlotStatistics;
  /** The most frequent values, as they may be shown. */
  top(limit: number): FrequentValue[];
}

const encoder = new TextEncoder(), decoder = new TextDecoder();

/** Statistics by slot of one text of a template. */
export class Layout {
  readonly text: SlottedText;
  /** The message of the first line; empty before any. */
  example: Uint8Array = new Uint8Array(0);
  /** Lines. */
  lines = 0;
  readonly statistics: SlotStatistics[];

  /** @param template The miner's number of the template. */
  constructor(readonly template: number, text: string, redact: Redactor) {
    this.text = slottedText(text, redact);
    this.statistics = this.text.slots.map(() => new SlotStatistics());
  }

  /** Adds the lines of a shape. */
  add(shape: ShapeStatistics, finder: SlotFinder, lexer: Lexer, reader: ValueReader): void {
    const { line, count } = shape;
    this.lines += count;
    if (this.example.length === 0) this.example = line;
    if (this.text.slots.length === 0) return;
    lexer.read(line, 0, line.length);
    for (const place of finder.places(this.text, lexer, line)) {
      const start = startOf(place, lexer),
        end = endOf(place, lexer),
        statistics = this.statistics[place.slot];
      const inside = shape.places.filter((each) => startOf(each, lexer) < end && endOf(each, lexer) > start);
      if (shape.statistics !== null && inside.length > 0) {
        this.#addValues(shape, inside, place, lexer, reader);
        continue;
      }
      reader.read(line, start, end, place.context);
      statistics.add(reader, line, start, end, count);
    }
  }

  /** Adds what a slot holds in all lines of a shape, in which there are values that masking found. */
  #addValues(
    shape: ShapeStatistics,
    inside: readonly Place[],
    place: Place,
    lexer: Lexer,
    reader: ValueReader,
  ): void {
    const { line, count } = shape, start = startOf(place, lexer), end = endOf(place, lexer), [only] = inside;
    const text = (from: number, to: number) => decoder.decode(line.subarray(from, Math.max(from, to)));
    if (inside.length > 1) {
      this.#addText(place.slot, maskedText(line, start, end, inside, lexer), count, reader);
      return;
    }
    const values = shape.statistics![shape.places.indexOf(only)];
    const before = text(start, startOf(only, lexer)), after = text(endOf(only, lexer), end);
    const whole = before === "" && (after === "" || only.context.unit !== null);
    const found = whole ? values : values.between(before, after, reader, place.context);
    this.statistics[place.slot].merge(found.inRole(place.context.role));
  }

  /** Adds what another text of the same template, or of one that became part of it, knows. */
  take(other: Layout, finder: SlotFinder): void {
    const reader = new ValueReader();
    this.lines += other.lines;
    if (this.example.length === 0) this.example = other.example;
    finder.alignTexts(this.text, other.text.bytes);
    const { alignment, pieces } = finder, ordinals = new Map<number, number>();
    for (let i = 0; i < pieces.length; i++) if (pieces.roles[i] === SLOT) ordinals.set(i, ordinals.size);
    for (let slot = 0; slot < this.statistics.length; slot++) {
      const first = alignment.first[slot], last = alignment.last[slot], ordinal = ordinals.get(first);
      if (first < 0) continue;
      if (ordinal !== undefined && first === last) {
        this.statistics[slot].merge(other.statistics[ordinal].inRole(this.text.slots[slot].role));
        continue;
      }
      const text = decoder.decode(other.text.bytes.subarray(pieces.starts[first], pieces.ends[last]));
      this.#addText(slot, text, other.lines, reader);
    }
  }

  #addText(slot: number, text: string, weight: number, reader: ValueReader): void {
    const bytes = encoder.encode(text), { role } = this.text.slots[slot];
    reader.read(bytes, 0, bytes.length, { unit: null, role });
    this.statistics[slot].add(reader, bytes, 0, bytes.length, weight);
  }

  /** What is known of each slot. */
  summaries(id: string, redact: Redactor): SlotSummary[] {
    return this.text.slots.map((slot, i) => ({
      id: slotId(id, slot.ordinal),
      slot,
      statistics: this.statistics[i],
      top: (limit) => slot.role === SECRET_ROLE ? [] : shownValues(this.statistics[i], slot, redact, limit),
    }));
  }
}

/** The most frequent values as they may be shown: what redaction makes equal is one. */
function shownValues(
  statistics: SlotStatistics,
  slot: Slot,
  redact: Redactor,
  limit: number,
): FrequentValue[] {
  const counts = new Map<string, number>();
  for (const { text, count } of statistics.frequent.top(2 * limit)) {
    const shown = shownValue(text, slot, redact);
    counts.set(shown, (counts.get(shown) ?? 0) + count);
  }
  return [...counts].map(([text, count]) => ({ text, count })).sort((a, b) => b.count - a.count).slice(
    0,
    limit,
  );
}

/** The text of a slot with `<*>` for the values in it. */
function maskedText(
  line: Uint8Array,
  start: number,
  end: number,
  inside: readonly Place[],
  lexer: Lexer,
): string {
  let text = "", at = start;
  for (const place of inside) {
    text += decoder.decode(line.subarray(at, Math.max(at, startOf(place, lexer)))) + WILDCARD;
    at = Math.min(end, endOf(place, lexer));
  }
  return text + decoder.decode(line.subarray(at, end));
}
