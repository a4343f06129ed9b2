/**
 * A template's text as labelled collections write it.
 *
 * @module
 */
import { WILDCARD } from "./mask/token.ts";

/** `true`, `false`: values of a flag, wherever they stand. */
const BOOLEAN = /(?<![\w.-])(?:true|false)(?![\w-])/gi;
/** A value that is missing: only where a value stands, for "none" can be a word too. */
const MISSING = /(?<=[=:(|] ?)(?:null|none|nil)(?=$|[\s,;)\]}|])/gi;
/** `user=root`, `user root`: a name is a value, though the same name came every time. */
const ACCOUNT = /(?<=\buser(?:name)?[= ] ?)(?:root|admin|administrator|guest)(?![\w.-])/gi;
/** `blk_<*>`: what names the kind of an id is part of the id. */
const PREFIXED = /[A-Za-z][\w-]*_<\*>/g;

/**
 * The text of a template in the normal form of corrected benchmark labels: booleans, missing values and account names are values
 * too, though every line had the same one, and a value that is glued to its prefix is one value. Templates stay apart: only the
 * text is levelled, not the event.
 *
 * Source: Z. A. Khan et al., *Guidelines for Assessing the Accuracy of Log Message Template Identification Techniques*, ICSE 2022
 * (its rules for booleans, user strings and words with variables).
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
  const first = text.search(/[\s=:(|]/); // a line's first word says what happened
  if (first < 0) return text;
  const head = text.slice(0, first), rest = text.slice(first);
  return head + rest.replace(BOOLEAN, WILDCARD).replace(MISSING, WILDCARD).replace(ACCOUNT, WILDCARD)
    .replace(PREFIXED, WILDCARD);
}
