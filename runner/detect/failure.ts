/**
 * What keeps one stream from being judged while the others are.
 *
 * @module
 */
import type { InputNote } from "../../lib/mod.ts";
import { UsageError } from "../context.ts";

/** A stream that could not be read or judged. */
export interface StreamFailure {
  /** Its name; empty = all of them. */
  stream: string;
  message: string;
  /** Whether the settings are to blame. */
  wrongUse: boolean;
}

/** What `error` means for a stream. */
export function failureOf(stream: string, error: unknown): StreamFailure {
  const message = error instanceof Error ? error.message : String(error);
  return { stream, message, wrongUse: error instanceof UsageError };
}

/** Whether an error lies with the state database, or with whoever reads our output: then nothing else can be done either. */
export function stopsEverything(error: unknown): boolean {
  return error instanceof Error && ("errcode" in error || error.name === "StateError") ||
    error instanceof Deno.errors.BrokenPipe;
}

/** There is nothing to read. */
export function noInputText(notes: readonly InputNote[], patterns: readonly string[]): string {
  return `there is no input: ${notes.map(({ text }) => text).join("; ") || patterns.join(" ")}`;
}

/** There is something to read, but nothing to form windows from. */
export function nothingTimedText(records: number): string {
  return `no window can be formed: ${
    records === 1 ? "the one new record has" : `all ${records.toLocaleString("en")} new records have`
  } neither a session nor a time; does the format fit?`;
}
