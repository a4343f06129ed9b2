/**
 * Text of a log line, made harmless for terminals, mails and pages.
 *
 * @module
 */

// deno-lint-ignore no-control-regex
const ANSI = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
// Controls but tab and newline; marks that turn the direction of reading; invisible separators.
const CONTROLS =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/**
 * `text` on one line, without terminal escape sequences, controls and marks that turn the direction of reading,
 * cut at `limit` characters.
 *
 * @param limit Characters at the most, an ellipsis included.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { plainLine } from "./plain_text.ts";
 *
 * assert(plainLine("\u001b[31mred\u001b[0m\nnext", 80) === "red ⏎ next");
 * ```
 */
export function plainLine(text: string, limit: number): string {
  const plain = text.slice(0, 20 * limit).replace(ANSI, "").trim().replace(/\r?\n/g, " ⏎ ").replaceAll(
    "\t",
    " ",
  )
    .replace(CONTROLS, "\ufffd").toWellFormed();
  const characters = [...plain];
  return characters.length <= limit ? plain : characters.slice(0, limit - 1).join("") + "…";
}

/**
 * `text` as one word of a shell command that a person may copy: in single quotes, whatever it holds.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { shellWord } from "./plain_text.ts";
 *
 * assert(shellWord("it's $(here)") === `'it'\\''s $(here)'`);
 * ```
 */
export function shellWord(text: string): string {
  const plain = plainLine(text, 500);
  return /^[\w@%+=:,./-]+$/.test(plain) && !plain.startsWith("-")
    ? plain
    : `'${plain.replaceAll("'", `'\\''`)}'`;
}

/** `text` for HTML, inside an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  const names: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => names[character]);
}

/** A time as people write it, in UTC and saying so: `2026-03-02 14:05 UTC`; seconds only where they aren't zero. */
export function formatTime(milliseconds: number | null): string {
  if (milliseconds === null || !Number.isFinite(milliseconds)) return "unknown time";
  const text = new Date(milliseconds).toISOString();
  const seconds = text.slice(17, 19) === "00" ? "" : text.slice(16, 19);
  return `${text.slice(0, 10)} ${text.slice(11, 16)}${seconds} UTC`;
}

/** A count for people: two digits that matter, thousands apart: `0.03`, `4.2`, `1,204`; next to nothing is `0`. */
export function formatCount(value: number): string {
  if (Math.abs(value) < 0.005) return "0";
  if (Math.abs(value) < 100) return String(Number(value.toPrecision(2)));
  return Math.round(value).toLocaleString("en-US");
}

/** From this many times on it is only said that it is more. */
const HIGHEST_RATIO = 1000;

/** How many times one number is another, for people: `4.2`, `120`, `over 1,000`. */
export function formatRatio(ratio: number): string {
  return ratio > HIGHEST_RATIO ? `over ${formatCount(HIGHEST_RATIO)}` : formatCount(ratio);
}
