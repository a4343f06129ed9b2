/**
 * Which fields of a layout say a line's time, level and service.
 *
 * @module
 */
import { TimestampReader } from "../timestamp_reader.ts";
import type { Field } from "./field.ts";
import { Layout } from "./layout.ts";
import { severityOfField } from "./level_field.ts";
import type { Sample } from "./sample.ts";

/** A service's column holds this many different names at the most: a share of the lines, at least some. */
const NAME_SHARE = 0.2;
const NAMES = 8;

/**
 * Every field, those inside optional ones too.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { allFields } from "./roles.ts";
 *
 * assert(allFields([{ kind: "optional", fields: [{ kind: "name" }] }]).length === 2);
 * ```
 */
export function allFields(fields: readonly Field[]): Field[] {
  return fields.flatMap((field) => field.kind === "optional" ? [field, ...allFields(field.fields)] : [field]);
}

/**
 * Marks the fields of a layout that say time, level and service as used.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import type { Field } from "./field.ts";
 * import { giveRoles } from "./roles.ts";
 * import { Sample } from "./sample.ts";
 *
 * const fields: Field[] = [{ kind: "level", style: "letter" }, { kind: "gap" }, { kind: "name" }];
 * giveRoles(fields, Sample.ofLines(["W cron: late", "I sshd: up"]));
 * assert.deepEqual(fields[0], { kind: "level", style: "letter", used: true });
 * assert.deepEqual(fields[2], { kind: "name", service: true });
 * ```
 */
export function giveRoles(fields: Field[], sample: Sample): void {
  useTime(fields, sample);
  useLevel(fields, sample);
  useService(fields, sample);
}

/** The time that says the most and is not the same in all lines; a date and a time of day apart where none says both. */
function useTime(fields: Field[], sample: Sample): void {
  const times = allFields(fields).filter((field) => field.kind === "time");
  let best: typeof times[number] | null = null, most = -Infinity;
  for (const time of times) {
    const { pattern } = time, clock = /%[sHI]/.test(pattern), dated = /%[sdm]/.test(pattern);
    if (!clock || !dated) continue;
    const told = precision(time, fields, sample);
    if (told > most) [best, most] = [time, told];
  }
  if (best !== null) best.used = true;
  else {
    const clock = times.find(({ pattern }) => /%[HI]/.test(pattern)),
      date = times.find(({ pattern }) => /%d/.test(pattern));
    if (clock !== undefined) clock.used = true;
    if (clock !== undefined && date !== undefined) date.used = true;
  }
}

/** How much a time says: whether it changes, names a year, and how many different fractions of a second it has. */
function precision(time: Field & { kind: "time" }, fields: Field[], sample: Sample): number {
  time.used = true;
  const layout = new Layout(fields),
    reader = new TimestampReader(),
    seen = new Set<number>(),
    fractions = new Set<number>();
  for (let i = 0; i < sample.length; i++) {
    if (layout.read(sample.bytes, sample.start[i], sample.end[i]) < 0) continue;
    const value = layout.parts.time(reader, 0);
    seen.add(value);
    fractions.add(value % 1000);
  }
  delete time.used;
  const changes = seen.size > 1 || sample.length === 1 ? 100 : 0, year = /%[Yys]/.test(time.pattern) ? 10 : 0;
  return changes + year + (fractions.size > 1 ? 5 : 0) + (/%[zs]/.test(time.pattern) ? 1 : 0);
}

/** A level written as a word before one that is a letter; the first of equals. */
function useLevel(fields: Field[], sample: Sample): void {
  const levels = allFields(fields).filter((field) =>
    field.kind === "level" || field.kind === "rest" && field.level === true
  );
  let best: Field | null = null, most = 0;
  for (const level of levels) {
    const used = level as Field & { kind: "level" };
    used.used = true;
    const layout = new Layout(fields), seen = new Set<number>();
    for (let i = 0; i < sample.length; i++) {
      if (layout.read(sample.bytes, sample.start[i], sample.end[i]) >= 0) seen.add(layout.severity);
    }
    delete used.used;
    const told = 2 * Math.min(seen.size, 2) + (level.kind === "level" && level.style !== "letter" ? 1 : 0);
    if (told > most) [best, most] = [level, told];
  }
  if (best !== null) (best as Field & { kind: "level" }).used = true;
}

/** The name with a colon, else the last column, bracket or word before the message that holds few names. */
function useService(fields: Field[], sample: Sample): void {
  const named = allFields(fields).filter((field) =>
    "service" in field || ["word", "rest", "until", "name"].includes(field.kind)
  );
  let best: Field | null = null, most = 0;
  for (const field of named) {
    const one = field as Field & { kind: "word" };
    one.service = true;
    const told = naming(fields, sample) * (field.kind === "name" ? 2 : 1);
    delete one.service;
    if (told > 0 && told >= most) [best, most] = [field, told];
  }
  if (best !== null) (best as Field & { kind: "word" }).service = true;
}

/** 1 where the field marked as the service holds few names, 0 where it holds numbers, levels, one word, or always another. */
function naming(fields: Field[], sample: Sample): number {
  const layout = new Layout(fields), names = new Set<string>();
  let count = 0, words = 0;
  for (let i = 0; i < sample.length; i++) {
    if (layout.read(sample.bytes, sample.start[i], sample.end[i]) < 0) continue;
    count++;
    if (layout.serviceStart < 0) continue;
    const name = sample.text(i, layout.serviceStart, layout.serviceEnd);
    if (!/^[A-Za-z_/]/.test(name) || /[ =]/.test(name) || severityOfField(name) > 0) continue;
    if (/^[0-9a-f-]{8,}$/i.test(name)) continue;
    words++;
    names.add(name);
  }
  const few = names.size <= Math.max(NAMES, NAME_SHARE * count);
  return count > 0 && words >= count / 2 && few && (names.size > 1 || count === 1 || layoutHasName(fields))
    ? 1
    : 0;
}

function layoutHasName(fields: Field[]): boolean {
  return allFields(fields).some((field) => field.kind === "name" && field.service === true);
}
