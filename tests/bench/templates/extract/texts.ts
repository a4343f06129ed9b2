/**
 * Log calls as texts that a test can name.
 *
 * @module
 */
import type { Hole, LogCall } from "./log_call.ts";

const shown = ({ expression, conversion }: Hole) =>
  `{${expression}${conversion === "text" ? "" : `:${conversion}`}}`;

/** Each call as one text: `{expression:conversion}` where a value stands, fields as pairs behind it. */
export function textsOf(calls: Iterable<LogCall>): string[] {
  return [...calls].map(({ parts, fields }) =>
    parts.map((part) => (typeof part === "string" ? part : shown(part))).join("") +
    fields.map(({ key, hole }) => ` ${key}=${shown(hole)}`).join("")
  );
}
