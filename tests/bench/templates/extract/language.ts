/**
 * Where the code of a source ends and its strings and comments begin, in three languages.
 *
 * Not parsers: enough to find calls, their arguments and their literals.
 *
 * @module
 */

/** A language, named after where its packages come from. */
export type Language = "python" | "java" | "npm";

/** Index behind the string literal that begins at `at`; the end of the text when it isn't closed. */
export function afterString(text: string, at: number, language: Language): number {
  const quote = text[at], triple = quote.repeat(3);
  if (language !== "npm" && quote !== "`" && text.startsWith(triple, at)) {
    return afterTriple(text, at, triple);
  }
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === quote) return i + 1;
    else if (text[i] === "\n" && quote !== "`") return i;
    else if (quote === "`" && text[i] === "$" && text[i + 1] === "{") i = closing(text, i + 1, language);
  }
  return text.length;
}

function afterTriple(text: string, at: number, triple: string): number {
  for (let i = at + 3; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text.startsWith(triple, i)) return i + 3;
  }
  return text.length;
}

/** Whether a string literal begins at `at`. */
export function isQuote(text: string, at: number, language: Language): boolean {
  const char = text[at];
  return char === '"' || char === "'" || char === "`" && language === "npm";
}

/** Index behind the comment (or, in JavaScript, regular expression) that begins at `at`; `at` itself where none does. */
function afterComment(text: string, at: number, language: Language): number {
  const char = text[at];
  if (language === "python") return char === "#" ? lineEnd(text, at) : at;
  if (char !== "/") return at;
  if (text[at + 1] === "/") return lineEnd(text, at);
  if (text[at + 1] === "*") {
    const end = text.indexOf("*/", at + 2);
    return end < 0 ? text.length : end + 2;
  }
  return language === "npm" ? afterRegex(text, at) : at;
}

/** A slash is a division behind a value and a regular expression behind anything else. */
function afterRegex(text: string, at: number): number {
  const before = /(?:^|[(,=:[!&|?{};+>]|\breturn|\btypeof)\s*$/.test(text.slice(Math.max(0, at - 40), at));
  if (!before) return at;
  for (let i = at + 1, inClass = false; i < text.length && text[i] !== "\n"; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === "[") inClass = true;
    else if (text[i] === "]") inClass = false;
    else if (text[i] === "/" && !inClass) return i + 1;
  }
  return at;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** Index of the bracket that closes the one at `open`; the end of the text where none does. */
export function closing(text: string, open: number, language: Language): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    const after = afterComment(text, i, language);
    if (after > i) i = after - 1;
    else if (isQuote(text, i, language)) i = afterString(text, i, language) - 1;
    else if ("([{".includes(text[i])) depth++;
    else if (")]}".includes(text[i]) && --depth === 0) return i;
  }
  return text.length;
}

/** The parts of an expression between separators that stand in no bracket and no literal, without comments, trimmed. */
export function splitAt(text: string, separator: string, language: Language): string[] {
  const parts: string[] = [];
  let part = "";
  for (let i = 0; i < text.length; i++) {
    const from = i, comment = afterComment(text, i, language);
    if (comment > i) {
      if (text[i + 1] !== "/" && text[i + 1] !== "*" && text[i] !== "#") part += text.slice(i, comment);
      i = comment - 1;
      continue;
    }
    if (text.startsWith(separator, i)) {
      parts.push(part.trim());
      part = "";
      i += separator.length - 1;
      continue;
    }
    if (isQuote(text, i, language)) i = afterString(text, i, language) - 1;
    else if ("([{".includes(text[i])) i = closing(text, i, language);
    part += text.slice(from, i + 1);
  }
  parts.push(part.trim());
  return parts.at(-1) === "" ? parts.slice(0, -1) : parts;
}

/** Places in a source that a pattern finds in its code, not in strings and comments; sticky by its own `lastIndex`. */
export function* matchesInCode(
  text: string,
  pattern: RegExp,
  language: Language,
): Generator<RegExpExecArray> {
  const matches = text.matchAll(pattern);
  let next = matches.next();
  for (let i = 0; i < text.length && !next.done;) {
    const comment = afterComment(text, i, language);
    const after = comment > i ? comment : isQuote(text, i, language) ? afterString(text, i, language) : i;
    while (!next.done && next.value.index < Math.max(after, i + 1)) {
      if (after === i && next.value.index === i) yield next.value;
      next = matches.next();
    }
    i = Math.max(after, i + 1);
  }
}

const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", s: " ", 0: "\0" };

/** What the escapes of a string literal's inside mean. */
export function unescaped(inside: string): string {
  return inside.replace(
    /\\(?:u\{?([0-9a-fA-F]{4,5})\}?|x([0-9a-fA-F]{2})|([^]))/g,
    (_, unicode, hex, char) => {
      if (unicode ?? hex) return String.fromCodePoint(parseInt(unicode ?? hex, 16));
      return char === "\n" ? "" : ESCAPES[char] ?? char;
    },
  );
}
