/**
 * Secrets and personal data out of text, before it goes anywhere else.
 *
 * @module
 */
import { RE2JS } from "re2js";

/** A pattern and what takes its place; `$1` is kept. */
interface Rule {
  /** A match needs one of these words in the text (lower case): a cheap test before the pattern is tried. */
  hints: string[];
  pattern: RegExp;
  replacement: string | ((match: string) => string);
}

const SECRET_NAME =
  "[\\w.-]{0,40}(?:passw(?:or)?d|passwd|passphrase|pwd|secret|token|api[_-]?key|apikey|access[_-]?key|private[_-]?key|credentials?|session[_-]?id|auth[_-]?key)[\\w.-]{0,20}";

/**
 * In the order in which they are tried: what holds others comes first. Every repetition is bounded or excludes what ends it,
 * so that a long line costs time in proportion to its length.
 */
const RULES: Rule[] = [
  {
    hints: ["private key"],
    pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g,
    replacement: "<private-key>",
  },
  { hints: ["eyj"], pattern: /\beyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?/g, replacement: "<jwt>" },
  {
    hints: ["authorization"],
    pattern:
      /(authorization\\?["']?\s{0,4}[:=]\s{0,4}\\?["']?)(?:(?:basic|bearer|digest|negotiate|token|apikey|aws4-hmac-sha256)\s+)?(?:<secret>|[^\s"'\\,;]+)/gi,
    replacement: "$1<secret>",
  },
  {
    hints: ["bearer", "basic"],
    pattern: /\b((?:bearer|basic)\s+)[A-Za-z0-9+/_.~=-]{8,}/gi,
    replacement: "$1<secret>",
  },
  { hints: ["://"], pattern: /(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/?#"'<>@]*@/gi, replacement: "$1<secret>@" },
  {
    hints: ["pass", "pwd", "secret", "token", "key", "credential", "session"],
    pattern: new RegExp(
      `(${SECRET_NAME}\\\\?["']?\\s{0,4}(?:=>|=|:)\\s{0,4})(<secret>|\\\\?"[^"\\\\]*\\\\?"|'[^']*'|[^\\s"',;&)\\]}]+)`,
      "gi",
    ),
    replacement: "$1<secret>",
  },
  {
    hints: ["akia", "asia", "aroa"],
    pattern: /\b(?:AKIA|ASIA|AROA)[0-9A-Z]{16}\b/g,
    replacement: "<aws-key>",
  },
  {
    hints: ["gh", "glpat", "xox", "sk"],
    pattern:
      /\b(?:gh[pousr]_\w{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,}|sk[-_](?:live|test|proj|ant)[-_][\w-]{16,})/g,
    replacement: "<secret>",
  },
  {
    hints: ["@"],
    pattern: /[\w.+%-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,62})(?:\.[a-z0-9-]{1,63}){0,8}\.[a-z]{2,24}\b/gi,
    replacement: "<email>",
  },
  {
    hints: [],
    pattern: /(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-]|\.\d)/g,
    replacement: (match) => isCardNumber(match) ? "<card>" : match,
  },
];

/** Whether 13–19 digits (blanks and dashes between them) begin like a card's number and pass the Luhn check (ISO/IEC 7812-1). */
function isCardNumber(text: string): boolean {
  const digits = text.replace(/[ -]/g, "");
  if (!/^(?:4|5[1-5]|2[2-7]|3[0-9]|6)/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    sum += i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

/**
 * The text with secrets and personal data replaced by what they were: `<secret>` (passwords, tokens, API keys, Authorization
 * headers, credentials in URLs), `<jwt>`, `<aws-key>`, `<private-key>`, `<email>`, `<card>` (by its Luhn digit).
 *
 * Called wherever text is copied out of a batch. Doing it twice changes nothing more.
 *
 * @param text A line, a message, a template: of any length.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { redact } from "./redaction.ts";
 *
 * assert(redact("login of ann@shop.example password=hunter2") === "login of <email> password=<secret>");
 * ```
 */
export function redact(text: string): string {
  const lower = text.toLowerCase();
  for (const { hints, pattern, replacement } of RULES) {
    if (hints.length > 0 && !hints.some((hint) => lower.includes(hint))) continue;
    text = typeof replacement === "string"
      ? text.replace(pattern, replacement)
      : text.replace(pattern, replacement);
  }
  return text;
}

/** Three letters of every name and beginning that a rule above looks for; an e-mail address and a URL's user have their `@`. */
const TELLING = new Uint8Array(1 << 15);
for (
  const letters
    of "pri eyj aut bea bas pas pwd sec tok key cre ses aki asi aro ghp gho ghu ghs ghr git glp xox sk- sk_"
      .split(
        " ",
      )
) {
  TELLING[[...letters].reduce((key, letter) => key << 5 | letter.charCodeAt(0) & 31, 0)] = 1;
}
/** A card's number has this many digits or more. */
const CARD_DIGITS = 13;

/**
 * Whether {@linkcode redact} may change the text `bytes[start, end)`: a pass over its bytes that is cheaper than trying. `false`
 * for most lines, and only where nothing would change, nor in what is left when parts of it are masked.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mayHoldSecret } from "./redaction.ts";
 *
 * const bytes = new TextEncoder().encode("took 12 ms|password=hunter2");
 * assert(!mayHoldSecret(bytes, 0, 10));
 * assert(mayHoldSecret(bytes, 11, bytes.length));
 * ```
 */
export function mayHoldSecret(bytes: Uint8Array, start: number, end: number): boolean {
  let key = 0, digits = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    key = (key << 5 | byte & 31) & 0x7fff; // the last three letters, capitals and others alike
    if (TELLING[key] !== 0 || byte === 0x40) return true;
    if ((byte ^ 0x30) < 10) digits++;
  }
  return digits >= CARD_DIGITS;
}

/**
 * {@linkcode redact} with patterns of the user's own, tried after the built-in ones; what they match becomes `<redacted>`.
 * They run in linear time (RE2), so no pattern can stall a run.
 *
 * @param patterns Regular expressions in RE2's syntax.
 * @throws {SyntaxError} when one is no such expression.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createRedactor } from "./redaction.ts";
 *
 * const redactor = createRedactor(["customer-[0-9]+"]);
 * assert(redactor("paid by customer-17") === "paid by <redacted>");
 * ```
 */
export function createRedactor(patterns: readonly string[]): (text: string) => string {
  const compiled = patterns.map((pattern) => {
    try {
      return RE2JS.compile(pattern);
    } catch (cause) {
      throw new SyntaxError(
        `Cannot compile a redaction pattern: ${(cause as Error).message}, current value is ${
          JSON.stringify(pattern)
        }`,
        {
          cause,
        },
      );
    }
  });
  return (text) =>
    compiled.reduce((left, pattern) => pattern.matcher(left).replaceAll("<redacted>"), redact(text));
}
