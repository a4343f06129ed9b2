/**
 * Log calls of Java: slf4j's `{}`, log4j, java.util.logging, `String.format`, concatenation.
 *
 * @module
 */
import { afterString, closing, splitAt, unescaped } from "./language.ts";
import {
  callArguments,
  type Constants,
  constantText,
  filled,
  hole,
  isChoice,
  isNumberName,
  type LogCall,
  type Part,
  resolved,
} from "./log_call.ts";

const CALL =
  /(?<![\w$])(?:[\w$]+\.)*(?:\w*(?:log|logger|LOG|LOGGER|Log|Logger))(?:\(\))?\.(?:trace|debug|info|warn|warning|error|fatal|severe|fine|finer|finest|config)\s*\(/g;

/** The log calls of a source. */
export function* javaCalls(text: string, constants: Constants): Generator<LogCall> {
  for (const { args } of callArguments(text, CALL, "java")) {
    const first = args.slice(0, 3).findIndex((arg) => arg.includes('"')); // markers and throwables come first
    if (first < 0) continue;
    const parts = message(args[first].replace(/^\(\s*\)\s*->\s*/, ""), args.slice(first + 1), constants);
    const known = parts && resolved(parts, constants);
    if (known) yield { parts: known, fields: [] };
  }
}

/** What a message and its arguments write. */
function message(expression: string, args: string[], constants: Constants): Part[] | null {
  const format = /^(?:String\s*\.\s*)?(format|MessageFormat\s*\.\s*format)\s*\(/.exec(expression);
  if (format) {
    const [text, ...values] = splitAt(
      expression.slice(format[0].length, closing(expression, format[0].length - 1, "java")),
      ",",
      "java",
    );
    return text === undefined ? null : formatted(text, values, constants);
  }
  const after = /\.formatted\s*\(/.exec(expression);
  if (after && expression[0] === '"') {
    const open = after.index + after[0].length;
    return formatted(
      expression.slice(0, after.index),
      splitAt(expression.slice(open, closing(expression, open - 1, "java")), ",", "java"),
      constants,
    );
  }
  return formatted(expression, arrayed(args), constants);
}

/** `new Object[] {a, b}` for what is in it. */
function arrayed(args: string[]): string[] {
  const array = args.length > 0 && /^new\s+Object\s*\[\s*\]\s*\{([^]*)\}$/.exec(args[0]);
  return array ? splitAt(array[1], ",", "java") : args;
}

function formatted(expression: string, args: string[], constants: Constants): Part[] | null {
  const parts = concatenated(expression, constants);
  if (parts === null) return null;
  const texts = parts.filter((part) => typeof part === "string").join(" ");
  if (args.length === 0) return /\{\d?\}|%[sd]/.test(texts) ? null : parts;
  const pattern = texts.includes("{}")
    ? /\{\}/g
    : /\{\d\}/.test(texts)
    ? /\{\d\}/g
    : /%%|%[-\d.,$]*[sdfxXn]/g;
  if (args.some((arg) => isChoice(arg))) return null;
  return filled(parts, { pattern, args })?.parts ?? null;
}

/** What literals and values joined by `+` write; `null` where it can't be known. */
function concatenated(expression: string, constants: Constants): Part[] | null {
  const out: Part[] = [];
  for (const operand of splitAt(expression, "+", "java")) {
    const constant = constantText(operand, constants);
    if (operand[0] === '"' && afterString(operand, 0, "java") === operand.length) {
      out.push(unescaped(operand.replace(/^"""\s*|^"|"""$|"$/g, "")));
    } else if (/^'[^]+'$/.test(operand)) out.push(unescaped(operand.slice(1, -1)));
    else if (typeof constant === "string") out.push(constant);
    else if (operand === "" || isChoice(operand) || constant === null && !isNumberName(operand)) return null;
    else out.push(hole(operand));
  }
  return out;
}
