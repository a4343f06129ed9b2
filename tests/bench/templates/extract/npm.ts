/**
 * Log calls of JavaScript and TypeScript: template literals, `%s`, concatenation, objects before or behind the message.
 *
 * @module
 */
import { afterString, closing, splitAt, unescaped } from "./language.ts";
import {
  callArguments,
  type Constants,
  constantText,
  filled,
  type Hole,
  hole,
  isChoice,
  isNumberName,
  type LogCall,
  type Part,
  resolved,
} from "./log_call.ts";

const CALL =
  /(?<![\w$.])(?:[\w$]+\.)*(?:\w*(?:log|logger|Log|Logger|LOG|debug|console|winston|logging))(?:\(\))?(?:\.(?:trace|debug|info|warn|warning|error|fatal|verbose|silly|notice|log|success))?\s*\(/g;

/** Levels and words that stand before a message in some libraries. */
const LEVEL = /^["'](?:silly|verbose|debug|info|warn|warning|error|notice)["']$/;

/** The log calls of a source. */
export function* npmCalls(text: string, constants: Constants): Generator<LogCall> {
  for (const { call, args } of callArguments(text, CALL, "npm")) {
    if (LEVEL.test(args[0] ?? "")) args.shift();
    const first = args.slice(0, 2).findIndex((arg) =>
      /^[\w$.]*\(?["'`]/.test(arg) || arg.includes("+") && /["'`]/.test(arg)
    );
    if (first < 0 || first === 1 && /["'`]/.test(args[0].replaceAll(/\w+:\s*["'`]/g, ""))) continue;
    const appends = /^(?:console|debug|log)\b/.test(call);
    const found = message(args[first], {
      rest: args.slice(first + 1),
      before: first === 1 ? args[0] : "",
      appends,
    }, constants);
    const known = found && resolved(found.parts, constants);
    if (known) yield { ...found, parts: known };
  }
}

/** What stands around a message. */
interface Around {
  rest: string[];
  before: string;
  /** Whether further values are written behind the message, as `util.format` does. */
  appends: boolean;
}

function message(
  expression: string,
  { rest, before, appends }: Around,
  constants: Constants,
): LogCall | null {
  const wrapped = /^(?:util\.)?format\s*\(/.exec(expression);
  if (wrapped) {
    const [text, ...args] = splitAt(
      expression.slice(wrapped[0].length, closing(expression, wrapped[0].length - 1, "npm")),
      ",",
      "npm",
    );
    return text === undefined ? null : message(text, { rest: args, before, appends: false }, constants);
  }
  const parts = concatenated(expression, constants);
  if (parts === null || rest.some((arg) => isChoice(arg) || arg.startsWith("..."))) return null;
  const full = filled(parts, { pattern: /%%|%[sdojOif]/g, args: rest });
  if (full === null) return null;
  const fields: LogCall["fields"] = [];
  for (const [i, arg] of [before, ...rest.slice(full.used)].entries()) {
    const object = /^\{([^]*)\}$/.exec(arg)?.[1];
    const found = object === undefined ? null : objectFields(object);
    if (object !== undefined && found === null) return null;
    if (found) fields.push(...found);
    else if (i > 0 && appends && /^[\w$.[\]()]+$/.test(arg)) full.parts.push(" ", hole(arg));
    else if (i > 0 && appends && arg !== "") return null;
  }
  return { parts: full.parts, fields };
}

/** The fields of an object literal; `null` where some aren't known, or are written out in the source. */
function objectFields(inside: string): LogCall["fields"] | null {
  const fields: { key: string; hole: Hole }[] = [];
  for (const entry of splitAt(inside, ",", "npm")) {
    const [, key, value] = /^(\w+)\s*(?::\s*([^]+))?$/.exec(entry) ?? [];
    if (key === undefined || isChoice(value ?? "") || /^["'`{[]/.test(value ?? "")) return null;
    if (!/^(err|error|stack|e)$/.test(key)) fields.push({ key, hole: hole(value ?? key) });
  }
  return fields;
}

/** What literals and values joined by `+` or `concat` write; `null` where it can't be known. */
function concatenated(expression: string, constants: Constants): Part[] | null {
  const out: Part[] = [];
  for (const operand of operandsOf(expression)) {
    const constant = constantText(operand, constants),
      coloured = /^(?:chalk|pc|colors|kleur)[\w.]*\(([^]*)\)$/.exec(operand)?.[1];
    const inner = coloured === undefined ? null : concatenated(coloured, constants);
    if ("\"'`".includes(operand[0] ?? "x") && afterString(operand, 0, "npm") === operand.length) {
      const parts = literal(operand);
      if (parts === null) return null;
      out.push(...parts);
    } else if (inner) out.push(...inner);
    else if (typeof constant === "string") out.push(constant);
    else if (operand === "" || isChoice(operand) || constant === null && !isNumberName(operand)) return null;
    else out.push(hole(operand));
  }
  return out;
}

function operandsOf(expression: string): string[] {
  if (!/^["']/.test(expression)) return splitAt(expression, "+", "npm");
  const end = afterString(expression, 0, "npm"), concat = /^\.concat\(([^]*)\)$/.exec(expression.slice(end));
  if (concat === null) return splitAt(expression, "+", "npm");
  return [expression.slice(0, end), ...splitAt(concat[1].replaceAll(/\)\.concat\(/g, ","), ",", "npm")];
}

/** The parts of a literal, template or not. */
function literal(operand: string): Part[] | null {
  const inside = operand.slice(1, -1), out: Part[] = [];
  if (operand[0] !== "`") return [unescaped(inside)];
  let from = 0;
  for (let i = 0; i < inside.length; i++) {
    if (inside[i] === "\\") i++;
    else if (inside[i] === "$" && inside[i + 1] === "{") {
      const end = closing(inside, i + 1, "npm"), expression = inside.slice(i + 2, end);
      if (isChoice(expression)) return null;
      out.push(unescaped(inside.slice(from, i)), hole(expression));
      from = end + 1;
      i = end;
    }
  }
  out.push(unescaped(inside.slice(from)));
  return out;
}
