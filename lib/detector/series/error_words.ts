/**
 * Whether a text speaks of something that went wrong.
 *
 * @module
 */
import type { TemplateNames } from "../../feature/event_window.ts";

/** OpenTelemetry `SeverityNumber` of the mildest error. */
const ERROR = 17;

/** Words for failure in any log. Parts of longer words count: `IOException`, `failed`, `timeouts`. */
const WORDS =
  /error|exception|fail|fatal|panic|critical|timed?[ _-]?out|denied|refused|abort|segfault|out of memory|oom-kill|kill(?:ed)? process|unreachable|corrupt/i;

/**
 * Whether a text has a word for something that went wrong.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { saysFailure } from "./error_words.ts";
 *
 * assert(saysFailure("java.io.IOException: Broken pipe") && !saysFailure("listening on <*>"));
 * ```
 */
export function saysFailure(text: string): boolean {
  return WORDS.test(text);
}

/**
 * Whether the template is an error by its level or by its words.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isErrorWorded } from "./error_words.ts";
 *
 * const texts = ["connection refused by <*>", "listening on <*>"];
 * const names = { id: String, text: (i: number) => texts[i], severity: () => 9, indexOf: Number };
 * assert(isErrorWorded(0, names) && !isErrorWorded(1, names));
 * ```
 */
export function isErrorWorded(template: number, names: TemplateNames): boolean {
  return names.severity(template) >= ERROR || saysFailure(names.text(template));
}
