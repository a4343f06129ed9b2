/**
 * Fields that marks set off: brackets, punctuation, keys, names with a colon, columns between bars or tabs.
 *
 * @module
 */
import { GAP, takeBranch, takeCertain } from "./certain_steps.ts";
import type { Field } from "./field.ts";
import { Growth, USUAL } from "./growth.ts";
import { isBlank } from "./scan.ts";

/** Brackets that set fields off. `{` opens JSON and dictionaries, which are messages. */
const CLOSE: Record<string, string> = { "[": "]", "(": ")", "<": ">" };
/** What stands between fields. */
const PUNCTUATION = "|-:,;])>*#@";
/** Items inside a bracket that are looked at before the rest is taken as one. */
const ITEMS = 8;

/**
 * The byte that stands at the cursor in the usual share of lines, as text; `""` where there is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Growth } from "./growth.ts";
 * import { usualByte } from "./mark_steps.ts";
 * import { Sample } from "./sample.ts";
 *
 * assert(usualByte(new Growth(Sample.ofLines(["[a]", "[b]"]))) === "[");
 * ```
 */
export function usualByte(growth: Growth): string {
  const counts = new Map<number, number>();
  let best = -1;
  for (let i = 0; i < growth.at.length; i++) {
    if (growth.at[i] < 0) continue;
    const byte = growth.sample.byteAt(growth.at, i), count = (counts.get(byte) ?? 0) + 1;
    counts.set(byte, count);
    if (count > (counts.get(best) ?? 0)) best = byte;
  }
  return best >= 0 && counts.get(best)! >= USUAL * growth.count ? String.fromCharCode(best) : "";
}

/**
 * Takes blanks where most lines have them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Growth } from "./growth.ts";
 * import { takeGap } from "./mark_steps.ts";
 * import { Sample } from "./sample.ts";
 *
 * assert(takeGap(new Growth(Sample.ofLines([" a", "\tb"]))));
 * ```
 */
export function takeGap(growth: Growth): boolean {
  const blank = growth.share((i) => isBlank(growth.sample.byteAt(growth.at, i)));
  return blank >= USUAL && growth.tryFields([GAP]);
}

/**
 * Takes the punctuation that stands there in most lines; a bracket with all that it holds.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Growth } from "./growth.ts";
 * import { takePunctuation } from "./mark_steps.ts";
 * import { Sample } from "./sample.ts";
 *
 * assert(takePunctuation(new Growth(Sample.ofLines(["- a", "- b"]))));
 * assert(!takePunctuation(new Growth(Sample.ofLines(["-1 a", "-2 b"]))));
 * ```
 */
export function takePunctuation(growth: Growth): boolean {
  const byte = usualByte(growth);
  if (byte in CLOSE) return takeBracket(growth, byte);
  if (byte === "" || !PUNCTUATION.includes(byte)) return false;
  if (byte === "-" || byte === "#" || byte === "@") { // a sign, a tag, a name
    const alone = growth.share((i) => {
      const next = growth.sample.bytes[growth.at[i] + 1];
      return growth.at[i] + 1 >= growth.sample.end[i] || isBlank(next) || next === byte.charCodeAt(0);
    });
    if (alone < USUAL && byte !== "#") return false;
  }
  // a line that begins with a dash has nothing to say in its first column: others may
  const field: Field = byte === "-" && growth.fields.length === 0
    ? { kind: "word" }
    : { kind: "text", text: byte };
  return growth.tryFields([field], { certainty: "strong", what: byte });
}

/**
 * Whether a comma or semicolon stands there with no blank behind it: a table of values, not a log.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Growth } from "./growth.ts";
 * import { isTable } from "./mark_steps.ts";
 * import { Sample } from "./sample.ts";
 *
 * const growth = new Growth(Sample.ofLines(["7,a", "7,b"]));
 * growth.tryFields([{ kind: "text", text: "7" }]);
 * assert(isTable(growth));
 * ```
 */
export function isTable(growth: Growth): boolean {
  const byte = usualByte(growth);
  if (byte !== "," && byte !== ";") return false;
  return growth.share((i) => !isBlank(growth.sample.bytes[growth.at[i] + 1])) >= USUAL;
}

/**
 * Takes a bracket: times and levels in it, then the rest up to where it closes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Growth } from "./growth.ts";
 * import { takeBracket } from "./mark_steps.ts";
 * import { Sample } from "./sample.ts";
 *
 * const growth = new Growth(Sample.ofLines(["[7: WARN] late", "[12: INFO] up"]));
 * assert(takeBracket(growth, "[") && growth.at[0] === 9);
 * ```
 */
export function takeBracket(growth: Growth, bracket: string): boolean {
  const close = CLOSE[bracket], whole: Field[] = [{ kind: "text", text: bracket }, { kind: "rest", close }];
  if (growth.look(whole).share < USUAL) return false;
  const inner = new Growth(growth.sample);
  inner.at = growth.at;
  inner.tryFields([whole[0]]);
  if (inner.share((i) => isBlank(inner.sample.byteAt(inner.at, i))) > 0) inner.tryFields([GAP]);
  for (let item = 0; item < ITEMS; item++) {
    if (inner.tryFields([{ kind: "text", text: close }])) {
      return keepBracket(growth, inner, bracket);
    }
    if (takeGap(inner) || takeCertain(inner, 0) || takeInner(inner)) continue;
    if (growth.fields.length + inner.marks.length === 0 && takeBranch(inner)) continue;
    if (takeCertain(inner, 2, close)) continue;
    break;
  }
  const leveled: Field = { kind: "rest", close, level: true };
  const last = inner.look([leveled]).share >= USUAL;
  if (!last && inner.look([{ kind: "rest", close }]).share < USUAL) return false;
  inner.tryFields(
    [last ? leveled : { kind: "rest", close }],
    last ? { certainty: "sure", what: "level" } : undefined,
  );
  return keepBracket(growth, inner, bracket);
}

/** Punctuation between the items of a bracket. */
function takeInner(inner: Growth): boolean {
  const byte = usualByte(inner);
  return byte !== "" && ",:;/#|-".includes(byte) && inner.tryFields([{ kind: "text", text: byte }]);
}

/** What was found inside belongs to the header, and so do the brackets. */
function keepBracket(growth: Growth, inner: Growth, bracket: string): boolean {
  const sure = inner.marks.length > 0;
  if (bracket === "<" && !sure && growth.fields.length === 0) return false; // XML
  const share = inner.count / Math.max(1, growth.count);
  const { what } = inner.marks[0] ?? { what: bracket };
  growth.take(inner.fields, inner.at, { certainty: sure ? "sure" : "strong", what, share });
  return true;
}
