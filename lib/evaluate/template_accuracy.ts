/**
 * Found templates + true templates → grouping and template accuracy.
 *
 * @module
 */

/** The template of one line; a line without an id is grouped by its template's text. */
export interface TemplateRow {
  EventId?: string;
  EventTemplate: string;
}

/** How well lines were grouped and their templates told, each 0–1. */
export interface TemplateAccuracy {
  lines: number;
  /** True groups. */
  trueGroups: number;
  /** Groups that were found. */
  foundGroups: number;
  /** GA: share of lines whose group holds exactly the lines of their true group. */
  groupingAccuracy: number;
  /** PA: share of lines whose template's text is the true one. */
  parsingAccuracy: number;
  /** FGA: F1 over groups, of those that hold exactly the lines of a true one. */
  f1Grouping: number;
  /** FTA: F1 over groups, of those that also tell their template right. */
  f1Template: number;
}

/**
 * Accuracy as logpai's evaluator defines it. The spelling of placeholders and white space does not count.
 *
 * @param truth One row a line.
 * @param found One row a line, in the same order.
 * @throws {RangeError} if there are no lines, or their numbers differ.
 * @see Khan et al., "Guidelines for Assessing the Accuracy of Log Message Template Identification Techniques", ICSE 2022
 * @see Jiang et al., "A Large-Scale Evaluation for Log Parsing Techniques: How Far Are We?", ISSTA 2024
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { templateAccuracy } from "./template_accuracy.ts";
 *
 * const truth = [{ EventId: "E1", EventTemplate: "open <*>" }, { EventId: "E1", EventTemplate: "open <*>" }];
 * const found = [{ EventId: "a", EventTemplate: "open <path>" }, { EventId: "a", EventTemplate: "open it" }];
 * const { groupingAccuracy, parsingAccuracy } = templateAccuracy(truth, found);
 * assert.deepEqual([groupingAccuracy, parsingAccuracy], [1, .5]);
 * ```
 */
export function templateAccuracy(
  truth: readonly TemplateRow[],
  found: readonly TemplateRow[],
): TemplateAccuracy {
  if (truth.length === 0) throw new RangeError("Cannot compare templates: there are no lines");
  if (truth.length !== found.length) {
    throw new RangeError(
      `Cannot compare templates: ${found.length} rows were found for ${truth.length} lines`,
    );
  }
  const trueTexts = truth.map((row) => plainTemplate(row.EventTemplate));
  const foundTexts = found.map((row) => plainTemplate(row.EventTemplate));
  const trueGroups = groupLines(truth), foundGroups = groupLines(found);
  let lines = 0, groups = 0, templates = 0;
  for (const members of foundGroups.values()) {
    if (!sameLines(members, trueGroups.get(groupOf(truth[members[0]]))!)) continue;
    lines += members.length;
    groups++;
    const text = mostCommon(members.map((line) => foundTexts[line]));
    if (members.every((line) => trueTexts[line] === text)) templates++;
  }
  const f1 = (right: number) => 2 * right / (foundGroups.size + trueGroups.size);
  return {
    lines: truth.length,
    trueGroups: trueGroups.size,
    foundGroups: foundGroups.size,
    groupingAccuracy: lines / truth.length,
    parsingAccuracy: trueTexts.filter((text, line) => text === foundTexts[line]).length / truth.length,
    f1Grouping: f1(groups),
    f1Template: f1(templates),
  };
}

/** White space as Python's `str.split` sees it, so that figures equal those of the usual scripts. */
// deno-lint-ignore no-control-regex -- four control characters are among it
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/** A template with every placeholder as `<*>` and single spaces. */
function plainTemplate(text: string): string {
  const placeholders = text.replace(/<[^<>\s]*>/g, "<*>");
  return placeholders.split(SPACE).filter((word) => word !== "").join(" ");
}

function groupOf(row: TemplateRow): string {
  return row.EventId || row.EventTemplate;
}

/** Numbers of the lines of each group, ascending. */
function groupLines(rows: readonly TemplateRow[]): Map<string, number[]> {
  return Map.groupBy(rows.keys(), (line) => groupOf(rows[line]));
}

function sameLines(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((line, i) => line === b[i]);
}

/** The most common text, the first of those that are equally common. */
function mostCommon(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  let best = texts[0];
  for (const [text, count] of counts) if (count > counts.get(best)!) best = text;
  return best;
}
