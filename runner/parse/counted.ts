/**
 * Numbers of things.
 *
 * @module
 */

/**
 * How many there are of something, as people say it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { counted } from "./counted.ts";
 *
 * assert.equal(`${counted(1, "record")}, ${counted(1200, "template")}`, "1 record, 1,200 templates");
 * ```
 */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
