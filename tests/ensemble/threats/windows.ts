/**
 * Time windows of lines, as a model closes them.
 *
 * @module
 */
import type { EventWindow } from "../../../lib/feature/event_window.ts";
import { factOf } from "../../detector/threat/lines.ts";

const NOTHING = { templates: new Int32Array(0), counts: new Int32Array(0), levels: new Uint8Array(0) };

/** The window number `i` of `size` ms with these lines. */
export function windowOf(i: number, lines: readonly string[], size = 3_600_000): EventWindow {
  const facts = lines.length === 0 ? undefined : new Map([["sources", factOf(lines, i * size)]]);
  return {
    start: i * size,
    end: (i + 1) * size,
    lines: lines.length,
    events: NOTHING,
    sequence: null,
    facts,
  };
}

/** Windows with these lines, one after the other. */
export const windowsOf = (hours: readonly (readonly string[])[], first = 0): EventWindow[] =>
  hours.map((lines, i) => windowOf(first + i, lines));
