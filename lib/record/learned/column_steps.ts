/**
 * Keys and their values, names before a colon, columns before bars, tabs and dashes, and what is optional.
 *
 * @module
 */
import { GAP, takeCertain } from "./certain_steps.ts";
import type { Field } from "./field.ts";
import { endsHeader, type Growth, USUAL } from "./growth.ts";
import { usualByte } from "./mark_steps.ts";
import { colonBehindName } from "./scan.ts";

/** Keys whose value is the message. */
const MESSAGE_KEYS = /^"?(?:msg|message|event|text|body)"?$/i;
/** What stands before a bar or a dash has this many bytes at the most: names of threads and programs with their arguments. */
const COLUMN_BYTES = 48;
/** Different names of several words before a dash at the most. */
const NAMES = 12;
/** An optional field stands in this share of lines at least; what is rarer is part of the messages that have it. */
const OPTIONAL = 0.75;
const SOMETIMES = 0.2;

/**
 * Takes `key=` where most lines have the same key, and what belongs to it; `"message"`: the message follows.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Growth } from "./growth.ts";
 * import { takeKey } from "./column_steps.ts";
 * import { Sample } from "./sample.ts";
 *
 * const growth = new Growth(Sample.ofLines(['id=7 msg="late"', 'id=8 msg="up"']));
 * assert(takeKey(growth) === true && growth.at[0] === 4);
 * ```
 */
export function takeKey(growth: Growth): boolean | "message" {
  const keys = new Map<string, number>();
  for (let i = 0; i < growth.at.length; i++) {
    if (growth.at[i] < 0) continue;
    const key = /^[A-Za-z_@][\w.@-]*=/.exec(
      growth.sample.text(i, growth.at[i], Math.min(growth.at[i] + 64, growth.sample.end[i])),
    );
    if (key !== null) keys.set(key[0], (keys.get(key[0]) ?? 0) + 1);
  }
  const key = [...keys.keys()].find((one) => keys.get(one)! >= USUAL * growth.count);
  if (key === undefined) return false;
  const message = MESSAGE_KEYS.test(key.slice(0, -1)), mark = { certainty: "strong", what: "key" } as const;
  growth.tryFields([{ kind: "text", text: key }], message ? mark : undefined);
  if (message) return "message";
  const quoted = usualByte(growth) === '"';
  if (quoted) growth.tryFields([{ kind: "text", text: '"' }]);
  const found = takeCertain(growth, 0);
  if (quoted) {
    const end: Field = found && usualByte(growth) === '"'
      ? { kind: "text", text: '"' }
      : { kind: "until", text: '"' };
    growth.tryFields([end], mark);
  } else if (!found) growth.tryFields([{ kind: "word" }], mark);
  return true;
}

/**
 * Takes a name and its colon.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Growth } from "./growth.ts";
 * import { takeName } from "./column_steps.ts";
 * import { Sample } from "./sample.ts";
 *
 * assert(takeName(new Growth(Sample.ofLines(["cron[42]: late", "sshd(pam) [7]: up"]))));
 * ```
 */
export function takeName(growth: Growth): boolean {
  return growth.tryFields([{ kind: "name" }], { certainty: "strong", what: "name" });
}

/**
 * Takes what stands before a bar, a tab, or a dash between blanks, where most lines have one near; several words are in doubt.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Growth } from "./growth.ts";
 * import { takeColumn } from "./column_steps.ts";
 * import { Sample } from "./sample.ts";
 *
 * const growth = new Growth(Sample.ofLines(["disk 1|late", "net|up"]));
 * assert(takeColumn(growth) && growth.at[0] === 7);
 * ```
 */
export function takeColumn(growth: Growth): boolean {
  for (const text of ["|", "\t", " - "]) {
    const field: Field = { kind: "until", text }, { at, share } = growth.look([field]);
    if (share < USUAL) continue;
    const texts: string[] = [];
    for (let i = 0; i < at.length; i++) {
      if (at[i] >= 0) texts.push(growth.sample.text(i, growth.at[i], at[i]));
    }
    const near = texts.filter((one) => one.length <= COLUMN_BYTES && !/["=]/.test(one)).length;
    if (near < USUAL * texts.length) continue;
    const single = texts.filter((one) => !/\S\s+[^\s|-]/.test(one)).length >= USUAL * texts.length;
    // before a dash several words are a name only where there are few of them: a message may have a dash as well
    if (text === " - " && !single && (endsHeader(growth.marks.at(-1)) || new Set(texts).size > NAMES)) {
      continue;
    }
    if (text !== " - " && !single) growth.doubt++;
    growth.take([field], at, { certainty: "strong", what: text === " - " ? "dash" : "column", share });
    return true;
  }
  return false;
}

/**
 * Takes a bracket, a name with a number, or a number behind a mark, that stands in many lines but not in all.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Growth } from "./growth.ts";
 * import { takeOptional } from "./column_steps.ts";
 * import { Sample } from "./sample.ts";
 *
 * const growth = new Growth(Sample.ofLines(["[7] late", "[8] up", "[9] up", "down"]));
 * assert(takeOptional(growth) && growth.count === 4 && growth.marks.length === 1);
 * ```
 */
export function takeOptional(growth: Growth): boolean {
  const glued = growth.fields.at(-1)?.kind !== "gap"; // then the blanks stand behind it, whether it is there or not
  const bracket: Field[] = [{ kind: "text", text: "[" }, { kind: "rest", close: "]" }, ...glued ? [] : [GAP]];
  const name: Field[] = [{ kind: "name" }, GAP];
  for (const [fields, what] of [[bracket, "["], [name, "name"]] as const) {
    const { share } = growth.look(fields);
    const numbered = what === "name" ? growth.share((i) => isNumbered(growth, i)) : 0;
    const certain = what === "[" ? share >= OPTIONAL : share >= 0.5 && numbered >= share / 2;
    if (!certain && (share < SOMETIMES || what === "name")) continue;
    const optional: Field = { kind: "optional", fields: [...fields] }, { at } = growth.look([optional]);
    if (!certain) growth.doubt++;
    growth.take([optional], at, certain ? { certainty: "strong", what: `${what}?`, share } : undefined);
    return true;
  }
  return false;
}

/** Whether a name with a number in brackets (`sshd[4242]:`) stands at the cursor. */
function isNumbered(growth: Growth, i: number): boolean {
  const { sample, at } = growth, colon = colonBehindName(sample.bytes, at[i], sample.end[i]);
  return colon > 0 && /\[\d+\]$/.test(sample.text(i, at[i], colon));
}
