/**
 * Values in the Prometheus text format, version 0.0.4.
 *
 * @module
 */

/** A value and what tells it from others of its family. */
export interface Sample {
  labels?: Readonly<Record<string, string>>;
  value: number;
}

/** Values of one name. */
export interface MetricFamily {
  /** Letters, digits and underscores; a counter's ends in `_total`. */
  name: string;
  type: "counter" | "gauge";
  /** What it is, in a sentence without a full stop. */
  help: string;
  /** Those whose value is NaN are left out. */
  samples: readonly Sample[];
}

/** What the text format calls itself. */
export const CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

const NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * Families as text; those without a value are left out.
 *
 * @throws {RangeError} if a name is none, or a counter's does not end in `_total`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { expositionOf } from "./exposition.ts";
 *
 * const samples = [{ labels: { stream: 'a "b"' }, value: 5 }];
 * const lines = expositionOf([{ name: "records_total", type: "counter", help: "Records that were read", samples }]).split("\n");
 * assert.deepEqual(lines, [
 *   "# HELP records_total Records that were read",
 *   "# TYPE records_total counter",
 *   'records_total{stream="a \\"b\\""} 5',
 *   "",
 * ]);
 * ```
 */
export function expositionOf(families: readonly MetricFamily[]): string {
  return families.map(familyText).join("");
}

function familyText({ name, type, help, samples }: MetricFamily): string {
  if (!NAME.test(name) || (type === "counter") !== name.endsWith("_total")) {
    throw new RangeError(`Cannot write metrics: "${name}" is no name of a ${type}`);
  }
  const known = samples.filter(({ value }) => !Number.isNaN(value));
  if (known.length === 0) return "";
  const escaped = help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  const lines = known.map(({ labels = {}, value }) => `${name}${labelsText(labels)} ${valueText(value)}\n`);
  return `# HELP ${name} ${escaped}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  const texts = Object.entries(labels).map(([name, value]) => {
    if (!NAME.test(name)) throw new RangeError(`Cannot write metrics: "${name}" is no name of a label`);
    return `${name}="${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
  });
  return texts.length === 0 ? "" : `{${texts.join(",")}}`;
}

function valueText(value: number): string {
  return value === Infinity ? "+Inf" : value === -Infinity ? "-Inf" : String(value);
}
