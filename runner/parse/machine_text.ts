/**
 * What was found, for programs.
 *
 * @module
 */
import {
  levelOfSeverity,
  parameterTable,
  type SlotSummary,
  Table,
  type TemplateParameters,
} from "../../lib/mod.ts";
import type { ParsedLogs } from "./parsed_logs.ts";

/** Most frequent values that are told. */
const TOP = 10;

/**
 * Everything as JSON: `files` with their parse quality, `templates` with `parameters`, `warnings`.
 *
 * @param limit Templates at the most; `null` = all.
 */
export function jsonText(
  { files, quality, templates, warnings, unkept }: ParsedLogs,
  limit: number | null,
): string {
  const found = {
    files: files.map((file) => ({
      name: file.name,
      format: file.format,
      lines: file.quality.lines,
      records: file.quality.records,
      share: file.quality.share,
      error: file.error,
      quality: file.quality.rows(),
    })),
    records: quality.records,
    unkept,
    warnings,
    templates: first(templates, limit).map((template) => templateObject(template, quality.records)),
  };
  return `${JSON.stringify(found, null, 2)}\n`;
}

function first(
  templates: readonly TemplateParameters[],
  limit: number | null,
): readonly TemplateParameters[] {
  return limit === null ? templates : templates.slice(0, limit);
}

function templateObject({ template, example, slots }: TemplateParameters, records: number) {
  const { id, text, count, severity } = template, share = count / records;
  return { id, text, count, share, severity, example, parameters: slots.map(parameterObject) };
}

function parameterObject({ id, slot, statistics, top }: SlotSummary) {
  const { kind, kindShare, unit, count, distinct, isExact, quantiles } = statistics;
  const quantity = (value: number) => statistics.isQuantity && !Number.isNaN(value) ? value : null;
  return {
    slot: id,
    name: slot.name,
    kind,
    kindShare,
    unit,
    count,
    distinct,
    distinctIsExact: isExact,
    min: quantity(quantiles.least),
    median: quantity(quantiles.quantile(0.5)),
    p99: quantity(quantiles.quantile(0.99)),
    max: quantity(quantiles.greatest),
    top: top(TOP),
  };
}

/**
 * Templates and their values as CSV, a row for each value of each template (one without a value has a row of its own):
 * `EventId, EventTemplate, Occurrences, templateShare, level, example`, then the columns of `parameterTable` without the template's.
 *
 * @param limit Templates at the most; `null` = all.
 */
export function csvText({ quality, templates }: ParsedLogs, limit: number | null): string {
  const rows = first(templates, limit).flatMap((found) => {
    const { template: { id, text, count, severity }, example } = found;
    const own = [id, text, count, count / quality.records, levelOfSeverity(severity), example];
    const values = parameterTable([found]).rows().map(([, ...cells]) => cells);
    return values.length > 0
      ? values.map((cells) => [...own, ...cells])
      : [[...own, ...PARAMETER.map(() => null)]];
  });
  const names = [...TEMPLATE, ...PARAMETER];
  return new Table(names.map((name, i) => [name, rows.map((row) => row[i])] as const)).toCsv();
}

const TEMPLATE = ["EventId", "EventTemplate", "Occurrences", "templateShare", "level", "example"];
const PARAMETER = parameterTable([]).names.slice(1);
