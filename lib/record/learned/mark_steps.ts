/**
 * Fields that marks set off: brackets, punctuation, keys, names with a colon, columns between bars or tabs.
 *
 * @module
 */
import { GAP, takeBranch, takeCertain } from "./certain_steps.ts";
import type { Field } from "./field.ts";
import { endsHeader, Growth, USUAL } from "./growth.ts";
import { colonBehindName, isBlank } from "./scan.ts";

/** Brackets that set fields off. `{` opens JSON and dictionaries, which are messages. */
const CLOSE: Record<string, string> = { "[": "]", "(": ")", "<": ">" };
/** What stands between fields. */
const PUNCTUATION = "|-:,;])>*#@";
/** Keys whose value is the message. */
const MESSAGE_KEYS = /^"?(?:msg|message|event|text|body)"?$/i;
/** Items inside a bracket that are looked at before the rest is taken as one. */
const ITEMS = 8;
/** What stands before a bar or a dash has this many bytes at the most: names of threads and programs with their arguments. */
const COLUMN_BYTES = 48;
/** Different names of several words before a dash at the most. */
const NAMES = 12;
/** An optional field stands in this share of lines at least; what is rarer is part of the messages that have it. */
const OPTIONAL = 0.75;
const SOMETIMES = 0.2;

/** The byte that stands at the cursor in the usual share of lines, as text; `""` where there is none. */
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

/** Takes blanks where most lines have them. */
export function takeGap(growth: Growth): boolean {
  const blank = growth.share((i) => isBlank(growth.sample.byteAt(growth.at, i)));
  return blank >= USUAL && growth.tryFields([GAP]);
}

/** Takes the punctuation that stands there in most lines; a bracket with all that it holds. */
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
  return growth.tryFields([{ kind: "text", text: byte }], { certainty: "strong", what: byte });
}

/** Whether a comma or semicolon stands there with no blank behind it: a table of values, not a log. */
export function isTable(growth: Growth): boolean {
  const byte = usualByte(growth);
  if (byte !== "," && byte !== ";") return false;
  return growth.share((i) => !isBlank(growth.sample.bytes[growth.at[i] + 1])) >= USUAL;
}

/** Takes a bracket: times and levels in it, then the rest up to where it closes. */
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

/** Takes `key=` where most lines have the same key, and what belongs to it; `"message"`: the message follows. */
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

/** Takes a name and its colon. */
export function takeName(growth: Growth): boolean {
  return growth.tryFields([{ kind: "name" }], { certainty: "strong", what: "name" });
}

/** Takes what stands before a bar, a tab, or a dash between blanks, where most lines have one near; several words are in doubt. */
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

/** Takes a bracket, a name with a number, or a number behind a mark, that stands in many lines but not in all. */
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
