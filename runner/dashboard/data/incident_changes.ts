/**
 * What was otherwise while an incident lasted than in the day before it.
 *
 * @module
 */
import { SLOT_SIZES } from "../../../lib/mod.ts";
import type { DataSource } from "./source.ts";
import { shownTemplate, timeOf } from "./texts.ts";

/** Something that is otherwise than before. */
export interface ChangeView {
  /** `new`: never seen before; `more`, `less`: so many times; `gone`: usual before, not there; `deployment`: somebody deployed. */
  what: "new" | "more" | "less" | "gone" | "deployment";
  stream: string;
  /** Id of the template; `null` = it is about none. */
  template: string | null;
  text: string;
  /** Records in the incident, and in as much time as is usual before. */
  actual: number;
  expected: number;
  at: number | null;
}

/** Changes that are shown. */
const SHOWN = 20;
/** Times more or less, and records at the least, that are a change. */
const TIMES = 3, LEAST = 10;

const [, HOUR, DAY] = SLOT_SIZES;

const COUNTS = `select number, id, text, first, coalesce((select sum(records) from template_count
    where template_count.template = template.number and size = ${HOUR} and start >= ?2 and start < ?3), 0) as actual,
  coalesce((select sum(records) from template_count
    where template_count.template = template.number and size = ${HOUR} and start >= ?4 and start < ?2), 0) as before
  from template where stream = ?1 and (last is null or last >= ?4)`;

/** Queries whose plans a test looks at. */
export const CHANGE_QUERIES = { COUNTS };

/** Templates of a stream that came otherwise, the strangest first; templates are counted by the hour. */
export function changesOf(
  source: DataSource,
  streams: readonly string[],
  start: number,
  end: number,
): ChangeView[] {
  const from = Math.floor(start / HOUR) * HOUR,
    to = Math.ceil((end + 1) / HOUR) * HOUR,
    part = (to - from) / DAY;
  return streams.flatMap((stream) =>
    source.rows(COUNTS, stream, from, to, from - DAY).flatMap((row) => {
      const actual = Number(row.actual), expected = Number(row.before) * part, first = timeOf(row.first);
      const what = whatChanged(actual, expected, first !== null && first >= from && first < to);
      const text = shownTemplate(row.text);
      return what === null
        ? []
        : { what, stream, template: String(row.id), text, actual, expected, at: first };
    })
  ).sort((a, b) => strangeness(b) - strangeness(a)).slice(0, SHOWN);
}

function whatChanged(actual: number, expected: number, isNew: boolean): ChangeView["what"] | null {
  if (isNew && actual > 0) return "new";
  if (actual === 0) return expected >= LEAST ? "gone" : null;
  if (actual >= LEAST && actual >= TIMES * expected) return "more";
  return expected >= LEAST && actual * TIMES <= expected ? "less" : null;
}

/** What is new before what is otherwise; then by how many times, and by how many records that is. */
function strangeness({ what, actual, expected }: ChangeView): number {
  const times = Math.abs(Math.log((actual + 1) / (expected + 1)));
  return (what === "new" ? 1000 : 0) + times * Math.log1p(Math.abs(actual - expected));
}
