/**
 * The settings' schema as JSON Schema, and how to find a key in it.
 *
 * @module
 */
import { z } from "zod";
import { configSchema } from "./schema.ts";

/** The parts of a JSON Schema that are used here. */
export interface SchemaNode {
  type?: string;
  description?: string;
  default?: unknown;
  examples?: unknown[];
  enum?: unknown[];
  pattern?: string;
  properties?: Record<string, SchemaNode>;
  required?: string[];
  items?: SchemaNode;
  anyOf?: SchemaNode[];
  /** What stands behind each name, where names are free. */
  additionalProperties?: SchemaNode | boolean;
}

/**
 * JSON Schema (draft 2020-12) of `deepscan.yaml`, for editors: name it in the file's first line,
 * `# yaml-language-server: $schema=deepscan.schema.json`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { configSchemaJson } from "./schema_view.ts";
 *
 * assert(configSchemaJson().properties!.streams.type === "array");
 * ```
 */
export function configSchemaJson(): SchemaNode {
  return z.toJSONSchema(configSchema, { io: "input" }) as SchemaNode;
}

/** The node behind `path`, an index standing for any item; `undefined` where the schema has none. */
export function schemaAt(root: SchemaNode, path: readonly PropertyKey[]): SchemaNode | undefined {
  let node: SchemaNode | undefined = root;
  for (const step of path) {
    if (node === undefined) return undefined;
    node = typeof step === "number" ? node.items : propertiesOf(node)[String(step)] ?? namedBy(node);
  }
  return node;
}

function namedBy({ additionalProperties: node }: SchemaNode): SchemaNode | undefined {
  return typeof node === "object" ? node : undefined;
}

/** The keys that a node may have, in any of its forms. */
export function propertiesOf(node: SchemaNode): Record<string, SchemaNode> {
  return node.properties ?? node.anyOf?.find((form) => form.properties)?.properties ?? {};
}

/** What a line of settings looks like: `window: 5m`; empty where the schema knows no example. */
export function exampleOf(key: string, node: SchemaNode | undefined): string {
  if (node === undefined) return "";
  if (node.type === "object" && node.default === undefined && node.examples === undefined) {
    const inner = Object.entries(propertiesOf(node)).map(([name, child]) => exampleOf(name, child));
    return `${key}: {${inner.filter((text) => text !== "").slice(0, 3).join(", ")}}`;
  }
  const value = node.examples?.[0] ?? node.default ?? node.enum?.[0];
  if (value === undefined || (typeof value === "object" && !Array.isArray(value))) return "";
  return `${key}: ${inlineYaml(value)}`;
}

/** A value as YAML writes it on one line. */
export function inlineYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inlineYaml).join(", ")}]`;
  if (typeof value !== "string") return JSON.stringify(value);
  return /^[A-Za-z0-9/][\w./:-]*$/.test(value) && !/:$/.test(value) ? value : quoted(value);
}

function quoted(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}
