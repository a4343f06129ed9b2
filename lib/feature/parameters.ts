/**
 * Values that a notebook is run with: named once, with their defaults, and shown.
 *
 * @module
 */
import { redact } from "../record/redaction.ts";
import { type MimeBundle, shownAs } from "../table/jupyter.ts";
import { type Cell, Table } from "../table/table.ts";

/** The form in which parameters say which of them differ from their defaults: a JSON object of those, for what renders pages. */
const CHANGED = "application/vnd.deepscan.changed-parameters+json";

/** What a parameter may be; a list holds values of one type, a group has parameters of its own. */
export type Parameter = Value | { readonly [name: string]: Value };
type Value = string | number | boolean | readonly string[] | readonly number[];

/** The type of a parameter whose default is a literal. */
type Widened<T> = T extends string ? string
  : T extends number ? number
  : T extends boolean ? boolean
  : T extends readonly string[] ? readonly string[]
  : T extends readonly number[] ? readonly number[]
  : Parameters<T>;

/** Parameters by name. They show themselves in a notebook, without secrets. */
export type Parameters<T> = { readonly [K in keyof T]: Widened<T[K]> };

/**
 * The defaults, with what a run says otherwise in their place.
 *
 * @param defaults Value by name; its type is the type that a run must keep to.
 * @param given A JSON object of other values; left out or empty = none.
 * @throws {SyntaxError} if `given` is not a JSON object.
 * @throws {RangeError} if a name is not among the defaults.
 * @throws {TypeError} if a value is of another type than its default.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parametersFrom } from "./parameters.ts";
 *
 * const { minutes, files } = parametersFrom({ minutes: 5, files: ["app.log"] }, '{ "minutes": 15 }');
 * assert.deepEqual([minutes, files], [15, ["app.log"]]);
 * const { cluster } = parametersFrom({ cluster: { index: "", limit: 100 } }, '{ "cluster": { "index": "logs" } }');
 * assert.deepEqual(cluster, { index: "logs", limit: 100 });
 * assert.throws(() => parametersFrom({ minutes: 5 }, '{ "hours": 1 }'), /Cannot take parameter hours: known are minutes/);
 * ```
 */
export function parametersFrom<const T extends Record<string, Parameter>>(
  defaults: T,
  given: string | undefined = undefined,
): Parameters<T> {
  const values = merged(defaults, given ? objectOf(given) : {}, "");
  shownAs(values, () => formsOf(flat(defaults), flat(values)));
  return Object.freeze(values) as Parameters<T>;
}

/** @param before What the group's name puts before those in it. */
function merged(defaults: Record<string, Parameter>, given: Record<string, unknown>, before: string) {
  const values: Record<string, Parameter> = { ...defaults };
  for (const [key, value] of Object.entries(given)) {
    const name = before + key;
    if (!Object.hasOwn(defaults, key)) {
      const known = Object.keys(defaults).map((key) => before + key);
      throw new RangeError(`Cannot take parameter ${name}: known are ${known.join(", ")}`);
    }
    const [wanted, found] = [typeOf(defaults[key]), typeOf(value)];
    if (!fits(found, wanted)) {
      throw new TypeError(
        `Cannot take parameter ${name}: it must be ${
          wanted === "empty list" ? "a list" : `a ${wanted}`
        }, current value is ${JSON.stringify(value)}`,
      );
    }
    values[key] = isGroup(defaults[key])
      ? merged(defaults[key], value as Record<string, unknown>, `${name}.`) as Record<string, Value>
      : value as Value;
  }
  return values;
}

/** Whether a value of one type can stand for a default of another: an empty list says nothing of what it would hold. */
function fits(found: string, wanted: string): boolean {
  const lists = ["list of strings", "list of numbers"];
  return found === wanted || (found === "empty list" && lists.includes(wanted)) ||
    (wanted === "empty list" && lists.includes(found));
}

function isGroup(parameter: unknown): parameter is Record<string, Value> {
  return typeof parameter === "object" && parameter !== null && !Array.isArray(parameter);
}

/** Parameters of groups beside the others, under dotted names. */
function flat(parameters: Record<string, Parameter>): Record<string, Parameter> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) =>
      isGroup(value)
        ? Object.entries(value).map(([inside, one]) => [`${name}.${inside}`, one])
        : [[name, value]]
    ),
  );
}

function objectOf(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`Cannot take parameters: ${(cause as Error).message}`, { cause });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new SyntaxError(`Cannot take parameters: they must be a JSON object, current value is ${text}`);
}

function typeOf(value: unknown): string {
  if (isGroup(value)) return "group";
  if (!Array.isArray(value)) return value === null ? "null" : typeof value;
  const types = new Set(value.map((item) => typeof item));
  return types.size === 0 ? "empty list" : `list of ${[...types].sort().join(" and ")}s`;
}

/** Secrets have no place in parameters; those that stand there all the same, as in an address, are not shown. */
function formsOf(defaults: Record<string, Parameter>, values: Record<string, Parameter>): MimeBundle {
  const names = Object.keys(defaults), text = (value: Parameter): Cell => redact(String(value));
  const table = new Table({
    parameter: names,
    value: names.map((name) => text(values[name])),
    default: names.map((name) => text(defaults[name])),
  });
  const changed = names.filter((name) => JSON.stringify(values[name]) !== JSON.stringify(defaults[name]));
  return {
    ...table.toMimeBundle("", names.length),
    [CHANGED]: Object.fromEntries(changed.map((name) => [name, redacted(values[name])])),
  };
}

function redacted(value: Parameter): unknown {
  if (typeof value === "string") return redact(value);
  return Array.isArray(value) ? value.map(redacted) : value;
}
