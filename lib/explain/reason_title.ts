/**
 * What a reason is about, as people read it.
 *
 * @module
 */
import type { Technique } from "../detector/threat/technique.ts";
import type { Reason } from "./reason.ts";

/** What {@linkcode reasonTitle} must know of a reason. */
export type TitledReason =
  & Pick<Reason, "title">
  & Partial<Pick<Reason, "id" | "kind" | "note" | "technique">>;

/** Characters of a template that is named within a sentence. */
const QUOTED = 70;

/** How sessions end their word about an order: that comes behind it. */
const NEVER = ", never so in training";
/** How values of sessions are named that are lengths of time. */
const STEP_TIME = "time before", SESSION_DURATION = "whole session";
const BEFORE = "` directly before `";

/**
 * What a reason is about, in one line that doesn't change from window to window: the template, or what else it is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { reasonTitle } from "./reason_title.ts";
 *
 * assert.equal(reasonTitle({ kind: "template", title: "disk <*> failed" }), "disk <*> failed");
 * assert.equal(reasonTitle({ kind: "value", id: "T7 took", title: "served in <*>" }), "`took` of `served in <*>`");
 * const order = { kind: "order", id: "T1 T2", title: "login", note: "followed by: logout" } as const;
 * assert.equal(reasonTitle(order), "`login` directly before `logout`");
 * ```
 */
export function reasonTitle(reason: TitledReason): string {
  const { kind, id = "", title, technique } = reason;
  if (kind === "level") return `Records of level ${title}`;
  if (kind === "total") return "All records";
  if (kind === "other") return "Other known templates";
  if (kind === "order") return orderTitle(reason);
  if (kind === "value") return valueTitle(id, title);
  return technique === undefined ? title : `${nameOf(technique)}: ${title}`;
}

/** A parameter of a template, or a length of time within a session. */
function valueTitle(id: string, title: string): string {
  if (id === SESSION_DURATION) return "Duration of the session";
  const name = id.slice(id.indexOf(" ") + 1);
  return name === STEP_TIME
    ? `Time before \`${shortened(title)}\``
    : `\`${name}\` of \`${shortened(title)}\``;
}

/**
 * Whether a reason is about how long something within a session took.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isLengthOfTime } from "./reason_title.ts";
 *
 * assert(isLengthOfTime({ kind: "value", id: "T1 time before" }));
 * assert(!isLengthOfTime({ kind: "value", id: "T1 took" }));
 * ```
 */
export function isLengthOfTime({ kind, id }: Pick<Reason, "kind" | "id">): boolean {
  return kind === "value" && (id === SESSION_DURATION || id.endsWith(` ${STEP_TIME}`));
}

/** An order as `A directly before B`, at the beginning or at the end; detectors tell it in words of their own. */
function orderTitle({ title, note = "" }: TitledReason): string {
  const own = `\`${shortened(title)}\``;
  if (note.startsWith("`")) {
    const said = shortQuotes(note.endsWith(NEVER) ? note.slice(0, -NEVER.length) : note);
    return said.split(BEFORE).length > 2 ? said.replaceAll(BEFORE, "`, then `") : said;
  }
  if (note.startsWith("followed by: ")) {
    return `${own} directly before \`${shortened(note.slice("followed by: ".length))}\``;
  }
  if (note.startsWith("came first")) return `${own} at the beginning`;
  return note.startsWith("nothing followed") ? `${own} at the end` : `The order of ${own}`;
}

/**
 * Templates in backquotes cut, so that a sentence about them can be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { shortQuotes } from "./reason_title.ts";
 *
 * assert.equal(shortQuotes("`" + "x".repeat(100) + "` first").length, "`` first".length + 70);
 * ```
 */
export function shortQuotes(text: string): string {
  return text.replace(/`([^`]*)`/g, (_, quoted: string) => `\`${shortened(quoted)}\``);
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length > QUOTED ? `${characters.slice(0, QUOTED - 1).join("")}…` : text;
}

/**
 * A technique as people name it: by its number, and by its own name without that of what it is a kind of.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { techniqueText } from "./reason_title.ts";
 *
 * const technique = { id: "T1110.001", name: "Brute Force: Password Guessing" };
 * assert.equal(techniqueText(technique), "T1110.001 Password Guessing");
 * ```
 */
export function techniqueText(technique: Technique): string {
  return `${technique.id} ${nameOf(technique)}`;
}

function nameOf({ name }: Technique): string {
  const kind = name.indexOf(": ");
  return kind < 0 ? name : name.slice(kind + 2);
}
