/**
 * What a message is about.
 *
 * @module
 */
import type { Category } from "./category.ts";
import { NOUNS, PLAINLY_NAMED, PREFERRED } from "./nouns.ts";
import { readable } from "./words.ts";

/** What a message is about. */
export interface Subject {
  /** `file`, `host`, `table`, `user` … */
  kind: string;
  /** Its name as the message has it; empty where a template has only its place. */
  name: string;
  /** Both, to be shown. */
  text: string;
}

/** Things that are subjects without a name: the last resort. */
const THINGS = new RegExp(
  "\\b(database|disk|memory|cpu|processor|network|certificate|password|configuration|cache|queue|index|upstream|backend|" +
    "cluster|leader|replica|session|connection|socket|filesystem|file system|volume|heap|thread|worker|request|message|token|lock)\\b",
  "i",
);

const NAME = "(?:<[^<>\\s]{0,40}>|[\\w.$:@/*-])";
/** `table "orders"`, `user=anna`, `host <*>`, `relation: x`. */
const NAMED = new RegExp(
  `\\b(${Object.keys(NOUNS).join("|")})\\b[ :=#]{1,2}(?:["'\`\\[(](${NAME}{1,80})["'\`\\])]|(${NAME}{1,80}))`,
  "gi",
);
/** A path of at least two parts, or of one with a suffix. */
const PATH = /(?<![\w.:/<>])\/(?:[\w.@*<>-]{1,80}\/){0,12}[\w.@*<>-]{1,80}/;
/** `db.internal:5432`, `<*>:<*>` does not count. */
const ADDRESS =
  /\b[a-z][\w-]{0,40}(?:\.[\w-]{1,40}){0,6}:\d{2,5}\b|\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/i;
/** Small words that follow a noun without being its name. */
const NO_NAME = new Set(
  ("is was are be been has have had not no in of to for from on at by with and or the a an failed failure error errors denied " +
    "does did do could can cannot may must will would should that this it its already left lost out full found names name " +
    "timed timeout closed reset refused unavailable available unknown invalid missing down up limit id type level state status " +
    "process service server file user users account host address agent input session sessions methods group data space exited terminated killed died while when due due: exceeded reached exhausted")
    .split(" "),
);

/**
 * What a message is about: something that it names, by a noun before (`table "orders"`), a path or an address, else a thing that
 * it speaks of; `null` where it speaks of none. Names are copied from the message as they stand, so what was redacted stays so.
 *
 * @param category What the message means: which kinds tell most.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { subjectOf } from "./subject.ts";
 *
 * assert.equal(subjectOf('relation "carts" does not exist', "missing")?.text, "table carts");
 * assert.equal(subjectOf("Failed password for user <*> from <*>", "authentication")?.text, "a user");
 * ```
 */
export function subjectOf(text: string, category: Category): Subject | null {
  const read = readable(text), order = PREFERRED[category] ?? [];
  const found = [...namedThings(read), ...pathsAndAddresses(read)]
    .filter(({ kind, name }) => name !== "" || order.includes(kind));
  const rank = ({ kind }: Subject) => order.includes(kind) ? order.indexOf(kind) : order.length;
  const [best] = found.toSorted((a, b) => rank(a) - rank(b) || Number(a.name === "") - Number(b.name === ""));
  if (best) return best;
  const thing = THINGS.exec(read)?.[0].toLowerCase();
  return thing ? { kind: thing, name: "", text: `the ${thing}` } : null;
}

function namedThings(text: string): Subject[] {
  return [...text.matchAll(NAMED)].flatMap(([, noun, quoted, plain]) => {
    const kind = NOUNS[noun.toLowerCase()], name = (quoted ?? plain).replace(/[.,:;]+$/, "");
    if (name === "" || quoted === undefined && !isName(kind, name)) return [];
    return [subject(kind, /^[<>*\W]+$/.test(name) || name.startsWith("<") ? "" : name)];
  });
}

/** Whether what stands behind a noun without quotes is a name rather than the next word of the sentence. */
function isName(kind: string, word: string): boolean {
  if (NO_NAME.has(word.toLowerCase()) || /(?:ed|ing|tion|ure)$/.test(word)) return false;
  return /[\d._:\/<$@-]|[a-z][A-Z]/.test(word) || PLAINLY_NAMED.has(kind) && word === word.toLowerCase();
}

function pathsAndAddresses(text: string): Subject[] {
  const path = PATH.exec(text)?.[0], address = ADDRESS.exec(text)?.[0];
  return [...path ? [subject("file", path)] : [], ...address ? [subject("address", address)] : []];
}

function subject(kind: string, name: string): Subject {
  const article = /^[aeiou]/.test(kind) && kind !== "user" && kind !== "unit" ? "an" : "a";
  return { kind, name, text: name === "" ? `${article} ${kind}` : `${kind} ${name}` };
}
