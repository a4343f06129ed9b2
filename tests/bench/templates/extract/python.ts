/**
 * Log calls of Python: `%s` with arguments or the operator, `str.format`, f-strings, concatenation, keyword arguments.
 *
 * @module
 */
import { afterString, closing, splitAt, unescaped } from "./language.ts";
import {
  callArguments,
  type Constants,
  constantText,
  conversionOf,
  filled,
  hole,
  isChoice,
  isNumberName,
  type LogCall,
  type Part,
  resolved,
} from "./log_call.ts";

const CALL =
  /(?<![\w.])(?:\w+(?:\(\))?\.)*(?:\w*(?:log|logger|LOG|LOGGER|Log|logging))(?:\(\))?\.(?:debug|info|warning|warn|error|exception|critical|msg|trace|notice)\s*\(/g;

/** Arguments by keyword that are no fields of the message. */
const OWN_KEYWORDS = new Set(["exc_info", "extra", "stack_info", "stacklevel", "exc", "failure"]);

const PERCENT = /%(?:\((\w+)\))?[-#0 +]*\d*(?:\.\d+)?([sdrifgxXcu%])/g;

/** The log calls of a source. */
export function* pythonCalls(text: string, constants: Constants): Generator<LogCall> {
  for (const { args } of callArguments(text, CALL, "python")) {
    const [first, ...rest] = args;
    if (first === undefined || args.some((arg) => arg.startsWith("*") || isChoice(arg))) continue;
    const named = rest.map((arg) => /^(\w+)\s*=(?!=)\s*([^]+)$/.exec(arg));
    const fields = named.filter((match) => match !== null && !OWN_KEYWORDS.has(match[1]))
      .map((match) => ({ key: match![1], hole: hole(match![2]) }));
    const values = rest.filter((_, i) => named[i] === null), parts = expression(unwrapped(first), constants);
    const full = parts && values.length > 0 ? argumentsIn(parts, values) : parts;
    const known = full && resolved(full, constants);
    if (known) yield { parts: known, fields };
  }
}

/** `_("text")` is a text to translate. */
function unwrapped(text: string): string {
  const match = /^(?:_\w?|gettext)\(([^]*)\)$/.exec(text);
  return match ? match[1].trim() : text;
}

/** The arguments of a call put where `%` or, in other libraries, `{}` stands. */
function argumentsIn(parts: Part[], values: string[]): Part[] | null {
  const texts = parts.filter((part) => typeof part === "string").join(" ");
  if (/%\(\w+\)/.test(texts)) return values.length === 1 ? byName(parts) : null;
  const pattern = !/%[-#0 +\d.]*[a-zA-Z]/.test(texts) && texts.includes("{}") ? /\{\}/g : PERCENT;
  const full = filled(parts, { pattern, args: values });
  return full && full.used === values.length ? full.parts : null;
}

/** `%(name)s` for values that are told by name. */
function byName(parts: Part[]): Part[] {
  return parts.flatMap((part) => {
    if (typeof part !== "string") return [part];
    const out: Part[] = [];
    let from = 0;
    for (const match of part.matchAll(PERCENT)) {
      out.push(
        part.slice(from, match.index),
        match[2] === "%" ? "%" : hole(match[1] ?? "", conversionOf(match[2])),
      );
      from = match.index + match[0].length;
    }
    return [...out, part.slice(from)];
  });
}

/** What an expression writes; `null` where it can't be known. */
function expression(text: string, constants: Constants): Part[] | null {
  const out: Part[] = [];
  for (const operand of splitAt(text, "+", "python")) {
    const constant = constantText(operand, constants), parts = literals(operand, constants);
    if (parts !== undefined) {
      if (parts === null) return null;
      out.push(...parts);
    } else if (typeof constant === "string") out.push(constant);
    else if (operand === "" || constant === null && !isNumberName(operand)) return null;
    else out.push(hole(operand));
  }
  return out.some((part) => typeof part === "string") ? out : null;
}

/** Literals side by side, with what is done to them; `undefined` where there is no literal. */
function literals(text: string, constants: Constants): Part[] | null | undefined {
  let rest = text, parts: Part[] | null = [];
  if (text[0] === "(") {
    const end = closing(text, 0, "python");
    if (!/["']/.test(text.slice(0, end))) return undefined;
    parts = expression(text.slice(1, end), constants);
    rest = text.slice(end + 1);
  } else if (!/^[rRbBfFuU]{0,2}["']/.test(text)) return undefined;
  for (let match; (match = /^\s*(?:#.*\n\s*)*([rRbBfFuU]{0,2})(?=["'])/.exec(rest));) {
    const end = afterString(rest, match[0].length, "python"), quoted = rest.slice(match[0].length, end);
    const inside = /^("""|''')/.test(quoted) ? quoted.slice(3, -3) : quoted.slice(1, -1),
      flags = match[1].toLowerCase();
    parts?.push(
      ...flags.includes("f") ? interpolated(inside) : [flags.includes("r") ? inside : unescaped(inside)],
    );
    rest = rest.slice(end);
  }
  return parts && applied(parts, rest.trim());
}

/** What stands behind a literal: the `%` operator, `.format(…)`, or nothing. */
function applied(parts: Part[], rest: string): Part[] | null {
  if (rest === "") return parts;
  const text = parts.join("");
  if (rest[0] === "%") {
    const right = rest.slice(1).trim(), inside = /^\(([^]*)\)$/.exec(right)?.[1];
    if (/%\(\w+\)/.test(text)) return byName(parts);
    const args = inside === undefined ? [right] : splitAt(inside, ",", "python");
    const full = args.some(isChoice) ? null : filled(parts, { pattern: PERCENT, args });
    return full && full.used === args.length ? full.parts : null;
  }
  const format = /^\.format\(([^]*)\)$/.exec(rest);
  return format && parts.every((part) => typeof part === "string")
    ? braces(text, splitAt(format[1], ",", "python"))
    : null;
}

/** `str.format`: marks by order, number or name. */
function braces(text: string, args: string[]): Part[] | null {
  if (args.some((arg) => isChoice(arg) || arg.startsWith("*"))) return null;
  const out: Part[] = [];
  let from = 0, next = 0;
  for (const match of text.matchAll(/\{\{|\}\}|\{([\w.[\]]*)(![rsa])?(?::([^{}]*))?\}/g)) {
    out.push(text.slice(from, match.index));
    from = match.index + match[0].length;
    if (match[1] === undefined) {
      out.push(match[0][0]);
      continue;
    }
    const name = match[1] === "" ? args[next++] : /^\d+$/.test(match[1]) ? args[Number(match[1])] : match[1];
    if (name === undefined) return null;
    out.push(hole(name, match[2] === "!r" ? "repr" : conversionOf(match[3]?.at(-1) ?? "s")));
  }
  return [...out, text.slice(from)];
}

/** The parts of an f-string. */
function interpolated(inside: string): Part[] {
  const out: Part[] = [];
  let text = "";
  for (let i = 0; i < inside.length; i++) {
    const char = inside[i];
    if ((char === "{" || char === "}") && inside[i + 1] === char) {
      text += char;
      i++;
    } else if (char === "{") {
      const end = closing(inside, i, "python"),
        [value, spec] = splitAt(inside.slice(i + 1, end), ":", "python");
      const plain = (value ?? "").replace(/![rsa]$/, ""), shown = /[^=!<>]=$/.test(plain);
      out.push(unescaped(text) + (shown ? plain : ""));
      out.push(
        hole(plain.replace(/=$/, ""), /!r$/.test(value ?? "") ? "repr" : conversionOf(spec?.at(-1) ?? "s")),
      );
      text = "";
      i = end;
    } else text += char;
  }
  return [...out, unescaped(text)];
}
