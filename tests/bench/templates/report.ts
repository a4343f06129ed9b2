/**
 * Tables of figures, as text and as JSON.
 *
 * @module
 */
import type { Accuracy } from "./found.ts";

/** A cell: text, a number with three decimals, or nothing. */
export type Cell = string | number | null;

/** A table of figures. */
export interface ReportTable {
  title: string;
  /** How it was measured, and what is missing. */
  notes: string[];
  columns: string[];
  rows: Cell[][];
}

/** The names of the figures of {@linkcode Accuracy}. */
export const FIGURES = ["GA", "FGA", "PA", "FTA"];

/** The cells of one miner's figures. */
export function cells(accuracy: Accuracy | null): Cell[] {
  return accuracy ? [...accuracy] : [null, null, null, null];
}

/** A table as text: columns of whole numbers are counts, other numbers have three decimals. */
export function tableText({ title, notes, columns, rows }: ReportTable): string {
  const counted = columns.map((_, i) => isCounted(rows.map((row) => row[i])));
  const texts = [columns, ...rows.map((row) => row.map((cell, i) => shown(cell, counted[i])))];
  const widths = columns.map((_, i) => Math.max(...texts.map((row) => row[i].length)));
  const lines = texts.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  ")
  );
  return [`## ${title}`, ...notes, "", ...lines.map((line) => line.trimEnd())].join("\n");
}

/** Whether a column holds counts: whole numbers, one of them above 1. */
function isCounted(column: readonly Cell[]): boolean {
  const numbers = column.filter((cell) => typeof cell === "number");
  return numbers.every(Number.isInteger) && numbers.some((number) => Math.abs(number) > 1);
}

function shown(cell: Cell, counted: boolean): string {
  if (cell === null) return "–";
  if (typeof cell === "string") return cell;
  return counted ? cell.toLocaleString("en") : cell.toFixed(3).replace(/^(-?)0\./, "$1.");
}

/** A table as plain data: each row an object by column. */
export function tableData({ title, notes, columns, rows }: ReportTable) {
  return {
    title,
    notes,
    rows: rows.map((row) => Object.fromEntries(row.map((cell, i) => [columns[i], cell]))),
  };
}
