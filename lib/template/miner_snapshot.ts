/**
 * A miner as plain data.
 *
 * @module
 */
import type { Form } from "./form.ts";
import { type SavedHand, savedHand } from "./hand/hand.ts";
import type { LineageEvent, LineageSnapshot } from "./lineage.ts";
import { readName } from "./name_register.ts";
import { restoreForm, type SavedForm } from "./saved_form.ts";
import { amount, arrayOf, checkVersion, fieldsOf, flag, integer, pairOf, text } from "./snapshot.ts";

/** Everything a {@linkcode Miner} knows, as plain data; columns by index. */
export interface MinerSnapshot {
  kind: "miner";
  version: number;
  formLimit: number;
  lines: number;
  misses: number;
  evicted: number;
  outlined: number;
  lineage: LineageSnapshot;
  counts: number[];
  severities: number[];
  lastLines: number[];
  formOf: number[];
  /** In the order in which they were last indexed. */
  forms: SavedForm[];
  /** Key of a sequence and its index, oldest first. */
  sequences: [number, number][];
  known: [string, number][];
  normal: [string, number][];
  outlines: [number, number][];
  texts: [number, string][];
  guard: [windowEnd: number, births: number, closed: boolean];
  /** What people say about templates; absent where they say nothing. */
  hand?: SavedHand;
  /** The forms behind {@linkcode MinerSnapshot.forms}, once they were checked. */
  restoredForms?: Form[];
}

const KINDS: readonly LineageEvent["kind"][] = ["birth", "merge", "split"];

function readLineage(value: unknown): LineageSnapshot {
  const fields = fieldsOf(value, "lineage"), names = arrayOf(fields.names, "lineage.names", readName);
  const index = (each: unknown, path: string) => integer(each, path, 0, names.length - 1);
  return {
    names,
    into: arrayOf(fields.into, "lineage.into", (each, path) => {
      const [from, to] = pairOf(each, path, index, index);
      if (to < from) return [from, to];
      throw new RangeError(
        `Cannot restore templates: ${path} must lead to an older template, it leads to ${to}`,
      );
    }),
    events: arrayOf(fields.events, "lineage.events", (each, path) => {
      const [kind, of, other, line, reason] = arrayOf(each, path, (entry) => entry);
      const known = KINDS.find((name) => name === kind);
      if (!known) throw new TypeError(`Cannot restore templates: ${path}[0] must be a kind of event`);
      const second = integer(other, `${path}[2]`, -1, names.length - 1);
      return [
        known,
        index(of, `${path}[1]`),
        second,
        integer(line, `${path}[3]`),
        text(reason, `${path}[4]`),
      ];
    }),
  };
}

/**
 * Checks a snapshot field by field.
 *
 * @throws {TypeError} if a field is missing, of the wrong type, or of another version.
 * @throws {RangeError} if a value is out of range.
 */
export function readMinerSnapshot(value: unknown): MinerSnapshot {
  const fields = fieldsOf(value, "snapshot");
  checkVersion(fields, "miner");
  const lineage = readLineage(fields.lineage), size = lineage.names.length;
  const index = (each: unknown, path: string) => integer(each, path, 0, size - 1);
  const column = (name: string, check: (each: unknown, path: string) => number) => {
    const values = arrayOf(fields[name], name, check);
    if (values.length === size) return values;
    throw new RangeError(
      `Cannot restore templates: ${name} must have ${size} entries, it has ${values.length}`,
    );
  };
  const pairs = (name: string) =>
    arrayOf(fields[name], name, (each, path) => pairOf(each, path, integer, index));
  const restoredForms = arrayOf(fields.forms, "forms", restoreForm);
  restoredForms.forEach((form, i) => index(form.index, `forms[${i}].index`));
  return {
    kind: "miner",
    version: fields.version as number,
    formLimit: integer(fields.formLimit, "formLimit", 16),
    ...readCounters(fields),
    lineage,
    counts: column("counts", amount),
    severities: column("severities", (each, path) => integer(each, path, 0, 24)),
    lastLines: column("lastLines", amount),
    formOf: column("formOf", index),
    forms: fields.forms as SavedForm[],
    restoredForms,
    sequences: pairs("sequences"),
    known: arrayOf(fields.known, "known", (each, path) => pairOf(each, path, text, amount)),
    normal: arrayOf(fields.normal, "normal", (each, path) => pairOf(each, path, text, index)),
    outlines: arrayOf(
      fields.outlines,
      "outlines",
      (each, path) => pairOf(each, path, (key, at) => integer(key, at, -0x80000000), index),
    ),
    texts: arrayOf(fields.texts, "texts", (each, path) => pairOf(each, path, index, text)),
    guard: readGuard(fields.guard),
    ...savedHand(fields.hand, size),
  };
}

function readCounters(fields: Record<string, unknown>) {
  const counter = (name: string) => integer(fields[name], name);
  return {
    lines: counter("lines"),
    misses: counter("misses"),
    evicted: counter("evicted"),
    outlined: counter("outlined"),
  };
}

function readGuard(value: unknown): MinerSnapshot["guard"] {
  const [windowEnd, births, closed] = arrayOf(value, "guard", (entry) => entry);
  return [integer(windowEnd, "guard[0]"), integer(births, "guard[1]"), flag(closed, "guard[2]")];
}
