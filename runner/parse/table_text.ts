/**
 * What was found, for people at a terminal.
 *
 * @module
 */
import {
  countText,
  levelOfSeverity,
  numberText,
  percentText,
  type SlotSummary,
  type TemplateParameters,
} from "../../lib/mod.ts";
import { plainLine } from "../alert/plain_text.ts";
import type { ParsedFile, ParsedLogs } from "./parsed_logs.ts";
import { quantityText } from "./quantity_text.ts";

/** Templates that are shown where nobody says how many. */
const SHOWN_TEMPLATES = 20;
/** Columns where the width of the terminal isn't known, and the least and most that are used. */
const COLUMNS = 120, LEAST_COLUMNS = 30, MOST_COLUMNS = 200;
/** Where the text of a template begins, and where what is known of it does. */
const INDENT = 26, INNER = 12;
/** With fewer columns the text has a line of its own, and all that is known begins further left. */
const ROOMY = 70, NARROW_INNER = 4;
/** Characters of a value, of a slot's name. */
const VALUE = 32, NAME = 18;
/** Most frequent values that are shown, and what part of all the first of them must be to be worth it. */
const TOP = 3, WORTH = 0.01;
/** Quantities of so many different values are a choice: then the most frequent ones are shown too. */
const FEW = 8;

/** How text is shown. */
export interface TableStyle {
  /** Columns of the terminal; `null` = it is none. */
  columns: number | null;
  /** Whether escape sequences for colours are wanted. */
  colours: boolean;
  /** Templates at the most; `null` = some. */
  templates: number | null;
}

/** Text in colours, or as it is. */
interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  /** A template's text, with what varies in it set apart. */
  template(text: string): string;
  warning(text: string): string;
}

function paintOf(colours: boolean): Paint {
  const paint = (code: string) => (text: string) => colours ? `\x1b[${code}m${text}\x1b[0m` : text;
  const value = paint("36");
  return {
    bold: paint("1"),
    dim: paint("2"),
    template: (text) => text.replaceAll("<*>", value("<*>")),
    warning: paint("33"),
  };
}

/** The whole table: files and how well they were understood, signs that mining goes badly, templates and their values. */
export function tableText(logs: ParsedLogs, style: TableStyle): string {
  const width = Math.min(MOST_COLUMNS, Math.max(LEAST_COLUMNS, style.columns ?? COLUMNS));
  const paint = paintOf(style.colours), limit = style.templates ?? SHOWN_TEMPLATES;
  const { files, quality, templates, warnings, unkept } = logs, shown = templates.slice(0, limit);
  const lines = files.flatMap((file) => fileLines(file, width, paint));
  lines.push("");
  for (const { text, advice } of warnings) {
    lines.push(paint.warning(plainLine(`warning: ${text}`, width)), `  ${plainLine(advice, 2 * width)}`, "");
  }
  lines.push(`${countText(quality.records, "record")}, ${countText(templates.length, "template")}`);
  if (shown.length > 0) {
    lines.push("", paint.dim(`     count   share  level  ${width < ROOMY ? "id" : "template"}`));
    for (const template of shown) lines.push(...templateLines(template, quality.records, width, paint));
  }
  const left = templates.length - shown.length;
  if (left > 0) {
    lines.push("", paint.dim(`… and ${countText(left, "template")} more: --templates ${templates.length}`));
  }
  if (unkept > 0) lines.push("", paint.dim(`The values of ${countText(unkept, "record")} were not kept.`));
  return `${lines.join("\n")}\n`;
}

function fileLines({ name, format, error, quality }: ParsedFile, width: number, paint: Paint): string[] {
  const { lines, records, share } = quality;
  const head = `${paint.bold(plainLine(name, width))}: ${
    format === null ? "empty" : `${format}, ${countText(lines, "line")}, ${countText(records, "record")}`
  }, ${percentText(share)} parsed`;
  const wrong = quality.rows().filter(({ reason }) => reason !== "parsed").map((row) => {
    const what = row.format === format ? row.reason : `${row.reason} (${row.format})`;
    const fact = `  ${what.padEnd(16)} ${numberText(row.count).padStart(9)} ${
      percentText(row.share).padStart(8)
    }  `;
    return fact + paint.dim(plainLine(row.example, width - fact.length));
  });
  return [format === null ? `${paint.bold(plainLine(name, width))}: empty` : head, ...wrong].concat(
    error === "" ? [] : [paint.warning(plainLine(`  ${error}`, width))],
  );
}

function templateLines(found: TemplateParameters, records: number, width: number, paint: Paint): string[] {
  const { template: { count, severity, text, id }, example, slots } = found, room = width - INDENT;
  const fact = `${count.toLocaleString("en").padStart(10)} ${percentText(count / records).padStart(7)}  ${
    levelOfSeverity(severity).padEnd(5)
  }`;
  const inner = width < ROOMY ? NARROW_INNER : INNER, indent = " ".repeat(inner);
  const names = Math.min(NAME, Math.max(0, ...slots.map(({ slot }) => slot.name.length)));
  const head = width < ROOMY
    ? [`${fact}  ${paint.dim(id)}`, `${indent}${paint.template(plainLine(text, width - inner))}`]
    : [`${fact} ${paint.template(plainLine(text, Math.max(20, room - id.length - 2)))}  ${paint.dim(id)}`];
  return [
    "",
    ...head,
    `${indent}${paint.dim(plainLine(example, width - inner))}`,
    ...slots.map((slot) => `${indent}  ${slotLine(slot, names, width - inner - 2)}`),
  ];
}

function slotLine({ slot, statistics, top }: SlotSummary, names: number, room: number): string {
  const { kind, kindShare, count } = statistics;
  const kinds = count === 0 ? "never seen" : kindShare < 0.995 ? `${kind} (${percentText(kindShare)})` : kind;
  const name = plainLine(slot.name, NAME).padEnd(names);
  return plainLine(`${name}  ${kinds.padEnd(10)}  ${factsOf(statistics, top)}`.trimEnd(), room);
}

/** What is worth knowing of the values. */
function factsOf(statistics: SlotSummary["statistics"], top: SlotSummary["top"]): string {
  const { kind, unit, count, distinct, isExact, quantiles } = statistics;
  if (count === 0 || kind === "secret") return "";
  const often = top(TOP),
    different = `${isExact ? "" : "about "}${numberText(roundTo(distinct, isExact))} different`;
  if (distinct === 1 && unit !== "") return `always ${quantityText(quantiles.least, unit)}`;
  if (distinct === 1) return `always ${plainLine(often[0]?.text ?? "", VALUE)}`;
  const facts: string[] = [];
  if (statistics.isQuantity) {
    const [least, half, most, greatest] = [
      quantiles.least,
      quantiles.quantile(0.5),
      quantiles.quantile(0.99),
      quantiles.greatest,
    ].map((value) => quantityText(value, unit));
    facts.push(`${least} to ${greatest}, median ${half}, p99 ${most}`);
  }
  facts.push(different);
  const telling = !statistics.isQuantity || distinct <= FEW;
  if (telling && often.length > 0 && often[0].count > 1 && often[0].count >= WORTH * count) {
    facts.push(
      often.map((value) => `${plainLine(value.text, VALUE)} ${percentText(value.count / count)}`).join(", "),
    );
  }
  return facts.join("; ");
}

/** An estimate has no more digits than it is worth. */
function roundTo(value: number, exact: boolean): number {
  return exact ? value : Number(value.toPrecision(2));
}
