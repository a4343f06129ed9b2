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

/** A table as text. */
export function tableText({ title, notes, columns, rows }: ReportTable): string {
  const texts = [columns, ...rows.map((row) => row.map(shown))];
  const widths = columns.map((_, i) => Math.max(...texts.map((row) => row[i].length)));
  const lines = texts.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  ")
  );
  return [`## ${title}`, ...notes, "", ...lines.map((line) => line.trimEnd())].join("\n");
}

function shown(cell: Cell): string {
  if (cell === null) return "–";
  if (typeof cell === "string") return cell;
  return Number.isInteger(cell) && Math.abs(cell) > 1
    ? cell.toLocaleString("en")
    : cell.toFixed(3).replace(/^(-?)0\./, "$1.");
}

/** A table as plain data: each row an object by column. */
export function tableData({ title, notes, columns, rows }: ReportTable) {
  return {
    title,
    notes,
    rows: rows.map((row) => Object.fromEntries(row.map((cell, i) => [columns[i], cell]))),
  };
}
