/**
 * The places of a template where values stand.
 *
 * @module
 */
import { WILDCARD } from "../mask/token.ts";
import type { Redactor } from "../mask/masker.ts";
import { ID_ROLE, roleOf, SECRET_ROLE } from "./role.ts";
import { type Unit, unitOfName, unitOfWord } from "./unit.ts";

/** A place of a template where a value stands. */
export interface Slot {
  /** Which `<*>` of the template's text, from 0. */
  readonly ordinal: number;
  /** What the text calls it: `size` in `size=<*>`, `from` in `from <*>`; no other slot of the template has the same. */
  readonly name: string;
  /** What the name says; see `role.ts`. */
  readonly role: number;
  /** The unit that the name says: ms in `elapsed_ms=<*>`. */
  readonly unit: Unit | null;
  /** The template's text before and behind it. */
  readonly before: string;
  readonly after: string;
}

/** Words that name nothing. */
const SILENT = new Set(
  "a an the is was are were be been has have had of and or not no as it its this that than".split(" "),
);
/** Words that name a value less well than the noun behind it: `after <*> attempts`. */
const WEAK = new Set("in on at by for with after before within over about under than".split(" "));

/** Words that a noun never is. */
const LINKS = new Set([...WEAK, ..."from to into onto via but while when because if then so".split(" ")]);

const KEY = /["']?([A-Za-z][\w.-]*)["']?\s?(?:=>|[=:])\s?["'[({<]*$/;
const PREFIX = /([A-Za-z][\w.@-]*)$/;
const PROCESS = /([A-Za-z][\w.-]*)\[$/;
const WORDS = /[A-Za-z][\w-]*/g;
const NOUN = /^["')\]}]*\s([A-Za-z][\w-]*)(?:\s([A-Za-z][\w-]*))?/;

const OF_NEXT = /^["']?\s?[=:]|^[\s"'([{]*<\*>/;

/** Characters before and behind a slot that its name is looked for in. */
const REACH = 60;

/**
 * The slots of a template, by its text.
 *
 * A slot is told by its template's id and its ordinal. Within one catalogue both never change: not by a restart, not when a
 * provisional template is saved and adopted. Where learning goes on, a text can get more slots; {@linkcode slotLineage} says
 * which one is which.
 *
 * @param redact Which slots hold secrets is asked of it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { redact } from "../../record/redaction.ts";
 * import { slotsOf } from "./slot.ts";
 *
 * const slots = slotsOf("read blk_<*> of size <*> from <*> in <*> ms", redact);
 * assert.deepEqual(slots.map(({ name }) => name), ["blk", "size", "from", "in"]);
 * ```
 */
export function slotsOf(text: string, redact: Redactor): Slot[] {
  const parts = text.split(WILDCARD), names = new Map<string, number>();
  let before = "";
  return parts.slice(1).map((_, ordinal) => {
    before += (ordinal > 0 ? WILDCARD : "") + parts[ordinal];
    const after = parts.slice(ordinal + 1).join(WILDCARD), called = nameOf(before, after, ordinal);
    const times = (names.get(called.name) ?? 0) + 1;
    names.set(called.name, times);
    const secret = !isVisible(PROBE, { before, after }, redact);
    return {
      ordinal,
      name: times > 1 ? `${called.name}_${times}` : called.name,
      role: secret ? SECRET_ROLE : called.isId ? ID_ROLE : roleOf(called.name),
      unit: unitOfName(called.name),
      before,
      after,
    };
  });
}

/**
 * What a slot is called, everywhere.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { slotId } from "./slot.ts";
 *
 * assert.equal(slotId("91bd3d1c52", 0), "91bd3d1c52#0");
 * ```
 */
export function slotId(template: string, ordinal: number): string {
  return `${template}#${ordinal}`;
}

function nameOf(textBefore: string, textAfter: string, ordinal: number): { name: string; isId: boolean } {
  const before = textBefore.slice(-REACH).replaceAll(WILDCARD, " "), after = textAfter.slice(0, REACH);
  const prefix = PREFIX.exec(before)?.[1].replace(/[_.@\d-]+$/, "");
  if (prefix) return { name: prefix, isId: true };
  const key = KEY.exec(before)?.[1];
  if (key) return { name: key, isId: false };
  const process = PROCESS.exec(before)?.[1];
  if (process) return { name: process, isId: true };
  const isId = before.endsWith("#");
  const words = (before.match(WORDS) ?? []).filter((word) => !SILENT.has(word.toLowerCase()));
  const last = words.at(-1), noun = nounOf(after);
  if (last === undefined) return { name: noun ?? `value${ordinal > 0 ? ordinal + 1 : ""}`, isId };
  const apart = /[,;]\s*$/.test(before) || WEAK.has(last.toLowerCase());
  return { name: apart ? noun ?? last : last, isId };
}

/** The word behind a value, or behind its unit (`<*> MB free`), unless it belongs to the value that follows (`<*> port <*>`). */
function nounOf(after: string): string | undefined {
  const [, next, further] = NOUN.exec(after) ?? [],
    noun = next !== undefined && unitOfWord(next) ? further : next;
  if (noun === undefined || SILENT.has(noun.toLowerCase()) || LINKS.has(noun.toLowerCase())) return undefined;
  return OF_NEXT.test(after.slice(after.indexOf(noun) + noun.length)) ? undefined : noun;
}

/** A value such as no pattern asks for by itself. */
const PROBE = "Zk3xQ9vBm7Td";

/** Where a value stands. */
interface Surroundings {
  before: string;
  after: string;
}

/** Whether redaction leaves a value alone where it stands. */
function isVisible(value: string, { before, after }: Surroundings, redact: Redactor): boolean {
  const head = before.slice(-REACH),
    tail = after.slice(0, REACH),
    left = head.slice(-1),
    right = tail.slice(0, 1);
  if (redact(value) !== value) return false;
  if (!redact(head + value).endsWith(left + value) || !redact(value + tail).startsWith(value + right)) {
    return false;
  }
  return redact(head + value + tail).includes(left + value + right);
}

/** A value as it may be shown: as it is, or what redaction puts in its place. */
export function shownValue(value: string, slot: Slot, redact: Redactor): string {
  if (slot.role === SECRET_ROLE) return "<secret>";
  if (isVisible(value, slot, redact)) return value;
  const alone = redact(value);
  return alone === value ? "<secret>" : alone;
}
