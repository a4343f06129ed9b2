/**
 * The values in one line, for people.
 *
 * @module
 */
import { redact as redactAll } from "../../record/redaction.ts";
import { Lexer } from "../mask/lexer.ts";
import type { Redactor } from "../mask/masker.ts";
import { UNITS, VALUE_KINDS, type ValueKind } from "./kind.ts";
import { endOf, startOf } from "./place.ts";
import { shownValue, slotId } from "./slot.ts";
import { SlotFinder, slottedText } from "./template_slots.ts";
import { ValueReader } from "./value_reader.ts";

/** A value in a line. */
export interface Parameter {
  /** The slot that it stands in: template id and ordinal, `91bd3d1c52#0`. */
  slot: string;
  /** Which `<*>` of the template's text, from 0. */
  ordinal: number;
  /** What the template calls it: `size`. */
  name: string;
  kind: ValueKind;
  /** In the unit of the kind; `null` where it is no number. */
  value: number | null;
  /** `ms`, `B`, `%`, or empty. */
  unit: string;
  /** As it is written, redacted. */
  text: string;
  /** Where it stands in the line: characters `[start, end)`. */
  start: number;
  end: number;
}

/** How {@linkcode parametersOf} reads. */
export interface ParametersOptions {
  /** Whether the line may have more before and behind, such as a header. Default false. */
  anywhere?: boolean;
  /** Takes secrets out of the texts; default: the built-in patterns. */
  redact?: Redactor;
}

const encoder = new TextEncoder(), decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * The values of a line at the variable positions of its template, in order, typed, in units that can be compared: durations in
 * milliseconds, amounts of data in bytes. A position that the line lacks (an optional part) has no value.
 *
 * For one line that a person looks at; a whole batch is read by `ParameterReader`.
 *
 * @param template The line's template.
 * @param content The line's message.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parametersOf } from "./parameters_of.ts";
 *
 * const template = { id: "91bd3d1c52", text: "read <*> of size <*> from <*> in <*> ms" };
 * const [, size, from, took] = parametersOf(template, "read /a/b of size 3KB from 10.0.0.7:80 in 12 ms");
 * assert.deepEqual([size.name, size.kind, size.value, size.unit], ["size", "size", 3072, "B"]);
 * assert.deepEqual([from.name, from.kind, from.text], ["from", "address", "10.0.0.7:80"]);
 * assert.deepEqual([took.slot, took.value, took.unit], ["91bd3d1c52#3", 12, "ms"]);
 * ```
 */
export function parametersOf(
  template: { readonly id: string; readonly text: string },
  content: string,
  options: ParametersOptions = {},
): Parameter[] {
  const { anywhere = false, redact = redactAll } = options, bytes = encoder.encode(content);
  const lexer = new Lexer(), reader = new ValueReader(), slotted = slottedText(template.text, redact);
  lexer.read(bytes, 0, bytes.length);
  return new SlotFinder().places(slotted, lexer, bytes, anywhere).map((place) => {
    const from = startOf(place, lexer),
      to = endOf(place, lexer),
      slot = slotted.slots[place.slot];
    reader.read(bytes, from, to, place.context);
    const text = decoder.decode(bytes.subarray(from, to)),
      start = decoder.decode(bytes.subarray(0, from)).length;
    return {
      slot: slotId(template.id, slot.ordinal),
      ordinal: slot.ordinal,
      name: slot.name,
      kind: VALUE_KINDS[reader.kind],
      value: Number.isNaN(reader.number) ? null : reader.number,
      unit: UNITS[reader.kind],
      text: shownValue(text, slot, redact),
      start,
      end: start + text.length,
    };
  });
}
