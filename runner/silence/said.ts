/**
 * What people say of alerts, made ready to be kept.
 *
 * @module
 */
import { redactorOf, streamSettings } from "../../lib/mod.ts";
import { digest } from "../alert/digest.ts";
import { plainLine } from "../alert/plain_text.ts";
import type { Context, Plan } from "../context.ts";

/** Characters of a note. */
const NOTE = 500;
/** Hexadecimal digits of the id of a silence. */
const ID = 8;

/** A note without secrets and line ends, by the built-in patterns and those of the settings. */
export function cleanedNote(note: string, { config }: Plan): string {
  const redact = redactorOf(streamSettings({ name: "note", redact: config.redact.patterns }));
  return plainLine(redact(note), NOTE);
}

/** Who says it: as the command line has it, else who is logged in. */
export function whoSays(by: string | null, context: Context): string {
  return plainLine(by ?? context.env("USER") ?? context.env("LOGNAME") ?? "somebody", 60);
}

/** A short name of something that was said: equal words at equal times are one. */
export function saidId(...parts: unknown[]): string {
  return digest(JSON.stringify(parts)).slice(0, ID);
}
