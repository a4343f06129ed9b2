/**
 * What is wrong with a settings file, said so that it can be mended: file and line, key, reason, nearest key, example.
 *
 * @module
 */
import type { z } from "zod";
import { exampleOf, propertiesOf, schemaAt, type SchemaNode } from "./schema_view.ts";

/** One thing wrong with a settings file. */
export interface ConfigFault {
  /** Line in the file, from 1; 0 where there is none to name. */
  line: number;
  /** Where it stands: `streams[0].window`; empty for the file as a whole. */
  key: string;
  /** What is wrong, with the value. */
  problem: string;
  /** The nearest key or value that would be right; empty where none is near. */
  nearest: string;
  /** A line that would be right; empty where there is none to show. */
  example: string;
}

/** Settings that can't be used. The message names every fault with its file and line; exit code 2. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  /**
   * @param file The settings file, as it was named.
   * @param faults At least one, in the order of their lines.
   */
  constructor(readonly file: string, readonly faults: readonly ConfigFault[], options?: ErrorOptions) {
    super(faults.map((fault) => faultText(file, fault)).join("\n"), options);
  }
}

function faultText(file: string, fault: ConfigFault): string {
  const place = fault.line > 0 ? `${file}:${fault.line}` : file;
  const key = fault.key === "" ? "" : `${fault.key}: `;
  const nearest = fault.nearest === "" ? "" : `; did you mean "${fault.nearest}"?`;
  const example = fault.example === "" ? "" : ` (for example ${fault.example})`;
  return `Cannot use settings: ${place}: ${key}${fault.problem}${nearest}${example}`;
}

/** What {@linkcode faultsOf} looks up: lines by path, values by path, the schema. */
export interface FaultSources {
  /** Line of the value, or with `key` of the key, at a path; 0 where there is none. */
  lineOf: (path: readonly PropertyKey[], part: "key" | "value") => number;
  /** The settings as they were read. */
  value: unknown;
  schema: SchemaNode;
}

/** The faults behind zod's issues, in the order of their lines. */
export function faultsOf(issues: readonly z.core.$ZodIssue[], sources: FaultSources): ConfigFault[] {
  return issues.flatMap((issue) => faultsOfIssue(issue, sources)).sort((a, b) => a.line - b.line);
}

function faultsOfIssue(issue: z.core.$ZodIssue, sources: FaultSources): ConfigFault[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey([...issue.path], key, sources));
  }
  if (issue.code === "invalid_union") {
    const value = valueAt(sources.value, issue.path);
    const fitting = issue.errors.find((form) => form.every((inner) => !isRootTypeIssue(inner, value)));
    return (fitting ?? issue.errors[0] ?? []).flatMap((inner) =>
      faultsOfIssue({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue, sources)
    );
  }
  if (issue.code === "invalid_key") return [wrongName(issue, sources)];
  return [wrongValue(issue, sources)];
}

/** A name that people may choose, and that can't be one. */
function wrongName({ path, issues }: z.core.$ZodIssueInvalidKey, sources: FaultSources): ConfigFault {
  const [{ message }] = issues;
  return {
    ...{ line: sources.lineOf(path, "key"), key: keyPath(path), nearest: "", example: "" },
    problem: `${message}, got ${shown(path.at(-1))}`,
  };
}

function isRootTypeIssue(issue: z.core.$ZodIssue, value: unknown): boolean {
  return issue.code === "invalid_type" && issue.path.length === 0 && value !== undefined;
}

function unknownKey(path: PropertyKey[], key: string, sources: FaultSources): ConfigFault {
  const node = schemaAt(sources.schema, path);
  const known = node === undefined ? [] : Object.keys(propertiesOf(node));
  const near = nearest(key, known);
  const example = near === ""
    ? ""
    : exampleOf(near, schemaAt(sources.schema, [...path, near])).replace(/^\S+: $/, "");
  const choice = near === "" && known.length > 0 ? `, expected one of ${known.join(", ")}` : "";
  return {
    line: sources.lineOf([...path, key], "key"),
    key: keyPath([...path, key]),
    problem: `unknown key${choice}`,
    nearest: near,
    example,
  };
}

function wrongValue(issue: z.core.$ZodIssue, sources: FaultSources): ConfigFault {
  const value = valueAt(sources.value, issue.path);
  const node = schemaAt(sources.schema, issue.path);
  const name = typeof issue.path.at(-1) === "number" ? issue.path.at(-2) : issue.path.at(-1);
  const whole = schemaAt(sources.schema, issue.path.slice(0, issue.path.lastIndexOf(name!) + 1));
  const choices = issue.code === "invalid_value" ? issue.values.map(String) : [];
  return {
    line: sources.lineOf(issue.path, "value"),
    key: keyPath(issue.path),
    problem: value === undefined && issue.path.length > 0
      ? "missing"
      : `${expectation(issue, node)}, got ${shown(value)}`,
    nearest: typeof value === "string" ? nearest(value, choices) : "",
    example: name === undefined ? "" : exampleOf(String(name), whole),
  };
}

const TYPE_NAMES: Record<string, string> = {
  object: "keys and values",
  record: "keys and values",
  array: "a list",
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
};

function expectation(issue: z.core.$ZodIssue, node: SchemaNode | undefined): string {
  if (issue.code === "invalid_type") {
    const patterned = node?.type === "string" && /ms\|/.test(node.pattern ?? "");
    return patterned
      ? "expected a length of time such as 5m"
      : `expected ${TYPE_NAMES[issue.expected] ?? issue.expected}`;
  }
  if (issue.code === "invalid_value") return `expected one of ${issue.values.join(", ")}`;
  if (issue.message.startsWith("Too small") || issue.message.startsWith("Too big")) {
    return issue.message.replace(/^Too (?:small|big): expected \w+ to be/, "expected a value");
  }
  return issue.message;
}

/** The value as the message shows it; texts are cut at 60 characters. */
function shown(value: unknown): string {
  if (value === null) return "nothing";
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "keys and values";
  return `the ${typeof value === "boolean" ? "value" : typeof value} ${value}`;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown> | null)?.[step], root);
}

/** `streams[0].window` for `["streams", 0, "window"]`. */
export function keyPath(path: readonly PropertyKey[]): string {
  return path.map((step, i) => typeof step === "number" ? `[${step}]` : (i === 0 ? "" : ".") + String(step))
    .join("");
}

/** The candidate that is at most a third of its length away by edits; empty where none is. */
function nearest(word: string, candidates: readonly string[]): string {
  const far = (a: string) => editDistance(word.toLowerCase(), a);
  const [best] = [...candidates].sort((a, b) => far(a) - far(b));
  return best !== undefined && far(best) <= Math.max(1, Math.ceil(best.length / 3)) ? best : "";
}

/** Fewest insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b` (optimal string alignment). */
function editDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)]);
  for (let j = 0; j <= b.length; j++) rows[0][j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
  }
  return rows[a.length][b.length];
}
