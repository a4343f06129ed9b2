/**
 * One layout of a header, learned from the lines of a sample.
 *
 * @module
 */
import { GAP } from "./certain_steps.ts";
import { BRANCH } from "./time_step.ts";
import type { Field } from "./field.ts";
import { grow, lastMark } from "./grow.ts";
import { endsHeader, type Growth, type Mark, USUAL } from "./growth.ts";
import { Layout } from "./layout.ts";
import { allFields, giveRoles } from "./roles.ts";
import { type Cursors, open, type Sample } from "./sample.ts";

/** Fields that are set off, of a header without time and level; and the lines that it is learned from. */
const BARE_FIELDS = 2;
const BARE_LINES = 20;
/** Lines from which it is told what a field is used for. */
const ROLE_LINES = 64;
/** `[` and `|`. */
const BRANCH_MARKS = [91, 124];

/** A layout of a sample's lines. */
export interface FoundLayout {
  fields: Field[];
  /** The beginnings of it that say a time, the longest first: lines to come may have no more than that. */
  prefixes: Field[][];
}

/**
 * The layout that most lines of a sample have; `null` where they have no header. Where it ends at brackets or bars that many of the
 * lines have and others don't, the ones that do are looked at alone: there may be a level behind.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { learnLayout } from "./learn_layout.ts";
 * import { Sample } from "./sample.ts";
 *
 * const bytes = new TextEncoder().encode("<info> up<warn> slow");
 * const layout = learnLayout(new Sample(bytes, Int32Array.of(0, 9), Int32Array.of(9, 20)));
 * assert.deepEqual(layout!.fields.map(({ kind }) => kind), ["text", "level", "text", "gap"]);
 * ```
 */
export function learnLayout(sample: Sample): FoundLayout | null {
  const found = layoutOf(sample);
  if (found === null || endsHeader(found.mark)) return found;
  for (const byte of BRANCH_MARKS) {
    const at = found.behind.map((cursor, i) => sample.byteAt(found.behind, i) === byte ? cursor : -1);
    const share = open(at) / sample.length;
    if (share < BRANCH || share >= USUAL) continue;
    const deeper = layoutOf(sample.part(at, true));
    if (deeper === null || deeper.sure <= found.sure) continue;
    return { fields: deeper.fields, prefixes: [...deeper.prefixes, found.fields, ...found.prefixes] };
  }
  return found;
}

function layoutOf(sample: Sample): FoundLayout & { mark: Mark; sure: number; behind: Cursors } | null {
  const growth = grow(sample), mark = lastMark(growth);
  if (mark === null) return null;
  const fields = fieldsTo(growth, mark, sample),
    marks = growth.marks.slice(0, growth.marks.indexOf(mark) + 1);
  const told = allFields(fields).some((field) => "used" in field && field.used === true);
  const bare = marks.filter(({ what }) => what !== "<").length;
  if (!told && (bare < BARE_FIELDS || sample.length < BARE_LINES)) return null;
  const sure = marks.filter(({ certainty }) => certainty === "sure");
  const prefixes = sure.filter((one) => one !== mark).reverse().map((one) => fieldsTo(growth, one, sample));
  return {
    ...{ fields, mark, sure: sure.length, behind: sample.advance(fields, sample.begin()) },
    prefixes: prefixes.filter((one) => new Layout(one).timed),
  };
}

function fieldsTo(growth: Growth, mark: Mark, sample: Sample): Field[] {
  const fields = [...structuredClone(growth.fields.slice(0, mark.length)), GAP];
  giveRoles(fields, sample.few(ROLE_LINES));
  return fields;
}
