/**
 * A template's text as labelled collections write it.
 *
 * @module
 */
import { WILDCARD } from "./mask/token.ts";

/** What parts words in that source. */
const BORDER = "[\\s,!;:=|\"'[\\](){}.\\-+@#$%&]";
/** Booleans, the missing value and the accounts that every system has, wherever they stand alone. */
const CONSTANT = new RegExp(`(?<=^|${BORDER})(?:true|false|null|root|admin)(?=$|${BORDER})`, "gi");
/** Digits alone. */
const DIGITS = new RegExp(`(?<=^|${BORDER})\\d+(?=$|${BORDER})`, "g");
/** `<*>.<*>`, `<*><*>`: values with nothing but a full stop between them are one. */
const JOINED = /<\*>(?:\.?<\*>)+/g;
/** Other words for a missing value: only where a value stands, for "none" can be a word too. */
const MISSING = /(?<=[=:(|] ?)(?:none|nil)(?=$|[\s,;)\]}|])/gi;
/** `user=guest`: a name is a value, though the same name came every time. */
const ACCOUNT = /(?<=\buser(?:name)?[= ] ?)(?:administrator|guest)(?![\w.-])/gi;
/** `blk_<*>`, `node<*>`, `<*>ms`: what is glued to a value without punctuation is part of it. */
const GLUED = /[^\s,!;:=|"'[\](){}.\-+@#$%&<>*\/]*<\*>[^\s,!;:=|"'[\](){}.\-+@#$%&<>*\/]*/g;
/** `=worker-<*>`, `=org.example.Main`: what is assigned is one value when a part of it is, or when it is a name of several parts. */
const ASSIGNED =
  /(?<==)(?:[\w.\-$]*<\*>[\w.\-$]*(?=$|[\s,;)\]}|])|[A-Za-z_$][\w$]*(?:\.[\w$]+)+(?=$|[\s,;)\]}|]))/g;

/**
 * The text of a template in the normal form of corrected benchmark labels: booleans, missing values, account names and numbers are
 * values too, though every line had the same one, a value takes in what is glued to it without punctuation, and values that only
 * a full stop parts are one. Beyond that source, what is assigned (`=`) is one value where a part of it is. Templates stay apart:
 * only the text is levelled, not the event.
 *
 * Source: Z. A. Khan et al., *Guidelines for Assessing the Accuracy of Log Message Template Identification Techniques*, ICSE 2022
 * (its rules BL, US, DG, WV, DV and CV).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { eventText } from "./event_text.ts";
 *
 * assert(eventText("deleting blk_<*> force=true owner=null") === "deleting <*> force=<*> owner=<*>");
 * ```
 */
export function eventText(text: string): string {
  return text.replace(CONSTANT, WILDCARD).replace(MISSING, WILDCARD).replace(ACCOUNT, WILDCARD).replace(
    ASSIGNED,
    WILDCARD,
  )
    .replace(DIGITS, WILDCARD).replace(GLUED, WILDCARD).replace(JOINED, WILDCARD);
}
