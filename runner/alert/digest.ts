/**
 * Short names of texts.
 *
 * @module
 */
import process from "node:process";

/** The first 16 hexadecimal digits of a text's SHA-256. The hash is loaded by the first call: most runs name nothing. */
export function digest(text: string): string {
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
