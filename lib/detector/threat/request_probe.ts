/**
 * What a request tries that no visitor would ask for.
 *
 * @module
 */

/** What requests try; their order is that of {@linkcode PROBE_NAMES}. */
export const SQL = 0, SCRIPT = 1, TRAVERSAL = 2, COMMAND = 3, FILE = 4;

/** Names for people, by number. */
export const PROBE_NAMES: readonly string[] = [
  "SQL injection",
  "cross-site scripting",
  "path traversal",
  "command injection",
  "hidden file",
];

/** Characters of a target that are looked at. */
const TARGET_LIMIT = 2048;

/** By number: what gives an attempt away. Every repetition is bounded, so that time is in proportion to length. */
const PATTERNS: readonly RegExp[] = [
  new RegExp(
    [
      "\\bunion[\\s/*(+]{1,20}(?:all[\\s/*(+]{1,20})?select\\b",
      "['\"`)]\\s{0,8}(?:\\|\\||\\b(?:or|and|having|xor)\\b)\\s{0,8}[('\"`]{0,3}[\\w.+-]{1,40}['\"`)]{0,3}\\s{0,8}(?:=|<|>|like\\b|is\\b|in\\b|\\+|-)",
      "\\b(?:or|and)\\s{1,8}\\(?(\\d{1,8})\\s{0,4}[*+-]?\\d{0,8}\\s{0,4}(?:=|<|>)\\s{0,4}\\d",
      "\\b(?:sleep|benchmark|pg_sleep|extractvalue|updatexml|load_file|xp_cmdshell|group_concat|waitfor\\s{1,8}delay|dbms_pipe)\\s{0,4}[('\"]",
      "\\binformation_schema\\b|\\bsysobjects\\b|\\bsqlite_master\\b",
      ";\\s{0,8}(?:drop|insert|update|delete|select|exec|shutdown|declare)\\b[\\s(]",
      "['\"`]\\s{0,4}(?:--|#|/\\*|;--)",
      "\\border\\s{1,4}by\\s{1,4}\\d{1,4}\\s{0,4}(?:--|#|,)",
      "\\bselect\\b[^&]{1,120}\\bfrom\\b",
    ].join("|"),
  ),
  /<\s{0,4}\/?(?:script|svg|iframe|embed|object|body|img|marquee|isindex|video|details|xss\w{0,8})\b[^>]{0,120}[>=(/]|\bjavascript\s{0,4}:|\bon(?:error|load|mouse\w{1,8}|focus|click|toggle|start)\s{0,4}=|\b(?:alert|prompt|confirm)\s{0,4}[(`]|\bdocument\s{0,4}\.\s{0,4}(?:cookie|location|write)/,
  /(?:^|[/\\=])\.\.;?[/\\]|\/etc\/(?:passwd|shadow|group|hosts)\b|\b(?:win|boot|system)\.ini\b|\/proc\/(?:self|version)\b|\/web-inf\b|\0|\b(?:php|file|expect|phar|zip):\/\//,
  /[;|&`\n]\s{0,4}(?:cat|id|ls|dir|whoami|uname|wget|curl|nc|bash|sh|ping|sleep|powershell|cmd|chmod|rm|echo)\b[\s;|&<$+/-]|\$\([^)]|\$\{\s{0,4}(?:jndi|env|sys|lower|upper|::|t\()|\(\)\s{0,4}\{|\bcmd\.exe\b|\/bin\/(?:ba|da|z|k)?sh\b|\ballow_url_include\b|\b(?:eval|system|passthru|exec|shell_exec|assert|base64_decode|call_user_func_array)\s{0,4}\(|\{\{[^}]{0,40}[*(]|[\r\n]\s{0,4}(?:set-cookie|location|content-\w{1,8})\s{0,2}:/,
];

/** A sign or a word that no match of a pattern is without: spares most targets the patterns. */
const TELLING =
  /['"`<>;|$(){}\\\0\r\n]|\.\.|:\/\/|\b(?:union|select|or|and|order|waitfor|ini|exe|bin|etc|proc|web-inf|javascript|information_schema|sysobjects|sqlite_master|allow_url_include)\b|\bon\w{1,12}\s{0,4}=|&\s|&(?:cat|id|ls|dir|whoami|uname|wget|curl|nc|bash|sh|ping|sleep)[\s|<$+/-]/;

/** Paths that are asked for to see whether something was left open: hidden files, copies, and consoles. */
const FILES =
  /(?:^|\/)\.(?!well-known\b)[a-z_]|\.(?:bak|old|orig|sav|save|swp|sql|dump|mdb|inc|cfg|kdbx|pem|ppk|key|log)(?:\.[a-z0-9]{1,4})?$|~$|(?:^|[/_.-])(?:backup|backups|dump|database|wwwroot|htdocs|site|web|www)\.(?:zip|tar|t?gz|rar|7z|bz2|tar\.gz)$|\bcredentials\b|\bid_[rd]sa\b|\bweb\.config$|\/(?:wp-(?:admin|login|config|includes|content)|xmlrpc\.php|phpmyadmin|pma|myadmin|mysqladmin|adminer|administrator|cgi-bin|server-(?:status|info)|actuator|phpinfo|info\.php|phpunit|solr|jenkins|hudson|manager\/html|jmx-console|web-console|invoker|hnap1|boaform|goform|setup\.cgi|shell\.php|c99\.php|r57|eval-stdin|_ignition|telescope|nacos|druid|geoserver|struts|owa|autodiscover|remote\/login|fckeditor|vendor\/|config\.(?:php|json|ya?ml|ini|xml)|console\b|debug\b)/;

/** Programs that look for weak spots, as they call themselves. */
const SCANNERS =
  /\b(?:nikto|sqlmap|nmap|masscan|zgrab|acunetix|nessus|openvas|dirb(?:uster)?|gobuster|feroxbuster|wpscan|nuclei|w3af|arachni|netsparker|qualys\w{0,8}|hydra|whatweb|ffuf|wfuzz|havij|jaeles|commix|skipfish|zaproxy|burp\w{0,12}|muieblackcat|zmeu|morfeus|jorgee|evasions?|\w{0,8}scanner|vulnerability)\b/;

/** Bytes that a target with something injected has: all but those of usual paths and queries. */
const UNUSUAL = new Uint8Array(256).fill(1);
for (
  const byte of new TextEncoder().encode(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-_.~?=&,@",
  )
) UNUSUAL[byte] = 0;

/**
 * Whether `bytes[start, end)` may hold something injected: a pass over bytes that spares most targets the patterns.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mayBeInjected } from "./request_probe.ts";
 *
 * const bytes = new TextEncoder().encode("/a?b=1 /a?b=../x");
 * assert(!mayBeInjected(bytes, 0, 6));
 * assert(mayBeInjected(bytes, 7, bytes.length));
 * ```
 */
export function mayBeInjected(bytes: Uint8Array, start: number, end: number): boolean {
  let unusual = 0;
  for (let i = start; i < end; i++) {
    unusual |= UNUSUAL[bytes[i]];
    if (bytes[i] === 46 && bytes[i + 1] === 46 && i + 1 < end) return true;
  }
  return unusual !== 0 || /* /etc/passwd needs no such byte */
    end - start > 10 && hasSystemFile(bytes, start, end);
}

/** Whether `/etc/` or `://` stands there. */
function hasSystemFile(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i + 4 < end; i++) {
    if (bytes[i] !== 47 || bytes[i + 4] !== 47) continue;
    if (bytes[i + 1] === 101 && bytes[i + 2] === 116 && bytes[i + 3] === 99) return true;
  }
  return false;
}

/**
 * A target as a server may read it: percent signs decoded (twice, as attempts to slip past filters are encoded twice), `+` a blank,
 * comments within SQL and case taken away. What can't be decoded stays.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { plainTarget } from "./request_probe.ts";
 *
 * assert.equal(plainTarget("/a?q=1%2527+OR%20%zz"), "/a?q=1' or %zz");
 * ```
 */
export function plainTarget(target: string): string {
  let text = target.slice(0, TARGET_LIMIT).replaceAll("+", " ");
  for (let times = 0; times < 2 && text.includes("%"); times++) text = decoded(text);
  if (text.includes("\\x")) {
    text = text.replace(/\\x([0-9a-f]{2})/gi, (_, byte) => String.fromCharCode(parseInt(byte, 16)));
  }
  if (text.includes("/*")) text = text.replace(/\/\*[^*]{0,80}\*\//g, " ");
  return text.toLowerCase();
}

/** A text with `%27` and `%u0027` decoded, byte by byte. */
function decoded(text: string): string {
  let plain = "", from = 0;
  for (let at = text.indexOf("%"); at >= 0; at = text.indexOf("%", at + 1)) {
    const wide = text.startsWith("u00", at + 1) ? 3 : 0;
    const high = hexDigit(text.charCodeAt(at + 1 + wide)), low = hexDigit(text.charCodeAt(at + 2 + wide));
    if (high < 0 || low < 0) continue;
    plain += text.slice(from, at) + String.fromCharCode(high << 4 | low);
    from = at + 3 + wide;
    at = from - 1;
  }
  return plain + text.slice(from);
}

function hexDigit(code: number): number {
  if (code >= 48 && code < 58) return code - 48;
  const letter = (code | 32) - 97;
  return letter >= 0 && letter < 6 ? letter + 10 : -1;
}

/**
 * What is injected in a target that {@linkcode plainTarget} gave: bits by {@linkcode SQL} … {@linkcode COMMAND}; 0 = nothing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { injectionsOf, SQL, TRAVERSAL } from "./request_probe.ts";
 *
 * assert.equal(injectionsOf("/a?id=1' or '1'='1"), 1 << SQL);
 * assert.equal(injectionsOf("/a/../../etc/passwd"), 1 << TRAVERSAL);
 * assert.equal(injectionsOf("/search?q=salt or pepper"), 0);
 * ```
 */
export function injectionsOf(target: string): number {
  if (!TELLING.test(target)) return 0;
  let bits = 0;
  for (let i = 0; i < PATTERNS.length; i++) if (PATTERNS[i].test(target)) bits |= 1 << i;
  return bits;
}

/**
 * Whether a path, decoded and in small letters, is one that is only asked for to see whether something was left open.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isFileProbe } from "./request_probe.ts";
 *
 * assert(isFileProbe("/.git/config") && isFileProbe("/backup.zip"));
 * assert(!isFileProbe("/product/17") && !isFileProbe("/.well-known/security.txt"));
 * ```
 */
export function isFileProbe(path: string): boolean {
  return FILES.test(path.slice(0, TARGET_LIMIT));
}

/**
 * The scanner that an agent calls itself; empty where it names none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { scannerOf } from "./request_probe.ts";
 *
 * assert.equal(scannerOf("Mozilla/5.00 (Nikto/2.5.0)"), "nikto");
 * assert.equal(scannerOf("Mozilla/5.0 (Windows NT 10.0)"), "");
 * ```
 */
export function scannerOf(agent: string): string {
  return SCANNERS.exec(agent.slice(0, 512).toLowerCase())?.[0] ?? "";
}
