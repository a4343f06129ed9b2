/**
 * What windows count: a template together with a level.
 *
 * @module
 */
import { LEVEL_CLASS, LEVELS } from "../record/level.ts";

export { LEVEL_CLASS };

/** Names of the level classes, by class number. */
export const LEVEL_NAMES: readonly string[] = LEVELS;

/** Largest template index that a symbol has room for. */
export const LARGEST_TEMPLATE = (1 << 28) - 1;

/**
 * The symbol of an event: its template's index and its level class in one integer, `(template << 3) | level class`.
 *
 * One template is logged with different levels by some programs, and the level matters to what is anomalous.
 *
 * @param template Index into the template catalogue, 0 to {@linkcode LARGEST_TEMPLATE}.
 * @param severity OpenTelemetry `SeverityNumber`, 0–24.
 *
 * @example A symbol holds both
 * ```ts
 * import assert from "node:assert/strict";
 * import { levelOf, symbolOf, templateOf } from "./symbol.ts";
 *
 * const symbol = symbolOf(7, 17);
 * assert(templateOf(symbol) === 7);
 * assert(levelOf(symbol) === 4); // error
 * ```
 */
export function symbolOf(template: number, severity: number): number {
  return (template << 3) | LEVEL_CLASS[severity];
}

/**
 * The template index of a symbol.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { templateOf } from "./symbol.ts";
 *
 * assert(templateOf(58) === 7);
 * ```
 */
export function templateOf(symbol: number): number {
  return symbol >>> 3;
}

/**
 * The level class of a symbol, an index into {@linkcode LEVEL_NAMES}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LEVEL_NAMES, levelOf } from "./symbol.ts";
 *
 * assert(LEVEL_NAMES[levelOf(60)] === "error");
 * ```
 */
export function levelOf(symbol: number): number {
  return symbol & 7;
}
