/**
 * The settings as a table for people.
 *
 * @module
 */
import { configSchemaJson, inlineYaml, propertiesOf, type SchemaNode } from "./schema_view.ts";

/**
 * Every key of `deepscan.yaml` as a Markdown table: key, what it takes, default, meaning.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { settingsTable } from "./documentation.ts";
 *
 * assert(settingsTable().includes("| `checkpoint.bytes` |"));
 * ```
 */
export function settingsTable(): string {
  const rows = tableRows("", configSchemaJson());
  return ["| key | takes | default | meaning |", "|---|---|---|---|", ...rows].join("\n") + "\n";
}

function tableRows(prefix: string, node: SchemaNode): string[] {
  return Object.entries(propertiesOf(node)).flatMap(([name, child]) => {
    const key = prefix + name;
    const inner = child.items?.properties ? child.items : child;
    if (inner.properties === undefined) return [tableRow(key, child, node.required?.includes(name) ?? false)];
    const nested = tableRows(`${key}${inner === child ? "" : "[]"}.`, inner);
    return child.description === undefined ? nested : [tableRow(key, child, false), ...nested];
  });
}

function tableRow(key: string, node: SchemaNode, required: boolean): string {
  const usual = node.default === undefined || isSection(node.default)
    ? (required ? "*required*" : "–")
    : `\`${inlineYaml(node.default)}\``;
  return `| \`${key}\` | ${typeName(node)} | ${escapeCell(usual)} | ${escapeCell(node.description ?? "")} |`;
}

function isSection(value: unknown): boolean {
  return typeof value === "object" && !Array.isArray(value);
}

function typeName(node: SchemaNode): string {
  if (node.enum !== undefined) return node.enum.map((value) => `\`${value}\``).join(", ");
  if (node.anyOf !== undefined) return "pattern, or `{pattern, idle}`";
  if (node.type === "array") return node.items?.properties ? "list of sections" : "list of texts";
  if (node.type === "object") return "section";
  const { pattern = "" } = node,
    words = /^\^\(\?:((?:[a-z]+\|)+)/.exec(pattern)?.[1].split("|").slice(0, -1) ?? [];
  if (/ms\|/.test(pattern)) return ["length of time", ...words.map((word) => `\`${word}\``)].join(", ");
  if (/\[Bb\]\$/.test(node.pattern ?? "")) return "size";
  return { integer: "whole number", number: "number", boolean: "`true`, `false`" }[node.type ?? ""] ?? "text";
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|");
}
