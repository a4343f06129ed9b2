/**
 * Documents held against the types that their index template gives to fields.
 *
 * @module
 */
import { FIELDS, type Mapping } from "../../../runner/findings/fields.ts";

/** Fields of a document that the template doesn't know, or with a value that doesn't fit; empty where all is well. */
export function strayFields(document: unknown): string[] {
  return strayIn(document, { properties: FIELDS as Record<string, Mapping> }, "");
}

function strayIn(value: unknown, mapping: Mapping, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => strayIn(each, mapping, path));
  if (mapping.type !== undefined) {
    return fits(value, mapping.type) ? [] : [`${path}: ${JSON.stringify(value)}`];
  }
  if (typeof value !== "object" || value === null) return [`${path}: ${JSON.stringify(value)} is no object`];
  return Object.entries(value).filter(([, each]) => each !== undefined).flatMap(([name, each]) => {
    const own = mapping.properties?.[name], place = path === "" ? name : `${path}.${name}`;
    return own === undefined ? [`${place}: not in the template`] : strayIn(each, own, place);
  });
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

function fits(value: unknown, type: string): boolean {
  if (type === "date") return typeof value === "string" && TIME.test(value);
  if (type === "long") return Number.isSafeInteger(value);
  if (type === "double") return typeof value === "number" && Number.isFinite(value);
  if (type === "boolean") return typeof value === "boolean";
  return typeof value === "string" && value.isWellFormed();
}
